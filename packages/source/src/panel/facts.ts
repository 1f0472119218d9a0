import {
  type AskedColumn,
  type ColumnFacts,
  NeedsRows,
  type PanelFacts,
  roughConstants,
} from "@longwave/stats/from-sums";
import { observedSql, type Relation, type RelationColumn } from "../relation.ts";
import { requestedColumns } from "../request.ts";
import { isSpread, presentAt, relationAt, type SpreadRelation } from "../spread/spread.ts";
import { sqlNumber } from "../sql.ts";
import type { SqlEngine } from "../sql-engine.ts";

/** What a panel's sums are asked of: the table, who and when, and the columns of the formula. */
export interface FactsRequest {
  readonly person: string;
  readonly time: string;
  readonly asked: readonly AskedColumn[];
}

/** The facts of a panel, with how many rows there are to read. */
export interface KnownPanel {
  readonly facts: PanelFacts;
  readonly nrows: number;
}

const LOOKING = { doing: "looking at the columns" } as const;

// One more than a plan accepts, so that it can say that there are too many.
const MOST_DISTINCT = 32;

/** The column of a relation, or the refusal that names the nearest one. */
export function columnNamed(relation: Relation, name: string): RelationColumn {
  const [column] = requestedColumns(relation.name, relation.columns, { columns: [name] });
  return column as RelationColumn;
}

/** A column's values as SQL, null where there is none: NaN counts as missing. */
export function valueSql(relation: Relation, name: string): string {
  return observedSql(columnNamed(relation, name));
}

/** The values of a column as SQL: one expression in long data, one for each wave where the table has a row a person. */
function valuesSql(relation: Relation, name: string): readonly string[] {
  if (!isSpread(relation)) return [valueSql(relation, name)];
  const { waves, series } = relation.spread;
  const here = waves.map((wave) => presentAt(relation, wave));
  if (Object.hasOwn(series, name))
    return waves.map(
      (wave, at) => `case when ${here[at]} then ${valueSql(relationAt(relation, wave), name)} end`,
    );
  return [`case when ${here.join(" or ")} then ${valueSql(relation, name)} end`];
}

async function distinctValues(
  engine: SqlEngine,
  relation: Relation,
  values: readonly string[],
): Promise<unknown[]> {
  const parts = values.map((sql) => `select ${sql} as v from ${relation.from}`);
  const rows = await engine.rows(
    `select distinct v from (${parts.join(" union all ")}) as seen where v is not null order by v limit ${MOST_DISTINCT}`,
    LOOKING,
  );
  return rows.map(([value]) => value);
}

