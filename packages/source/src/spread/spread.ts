import type { ColumnFacts } from "@longwave/stats/from-sums";
import type { KeptSums } from "../cube/kept-sums.ts";
import { observedSql, type Relation, type RelationColumn } from "../relation.ts";
import { sqlName, sqlNumber } from "../sql.ts";

/** How a table with one row for each person stands for one row for each person and wave. */
export interface Spread {
  /** The column that names the person; where the table has none, every row is a person of their own. */
  readonly id: string;
  /** What the wave is called in formulas; no column of the table. */
  readonly time: string;
  /** The waves, ascending. */
  readonly waves: readonly number[];
  /** For each series its column at each wave, null where it was not asked. */
  readonly series: Readonly<Record<string, readonly (string | null)[]>>;
  /** A column with a bit for each wave at which there is a row; null: there is one where a series has a value. */
  readonly mask: string | null;
}

/** A relation with one row for each person, whose `columns` are those that long data would have. */
export interface SpreadRelation extends Relation {
  readonly spread: Spread;
  /** The columns of the table itself. */
  readonly stored: readonly RelationColumn[];
  /** What was found out when the table was made: how many long rows it has, and the facts of its columns. */
  readonly known?: {
    readonly nrows: number;
    readonly columns: Readonly<Record<string, ColumnFacts>>;
  };
  /** The sums of everybody, which a cube may keep. */
  readonly sums?: () => Promise<KeptSums | null>;
  /** Which of the long rows are kept, as SQL over the columns of one wave; undefined: all. */
  readonly kept?: (at: Relation) => string;
}

/** True for a relation that has a row for each person. */
export function isSpread(relation: Relation): relation is SpreadRelation {
  return "spread" in relation;
}

/** The sums of everybody that a table keeps; null where it keeps none, or only some rows are asked for. */
export async function keptSumsOf(relation: Relation): Promise<KeptSums | null> {
  if (!isSpread(relation) || relation.kept !== undefined) return null;
  return (await relation.sums?.()) ?? null;
}

/** True where the table has a column that names the person. */
export function isNamed({ spread, stored }: SpreadRelation): boolean {
  return stored.some(({ name }) => name === spread.id);
}

const NOTHING = {
  number: "cast(null as double precision)",
  date: "cast(null as double precision)",
  text: "cast(null as varchar)",
  other: "null",
} as const;

/** The table as it is at one wave, given by its value: columns under the names that long data would have. */
export function relationAt(relation: SpreadRelation, wave: number): Relation {
  const { spread, stored, columns } = relation;
  const place = spread.waves.indexOf(wave);
  const at = columns.map((column): RelationColumn => {
    if (column.name === spread.time) return { ...column, sql: sqlNumber(wave), isExact: true };
    const own = spread.series[column.name];
    if (own === undefined) return column;
    const found = stored.find(({ name }) => name === own[place]);
    if (found === undefined) return { ...column, sql: NOTHING[column.kind] };
    const { sql, isExact = false } = found;
    return { ...column, sql, isExact };
  });
  return { name: relation.name, from: relation.from, nrows: relation.nrows, columns: at };
}

/** Whether a person has a row at a wave that is kept, as SQL. */
export function presentAt(relation: SpreadRelation, wave: number): string {
  const { spread, stored, kept } = relation;
  const place = spread.waves.indexOf(wave);
  const seen =
    spread.mask === null
      ? Object.values(spread.series).flatMap((own) => {
          const column = stored.find(({ name }) => name === own[place]);
          return column === undefined ? [] : [`${observedSql(column)} is not null`];
        })
      : [`(${sqlName(spread.mask)} & ${2 ** place}) <> 0`];
  const here = `(${seen.length === 0 ? "false" : seen.join(" or ")})`;
  return kept === undefined ? here : `(${here} and ${kept(relationAt(relation, wave))})`;
}
