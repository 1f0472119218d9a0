import type { CalendarCount, PersonCalendar, StudyCalendar } from "@longwave/api";
import {
  type CalendarEntry,
  type ContactFacts,
  calendarOf,
  currentZone,
  factsAsOf,
  RECRUITMENT,
  type Schedule,
  waveState,
} from "@longwave/study";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { scheduleFor, textFor } from "../protocol/text-for.ts";
import { contactFactsOf, type PersonToContact, peopleToPlan } from "../store/queries/contacts.ts";
import type { StudyRow } from "../store/queries/studies.ts";

const DAY_MS = 86_400_000;
/** Twelve months, whichever. */
const YEAR_MS = 366 * DAY_MS;

type Reading = Pick<ServerContext, "store" | "compiler" | "now">;

/** The next twelve months of a study from a day on, if nobody answers and nothing changes. */
export async function studyCalendar(
  context: Reading,
  study: StudyRow,
  asOf: string | undefined,
): Promise<StudyCalendar> {
  const { facts, scheduleOf, at } = await readAsOf(context, study, { asOf });
  const days = new Map<string, Map<string, { -readonly [K in keyof CalendarCount]: CalendarCount[K] }>>();
  for (const person of facts) {
    const schedule = scheduleOf(person);
    for (const entry of calendarOf(schedule, person, { from: at, to: at + YEAR_MS })) {
      const day = dayOf(schedule, person, entry);
      const counts = days.get(day) ?? new Map();
      days.set(day, counts);
      const key = `${entry.wave} ${entry.kind}`;
      const count = counts.get(key) ?? { kind: entry.kind, wave: shownWave(entry.wave), people: 0 };
      count.people += 1;
      counts.set(key, count);
    }
  }
  const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
  return { asOf: at, days: sorted.map(([day, counts]) => ({ day, counts: [...counts.values()] })) };
}

/**
 * The next twelve months of one person, and where each wave stands at the beginning of them.
 *
 * @throws Refusal `person.not-found`
 */
export async function personCalendar(
  context: Reading,
  study: StudyRow,
  { person: id, asOf }: { readonly person: string; readonly asOf: string | undefined },
): Promise<PersonCalendar> {
  const { facts, scheduleOf, at } = await readAsOf(context, study, { asOf, person: id });
  const [person] = facts;
  if (person === undefined)
    throw refuse("person.not-found", "a person of this study", id, "Load the list of people again.");
  const { enrolment, finished, started, stoppedAt, withdrawn } = person;
  const schedule = scheduleOf(person);
  const windows = enrolment === undefined ? [] : schedule.enrolled(enrolment).windows;
  const left = withdrawn ? { withdrawnAt: stoppedAt } : {};
  return {
    asOf: at,
    timeZone: currentZone(enrolment ?? person),
    waves: windows.map((window) => ({
      wave: window.wave,
      state: waveState(
        window,
        { started: started.has(window.wave), finished: finished.has(window.wave), ...left },
        at,
      ),
    })),
    entries: calendarOf(schedule, person, { from: at, to: at + YEAR_MS }).map((entry) => ({
      at: entry.at,
      day: dayOf(schedule, person, entry),
      kind: entry.kind,
      wave: shownWave(entry.wave),
      ...(entry.contact === undefined ? {} : { contact: entry.contact }),
    })),
  };
}

type AsOf = ContactFacts & Pick<PersonToContact, "consentVersion">;

async function readAsOf(
  { store, compiler, now }: Reading,
  study: StudyRow,
  { asOf, person }: { readonly asOf: string | undefined; readonly person?: string },
): Promise<{
  readonly facts: readonly AsOf[];
  readonly scheduleOf: ReturnType<typeof scheduleFor>;
  readonly at: number;
}> {
  const protocol = compiler.protocol(study);
  const at = asOf === undefined ? now() : Math.max(0, Date.parse(`${asOf}T00:00:00Z`));
  const rows = await peopleToPlan(store.db, study.id, person);
  const invited = rows.filter(({ invited_at }) => person !== undefined || invited_at <= at);
  const facts = await contactFactsOf(store.db, study.id, invited, protocol);
  return {
    facts: facts.map((each) => ({ ...factsAsOf(each, at), consentVersion: each.consentVersion })),
    scheduleOf: scheduleFor({ compiler }, await textFor({ compiler }, store.db, study)),
    at,
  };
}

/** The day on the person's own calendar; a wave closes with the end of its last day. */
function dayOf(schedule: Schedule, person: ContactFacts, { at, kind }: CalendarEntry): string {
  const day = schedule.time.dayOf(kind === "closes" ? at - 1 : at, currentZone(person.enrolment ?? person));
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function shownWave(wave: string): string | null {
  return wave === RECRUITMENT ? null : wave;
}
