import { describe, expect, test } from "vitest";
import { lmm } from "../models/lmm/fit.ts";
import { lmmFromSums } from "../models/lmm/from-sums.ts";
import { selectRows } from "../table/columns.ts";
import type { Table } from "../table/table.ts";
import { caseTable } from "../testing/cases.ts";
import { poolPanels } from "./align.ts";
import { withFloor } from "./floor.ts";
import { expectClose, sumsOf } from "./testing/sums-of.ts";

const cohort = caseTable("hunt_sim_6419");
const MODEL =
  "pain_vrs ~ (within(ex_index) + between(ex_index)) * male + education + factor(wave) + (1 | id)";

function numbers(name: string): Float64Array {
  const column = cohort.columns[name];
  return column.kind === "numeric" ? column.values : new Float64Array(0);
}

/** The people of one of five sites; the last site never asked at wave 4 and only people with short schooling. */
function site(number: number): Table {
  const [ids, waves] = [numbers("id"), numbers("wave")];
  return selectRows(cohort, (row) => ids[row] % 5 === number && (number < 4 || waves[row] < 4));
}

function everybody(): Table {
  const [ids, waves] = [numbers("id"), numbers("wave")];
  return selectRows(cohort, (row) => ids[row] % 5 < 4 || waves[row] < 4);
}

describe("sums of five sites", () => {
  const parts = [0, 1, 2, 3, 4].map((number) => sumsOf(MODEL, "wave", site(number)));

  test("each with its own constants and waves, give the model of all their people", () => {
    const pooled = lmmFromSums(poolPanels(parts));
    const rows = lmm(MODEL, { kind: "rows", table: everybody() });
    expectClose(pooled.deviance, rows.deviance, 1e-9);
    expect(pooled.fixed.map(({ term }) => term)).toEqual(rows.fixed.map(({ term }) => term));
    for (const [j, row] of rows.fixed.entries()) {
      expectClose(pooled.fixed[j].estimate, row.estimate, 1e-9);
      expectClose(pooled.fixed[j].stdError, row.stdError, 1e-9);
    }
    expect(pooled.rows).toEqual(rows.rows);
  });

  test("survive JSON to the last bit", () => {
    expect(JSON.parse(JSON.stringify(parts[0]))).toEqual(parts[0]);
  });

  test("of different formulas are not pooled", () => {
    const other = sumsOf("pain_vrs ~ wave + (1 | id)", "wave", site(0));
    expect(() => poolPanels([parts[0], other])).toThrow("Expected sums of one formula");
  });
});

describe("a floor", () => {
  test("keeps back patterns in which a group, or two groups crossed, is small, and counts the loss", () => {
    const whole = sumsOf("pain_vrs ~ male + (1 | id)", "wave", cohort);
    const { sums, lost } = withFloor(whole, 10);
    expect(lost.patterns).toBe(whole.patterns.length - sums.patterns.length);
    expect(lost.people + sums.patterns.reduce((sum, { people }) => sum + people, 0)).toBe(
      whole.patterns.reduce((sum, { people }) => sum + people, 0),
    );
    const male = sums.plan.atoms.findIndex(({ column }) => column === "male");
    const place = 1 + sums.plan.cells.findIndex(({ atoms }) => atoms.length === 1 && atoms[0] === male);
    for (const { people, products } of sums.patterns) {
      const men = Math.round(products[place]);
      expect(men === 0 || men >= 10).toBe(true);
      expect(people - men === 0 || people - men >= 10).toBe(true);
    }
  });

  test("of one keeps everything", () => {
    const whole = sumsOf("pain_vrs ~ male + (1 | id)", "wave", cohort);
    expect(withFloor(whole, 1)).toEqual({ sums: whole, lost: { patterns: 0, people: 0, rows: 0 } });
  });
});
