import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

/** The files of one simulated cohort. */
export interface Cohort {
  readonly people: number;
  /** Long Parquet, in the order of people and waves. */
  readonly long: string;
  /** Long Parquet of the same rows in no order. */
  readonly shuffled: string;
  readonly cube: string;
  readonly csv: string;
}

export function cohortAt(folder: string, people: number): Cohort {
  const path = (ending: string) => join(folder, `${people}${ending}`);
  return {
    people,
    long: path(".parquet"),
    shuffled: path("-shuffled.parquet"),
    cube: path(".cube.parquet"),
    csv: path(".csv"),
  };
}

/** Runs statements in a DuckDB of their own, with bounded memory. */
async function inDuckdb(folder: string, statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: "1",
    memory_limit: "1500MB",
    temp_directory: join(folder, "spill"),
  });
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

// Uniform numbers from the hash of who and what: the same whenever and in whatever order rows are made.
const CHANCE = [
  "create macro uniform(who, what) as (hash(who * 1000 + what) >> 11)::double / 9007199254740992.0",
  `create macro normal(who, what) as
     sqrt(-2 * ln(uniform(who, what) + 1e-300)) * cos(2 * pi() * uniform(who, what + 500))`,
];

/** Exercise and pain of simulated people at five waves; 17 rows of 100 are missing, as a share of HUNT's are. */
function rowsSql(people: number): string {
  return `with person as (
    select range as id, case when uniform(range, 1) < 0.45 then 'man' else 'woman' end as sex,
      cast(round(53 + 15 * normal(range, 2)) as integer) as age, normal(range, 3) as usual, normal(range, 4) as level
    from range(1, ${people + 1})
  ), cells as (
    select id, wave, sex, age, level, usual, usual + 0.6 * normal(id, 10 + wave) as exercise,
      normal(id, 20 + wave) as noise, uniform(id, 30 + wave) as answered
    from person, range(0, 5) as waves (wave)
  )
  select cast(id as integer) as id, cast(wave as tinyint) as wave, sex, age, round(exercise, 2) as ex,
    round(4 + 0.05 * wave - 0.15 * (exercise - usual) - 0.2 * usual + level + 0.8 * noise, 1) as pain
  from cells where answered > 0.17`;
}

/** Writes the long Parquet of a cohort, and for R a CSV where it is wanted. */
export async function writeCohort(folder: string, cohort: Cohort, withCsv: boolean): Promise<void> {
  const { long, shuffled, csv, people } = cohort;
  await inDuckdb(folder, [
    ...CHANCE,
    `copy (${rowsSql(people)} order by id, wave) to '${long}' (format parquet)`,
    `copy (select * from '${long}' order by hash(id * 10 + wave)) to '${shuffled}' (format parquet)`,
    ...(withCsv ? [`copy (from '${long}') to '${csv}'`] : []),
  ]);
}
