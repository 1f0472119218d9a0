import type { Language } from "@longwave/api";
import type { Enrolment } from "@longwave/study";
import type { Kysely } from "kysely";
import { vaultOf } from "../../vault/carry.ts";
import { oneOf } from "../parse.ts";
import type { PersonTable, Tables } from "../schema.ts";
import { isNotErased } from "./departures.ts";
import { parseHeld } from "./held.ts";
import { parseMoves } from "./moves.ts";
import { type Contact, openContacts, sealContacts } from "./sealed.ts";

/** A person of a study, without name or address. */
export interface Person {
  readonly study: string;
  readonly id: string;
  readonly number: number;
  readonly epoch: number;
  readonly invitedAt: number;
  readonly enrolledAt: number | undefined;
  readonly timeZone: string | undefined;
  /** Later moves to other time zones, in their order. */
  readonly moves: NonNullable<Enrolment["moves"]>;
  /** Windows that had begun when the study was amended, and stay as they were. */
  readonly held: NonNullable<Enrolment["held"]>;
  readonly language: Language | undefined;
  /** Where they take part, in a study of several sites. */
  readonly site: string | undefined;
}

/** A person from their row. */
export function parsePerson(row: PersonTable): Person {
  return {
    study: row.study,
    id: row.id,
    number: row.number,
    epoch: row.epoch,
    invitedAt: row.invited_at,
    enrolledAt: row.enrolled_at ?? undefined,
    timeZone: row.time_zone ?? undefined,
    moves: parseMoves(row.moves),
    held: parseHeld(row.held),
    language:
      row.language === null ? undefined : oneOf<Language>(row.language, ["en", "nb"], "person.language"),
    site: row.site ?? undefined,
  };
}

/** A person to be added; the id and the hash of the link's token are made by the caller. */
export interface NewPerson {
  readonly id: string;
  readonly number: number;
  readonly tokenHash: string | undefined;
  readonly invitedAt: number;
  readonly name?: string;
  readonly email?: string;
  readonly site?: string;
  /** From when on the study writes to them by itself, beginning with the invitation. */
  readonly writesFrom?: number;
  readonly enrolled?: { readonly at: number; readonly timeZone: string; readonly language: Language };
}

// SQLite takes 32,766 bound values a statement, PostgreSQL 65,535; fourteen columns a person.
const PEOPLE_PER_STATEMENT = 2000;

/** Adds people to a study, each with a key; names and addresses stand apart, sealed with it. */
export async function addPeople(
  db: Kysely<Tables>,
  study: string,
  people: readonly NewPerson[],
): Promise<void> {
  for (let start = 0; start < people.length; start += PEOPLE_PER_STATEMENT) {
    const part = people.slice(start, start + PEOPLE_PER_STATEMENT);
    await db
      .insertInto("person")
      .values(part.map((person) => personValues(study, person)))
      .execute();
    await vaultOf(db).makeKeys(
      study,
      part.map(({ id }) => id),
    );
    const contacts = part
      .filter(({ name, email }) => name !== undefined || email !== undefined)
      .map(({ id, name, email }) => ({ person: id, name: name ?? null, email: email ?? null, phone: null }));
    if (contacts.length === 0) continue;
    await db
      .insertInto("person_contact")
      .values(await sealContacts(db, study, contacts))
      .execute();
  }
}

function personValues(study: string, person: NewPerson): PersonTable {
  return {
    study,
    id: person.id,
    number: person.number,
    epoch: 1,
    token_hash: person.tokenHash ?? null,
    invited_at: person.invitedAt,
    enrolled_at: person.enrolled?.at ?? null,
    time_zone: person.enrolled?.timeZone ?? null,
    language: person.enrolled?.language ?? null,
    writes_from: person.writesFrom ?? null,
    next_contact_at: person.writesFrom ?? null,
    moves: null,
    held: null,
    site: person.site ?? null,
  };
}

/** The person with this id in this study, if there is one. */
export async function personById(db: Kysely<Tables>, study: string, id: string): Promise<Person | undefined> {
  const row = await db
    .selectFrom("person")
    .selectAll()
    .where("study", "=", study)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && parsePerson(row);
}

/** The person whose link has a token of this hash, if there is one. */
export async function personByToken(db: Kysely<Tables>, tokenHash: string): Promise<Person | undefined> {
  const row = await db
    .selectFrom("person")
    .selectAll()
    .where("token_hash", "=", tokenHash)
    .executeTakeFirst();
  return row && parsePerson(row);
}

/** Everyone of a study who has not been erased. */
export async function presentIds(db: Kysely<Tables>, study: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("person")
    .select("id")
    .where("study", "=", study)
    .where(isNotErased(study, "person.id"))
    .execute();
  return rows.map(({ id }) => id);
}

/** How many people a study has; the erased are not counted. */
export async function countPeople(db: Kysely<Tables>, study: string): Promise<number> {
  const row = await db
    .selectFrom("person")
    .select((eb) => eb.fn.countAll<number>().as("people"))
    .where("study", "=", study)
    .where(isNotErased(study, "person.id"))
    .executeTakeFirstOrThrow();
  return row.people;
}

/** How many people of a study were invited at `since` or later. */
export async function countInvitedSince(db: Kysely<Tables>, study: string, since: number): Promise<number> {
  const row = await db
    .selectFrom("person")
    .select((eb) => eb.fn.countAll<number>().as("people"))
    .where("study", "=", study)
    .where("invited_at", ">=", since)
    .executeTakeFirstOrThrow();
  return row.people;
}

/** The highest number given to a person of a study; 0 when there is none. */
export async function lastPersonNumber(db: Kysely<Tables>, study: string): Promise<number> {
  const row = await db
    .selectFrom("person")
    .select((eb) => eb.fn.max("number").as("last"))
    .where("study", "=", study)
    .executeTakeFirst();
  return row?.last ?? 0;
}

