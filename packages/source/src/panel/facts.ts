import {
  type AskedColumn,
  type ColumnFacts,
  NeedsRows,
  type PanelFacts,
  roughConstants,
} from "@longwave/stats/from-sums";
import type { Relation, RelationColumn } from "../relation.ts";
import { requestedColumns } from "../request.ts";
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
  const { kind, sql } = columnNamed(relation, name);
  return kind === "text" ? sql : `nullif(${sql}, cast('NaN' as double precision))`;
}

async function distinctValues(engine: SqlEngine, relation: Relation, sql: string): Promise<unknown[]> {
  const rows = await engine.rows(
    `select distinct ${sql} as v from ${relation.from} where ${sql} is not null order by v limit ${MOST_DISTINCT}`,
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

function spreadsOf(cells: readonly unknown[], names: readonly string[]): Map<string, Spread> {
  const numbers = cells.map((cell) => Number(cell ?? 0));
  return new Map(
    names.map((name, at) => {
      const [mean = 0, square = 0, least = 0, most = 0] = numbers.slice(4 * at);
      if (![square, least, most].every(Number.isFinite))
        throw new NeedsRows(`numbers in "${name}" that are not finite`);
      return [name, { mean, square, least, most }];
    }),
  );
}

/** The columns with two values at most: nothing lies between the least and the greatest. */
async function binaryColumns(
  engine: SqlEngine,
  relation: Relation,
  spreads: ReadonlyMap<string, Spread>,
): Promise<Set<string>> {
  if (spreads.size === 0) return new Set();
  const between = [...spreads].map(([name, { least, most }]) => {
    const sql = valueSql(relation, name);
    return `sum(case when ${sql} > cast('${least}' as double precision) and ${sql} < cast('${most}' as double precision) then 1 else 0 end)`;
  });
  const [counts = []] = await engine.rows(`select ${between.join(", ")} from ${relation.from}`, LOOKING);
  return new Set([...spreads.keys()].filter((_, at) => Number(counts[at] ?? 0) === 0));
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

/** The facts of columns, the number of rows, and the answers to what was asked besides. */
async function columnFacts(engine: SqlEngine, relation: Relation, { asked, also }: AskedFacts) {
  const isText = (name: string) => columnNamed(relation, name).kind === "text";
  const numbers = asked.map(({ name }) => name).filter((name) => !isText(name));
  const questions = numbers.map((name) => {
    const sql = valueSql(relation, name);
    return `avg(${sql}), avg(${sql} * ${sql}), min(${sql}), max(${sql})`;
  });
  const [[count, ...rest] = []] = await engine.rows(
    `select ${["count(*)", ...also, ...questions].join(", ")} from ${relation.from}`,
    LOOKING,
  );
  const spreads = spreadsOf(rest.slice(also.length), numbers);
  const binary = await binaryColumns(engine, relation, spreads);
  const columns: (readonly [string, ColumnFacts])[] = [];
  for (const { name, asFactor } of asked) {
    const spread = spreads.get(name);
    const values =
      spread === undefined || asFactor
        ? await distinctValues(engine, relation, valueSql(relation, name))
        : null;
    const facts: ColumnFacts =
      spread === undefined
        ? { kind: "category", levels: byCodePoint((values ?? []).map(String)) }
        : numberFacts(spread, binary.has(name), values === null ? null : values.map(Number));
    columns.push([name, facts]);
  }
  return { columns: Object.fromEntries(columns), nrows: Number(count), also: rest.slice(0, also.length) };
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
  if (columnNamed(relation, time).kind === "text") throw new NeedsRows(`text in the time column "${time}"`);
  const [when, who] = [valueSql(relation, time), valueSql(relation, person)];
  const also = [`sum(case when ${when} is null and ${who} is not null then 1 else 0 end)`, `sum(${when})`];
  const known = await columnFacts(engine, relation, { asked, also });
  const [timeless, sum] = known.also.map((value) => Number(value ?? 0));
  if (timeless !== 0) throw new NeedsRows(`${timeless} rows without a "${time}"`);
  if (!Number.isFinite(sum)) throw new NeedsRows(`a "${time}" that is not a finite number`);
  const waves = (await distinctValues(engine, relation, when)).map(Number);
  return { facts: { waves, columns: known.columns }, nrows: known.nrows };
}

/** What has to be known of a table with one row for each person. */
export async function wideFacts(
  engine: SqlEngine,
  relation: Relation,
  asked: readonly AskedColumn[],
): Promise<KnownPanel> {
  const { columns, nrows } = await columnFacts(engine, relation, { asked, also: [] });
  return { facts: { waves: [], columns }, nrows };
}
