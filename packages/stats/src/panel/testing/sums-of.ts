import { expect } from "vitest";
import { parseFormula } from "../../formula/parse.ts";
import type { Table } from "../../table/table.ts";
import { askedColumns, type ColumnFacts, type PanelFacts } from "../facts.ts";
import { panelPlan } from "../make-plan.ts";
import { reducePanel, varyingInPlan } from "../reduce.ts";
import type { PanelSums } from "../sums.ts";

function factsOfColumn(table: Table, name: string, asFactor: boolean): ColumnFacts {
  const column = table.columns[name];
  if (column.kind === "factor") return { kind: "category", levels: column.levels };
  const seen = [...column.values].filter((_, row) => column.missing[row] === 0);
  const distinct = [...new Set(seen)].sort((a, b) => a - b);
  const values = asFactor ? distinct : null;
  if (distinct.length === 2)
    return { kind: "number", shift: distinct[0], scale: distinct[1] - distinct[0], binary: true, values };
  const shift = seen.reduce((sum, value) => sum + value, 0) / seen.length;
  const scale = Math.sqrt(seen.reduce((sum, value) => sum + (value - shift) ** 2, 0) / seen.length) || 1;
  return { kind: "number", shift, scale, binary: false, values };
}

function factsOf(formula: string, time: string, table: Table): PanelFacts {
  const waves = table.columns[time];
  if (waves.kind === "factor") throw new Error("the time must be numbers");
  const columns = askedColumns(parseFormula(formula), time).map(
    ({ name, asFactor }) => [name, factsOfColumn(table, name, asFactor)] as const,
  );
  return { waves: [...new Set(waves.values)].sort((a, b) => a - b), columns: Object.fromEntries(columns) };
}

/** The sums of a table, columns that vary within people found. */
export function sumsOf(formula: string, time: string, table: Table): PanelSums {
  const input = { formula, time, person: "id", facts: factsOf(formula, time, table) };
  const first = panelPlan(input);
  const varying = varyingInPlan(first, table);
  return reducePanel(varying.length === 0 ? first : panelPlan({ ...input, varying }), table);
}

/** Fails where two numbers differ by more than a share of the larger of 1 and the second. */
export function expectClose(a: number | null, b: number | null, tolerance: number): void {
  expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b ?? 0)));
}
