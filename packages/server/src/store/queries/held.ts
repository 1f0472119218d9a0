import type { Enrolment } from "@longwave/study";
import type { Kysely } from "kysely";
import { parseJson } from "../parse.ts";
import type { Tables } from "../schema.ts";

type Held = NonNullable<Enrolment["held"]>;

/** The held windows of a person from their column. */
export function parseHeld(text: string | null): Held {
  return text === null ? [] : (parseJson(text) as Held);
}

// SQLite takes 32,766 bound values a statement.
const PEOPLE_PER_STATEMENT = 20_000;

/** Writes down the windows that stay as they were, for people who share them. */
export async function setHeld(
  db: Kysely<Tables>,
  study: string,
  { people, held }: { readonly people: readonly string[]; readonly held: Held },
): Promise<void> {
  for (let start = 0; start < people.length; start += PEOPLE_PER_STATEMENT)
    await db
      .updateTable("person")
      .set({ held: JSON.stringify(held) })
      .where("study", "=", study)
      .where("id", "in", people.slice(start, start + PEOPLE_PER_STATEMENT))
      .execute();
}

/** Lets the windows of everyone in a study be those of the text again. */
export async function clearHeld(db: Kysely<Tables>, study: string): Promise<void> {
  await db.updateTable("person").set({ held: null }).where("study", "=", study).execute();
}