function byCodePoint(values: readonly string[]): string[] {
  return [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Mean, mean square, least and greatest of a number. */
interface Spread {
  readonly mean: number;
  readonly square: number;
  readonly least: number;
  readonly most: number;
}

/** How many, mean, mean square, least and greatest of each expression. */
const SPREAD_NUMBERS = 5;

function spreadSql(sql: string): string {
  return `count(${sql}), avg(${sql}), avg(${sql} * ${sql}), min(${sql}), max(${sql})`;
}

/** One spread out of those of several expressions. */
function spreadOf(name: string, cells: readonly number[]): Spread {
  const parts = Array.from({ length: cells.length / SPREAD_NUMBERS }, (_, at) => {
    const [count = 0, mean = 0, square = 0, least = 0, most = 0] = cells.slice(SPREAD_NUMBERS * at);
    return { count, mean, square, least, most };
  }).filter(({ count }) => count > 0);
  if (parts.some(({ square, least, most }) => ![square, least, most].every(Number.isFinite)))
    throw new NeedsRows(`numbers in "${name}" that are not finite`);
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return { mean: 0, square: 0, least: 0, most: 0 };
  const average = (of: (part: Spread) => number) =>
    parts.reduce((sum, part) => sum + (of(part) * part.count) / total, 0);
  return {
    mean: average(({ mean }) => mean),
    square: average(({ square }) => square),
    least: Math.min(...parts.map(({ least }) => least)),
    most: Math.max(...parts.map(({ most }) => most)),
  };
}

// A column with two values has the largest variance that its least, greatest and mean allow; rounding aside.
const NEARLY_ALL = 1 - 1e-6;

function mayBeBinary({ mean, square, least, most }: Spread): boolean {
  return square - mean * mean >= NEARLY_ALL * (mean - least) * (most - mean);
}

/** The columns with two values at most: nothing lies between the least and the greatest. */
async function binaryColumns(
  engine: SqlEngine,
  relation: Relation,
  all: ReadonlyMap<string, Spread>,
): Promise<Set<string>> {
  const spreads = [...all].filter(([, spread]) => mayBeBinary(spread));
  if (spreads.length === 0) return new Set();
  const between = spreads.map(([name, { least, most }]) => {
    const [low, high] = [sqlNumber(least), sqlNumber(most)];
    return valuesSql(relation, name)
      .map((sql) => `sum(case when ${sql} > ${low} and ${sql} < ${high} then 1 else 0 end)`)
      .join(" + ");
  });
  const [counts = []] = await engine.rows(`select ${between.join(", ")} from ${relation.from}`, LOOKING);
  return new Set(spreads.map(([name]) => name).filter((_, at) => Number(counts[at] ?? 0) === 0));
}

function numberFacts(
  { mean, square, least, most }: Spread,
  binary: boolean,
  values: readonly number[] | null,
): ColumnFacts {
  if (binary && most > least) return { kind: "number", shift: least, scale: most - least, binary, values };
  const rough = roughConstants(mean, Math.sqrt(Math.max(0, square - mean * mean)));
  return { kind: "number", ...rough, binary, values };
}

interface AskedFacts {
  readonly asked: readonly AskedColumn[];
  /** Further questions of all rows. */
  readonly also: readonly string[];
}

async function spreadsOf(
  engine: SqlEngine,
  relation: Relation,
  { asked, also }: AskedFacts,
): Promise<{ readonly spreads: Map<string, Spread>; readonly also: readonly unknown[] }> {
  const numbers = asked
    .map(({ name }) => ({ name, values: valuesSql(relation, name) }))
    .filter(({ name }) => columnNamed(relation, name).kind !== "text");
  const questions = numbers.flatMap(({ values }) => values.map(spreadSql));
  const [row = []] = await engine.rows(
    `select ${[...also, ...questions].join(", ")} from ${relation.from}`,
    LOOKING,
  );
  const cells = row.slice(also.length).map((cell) => Number(cell ?? 0));
  const spreads = numbers.map(({ name, values }, at): [string, Spread] => {
    const before = numbers.slice(0, at).reduce((sum, other) => sum + other.values.length, 0);
    return [
      name,
      spreadOf(name, cells.slice(SPREAD_NUMBERS * before, SPREAD_NUMBERS * (before + values.length))),
    ];
  });
  return { spreads: new Map(spreads), also: row.slice(0, also.length) };
}

/** The facts of columns, and the answers to what was asked besides. */
async function columnFacts(engine: SqlEngine, relation: Relation, question: AskedFacts) {
  const { spreads, also } = await spreadsOf(engine, relation, question);
  const binary = await binaryColumns(engine, relation, spreads);
  const columns: (readonly [string, ColumnFacts])[] = [];
  for (const { name, asFactor } of question.asked) {
    const spread = spreads.get(name);
    const values =
      spread === undefined || asFactor
        ? await distinctValues(engine, relation, valuesSql(relation, name))
        : null;
    const facts: ColumnFacts =
      spread === undefined
        ? { kind: "category", levels: byCodePoint((values ?? []).map(String)) }
        : numberFacts(spread, binary.has(name), values === null ? null : values.map(Number));
    columns.push([name, facts]);
  }
  return { columns: Object.fromEntries(columns), also };
}

/**
 * What has to be known before a panel's sums are formed: its waves, the levels of its categories, and constants
 * near the means and spreads of its numbers.
 *
 * @throws StatsError `sums.needs-rows` where the time is text, missing in some rows, or a number is not finite.
 */
export async function panelFacts(
  engine: SqlEngine,
  relation: Relation,
  { person, time, asked }: FactsRequest,
): Promise<KnownPanel> {
  if (isSpread(relation)) return spreadFacts(engine, relation, { person, time, asked });
  if (columnNamed(relation, time).kind === "text") throw new NeedsRows(`text in the time column "${time}"`);
  const [when, who] = [valueSql(relation, time), valueSql(relation, person)];
  const also = [
    "count(*)",
    `sum(case when ${when} is null and ${who} is not null then 1 else 0 end)`,
    `sum(${when})`,
  ];
  const known = await columnFacts(engine, relation, { asked, also });
  const [nrows = 0, timeless, sum] = known.also.map((value) => Number(value ?? 0));
  if (timeless !== 0) throw new NeedsRows(`${timeless} rows without a "${time}"`);
  if (!Number.isFinite(sum)) throw new NeedsRows(`a "${time}" that is not a finite number`);
  const waves = (await distinctValues(engine, relation, [when])).map(Number);
  return { facts: { waves, columns: known.columns }, nrows };
}

interface NotedFacts {
  readonly asked: readonly AskedColumn[];
  readonly columns: Readonly<Record<string, ColumnFacts>>;
}

/** Facts that are known already; only the distinct values of numbers are asked for. */
async function notedFacts(
  engine: SqlEngine,
  relation: Relation,
  { asked, columns }: NotedFacts,
): Promise<Record<string, ColumnFacts>> {
  const found: Record<string, ColumnFacts> = {};
  for (const { name, asFactor } of asked) {
    columnNamed(relation, name);
    const facts = columns[name] as ColumnFacts;
    if (facts.kind === "category" || !asFactor) found[name] = facts;
    else {
      const values = await distinctValues(engine, relation, valuesSql(relation, name));
      found[name] = { ...facts, values: values.map(Number) };
    }
  }
  return found;
}

/** The same of a table with a row for each person: the waves are those at which someone has a row. */
async function spreadFacts(
  engine: SqlEngine,
  relation: SpreadRelation,
  { person, time, asked }: FactsRequest,
): Promise<KnownPanel> {
  const { spread } = relation;
  if (person !== spread.id || time !== spread.time)
    throw new NeedsRows(
      `people by "${person}" and waves by "${time}" in data of "${spread.id}" and "${spread.time}"`,
    );
  const { known: noted } = relation;
  if (noted !== undefined && relation.kept === undefined)
    return {
      facts: {
        waves: spread.waves,
        columns: await notedFacts(engine, relation, { asked, columns: noted.columns }),
      },
      nrows: noted.nrows,
    };
  const also = spread.waves.map((wave) => `sum(case when ${presentAt(relation, wave)} then 1 else 0 end)`);
  const known = await columnFacts(engine, relation, { asked, also });
  const counts = known.also.map((value) => Number(value ?? 0));
  const waves = spread.waves.filter((_, at) => (counts[at] ?? 0) > 0);
  const nrows = counts.reduce((sum, count) => sum + count, 0);
  return { facts: { waves, columns: known.columns }, nrows };
}

/** What has to be known of a table whose rows are people and whose series are columns, wave by wave. */
export async function wideFacts(
  engine: SqlEngine,
  relation: Relation,
  asked: readonly AskedColumn[],
): Promise<KnownPanel> {
  const { columns, also } = await columnFacts(engine, relation, { asked, also: ["count(*)"] });
  return { facts: { waves: [], columns }, nrows: Number(also[0] ?? 0) };
}
