import { mkdtemp, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type ColumnFacts, NeedsRows } from "@longwave/stats/from-sums";
import type { Database, DatabaseOptions } from "../duckdb/database.ts";
import { openRelation } from "../duckdb/open-relation.ts";
import { SourceError } from "../errors.ts";
import { alikeTexts, duplicateExamples } from "../panel/duplicates.ts";
import { columnNamed, type KnownPanel, panelFacts, valueSql } from "../panel/facts.ts";
import { chosenRelation } from "../panel/where-sql.ts";
import type { Relation, RelationColumn } from "../relation.ts";
import type { RowChoice } from "../source.ts";
import { isSpread } from "../spread/spread.ts";
import { sqlName, sqlNumber, sqlText } from "../sql.ts";
import { cubeNotes, describeFiles, MASK, NOTES_KEY } from "./notes.ts";

/** What a cube is to be made of. */
export interface CubeRequest extends Pick<RowChoice, "once"> {
  /** The columns that name the person and the wave. */
  readonly id: string;
  readonly time: string;
  /** Columns to keep; all by default. */
  readonly columns?: readonly string[];
  /** Where it is written. */
  readonly out: string;
}

/** What a cube holds. */
export interface MadeCube {
  readonly people: number;
  readonly rows: number;
  /** Rows that name no person, which are not in it. */
  readonly withoutPerson: number;
  readonly waves: readonly number[];
  /** Columns with one value a person, and those with one a wave. */
  readonly constant: readonly string[];
  readonly series: readonly string[];
  readonly bytes: number;
  /** Names of people that differ only in capitals. */
  readonly alike: readonly string[];
}

const MAKING = { doing: "putting each person in a row" } as const;
const MOST_WAVES = 60;
// Columns that differ between the waves of someone here need not be looked at in all rows.
const SAMPLE_ROWS = 50_000;

function refuse(name: string, found: string, fix: string): SourceError {
  return new SourceError(
    "source.cube",
    `Expected data with one row for each person and wave to make a cube of; found ${found} in ${name}. ${fix}`,
  );
}

interface Making {
  readonly database: Database;
  readonly relation: Relation;
  readonly request: CubeRequest;
  /** The columns besides person and wave. */
  readonly columns: readonly RelationColumn[];
}

/** Whose row it is, at which wave, and the values, under names of our own. */
function rowsSql({ relation, request, columns }: Making, waves: readonly number[], limit = ""): string {
  const when = valueSql(relation, request.time);
  const place = waves.map((wave, at) => `when ${when} = ${sqlNumber(wave)} then ${at}`);
  const values = columns.map(({ name }, c) => `${valueSql(relation, name)} as x${c}`);
  const read = [
    `${valueSql(relation, request.id)} as who`,
    `case ${place.join(" ")} end as place`,
    ...values,
  ];
  return `(select ${read.join(", ")} from ${relation.from} where ${valueSql(relation, request.id)} is not null${limit}) as read`;
}

