import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** The people who have answered, or were answered for, after one place in a study and up to another. */
export async function peopleAnswering(
  db: Kysely<Tables>,
  study: string,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("answer")
    .select("person")
    .distinct()
    .where("study", "=", study)
    .where("seq", ">", after)
    .where("seq", "<=", upTo)
    .orderBy("person")
    .execute();
  return rows.map(({ person }) => person);
}
