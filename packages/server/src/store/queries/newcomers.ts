import type { EligibilityAnswers } from "@longwave/study";
import type { Kysely } from "kysely";
import { vaultOf } from "../../vault/carry.ts";
import { openText, sealText } from "../../vault/cipher.ts";
import { parseJson } from "../parse.ts";
import type { Tables } from "../schema.ts";
import type { NewcomerTable } from "../schema-recruitment.ts";

/** What somebody typed who wants to join. */
export interface NewcomerFacts {
  readonly name?: string;
  readonly email?: string;
  readonly answers: EligibilityAnswers;
}

/** Someone who is about to join. */
export interface Newcomer extends NewcomerFacts {
  readonly id: string;
  readonly study: string;
  /** Who has the address already; for them nothing is kept here. */
  readonly known: string | undefined;
  readonly expiresAt: number;
}

/** Keeps what a newcomer typed, sealed with a key of their own, until the code has been typed or has run out. */
export async function addNewcomer(
  db: Kysely<Tables>,
  newcomer: Newcomer & { readonly madeAt: number },
): Promise<void> {
  const { id, study, known, name, email, answers } = newcomer;
  // A known address gets a row and a key too, so that both take the same time.
  const key = (await vaultOf(db).makeKeys(study, [id])).get(id);
  const seal = (text: string | undefined, place: string): string | null =>
    text === undefined || key === undefined || known !== undefined ? null : sealText(key, text, [place]);
  await db
    .insertInto("newcomer")
    .values({
      ...{ id, study, known: known ?? null },
      name: seal(name, "name"),
      email: seal(email, "email"),
      answers: seal(JSON.stringify(answers), "eligibility"),
      ...{ made_at: newcomer.madeAt, expires_at: newcomer.expiresAt, tries: 0 },
    })
    .execute();
}

/** The newcomer with this id whose code has not run out. */
export async function newcomerById(
  db: Kysely<Tables>,
  study: string,
  { id, now }: { readonly id: string; readonly now: number },
): Promise<Newcomer | undefined> {
  const row = await db
    .selectFrom("newcomer")
    .selectAll()
    .where("study", "=", study)
    .where("id", "=", id)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  const key = row && (await vaultOf(db).keysOf(study, [id])).get(id);
  return row && key && opened(row, key);
}

function opened(row: NewcomerTable, key: Buffer): Newcomer {
  const open = (sealed: string | null, place: string): string | undefined =>
    sealed === null ? undefined : openText(key, sealed, [place]);
  const [name, email] = [open(row.name, "name"), open(row.email, "email")];
  return {
    id: row.id,
    study: row.study,
    known: row.known ?? undefined,
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    answers: parseJson(open(row.answers, "eligibility") ?? "{}") as EligibilityAnswers,
    expiresAt: row.expires_at,
  };
}

/** Uses up one try at a newcomer's code; false when there is none left. */
export async function takeNewcomerTry(
  db: Kysely<Tables>,
  id: string,
  { now, most }: { readonly now: number; readonly most: number },
): Promise<boolean> {
  const row = await db
    .updateTable("newcomer")
    .set((eb) => ({ tries: eb("tries", "+", 1) }))
    .where("id", "=", id)
    .where("expires_at", ">", now)
    .where("tries", "<", most)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes away a newcomer; false when another request was quicker. The key stays: it may have become a person's. */
export async function removeNewcomer(db: Kysely<Tables>, id: string): Promise<boolean> {
  const row = await db.deleteFrom("newcomer").where("id", "=", id).returning("id").executeTakeFirst();
  return row !== undefined;
}

/** Newcomers whose code has run out. */
export async function outdatedNewcomers(
  db: Kysely<Tables>,
  now: number,
): Promise<readonly Pick<NewcomerTable, "id" | "study">[]> {
  return db.selectFrom("newcomer").select(["id", "study"]).where("expires_at", "<=", now).execute();
}

/** Writes down that a person came by the open link, and what they answered there. */
export async function addJoinedOpenly(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
  { at, answers }: { readonly at: number; readonly answers: EligibilityAnswers },
): Promise<void> {
  const { study, id } = person;
  const key = (await vaultOf(db).makeKeys(study, [id])).get(id);
  if (key === undefined) throw new Error(`person ${id} of study ${study} got no key`);
  const sealed = sealText(key, JSON.stringify(answers), ["eligibility"]);
  await db
    .insertInto("joined_openly")
    .values({ study, person: id, joined_at: at, answers: sealed })
    .execute();
}

/** When people joined by the open link and what they answered there, by person. */
export async function joinedOpenly(
  db: Kysely<Tables>,
  study: string,
  people?: readonly string[],
): Promise<ReadonlyMap<string, { readonly at: number; readonly answers: EligibilityAnswers }>> {
  const all = db.selectFrom("joined_openly").selectAll().where("study", "=", study);
  const rows = await (people === undefined ? all : all.where("person", "in", people)).execute();
  const keys = await vaultOf(db).keysOf(
    study,
    rows.map(({ person }) => person),
  );
  return new Map(
    rows.flatMap(({ person, joined_at: at, answers }) => {
      const key = keys.get(person);
      if (key === undefined) return [];
      return [
        [person, { at, answers: parseJson(openText(key, answers, ["eligibility"])) as EligibilityAnswers }],
      ];
    }),
  );
}

/** Whether somebody came by the open link. */
export async function cameOpenly(
  db: Kysely<Tables>,
  { study, id }: { readonly study: string; readonly id: string },
): Promise<boolean> {
  const row = await db
    .selectFrom("joined_openly")
    .select("person")
    .where("study", "=", study)
    .where("person", "=", id)
    .executeTakeFirst();
  return row !== undefined;
}
