import { NeedsRows } from "@longwave/stats/from-sums";
import { duplicateExamples } from "../panel/duplicates.ts";
import { columnNamed, type KnownPanel, panelFacts, valueSql } from "../panel/facts.ts";
import { MAKING, type Making, refuse, rowsSql } from "./making.ts";

const MOST_WAVES = 60;
// Columns that differ between the waves of someone here need not be looked at in all rows.
const SAMPLE_ROWS = 50_000;

/** The people of a cube. */
export interface Persons {
  readonly people: number;
  readonly rows: number;
  readonly repeated: number;
  /** Places of the columns that differ between the waves of someone. */
  readonly varying: readonly number[];
}

/** A column is one value a person where nobody has two, nor one at some waves and none at others. */
async function lookAtPeople(
  { database }: Making,
  rows: string,
  candidates: readonly number[],
): Promise<Persons> {
  const differs = candidates.map(
    (c) => `min(x${c}) <> max(x${c}) or count(x${c}) not in (0, count(*)) as v${c}`,
  );
  const asked = candidates.map((c) => `coalesce(bool_or(v${c}), false)`);
  const [[people, count, repeated, ...found] = []] = await database.rows(
    `select count(*), sum(n), sum(case when n <> bit_count(mask) then 1 else 0 end)${asked.map((each) => `, ${each}`).join("")}
     from (select count(*) as n, bit_or(cast(1 as bigint) << place) as mask${differs.map((each) => `, ${each}`).join("")}
       from ${rows} group by who) as people`,
    MAKING,
  );
  return {
    people: Number(people),
    rows: Number(count ?? 0),
    repeated: Number(repeated ?? 0),
    varying: candidates.filter((_, at) => found[at] === true),
  };
}

/** Counts people, and finds which columns have one value for each of them. */
export async function personsOf(making: Making, waves: readonly number[]): Promise<Persons> {
  const all = [...making.columns.keys()];
  const sample = await lookAtPeople(making, rowsSql(making, waves, ` limit ${SAMPLE_ROWS}`), all);
  const known = new Set(sample.varying);
  const found = await lookAtPeople(
    making,
    rowsSql(making, waves),
    all.filter((c) => !known.has(c)),
  );
  return { ...found, varying: all.filter((c) => known.has(c) || found.varying.includes(c)) };
}

/** The narrowest type that keeps every value of a column of numbers. */
export async function typesOf({ database, relation, columns, request }: Making): Promise<readonly string[]> {
  const names = [request.id, ...columns.map(({ name }) => name)];
  const questions = names.map((name) => {
    if (columnNamed(relation, name).kind === "text") return "null, null, null";
    const sql = valueSql(relation, name);
    return `min(${sql}), max(${sql}), bool_and(${sql} = trunc(${sql}))`;
  });
  const [cells = []] = await database.rows(`select ${questions.join(", ")} from ${relation.from}`);
  return names.map((name, at) => {
    if (columnNamed(relation, name).kind === "text") return "varchar";
    const [least, most, isWhole] = cells.slice(3 * at);
    const largest = Math.max(Math.abs(Number(least ?? 0)), Math.abs(Number(most ?? 0)));
    if (isWhole !== true || largest >= 2 ** 31) return "double";
    return largest < 2 ** 7 ? "tinyint" : largest < 2 ** 15 ? "smallint" : "integer";
  });
}

/** What has to be known of the data before people are put into rows. */
export async function factsOf(making: Making): Promise<KnownPanel> {
  const { database, relation, request, columns } = making;
  const asked = columns.map(({ name, kind }) => ({ name, asFactor: kind === "text" }));
  try {
    return await panelFacts(database, relation, { person: request.id, time: request.time, asked });
  } catch (error) {
    if (!(error instanceof NeedsRows)) throw error;
    throw refuse(relation.name, error.why, "Correct the data, or name the columns to keep: --columns a,b.");
  }
}

/**
 * Refuses data without people, with too many waves, or with several rows of a person at one wave.
 *
 * @throws SourceError `source.cube`
 */
export async function checkPersons(
  { database, relation, request }: Making,
  { people, repeated }: Persons,
  waves: readonly number[],
): Promise<void> {
  if (people === 0) throw refuse(relation.name, `no row with a "${request.id}"`, "Check --id.");
  if (waves.length > MOST_WAVES)
    throw refuse(
      relation.name,
      `${waves.length} or more values of "${request.time}"`,
      "Name the wave: --time COLUMN.",
    );
  if (repeated === 0) return;
  const examples = await duplicateExamples(database, relation, request);
  throw refuse(relation.name, `${repeated} people with several rows at one wave`, `See${examples}.`);
}