interface Persons {
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

async function personsOf(making: Making, waves: readonly number[]): Promise<Persons> {
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
async function typesOf({ database, relation, columns, request }: Making): Promise<readonly string[]> {
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

/** The columns of a series, by wave: names that no other column has. */
function columnsAt(name: string, waves: readonly number[], taken: Set<string>): string[] {
  return waves.map((wave) => {
    let column = `${name}_${wave}`;
    while (taken.has(column)) column += "_";
    taken.add(column);
    return column;
  });
}

/** A column of the cube: one value a person, or one a wave. */
interface CubeColumn {
  readonly column: RelationColumn;
  readonly type: string;
  readonly at?: readonly string[];
}

function peopleSql(
  making: Making,
  waves: readonly number[],
  cube: { columns: CubeColumn[]; idType: string },
) {
  const values = cube.columns.flatMap(({ column, type, at }, c) => {
    if (at === undefined) return [`cast(max(x${c}) as ${type}) as ${sqlName(column.name)}`];
    return at.map(
      (name, place) => `cast(max(case when place = ${place} then x${c} end) as ${type}) as ${sqlName(name)}`,
    );
  });
  const mask = `cast(bit_or(cast(1 as bigint) << place) as ${waves.length < 31 ? "integer" : "bigint"})`;
  return `select cast(who as ${cube.idType}) as ${sqlName(making.request.id)}, ${mask} as ${MASK},
    ${values.join(",\n    ")}
  from ${rowsSql(making, waves)} group by who order by 2, 1`;
}

/** What has to be known of the data before people are put into rows. */
async function factsOf(making: Making): Promise<KnownPanel> {
  const { database, relation, request, columns } = making;
  const asked = columns.map(({ name, kind }) => ({ name, asFactor: kind === "text" }));
  try {
    return await panelFacts(database, relation, { person: request.id, time: request.time, asked });
  } catch (error) {
    if (!(error instanceof NeedsRows)) throw error;
    throw refuse(relation.name, error.why, "Correct the data, or name the columns to keep: --columns a,b.");
  }
}

async function checkPersons(
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

function makingOf(database: Database, whole: Relation, request: CubeRequest): Making {
  if (isSpread(whole)) throw refuse(whole.name, "a cube", "Name the data it was made from.");
  const relation = chosenRelation(whole, request, "duckdb");
  for (const name of [request.id, request.time]) columnNamed(relation, name);
  const others = relation.columns.filter(({ name }) => name !== request.id && name !== request.time);
  const columns =
    request.columns === undefined
      ? others.filter(({ kind }) => kind !== "other")
      : request.columns
          .map((name) => columnNamed(relation, name))
          .filter((column) => others.includes(column));
  if (columns.length === 0) throw refuse(relation.name, "no column to keep", "Name some: --columns a,b.");
  return { database, relation, request, columns };
}

/**
 * Makes a cube of long data: a Parquet file with one row for each person, the values of each wave, and which waves
 * are there, sorted by the waves; its metadata say what it was made from.
 *
 * @param path  a file as `openFile` takes it.
 * @param options.watcher  is told of what takes time, and can end it.
 * @throws SourceError as `openFile`, and `source.cube` for data with several rows of a person at one wave
 */
export async function makeCube(
  path: string,
  request: CubeRequest,
  { watcher }: Pick<DatabaseOptions, "watcher"> = {},
): Promise<MadeCube> {
  const folder = await mkdtemp(`${resolve(request.out)}.making-`);
  try {
    const { database, relation, files, table } = await openRelation(path, { watcher });
    try {
      const making = makingOf(database, relation, request);
      const part = join(folder, "cube.parquet");
      const made = await writeCube(making, { files, table, part });
      await rename(part, request.out);
      return { ...made, bytes: (await stat(request.out)).size };
    } finally {
      database.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Writing {
  readonly files: readonly string[];
  readonly table: string | undefined;
  readonly part: string;
}

async function writeCube(making: Making, { files, table, part }: Writing): Promise<Omit<MadeCube, "bytes">> {
  const { database, relation, request } = making;
  const { id, time, out } = request;
  const { facts, nrows } = await factsOf(making);
  const { waves } = facts;
  const persons = await personsOf(making, waves);
  await checkPersons(making, persons, waves);
  const [idType = "varchar", ...types] = await typesOf(making);
  const taken = new Set([id, MASK, ...making.columns.map(({ name }) => name)]);
  const columns = making.columns.map((column, c): CubeColumn => {
    const type = types[c] ?? "double";
    return persons.varying.includes(c)
      ? { column, type, at: columnsAt(column.name, waves, taken) }
      : { column, type };
  });
  const notes = cubeNotes({
    from: await describeFiles(files, out),
    ...(table === undefined ? {} : { table }),
    ...{ id, time, waves: [...waves], people: persons.people, rows: persons.rows },
    columns: columns.map(({ column: { name, kind, missing = 0 }, at }) => ({
      name,
      kind: kind === "other" ? "number" : kind,
      missing,
      ...(at === undefined ? {} : { at: [...at] }),
      facts: facts.columns[name] as ColumnFacts,
    })),
  });
  await database.rows(
    `copy (${peopleSql(making, waves, { columns, idType })}) to ${sqlText(part)}
     (format parquet, kv_metadata {${sqlName(NOTES_KEY)}: ${sqlText(JSON.stringify(notes))}})`,
    MAKING,
  );
  const namesOf = (isSeries: boolean) =>
    columns.filter(({ at }) => (at !== undefined) === isSeries).map(({ column }) => column.name);
  return {
    people: persons.people,
    rows: persons.rows,
    withoutPerson: nrows - persons.rows,
    waves,
    constant: namesOf(false),
    series: namesOf(true),
    alike: await alikeTexts(database, relation, id),
  };
}
