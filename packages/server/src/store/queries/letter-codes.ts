import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";
import type { LetterCodeTable } from "../schema-messages.ts";

/** Adds codes of letters. */
export async function addLetterCodes(db: Kysely<Tables>, codes: readonly LetterCodeTable[]): Promise<void> {
  // SQLite takes 32,766 bound values a statement; nine columns a code.
  for (let start = 0; start < codes.length; start += 3000)
    await db
      .insertInto("letter_code")
      .values(codes.slice(start, start + 3000))
      .execute();
}

/** The codes of a study that nobody has used yet and that have not run out. */
export async function unusedLetterCodes(
  db: Kysely<Tables>,
  study: string,
  now: number,
): Promise<readonly LetterCodeTable[]> {
  return db
    .selectFrom("letter_code")
    .selectAll()
    .where("study", "=", study)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .execute();
}

/** Uses up the code with this hash, and says whose it was; undefined when it is none, was used, or has run out. */
export async function useUpLetterCode(
  db: Kysely<Tables>,
  hash: string,
  now: number,
): Promise<LetterCodeTable | undefined> {
  return db
    .updateTable("letter_code")
    .set({ used_at: now })
    .where("code_hash", "=", hash)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .returningAll()
    .executeTakeFirst();
}

/** The letters with a code that were written to a person, oldest first. */
export async function lettersTo(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
): Promise<readonly Pick<LetterCodeTable, "wave" | "made_at">[]> {
  return db
    .selectFrom("letter_code")
    .select(["wave", "made_at"])
    .where("study", "=", person.study)
    .where("person", "=", person.id)
    .orderBy("made_at")
    .execute();
}
