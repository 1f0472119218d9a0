import { describe, expect, test } from "vitest";
import { parseFormula } from "../formula/parse.ts";
import { createTable, factorColumn, numericColumn } from "../table/columns.ts";
import type { Table } from "../table/table.ts";
import { designColumns } from "./design.ts";
import { type FrameOptions, modelFrame } from "./model-frame.ts";

const table = createTable({
  id: numericColumn([1, 1, 1, 1, 2, 2, 2, 3]),
  wave: numericColumn([1, 2, 3, 4, 1, 2, 4, 1]),
  x: numericColumn([1, 2, null, 6, 10, 20, 40, 5]),
  y: numericColumn([1, 1, 1, 2, 3, null, 5, 4]),
  sex: factorColumn(["f", "f", "f", "f", "m", "m", "m", "f"]),
});

function values(formula: string, variable: string, options: FrameOptions = {}): number[] {
  const column = modelFrame(parseFormula(formula), table, options).variables.get(variable);
  return column?.kind === "numeric" ? [...column.values] : [];
}

function kept(formula: string, options: FrameOptions = {}): number[] {
  return [...modelFrame(parseFormula(formula), table, options).kept];
}

function names(formula: string, data: Table = table): string[] {
  const parsed = parseFormula(formula);
  const frame = modelFrame(parsed, data, { id: "id" });
  return designColumns(parsed, frame.variables, frame.outcome.length).map(({ name }) => name);
}

describe("the order of operations", () => {
  test("rows with a missing value are dropped and counted, then within and between use the rows left", () => {
    const formula = "y ~ within(x) + between(x) + (1 | id)";
    const frame = modelFrame(parseFormula(formula), table, {});
    expect(frame.rows).toEqual({ read: 8, used: 6, droppedMissing: 2 });
    expect(values(formula, "between(x)")).toEqual([3, 3, 3, 25, 25, 5]);
    expect(values(formula, "within(x)")).toEqual([-2, -1, 3, -15, 15, 0]);
  });

  test("lag looks one wave back in the raw rows and is missing across a gap", () => {
    const options = { time: "wave" };
    // Person 1: waves 2 and 3 have a previous x; wave 4 follows a missing one. Person 2: wave 4 follows a gap.
    expect(kept("y ~ lag(x) + (1 | id)", options)).toEqual([1, 2]);
    expect(values("y ~ lag(x) + (1 | id)", "lag(x)", options)).toEqual([1, 2]);
  });

  test("lag does not depend on the order of the rows", () => {
    const order = [7, 3, 5, 1, 0, 2, 6, 4];
    const take = (column: string) => {
      const source = table.columns[column];
      return source.kind === "numeric" ? numericColumn(order.map((row) => source.values[row])) : source;
    };
    const shuffled = createTable({ id: take("id"), wave: take("wave"), x: take("x"), y: take("y") });
    const frame = modelFrame(parseFormula("y ~ lag(x) + (1 | id)"), shuffled, { time: "wave" });
    expect([...frame.kept].map((row) => order[row]).sort()).toEqual([1, 2]);
  });

  test("within(lag(x)) lags first and then centres over the rows left", () => {
    const formula = "y ~ within(lag(x)) + (1 | id)";
    expect(values(formula, "within(lag(x))", { time: "wave" })).toEqual([-0.5, 0.5]);
  });

  test("lag(within(x)) centres over rows with x and the outcome, then lags, and shares its means", () => {
    const formula = "y ~ lag(within(x)) + within(x) + (1 | id)";
    // Person 1's mean of x over rows with x and y is (1 + 2 + 6) / 3 = 3; only wave 2 has both x and its lag.
    expect(kept(formula, { time: "wave" })).toEqual([1]);
    expect(values(formula, "lag(within(x))", { time: "wave" })).toEqual([-2]);
    expect(values(formula, "within(x)", { time: "wave" })).toEqual([-1]);
  });

  test("people with too few rows are left out after rows are dropped, before means are taken", () => {
    const formula = "y ~ within(x) + (1 | id)";
    const frame = modelFrame(parseFormula(formula), table, { minRows: 3 });
    expect([...frame.kept]).toEqual([0, 1, 3]);
    expect(frame.rows).toEqual({ read: 8, used: 3, droppedMissing: 2 });
  });

  test("the within-person SD uses people with at least two rows and divides by rows less people", () => {
    const frame = modelFrame(parseFormula("y ~ within(x) + (1 | id)"), table, {});
    // Squared deviations 4 + 1 + 9 + 225 + 225, five rows of two people.
    expect(frame.withinStdDev["within(x)"]).toBeCloseTo(Math.sqrt(464 / 3), 12);
  });
});

describe("coding of the design", () => {
  test("text columns are factors without their first level, factor() orders numbers by size", () => {
    expect(names("y ~ sex")).toEqual(["(Intercept)", "sex[m]"]);
    const waves = createTable({ ...table.columns, wave: numericColumn([9, 10, 9, 10, 100, 9, 10, 100]) });
    expect(names("y ~ factor(wave)", waves)).toEqual([
      "(Intercept)",
      "factor(wave)[10]",
      "factor(wave)[100]",
    ]);
  });

  test("without an intercept the first factor has all its levels", () => {
    expect(names("y ~ 0 + sex + factor(wave)")).toEqual([
      "sex[f]",
      "sex[m]",
      "factor(wave)[2]",
      "factor(wave)[3]",
      "factor(wave)[4]",
    ]);
  });

  test("an interaction without its margin codes all levels, with it all but the first", () => {
    expect(names("y ~ x:sex")).toEqual(["(Intercept)", "x:sex[f]", "x:sex[m]"]);
    expect(names("y ~ x * sex")).toEqual(["(Intercept)", "x", "sex[m]", "x:sex[m]"]);
  });

  test("in a product of factors the first runs fastest, as in R", () => {
    expect(names("y ~ sex * factor(wave)").slice(5)).toEqual([
      "sex[m]:factor(wave)[2]",
      "sex[m]:factor(wave)[3]",
      "sex[m]:factor(wave)[4]",
    ]);
  });

  test("a factor of which one level is left keeps its column, to be dropped by name as constant", () => {
    const one = createTable({ ...table.columns, sex: factorColumn(Array.from({ length: 8 }, () => "f")) });
    expect(names("y ~ x + sex", one)).toEqual(["(Intercept)", "x", "sex[f]"]);
  });

  test("levels that no row used has are left out", () => {
    const levels = createTable({
      ...table.columns,
      sex: factorColumn(["f", "f", "f", "f", "m", "x", "m", "f"]),
    });
    expect(names("y ~ sex", levels)).toEqual(["(Intercept)", "sex[m]"]);
  });
});
