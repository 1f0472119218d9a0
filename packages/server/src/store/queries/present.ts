import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";
import { isNotErased } from "./departures.ts";

// SQLite takes 32,766 bound values a statement.
const IDS_PER_STATEMENT = 20_000;

/** Which of some people are in a study and have not been erased. */
export async function presentAmong(
  db: Kysely<Tables>,
  study: string,
  people: readonly string[],
): Promise<ReadonlySet<string>> {
  const present = new Set<string>();
  for (let start = 0; start < people.length; start += IDS_PER_STATEMENT) {
    const rows = await db
      .selectFrom("person")
      .select("id")
      .where("study", "=", study)
      .where("id", "in", people.slice(start, start + IDS_PER_STATEMENT))
      .where(isNotErased(study, "person.id"))
      .execute();
    for (const { id } of rows) present.add(id);
  }
  return present;
}
