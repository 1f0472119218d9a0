import { createHash, randomUUID } from "node:crypto";
import type { Language } from "@longwave/api";
import {
  clockMinutes,
  drawRestMoments,
  eventInstrument,
  LOOK_BACK_DAYS,
  type PromptFacts,
  type PromptName,
  type Protocol,
  restWeekToDraw,
  sessionPromptsDue,
} from "@longwave/study";
import type { Kysely } from "kysely";
import type { PersonToContact } from "../store/queries/contacts.ts";
import type { NewMessage } from "../store/queries/outbox.ts";
import {
  addRestPrompts,
  eventAnswersSince,
  type NewRestPrompt,
  promptDaysOf,
  restPromptsSince,
  settleRestPrompts,
} from "../store/queries/sessions.ts";
import type { Tables } from "../store/schema.ts";
import { loggedEvents } from "./logged.ts";

const DAY_MS = 86_400_000;
/** Rests of this week and the one before are all that can matter. */
const REST_BACK_MS = 14 * DAY_MS;

interface Planned {
  readonly messages: readonly NewMessage[];
  /** When to look at each person next; those without news to wait for are left out. */
  readonly next: ReadonlyMap<string, number>;
}

interface About {
  readonly study: string;
  readonly protocol: Protocol;
  /** For people who have chosen no language. */
  readonly language: Language;
  readonly now: number;
}

/**
 * Draws the week's rest moments of those who log sessions, and decides their prompts, inside a transaction that holds
 * the study's row. Each decision is written with its message: the key of a message names the person's day, so there is
 * at most one a day whatever happens.
 */
export async function planPrompts(
  trx: Kysely<Tables>,
  about: About,
  people: readonly PersonToContact[],
): Promise<Planned> {
  const messages: NewMessage[] = [];
  const next = new Map<string, number>();
  const loggers = people.filter((person) => mayBePrompted(person));
  if (loggers.length === 0 || eventInstrument(about.protocol, "session") === undefined)
    return { messages, next };
  const known = await promptFactsOf(trx, about, loggers);
  for (const person of loggers) {
    const before = known.get(person.id);
    if (before === undefined) continue;
    const facts = await withWeekDrawn(trx, about, { person, facts: before });
    const due = sessionPromptsDue(about.protocol, facts, about.now);
    if (due.next !== undefined) next.set(person.id, due.next);
    if (due.prompt !== undefined) messages.push(messageOf(about, person, due.prompt));
    const sent = due.prompt?.kind === "rest" ? [due.prompt.id] : [];
    const settle = { study: about.study, at: about.now };
    await settleRestPrompts(trx, { ...settle, ids: sent, state: "sent" });
    await settleRestPrompts(trx, { ...settle, ids: due.cancelled, state: "cancelled" });
    await settleRestPrompts(trx, { ...settle, ids: due.passed, state: "passed" });
  }
  return { messages, next };
}

/** Whoever ticked the box for sessions, is written to by the study and has not stopped that. */
function mayBePrompted({ logsSince, writesFrom, stoppedAt, enrolment }: PersonToContact): boolean {
  return (
    logsSince !== undefined && writesFrom !== undefined && stoppedAt === undefined && enrolment !== undefined
  );
}

async function promptFactsOf(
  db: Kysely<Tables>,
  { study, now }: About,
  people: readonly PersonToContact[],
): Promise<ReadonlyMap<string, PromptFacts>> {
  const ids = people.map(({ id }) => id);
  const since = now - LOOK_BACK_DAYS * DAY_MS;
  const answers = byPerson(await eventAnswersSince(db, study, { people: ids, since }));
  const rests = byPerson(await restPromptsSince(db, study, { people: ids, since: now - REST_BACK_MS }));
  const days = await promptDaysOf(db, study, { people: ids, since: now - 3 * DAY_MS });
  return new Map(
    people.map(({ id, zone, pauses = [] }) => {
      const drawn = rests.get(id) ?? [];
      return [
        id,
        {
          timeZone: zone,
          logged: loggedEvents(answers.get(id) ?? []),
          rests: drawn.filter(({ state }) => state === "drawn"),
          weeksDrawn: drawn.map(({ week }) => week),
          promptedOn: days.get(id) ?? [],
          pauses,
        },
      ];
    }),
  );
}

function byPerson<Row extends { readonly person: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const mine = found.get(row.person);
    if (mine === undefined) found.set(row.person, [row]);
    else mine.push(row);
  }
  return found;
}

/** The facts with this week's rest moments, drawn and written down when they were not yet. */
async function withWeekDrawn(
  trx: Kysely<Tables>,
  about: About,
  { person, facts }: { readonly person: PersonToContact; readonly facts: PromptFacts },
): Promise<PromptFacts> {
  const week = restWeekToDraw(about.protocol, facts, about.now);
  if (week === undefined) return facts;
  const drawn = drawWeek(about, { person, facts, week });
  await addRestPrompts(trx, drawn);
  const waiting = drawn.filter(({ state }) => state === "drawn");
  return { ...facts, rests: [...facts.rests, ...waiting], weeksDrawn: [...facts.weeksDrawn, week] };
}

/** The moments of a week; those that lie behind already are written down as gone by, so that the draw is whole. */
function drawWeek(
  { study, protocol, now }: About,
  {
    person,
    facts,
    week,
  }: {
    readonly person: PersonToContact;
    readonly facts: PromptFacts;
    readonly week: string;
  },
): readonly NewRestPrompt[] {
  const seed = randomUUID();
  const { timeZone } = facts;
  const session = eventInstrument(protocol, "session")?.id;
  const moments = drawRestMoments({
    hours: protocol.messages,
    timeZone,
    week,
    perWeek: eventInstrument(protocol, "rest")?.promptsPerWeek ?? 0,
    sessionTimes: facts.logged
      .filter(({ event }) => event === session)
      .map(({ beganAt }) => clockMinutes(beganAt, timeZone)),
    uniform: uniformFrom(seed),
  });
  return moments.map(({ localDate, at, basis }) => ({
    study,
    id: randomUUID(),
    person: person.id,
    week,
    localDate,
    dueAt: at,
    basis,
    seed,
    drawnAt: now,
    state: at > now ? "drawn" : "passed",
  }));
}

/** Numbers from 0 to 1 that follow from a seed, so that a draw can be made again: SHA-256 of the seed and a count. */
export function uniformFrom(seed: string): () => number {
  let count = 0;
  return () => {
    const bytes = createHash("sha256").update(`${seed}:${count}`).digest();
    count += 1;
    return bytes.readUIntBE(0, 6) / 2 ** 48;
  };
}

function messageOf({ study, language, now }: About, person: PersonToContact, prompt: PromptName): NewMessage {
  const { kind, ...parameters } = prompt;
  return {
    id: randomUUID(),
    key: `sessions:${study}:${person.id}:${prompt.localDate}`,
    study,
    template: kind === "rest" ? "rest_prompt" : "session_part",
    parameters,
    recipient: { kind: "person", id: person.id },
    language: person.language ?? language,
    urgent: false,
    decidedAt: now,
    dueAt: now,
  };
}
