import { type AskedColumn, type ColumnFacts, NeedsRows, type PanelFacts } from "@longwave/stats";
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
  );
  return rows.map(([value]) => value);
}

function byCodePoint(values: readonly string[]): string[] {
  return [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

async function columnFacts(
  engine: SqlEngine,
  relation: Relation,
  { name, asFactor }: AskedColumn,
): Promise<readonly [string, ColumnFacts]> {
  const sql = valueSql(relation, name);
  if (columnNamed(relation, name).kind === "text") {
    const levels = byCodePoint((await distinctValues(engine, relation, sql)).map(String));
    return [name, { kind: "category", levels }];
  }
  const [[mean, square] = []] = await engine.rows(
    `select avg(${sql}), avg(${sql} * ${sql}) from ${relation.from}`,
  );
  const shift = Number(mean ?? 0);
  const scale = Math.sqrt(Math.max(0, Number(square ?? 0) - shift * shift));
  if (!Number.isFinite(scale)) throw new NeedsRows(`numbers in "${name}" that are not finite`);
  const values = asFactor ? (await distinctValues(engine, relation, sql)).map(Number) : null;
  return [name, { kind: "number", shift, scale: scale > 0 ? scale : 1, values }];
}

/**
 * What has to be known before a panel's sums are formed: its waves, the levels of its categories, and constants
 * near the means and spreads of its numbers.
 *
 * @throws StatsError `sums.needs-rows` where the time is text, or missing in some rows.
 */
export async function panelFacts(
  engine: SqlEngine,
  relation: Relation,
  { person, time, asked }: FactsRequest,
): Promise<KnownPanel> {
  if (columnNamed(relation, time).kind === "text") throw new NeedsRows(`text in the time column "${time}"`);
  const [when, who] = [valueSql(relation, time), valueSql(relation, person)];
  const [[count, timeless, sum] = []] = await engine.rows(
    `select count(*), sum(case when ${when} is null and ${who} is not null then 1 else 0 end), sum(${when}) from ${relation.from}`,
  );
  if (Number(timeless ?? 0) > 0) throw new NeedsRows(`${Number(timeless)} rows without a "${time}"`);
  if (!Number.isFinite(Number(sum ?? 0))) throw new NeedsRows(`a "${time}" that is not a finite number`);
  const waves = (await distinctValues(engine, relation, when)).map(Number);
  const columns: (readonly [string, ColumnFacts])[] = [];
  for (const column of asked) columns.push(await columnFacts(engine, relation, column));
  return { facts: { waves, columns: Object.fromEntries(columns) }, nrows: Number(count) };
}
