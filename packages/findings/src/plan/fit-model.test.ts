import type { Source } from "@longwave/source";
import { createRandom, createTable, numericColumn, type Table } from "@longwave/stats";
import { describe, expect, test } from "vitest";
import { protocol } from "../testing/study.ts";
import { fitModel, type ModelOutcome } from "./fit-model.ts";
import type { RunnableModel } from "./resolve-model.ts";

const model: RunnableModel = {
  kind: "lmm",
  formulas: [
    "y ~ within(x) + (1 + within(x) | id)",
    "y ~ within(x) + (1 + within(x) || id)",
    "y ~ within(x) + (1 | id)",
  ],
  where: undefined,
};

function sourceOf(table: Table): Source {
  return {
    name: "a table in memory",
    describe: async () => ({ nrows: table.nrows, columns: [] }),
    fitData: async () => ({ kind: "rows", table }),
    close: async () => {},
  };
}

/** People with five rows each, who differ in level and by `slopeStdDev` in the slope of y on x. */
function people(count: number, slopeStdDev: number): Table {
  const random = createRandom(11);
  const rows = Array.from({ length: count }, (_, id) => {
    const [level, slope] = [random.normal(), -0.3 + slopeStdDev * random.normal()];
    return Array.from({ length: 5 }, (_, wave) => {
      const x = random.normal();
      return { id, wave, x, y: level + slope * x + 0.5 * random.normal() };
    });
  }).flat();
  const column = (name: "id" | "wave" | "x" | "y") => numericColumn(rows.map((row) => row[name]));
  return createTable({ id: column("id"), wave: column("wave"), x: column("x"), y: column("y") });
}

function fitOf(table: Table): Promise<ModelOutcome> {
  return fitModel({ protocol, source: sourceOf(table), model });
}

describe("fitting a planned model", () => {
  test("keeps the planned form when people do differ in their slopes", async () => {
    const outcome = await fitOf(people(150, 0.5));
    expect(outcome).toMatchObject({ kind: "fitted", fallbackUsed: false, note: undefined, people: 150 });
  });

  test("falls back in the plan's order when a form is singular, and says what was left", async () => {
    const outcome = await fitOf(people(40, 0));
    if (outcome.kind !== "fitted") throw new Error("fits");
    expect(outcome.fallbackUsed).toBe(true);
    expect(outcome.planned).toBe(model.formulas[0]);
    expect(outcome.fit.singular).toBe(false);
    expect(outcome.note).toMatch(/^The form \(1 \+ within\(x\) \| id\) was tried first and was singular\./);
  });

  test("gives no result for fewer than ten people, and does not say how many", async () => {
    const outcome = await fitOf(people(9, 0.5));
    expect(outcome).toMatchObject({ kind: "not_fitted" });
    if (outcome.kind === "not_fitted") expect(outcome.reason).not.toMatch(/\b9\b/);
  });

  test("gives a plain reason when no form can be fitted", async () => {
    const outcome = await fitOf(people(0, 0));
    expect(outcome).toMatchObject({ kind: "not_fitted", planned: model.formulas[0] });
  });
});
