import { type Kysely, sql } from "kysely";
import type { Tables } from "../schema.ts";
import { isNotErased } from "./departures.ts";

const DAY_MS = 86_400_000;
/** What is answered between the waves is stored under `session_log/…` or `rest_prompt/…`: it is no wave answered. */
const SESSION = "%/%";

/**
 * Answers that stand and were not skipped, in waves: what a dataset has a row for. Every later answer to a question
 * names the one it replaces; what is logged between waves has a slash in its name.
 */
function standingInWaves(db: Kysely<Tables>, study: string) {
  const replaced = db
    .selectFrom("answer")
    .select("replaces")
    .where("study", "=", study)
    .where("replaces", "is not", null);
  return db
    .selectFrom("answer")
    .where("study", "=", study)
    .where("given", "=", 1)
    .where("wave", "not like", SESSION)
    .where("id", "not in", replaced);
}

/** How many people of a study have answered in exactly `waves` waves, for each number that occurs. */
export async function peopleByWavesAnswered(
  db: Kysely<Tables>,
  study: string,
): Promise<readonly { readonly waves: number; readonly people: number }[]> {
  return db
    .selectFrom(
      standingInWaves(db, study)
        .select(["person", sql<number>`count(distinct wave)`.as("waves")])
        .groupBy("person")
        .as("each"),
    )
    .select(["waves", sql<number>`count(*)`.as("people")])
    .groupBy("waves")
    .orderBy("waves")
    .execute();
}

/** How many people have answered a question of each wave; skipping all of them is not answering. */
export async function answeredByWave(
  db: Kysely<Tables>,
  study: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await standingInWaves(db, study)
    .select(["wave", sql<number>`count(distinct person)`.as("people")])
    .groupBy("wave")
    .execute();
  return new Map(rows.map(({ wave, people }) => [wave, people]));
}

/** How many people have begun each wave. */
export async function startedByWave(db: Kysely<Tables>, study: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom("answer")
    .select(["wave", sql<number>`count(distinct person)`.as("people")])
    .where("study", "=", study)
    .where("wave", "not like", SESSION)
    .groupBy("wave")
    .execute();
  return new Map(rows.map(({ wave, people }) => [wave, people]));
}

/** How many people have finished each wave. */
export async function finishedByWave(
  db: Kysely<Tables>,
  study: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom("wave_progress")
    .select(["wave", sql<number>`count(*)`.as("people")])
    .where("study", "=", study)
    .groupBy("wave")
    .execute();
  return new Map(rows.map(({ wave, people }) => [wave, people]));
}

/** How many people have consented. */
export async function countConsented(db: Kysely<Tables>, study: string): Promise<number> {
  const row = await db
    .selectFrom("person")
    .select(sql<number>`count(enrolled_at)`.as("people"))
    .where("study", "=", study)
    .where(isNotErased(study, "person.id"))
    .executeTakeFirstOrThrow();
  return row.people;
}

/** People by day (whole days since 1970 UTC) on which they were invited, consented, or answered. */
export async function countsByDay(
  db: Kysely<Tables>,
  study: string,
  what: "invited" | "consented" | "answered",
): Promise<ReadonlyMap<number, number>> {
  const [table, column, person] = dayColumns[what];
  const { rows } = await sql<{ day: number; people: number }>`
    select ${sql.ref(column)} / ${sql.lit(DAY_MS)} as day, count(distinct ${sql.ref(person)}) as people
    from ${sql.table(table)} where study = ${study} and ${sql.ref(column)} is not null
    ${what === "answered" ? sql`and wave not like ${SESSION}` : sql``}
    group by 1 order by 1`.execute(db);
  return new Map(rows.map(({ day, people }) => [day, people]));
}

const dayColumns = {
  invited: ["person", "invited_at", "id"],
  consented: ["person", "enrolled_at", "id"],
  answered: ["answer", "answered_at", "person"],
} as const;
