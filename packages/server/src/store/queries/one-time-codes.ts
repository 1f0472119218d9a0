import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";
import type { OneTimeCodeTable } from "../schema-messages.ts";

/** Whose code it is and what it opens. */
export interface CodeHolder {
  readonly study: string;
  readonly person: string;
  readonly purpose: string;
}

/** Adds a code; an earlier one for the same purpose ends. */
export async function addCode(db: Kysely<Tables>, code: OneTimeCodeTable): Promise<void> {
  await openCodes(db, code, code.made_at).set({ expires_at: code.made_at }).execute();
  await db.insertInto("one_time_code").values(code).execute();
}

function openCodes(db: Kysely<Tables>, holder: CodeHolder, now: number) {
  return db
    .updateTable("one_time_code")
    .where("study", "=", holder.study)
    .where("person", "=", holder.person)
    .where("purpose", "=", holder.purpose)
    .where("used_at", "is", null)
    .where("expires_at", ">", now);
}

/** How many codes a person has asked for since a time; those read out by staff are not counted. */
export async function countCodesSince(
  db: Kysely<Tables>,
  person: Pick<CodeHolder, "study" | "person">,
  since: number,
): Promise<number> {
  const row = await db
    .selectFrom("one_time_code")
    .select((eb) => eb.fn.countAll<number>().as("codes"))
    .where("study", "=", person.study)
    .where("person", "=", person.person)
    .where("channel", "<>", "staff")
    .where("made_at", ">", since)
    .executeTakeFirstOrThrow();
  return Number(row.codes);
}

/** Uses up one try of the code that is open, and gives its id; undefined when there is none or its tries are used up. */
export async function takeTry(
  db: Kysely<Tables>,
  holder: CodeHolder,
  limits: { readonly now: number; readonly most: number },
): Promise<string | undefined> {
  const row = await openCodes(db, holder, limits.now)
    .set((eb) => ({ tries: eb("tries", "+", 1) }))
    .where("tries", "<", limits.most)
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** Marks a code as used, and says how it reached the person; undefined when it has been used before. */
export async function useUpCode(
  db: Kysely<Tables>,
  id: string,
  now: number,
): Promise<Pick<OneTimeCodeTable, "channel"> | undefined> {
  return db
    .updateTable("one_time_code")
    .set({ used_at: now })
    .where("id", "=", id)
    .where("used_at", "is", null)
    .returning("channel")
    .executeTakeFirst();
}

/** Whether a code can still be used. */
export async function isCodeOpen(db: Kysely<Tables>, id: string, now: number): Promise<boolean> {
  const row = await db
    .selectFrom("one_time_code")
    .select("id")
    .where("id", "=", id)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row !== undefined;
}