/** A person with the label that staff know them by. */
export interface LabelledPerson extends Person {
  readonly label: string;
}

/** Everyone in a study in order of number; no name is opened. */
export async function everyoneIn(db: Kysely<Tables>, study: string): Promise<readonly Person[]> {
  const rows = await db
    .selectFrom("person")
    .selectAll()
    .where("study", "=", study)
    .orderBy("number")
    .execute();
  return rows.map(parsePerson);
}

/** Everyone in a study in order of number, with the name or "Person 12". */
export async function peopleWithLabels(
  db: Kysely<Tables>,
  study: string,
): Promise<readonly LabelledPerson[]> {
  return withLabels(db, study, await everyoneIn(db, study));
}

/** Everyone in a study, already read, with the name or "Person 12". */
export async function withLabels(
  db: Kysely<Tables>,
  study: string,
  everyone: readonly Person[],
): Promise<readonly LabelledPerson[]> {
  const contacts = await contactsOf(db, study);
  return everyone.map((person) => ({ ...person, label: labelOf(person.number, contacts.get(person.id)) }));
}

/** These people by number and site, with the labels that staff know them by. */
export async function labelsOf(
  db: Kysely<Tables>,
  study: string,
  ids: readonly string[],
): Promise<readonly Pick<LabelledPerson, "id" | "number" | "site" | "label">[]> {
  if (ids.length === 0) return [];
  const people = [...new Set(ids)];
  const rows = await db
    .selectFrom("person")
    .select(["id", "number", "site"])
    .where("study", "=", study)
    .where("id", "in", people)
    .execute();
  const contacts = await contactsOf(db, study, people);
  return rows.map(({ id, number, site }) => ({
    id,
    number,
    site: site ?? undefined,
    label: labelOf(number, contacts.get(id)),
  }));
}

function labelOf(number: number, contact: Contact | undefined): string {
  return contact?.name ?? contact?.email ?? `Person ${number}`;
}

/** Names and addresses of a study in the clear, or those of some of its people, by person. */
async function contactsOf(
  db: Kysely<Tables>,
  study: string,
  people?: readonly string[],
): Promise<ReadonlyMap<string, Contact>> {
  const all = db
    .selectFrom("person_contact")
    .select(["person", "name", "email", "phone"])
    .where("study", "=", study);
  const rows = await (people === undefined ? all : all.where("person", "in", people)).execute();
  return openContacts(db, study, rows);
}

/** Name, address and telephone number of a person, where they are known. */
export async function contactOf(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
): Promise<{ readonly name?: string; readonly email?: string; readonly phone?: string }> {
  const { name, email, phone } = (await contactsOf(db, person.study, [person.id])).get(person.id) ?? {};
  return { ...(name ? { name } : {}), ...(email ? { email } : {}), ...(phone ? { phone } : {}) };
}

/** The e-mail address of a person, if staff gave one. */
export async function emailOf(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
): Promise<string | undefined> {
  return (await contactOf(db, person)).email;
}

/** The e-mail addresses already in a study: whether one is among them is told without opening any. */
export async function knownEmails(
  db: Kysely<Tables>,
  study: string,
): Promise<Pick<ReadonlySet<string>, "has">> {
  const rows = await db
    .selectFrom("person_contact")
    .select("email_index")
    .where("study", "=", study)
    .execute();
  const known = new Set(rows.map(({ email_index }) => email_index));
  const indexOf = await vaultOf(db).emailIndexer(study);
  return { has: (email) => known.has(indexOf(email)) };
}

/** Records the enrolment of a person; the first one stands. */
export async function enrol(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
  enrolment: { readonly at: number; readonly timeZone: string; readonly language: Language },
): Promise<void> {
  await db
    .updateTable("person")
    .set({ enrolled_at: enrolment.at, time_zone: enrolment.timeZone, language: enrolment.language })
    .where("study", "=", person.study)
    .where("id", "=", person.id)
    .where("enrolled_at", "is", null)
    .execute();
}

/** Gives a person's link a new epoch, so that older ones stop working. */
export async function setLink(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
  link: { readonly epoch: number; readonly tokenHash: string },
): Promise<void> {
  await db
    .updateTable("person")
    .set({ epoch: link.epoch, token_hash: link.tokenHash })
    .where("study", "=", person.study)
    .where("id", "=", person.id)
    .execute();
}

/** Who of a study has this e-mail address; found without opening any address. */
export async function personWithEmail(
  db: Kysely<Tables>,
  study: string,
  email: string,
): Promise<Person | undefined> {
  const index = (await vaultOf(db).emailIndexer(study))(email);
  const row = await db
    .selectFrom("person")
    .innerJoin("person_contact", (join) =>
      join
        .onRef("person_contact.study", "=", "person.study")
        .onRef("person_contact.person", "=", "person.id"),
    )
    .selectAll("person")
    .where("person.study", "=", study)
    .where("person_contact.email_index", "=", index)
    .orderBy("person.number")
    .limit(1)
    .executeTakeFirst();
  return row && parsePerson(row);
}

/** A person whose name the study knows. */
export interface NamedPerson extends Person {
  readonly name: string;
}

/** Everyone of a study whose name it knows, in order of number. */
export async function peopleWithNames(db: Kysely<Tables>, study: string): Promise<readonly NamedPerson[]> {
  const rows = await db
    .selectFrom("person")
    .selectAll()
    .where("study", "=", study)
    .orderBy("number")
    .execute();
  const contacts = await contactsOf(db, study);
  return rows.flatMap((row) => {
    const name = contacts.get(row.id)?.name ?? undefined;
    return name === undefined ? [] : [{ ...parsePerson(row), name }];
  });
}
