import { parseFormula } from "../formula/parse.ts";
import { requireNumbers } from "../frame/variables.ts";
import { columnOf } from "../table/nearest-name.ts";
import type { Column, Table } from "../table/table.ts";
import { askedColumns, type ColumnFacts, type PanelFacts, roughConstants } from "./facts.ts";
import { panelPlan } from "./make-plan.ts";
import { reducePanel, varyingInPlan } from "./reduce.ts";
import type { PanelSums } from "./sums.ts";

/** Which formula is to be summed, and by which columns. */
export interface SumsOfTable {
  readonly formula: string;
  readonly time: string;
  readonly person: string;
}

function seenOf(column: Extract<Column, { kind: "numeric" }>): number[] {
  return [...column.values].filter((_, row) => column.missing[row] === 0);
}

function distinctOf(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function factsOfColumn(column: Column, asFactor: boolean): ColumnFacts {
  if (column.kind === "factor") return { kind: "category", levels: column.levels };
  const seen = seenOf(column);
  const distinct = distinctOf(seen);
  const values = asFactor ? distinct : null;
  if (distinct.length === 2)
    return { kind: "number", shift: distinct[0], scale: distinct[1] - distinct[0], binary: true, values };
  const mean = seen.length === 0 ? 0 : seen.reduce((sum, value) => sum + value, 0) / seen.length;
  const square = seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, seen.length);
  return { kind: "number", ...roughConstants(mean, Math.sqrt(square)), binary: false, values };
}

/** What has to be known of rows at hand before they are summed. */
function factsOfTable({ formula, time }: SumsOfTable, table: Table): PanelFacts {
  const columns = askedColumns(parseFormula(formula), time).map(
    ({ name, asFactor }) => [name, factsOfColumn(columnOf(table, name), asFactor)] as const,
  );
  const waves = requireNumbers(columnOf(table, time), time, "as the time");
  return { waves: distinctOf(seenOf(waves)), columns: Object.fromEntries(columns) };
}

/**
 * The sums of rows at hand, columns that vary within people found.
 *
 * @throws StatsError `sums.needs-rows`
 */
export function sumsOfTable(asked: SumsOfTable, table: Table): PanelSums {
  const input = { ...asked, facts: factsOfTable(asked, table) };
  const first = panelPlan(input);
  const varying = varyingInPlan(first, table);
  return reducePanel(varying.length === 0 ? first : panelPlan({ ...input, varying }), table);
}
