import type { Language, MessageTemplate } from "@longwave/api";
import {
  type ContactFacts,
  contactKinds,
  currentZone,
  type DecidedContact,
  type Protocol,
} from "@longwave/study";
import type { Kysely } from "kysely";
import { SESSION_TICK } from "../../sessions/logged.ts";
import { oneOf, parseJson, parseTicks } from "../parse.ts";
import type { PersonTable, Tables } from "../schema.ts";
import { progressOfMany } from "./answers.ts";
import { asksAgain, declinedBy } from "./consents.ts";
import { departuresOf, isOut } from "./departures.ts";
import { parseHeld } from "./held.ts";
import { parseMoves } from "./moves.ts";
import { openPhases } from "./studies.ts";
import { studyFactsOf } from "./versions.ts";

/** The tick by which a person agrees to be reminded. The one for sessions stands on its own. */
const TICK = "reminders";

/** What is known of a person for messages, and the language to write in. */
export interface PersonToContact extends ContactFacts {
  readonly id: string;
  readonly language: Language | undefined;
  readonly epoch: number;
  /** The zone on whose clock they live now. */
  readonly zone: string;
  /** Since when they may log sessions and be asked at rest; absent: they do not want to. */
  readonly logsSince: number | undefined;
  /** The version of the consent they gave last. */
  readonly consentVersion: number | undefined;
}

/** From now on the study writes to this person by itself, if it did not before; the planner looks at them at once. */
export async function beginContacts(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
  at: number,
): Promise<void> {
  await db
    .updateTable("person")
    .set(({ fn, ref, val }) => ({
      writes_from: fn.coalesce(ref("writes_from"), val(at)),
      next_contact_at: at,
    }))
    .where("study", "=", person.study)
    .where("id", "=", person.id)
    .execute();
}

/** Has the planner look at someone the study writes to, as something about them has changed. */
export async function reconsiderContacts(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
  at: number,
): Promise<void> {
  await db
    .updateTable("person")
    .set({ next_contact_at: at })
    .where("study", "=", person.study)
    .where("id", "=", person.id)
    .where("writes_from", "is not", null)
    .execute();
}

/** Has the planner look at everyone a study writes to, as something about the study has changed. */
export async function reconsiderEveryone(db: Kysely<Tables>, study: string, at: number): Promise<void> {
  await db
    .updateTable("person")
    .set({ next_contact_at: at })
    .where("study", "=", study)
    .where("writes_from", "is not", null)
    .execute();
}

/** The open studies of real people in which someone is to be looked at now. */
export async function studiesWithContactsDue(db: Kysely<Tables>, now: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("study")
    .select("id")
    .where("phase", "in", openPhases)
    .where("paused_at", "is", null)
    .where("simulated", "=", 0)
    .where("try_it", "=", 0)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("person")
          .select("person.id")
          .whereRef("person.study", "=", "study.id")
          .where("person.next_contact_at", "<=", now),
      ),
    )
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** The people of a study who are to be looked at now, those who have waited longest first. */
export async function peopleDue(
  db: Kysely<Tables>,
  study: string,
  { now, most }: { readonly now: number; readonly most: number },
): Promise<readonly PersonTable[]> {
  return db
    .selectFrom("person")
    .selectAll()
    .where("study", "=", study)
    .where("next_contact_at", "<=", now)
    .orderBy("next_contact_at")
    .orderBy("id")
    .limit(most)
    .execute();
}

/** Everyone in a study, or one person, as the rows of the store. */
export async function peopleToPlan(
  db: Kysely<Tables>,
  study: string,
  person?: string,
): Promise<readonly PersonTable[]> {
  return db
    .selectFrom("person")
    .selectAll()
    .where("study", "=", study)
    .$if(person !== undefined, (query) => query.where("id", "=", person ?? ""))
    .orderBy("number")
    .execute();
}

/** Writes down when each of these people is to be looked at next; absent: not before there is news of them. */
export async function setNextContacts(
  db: Kysely<Tables>,
  study: string,
  next: ReadonlyMap<string, number | undefined>,
): Promise<void> {
  const peopleAt = new Map<number | undefined, string[]>();
  for (const [person, at] of next) peopleAt.set(at, [...(peopleAt.get(at) ?? []), person]);
  for (const [at, people] of peopleAt) {
    await db
      .updateTable("person")
      .set({ next_contact_at: at ?? null })
      .where("study", "=", study)
      .where("id", "in", people)
      .execute();
  }
}

// SQLite takes 32,766 bound values a statement.
const PEOPLE_PER_STATEMENT = 5000;

