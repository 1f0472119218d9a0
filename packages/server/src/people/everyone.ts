import type { PersonNow, Standing, WaveStateName } from "@longwave/api";
import { type Schedule, takesAnswers, type WaveWindow, waveState } from "@longwave/study";
import type { Inside } from "../access/gate.ts";
import { isOfSite } from "../access/names.ts";
import type { ServerContext } from "../context.ts";
import { type TextFor, textFor } from "../protocol/text-for.ts";
import { begunBy, finishedWaves } from "../store/queries/answers.ts";
import { consentVersions, declinedBy } from "../store/queries/consents.ts";
import { departuresOfStudy, isOut } from "../store/queries/departures.ts";
import { everyoneIn, type Person } from "../store/queries/people.ts";
import type { StudyRow } from "../store/queries/studies.ts";
import { studyFactsOf } from "../store/queries/versions.ts";

/** Where somebody stands in a wave. */
interface WaveNow {
  readonly window: WaveWindow;
  readonly state: WaveStateName;
  /** When their latest answer came, if the wave is open and begun. */
  readonly lastAnswerAt: number | undefined;
}

/** One person and where they stand, without name or answer. */
export interface PersonNowRow {
  readonly person: Person;
  readonly standing: Standing;
  /** None before they have joined. */
  readonly waves: readonly WaveNow[];
  readonly now: PersonNow;
  /** Since when they have been asked to consent anew and have not answered; absent: they are not asked. */
  readonly askedAnewSince: number | undefined;
}

/**
 * Everyone whom a member of staff sees one by one and where each stands now, in order of number. Of the answers only
 * those to open waves are looked at, and no name is opened.
 */
export async function everyoneNow(
  context: Pick<ServerContext, "store" | "compiler" | "now">,
  { study, member }: Pick<Inside, "study" | "member">,
): Promise<readonly PersonNowRow[]> {
  const { db } = context.store;
  const people = (await everyoneIn(db, study.id)).filter(({ site }) => isOfSite(member, site));
  const finished = await finishedWaves(db, study.id);
  const left = await departuresOfStudy(db, study.id);
  const consents = study.version === 1 ? new Map() : await consentVersions(db, study.id);
  const windows = windowsOf(context, people, { texts: await textFor(context, db, study), consents });
  const anew = await askedAnew(context, study, consents);
  const now = context.now();
  const begun = await begunOpen(context, study.id, { windows, finished, now });
  return people.map((person) => {
    const standing = left.get(person.id)?.standing ?? "active";
    const withdrawnAt = isOut(standing) ? left.get(person.id)?.at : undefined;
    const done = finished.get(person.id);
    const waves = (windows.get(person.id) ?? []).map((window) => {
      const lastAnswerAt = begun.get(window.wave)?.get(person.id);
      const progress = { started: lastAnswerAt !== undefined, finished: done?.has(window.wave) ?? false };
      return { window, state: waveState(window, { ...progress, withdrawnAt }, now), lastAnswerAt };
    });
    const askedAnewSince = isOut(standing) ? undefined : anew.get(person.id);
    return { person, standing, waves, now: nowOf(person, standing, waves), askedAnewSince };
  });
}

type Consents = Awaited<ReturnType<typeof consentVersions>>;

/** Who gave an older consent than the one in force and has not answered, and since when it has been put to them. */
async function askedAnew(
  { store, compiler }: Pick<ServerContext, "store" | "compiler">,
  study: StudyRow,
  consents: Consents,
): Promise<ReadonlyMap<string, number>> {
  const { version } = compiler.protocol(study).consent;
  const older = [...consents].filter(([, given]) => (given.at(-1)?.version ?? version) < version);
  if (older.length === 0 || !takesAnswers(study.phase)) return new Map();
  const declined = await declinedBy(store.db, study.id, { version });
  const { consentSince } = await studyFactsOf(store.db, study.id, version);
  return new Map(
    older.flatMap(([id]) => (declined.has(id) || consentSince === undefined ? [] : [[id, consentSince]])),
  );
}

function windowsOf(
  { compiler }: Pick<ServerContext, "compiler">,
  people: readonly Person[],
  { texts, consents }: { readonly texts: TextFor; readonly consents: Consents },
): ReadonlyMap<string, readonly WaveWindow[]> {
  const windows = new Map<string, readonly WaveWindow[]>();
  for (const { id, enrolledAt, timeZone, moves, held } of people) {
    if (enrolledAt === undefined || timeZone === undefined) continue;
    const schedule = compiler.schedule(texts(consents.get(id)?.at(-1)?.version));
    const kept = windowsBySchedule.get(schedule) ?? new Map<string, readonly WaveWindow[]>();
    windowsBySchedule.set(schedule, kept);
    if (kept.size > MOST_KEPT) kept.clear();
    const own = moves.length + held.length === 0 ? "" : JSON.stringify([moves, held]);
    const key = `${enrolledAt} ${timeZone}${own}`;
    const found = kept.get(key) ?? schedule.enrolled({ enrolledAt, timeZone, moves, held }).windows;
    kept.set(key, found);
    windows.set(id, found);
  }
  return windows;
}

/** Windows are a function of the text and the enrolment with what was held and moved; asking a calendar for each of thousands of people takes its time. */
const windowsBySchedule = new WeakMap<Schedule, Map<string, readonly WaveWindow[]>>();
const MOST_KEPT = 50_000;

/** Of the waves that are open now and not done, who has begun each and when they last answered. */
async function begunOpen(
  { store }: Pick<ServerContext, "store">,
  study: string,
  known: {
    readonly windows: ReadonlyMap<string, readonly WaveWindow[]>;
    readonly finished: ReadonlyMap<string, ReadonlyMap<string, number>>;
    readonly now: number;
  },
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const open = new Map<string, string[]>();
  for (const [person, windows] of known.windows)
    for (const { wave, opensAt, closesAt } of windows) {
      if (known.now < opensAt || known.now >= closesAt || known.finished.get(person)?.has(wave)) continue;
      const those = open.get(wave) ?? [];
      open.set(wave, those);
      those.push(person);
    }
  const begun = new Map<string, ReadonlyMap<string, number>>();
  for (const [wave, people] of open) begun.set(wave, await begunBy(store.db, study, { wave, people }));
  return begun;
}

/** What is open, else the latest wave that has passed. */
function nowOf(person: Person, standing: Standing, waves: readonly WaveNow[]): PersonNow {
  if (standing === "withdrawn" || standing === "erased") return standing;
  if (person.enrolledAt === undefined) return "invited";
  const open = waves.find(({ state }) => state === "open" || state === "started");
  return open?.state ?? waves.findLast(({ state }) => state !== "not_yet")?.state ?? "not_yet";
}
