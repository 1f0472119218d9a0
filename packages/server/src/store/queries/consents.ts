import type { Language } from "@longwave/api";
import type { PersonRecord } from "@longwave/study";
import type { Kysely } from "kysely";
import { oneOf, parseTicks } from "../parse.ts";
import type { Tables } from "../schema.ts";
import { isNotErased } from "./departures.ts";

/** One act of consent, with the exact words that were shown. */
export interface NewConsent {
  readonly id: string;
  readonly study: string;
  readonly person: string;
  readonly version: number;
  readonly language: string;
  readonly formHash: string;
  readonly ticks: Readonly<Record<string, boolean>>;
  readonly givenAt: number;
  /** The last answer of the study before it; absent: it came before all. */
  readonly fromSeq?: number;
  /** Absent: it was given on a page. */
  readonly paper?: PaperConsent;
}

/** What is known of a consent that was signed on paper. */
interface PaperConsent {
  /** YYYY-MM-DD. */
  readonly signedOn: string;
  readonly seenBy: string;
  readonly recordedBy: string;
  readonly recordedAt: number;
}

/** Keeps the exact words of a consent form, once. */
export async function keepConsentForm(
  db: Kysely<Tables>,
  form: { readonly hash: string; readonly text: string },
): Promise<void> {
  await db
    .insertInto("consent_form")
    .values(form)
    .onConflict((conflict) => conflict.column("hash").doNothing())
    .execute();
}

// SQLite takes 32,766 bound values a statement; thirteen columns a consent.
const CONSENTS_PER_STATEMENT = 2000;

/** Adds acts of consent. */
export async function addConsents(db: Kysely<Tables>, consents: readonly NewConsent[]): Promise<void> {
  for (let start = 0; start < consents.length; start += CONSENTS_PER_STATEMENT) {
    const rows = consents.slice(start, start + CONSENTS_PER_STATEMENT).map((consent) => ({
      id: consent.id,
      study: consent.study,
      person: consent.person,
      version: consent.version,
      language: consent.language,
      form_hash: consent.formHash,
      ticks: JSON.stringify(consent.ticks),
      given_at: consent.givenAt,
      from_seq: consent.fromSeq ?? null,
      signed_on: consent.paper?.signedOn ?? null,
      seen_by: consent.paper?.seenBy ?? null,
      recorded_by: consent.paper?.recordedBy ?? null,
      recorded_at: consent.paper?.recordedAt ?? null,
    }));
    await db.insertInto("consent").values(rows).execute();
  }
}

/** The latest consent of a person, if there is one. */
export async function latestConsent(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
): Promise<
  | { readonly at: number; readonly version: number; readonly ticks: Readonly<Record<string, boolean>> }
  | undefined
> {
  const row = await db
    .selectFrom("consent")
    .select(["given_at", "version", "ticks"])
    .where("study", "=", person.study)
    .where("person", "=", person.id)
    .orderBy("given_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { at: row.given_at, version: row.version, ticks: parseTicks(row.ticks) };
}

/** The versions of the consent that each person of a study gave, the latest last. */
export async function consentVersions(
  db: Kysely<Tables>,
  study: string,
): Promise<ReadonlyMap<string, NonNullable<PersonRecord["consents"]>>> {
  const rows = await db
    .selectFrom("consent")
    .select(["person", "version", "from_seq"])
    .where("study", "=", study)
    .orderBy("given_at")
    .execute();
  const given = new Map<string, { readonly version: number; readonly fromSeq: number }[]>();
  for (const { person, version, from_seq } of rows)
    given.set(person, [...(given.get(person) ?? []), { version, fromSeq: from_seq ?? 0 }]);
  return given;
}

/** Whether somebody is asked to consent anew: what they gave last is of an older version, and they have not declined. */
export function asksAgain(version: number, given: number | undefined, declined: boolean): boolean {
  return given !== undefined && given < version && !declined;
}

/** Those of these people, or of all, who have declined a version of the consent and stay under the one they gave. */
export async function declinedBy(
  db: Kysely<Tables>,
  study: string,
  { people, version }: { readonly people?: readonly string[]; readonly version: number },
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("consent_declined")
    .select("person")
    .where("study", "=", study)
    .where("version", "=", version)
    .$if(people !== undefined, (query) => query.where("person", "in", people ?? []))
    .execute();
  return new Set(rows.map(({ person }) => person));
}

/** Writes down that a person has declined a version of the consent. */
export async function addDeclined(
  db: Kysely<Tables>,
  {
    declinedAt,
    formHash,
    ...declined
  }: Omit<NewConsent, "ticks" | "givenAt"> & { readonly declinedAt: number },
): Promise<void> {
  await db
    .insertInto("consent_declined")
    .values({ ...declined, form_hash: formHash, declined_at: declinedAt })
    .execute();
}

/** The people whose latest consent up to `until` has this box ticked, in the order of their ids. */
export async function peopleWhoTicked(
  db: Kysely<Tables>,
  study: string,
  { tick, until }: { readonly tick: string; readonly until: number },
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("consent")
    .select(["person", "ticks"])
    .where("study", "=", study)
    .where("given_at", "<=", until)
    .where(isNotErased(study, "person"))
    .orderBy("given_at")
    .execute();
  const latest = new Map(rows.map(({ person, ticks }) => [person, ticks]));
  return [...latest].flatMap(([person, ticks]) => (parseTicks(ticks)[tick] === true ? [person] : [])).sort();
}

/** Someone who can be written to, and the boxes they ticked at their latest consent. */
export interface PersonToTell {
  readonly id: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly ticks: Readonly<Record<string, boolean>>;
}

/** Everyone in a study with an e-mail address and a consent who has not left in any way. */
export async function peopleToTell(db: Kysely<Tables>, study: string): Promise<readonly PersonToTell[]> {
  const rows = await db
    .selectFrom("person")
    .innerJoin("person_contact as contact", (join) =>
      join.onRef("contact.study", "=", "person.study").onRef("contact.person", "=", "person.id"),
    )
    .innerJoin("consent", (join) =>
      join.onRef("consent.study", "=", "person.study").onRef("consent.person", "=", "person.id"),
    )
    .leftJoin("departure as left", (join) =>
      join.onRef("left.study", "=", "person.study").onRef("left.person", "=", "person.id"),
    )
    .select(["person.id", "person.language", "person.time_zone", "consent.ticks"])
    .where("person.study", "=", study)
    .where("contact.email", "is not", null)
    .where("left.person", "is", null)
    .orderBy("person.number")
    .orderBy("consent.given_at")
    .execute();
  // The latest consent of a person comes last and stands.
  return [...new Map(rows.map((row) => [row.id, parsePersonToTell(row)])).values()];
}

function parsePersonToTell(row: {
  readonly id: string;
  readonly language: string | null;
  readonly time_zone: string | null;
  readonly ticks: string;
}): PersonToTell {
  return {
    id: row.id,
    language: oneOf<Language>(row.language ?? "en", ["en", "nb"], "person.language"),
    timeZone: row.time_zone ?? "UTC",
    ticks: parseTicks(row.ticks),
  };
}
