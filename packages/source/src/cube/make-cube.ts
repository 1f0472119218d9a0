import { mkdtemp, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ColumnFacts } from "@longwave/stats/from-sums";
import type { Database, DatabaseOptions } from "../duckdb/database.ts";
import { openRelation } from "../duckdb/open-relation.ts";
import { SourceError } from "../errors.ts";
import { alikeTexts } from "../panel/duplicates.ts";
import { columnNamed } from "../panel/facts.ts";
import { chosenRelation } from "../panel/where-sql.ts";
import type { Relation, RelationColumn } from "../relation.ts";
import { isSpread } from "../spread/spread.ts";
import { sqlName, sqlText } from "../sql.ts";
import { cubeRelation } from "./cube-relation.ts";
import { readFooter } from "./footer.ts";
import { keepSums } from "./keep-sums.ts";
import { SUMS_KEY } from "./kept-sums.ts";
import { type CubeRequest, MAKING, type Making, refuse, rowsSql } from "./making.ts";
import { cubeNotes, describeFiles, MASK, NOTES_KEY } from "./notes.ts";
import { checkPersons, factsOf, personsOf, typesOf } from "./persons.ts";

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
  /** True where the sums of all pairs of its numbers stand in it, so that most models need not read anybody. */
  readonly keepsSums: boolean;
}

function notWritable(out: string, cause: unknown): SourceError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SourceError(
    "source.cube",
    `Expected a place where a cube can be written; found ${out}: ${reason}. Name a file in a folder that is there and yours.`,
  );
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
  const folder = await mkdtemp(`${resolve(request.out)}.making-`).catch((cause) => {
    throw notWritable(request.out, cause);
  });
  try {
    const { database, relation, files, table } = await openRelation(path, { watcher });
    try {
      if (files.some((file) => resolve(file) === resolve(request.out)))
        throw refuse(
          relation.name,
          "it named as the cube too",
          "Give the cube a name of its own: --out FILE.",
        );
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
  const bare = `${part}.bare`;
  await database.rows(
    `copy (${peopleSql(making, waves, { columns, idType })}) to ${sqlText(bare)} (format parquet)`,
    MAKING,
  );
  const footer = await readFooter(bare);
  const sums = footer ? await keepSums(database, await cubeRelation(footer, bare, notes)) : null;
  const texts = { [NOTES_KEY]: notes, ...(sums === null ? {} : { [SUMS_KEY]: sums }) };
  const metadata = Object.entries(texts).map(
    ([key, content]) => `${sqlName(key)}: ${sqlText(JSON.stringify(content))}`,
  );
  await database.rows(
    `copy (from read_parquet(${sqlText(bare)})) to ${sqlText(part)} (format parquet, kv_metadata {${metadata.join(", ")}})`,
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
    keepsSums: sums !== null,
  };
}