/** What is known of these people for messages, in their order. */
export async function contactFactsOf(
  db: Kysely<Tables>,
  study: string,
  people: readonly PersonTable[],
  protocol: Pick<Protocol, "messages" | "consent">,
): Promise<readonly PersonToContact[]> {
  const homeZone = protocol.messages.timeZone ?? "UTC";
  const { consentSince, ...standing } = await studyFactsOf(db, study, protocol.consent.version);
  const facts: PersonToContact[] = [];
  for (let start = 0; start < people.length; start += PEOPLE_PER_STATEMENT) {
    const part = people.slice(start, start + PEOPLE_PER_STATEMENT);
    const ids = part.map(({ id }) => id);
    const progress = await progressOfMany(db, study, ids);
    const agreed = await agreementsOf(db, study, ids);
    const declined = await declinedBy(db, study, { people: ids, version: protocol.consent.version });
    const decided = await decidedContactsOf(db, study, ids);
    const left = await departuresOf(db, study, ids);
    for (const row of part) {
      const { id, enrolled_at: enrolledAt, time_zone: timeZone } = row;
      const moves = parseMoves(row.moves);
      const held = parseHeld(row.held);
      const enrolment =
        enrolledAt === null ? undefined : { enrolledAt, timeZone: timeZone ?? homeZone, moves, held };
      const asked = asksAgain(protocol.consent.version, agreed.versions.get(id), declined.has(id));
      facts.push({
        id,
        epoch: row.epoch,
        language:
          row.language === null ? undefined : oneOf<Language>(row.language, ["en", "nb"], "person.language"),
        invitedAt: row.invited_at,
        zone: currentZone({ timeZone: timeZone ?? homeZone, moves }),
        timeZone: timeZone ?? homeZone,
        enrolment,
        writesFrom: row.writes_from ?? undefined,
        agreedAt: agreed.reminders.get(id),
        logsSince: agreed.sessions.get(id),
        consentVersion: agreed.versions.get(id),
        stoppedAt: left.get(id)?.at,
        withdrawn: isOut(left.get(id)?.standing ?? "active"),
        started: progress.get(id)?.started ?? new Set(),
        finished: progress.get(id)?.finished ?? new Map(),
        decided: decided.get(id) ?? [],
        ...standing,
        ...(asked && consentSince !== undefined
          ? { consentAgain: { version: protocol.consent.version, since: consentSince } }
          : {}),
      });
    }
  }
  return facts;
}

/** Since when people want reminders, and to log sessions, without a break since; the others are left out. */
interface Agreements {
  readonly reminders: ReadonlyMap<string, number>;
  readonly sessions: ReadonlyMap<string, number>;
  /** The version of the consent they gave last. */
  readonly versions: ReadonlyMap<string, number>;
}

async function agreementsOf(
  db: Kysely<Tables>,
  study: string,
  people: readonly string[],
): Promise<Agreements> {
  const rows = await db
    .selectFrom("consent")
    .select(["person", "ticks", "given_at", "version"])
    .where("study", "=", study)
    .where("person", "in", people)
    .orderBy("given_at")
    .execute();
  const agreed = {
    reminders: new Map<string, number>(),
    sessions: new Map<string, number>(),
    versions: new Map<string, number>(),
  };
  for (const { person, ticks: text, given_at: at, version } of rows) {
    agreed.versions.set(person, version);
    const ticks = parseTicks(text);
    agree(agreed.reminders, person, ticks[TICK] === true ? at : undefined);
    agree(agreed.sessions, person, ticks[SESSION_TICK] === true ? at : undefined);
  }
  return agreed;
}

/** Keeps the time of the first consent with the tick since the last one without. */
function agree(since: Map<string, number>, person: string, at: number | undefined): void {
  if (at === undefined) since.delete(person);
  else if (!since.has(person)) since.set(person, at);
}

/** The contacts that have been decided about these people. One that was cancelled reached nobody. */
async function decidedContactsOf(
  db: Kysely<Tables>,
  study: string,
  people: readonly string[],
): Promise<ReadonlyMap<string, readonly DecidedContact[]>> {
  const rows = await db
    .selectFrom("outbox")
    .select(["person", "parameters", "state", "decided_at", "sent_at"])
    .where("study", "=", study)
    .where("person", "in", people)
    .where("template", "in", contactKinds)
    .execute();
  const decided = new Map<string, DecidedContact[]>();
  for (const row of rows) {
    const person = row.person ?? "";
    const { wave, contact } = parseJson(row.parameters) as {
      readonly wave: string;
      readonly contact: string;
    };
    const at = Math.max(row.decided_at, row.sent_at ?? 0);
    const each = { wave, contact, at, sent: row.state !== "cancelled" };
    decided.set(person, [...(decided.get(person) ?? []), each]);
  }
  return decided;
}

/** Whether a message of this template was decided by the clock. */
export function isContact(template: MessageTemplate): boolean {
  return contactKinds.some((each) => each === template);
}
