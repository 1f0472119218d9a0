import { expect } from "vitest";
import type { Table } from "../../table/table.ts";
import { bitsOf, type EachPerson } from "../people.ts";
import { cellsOf, type PanelPlan } from "../plan.ts";
import { panelVectors } from "../reduce.ts";
import type { PanelSums } from "../sums.ts";
import { sumsOfTable } from "../table-facts.ts";

/** The sums of a table, columns that vary within people found. */
export function sumsOf(formula: string, time: string, table: Table): PanelSums {
  return sumsOfTable({ formula, time, person: "id" }, table);
}

/** A way through the people of a table one by one. */
export function eachPersonOf(plan: PanelPlan, table: Table): EachPerson {
  const size = plan.cells.length + 1;
  return async (take) => {
    for (const { waves, r } of panelVectors(plan, table)) {
      const whole = new Float64Array(size);
      for (const [k, place] of [0, ...cellsOf(plan, waves).map((cell) => cell + 1)].entries())
        whole[place] = r[k];
      take({ count: 1, used: Int32Array.of(bitsOf(waves)), r: whole, names: null });
    }
  };
}

/** Fails where two numbers differ by more than a share of the larger of 1 and the second. */
export function expectClose(a: number | null, b: number | null, tolerance: number): void {
  expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b ?? 0)));
}
