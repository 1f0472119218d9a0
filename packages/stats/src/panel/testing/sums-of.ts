import { expect } from "vitest";
import type { Table } from "../../table/table.ts";
import type { PanelSums } from "../sums.ts";
import { sumsOfTable } from "../table-facts.ts";

/** The sums of a table, columns that vary within people found. */
export function sumsOf(formula: string, time: string, table: Table): PanelSums {
  return sumsOfTable({ formula, time, person: "id" }, table);
}

/** Fails where two numbers differ by more than a share of the larger of 1 and the second. */
export function expectClose(a: number | null, b: number | null, tolerance: number): void {
  expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b ?? 0)));
}
