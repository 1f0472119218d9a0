import { describe, expect, test } from "vitest";
import { createTable, numericColumn, selectRows } from "../../table/columns.ts";
import { expectRelative } from "../../testing/compare.ts";
import { fitOf, numbers, panel } from "../../testing/panel.ts";
import { rows, withColumns } from "../../testing/read-csv.ts";
import { lmm } from "./fit.ts";
import type { LmmOptions } from "./options.ts";
import type { LmmFit } from "./result.ts";

describe("what cannot be told apart is named", () => {
  const table = panel({ seed: 4, people: 40, waves: 3, phi: 0.5 });
  const codes = (fit: LmmFit) => fit.warnings.map(({ code }) => code);

  test.each([
    { type: "unstructured", waves: 3 },
    { type: "toeplitz", waves: 3 },
    { type: "ar1", waves: 2 },
  ] as const)("a random intercept beside $type residuals at $waves waves", ({ type, waves }) => {
    const data = waves === 3 ? table : panel({ seed: 4, people: 40, waves: 2, phi: 0.5 });
    const fit = fitOf(data, type, "y ~ x + wave + (1 | id)");
    expect(codes(fit)).toContain("lmm.variances-not-identified");
    expectRelative(fit.deviance, fitOf(data, type).deviance, 1e-7);
  });

  test("a distance that nobody has, with a correlation for each distance", () => {
    const gaps = panel({ seed: 4, people: 40, waves: 5, phi: 0.5, missed: 0 });
    const seen = selectRows(gaps, (row) => [1, 2, 5].includes(numbers(gaps, "wave")[row]));
    const [first] = fitOf(seen, "toeplitz").warnings;
    expect(first.code).toBe("lmm.variances-not-identified");
    expect(first.message).toContain("use ar1");
  });

  test("rows of a person are still taken as independent with a variance for each wave and no random part", () => {
    expect(codes(fitOf(table, "variances"))).toContain("lm.rows-not-independent");
    expect(codes(fitOf(table, "variances", "y ~ x + wave + (1 | id)"))).toEqual([]);
  });

  test("a correlation that runs to zero is a warning, not an interval", () => {
    const independent = panel({ seed: 8, people: 40, waves: 4, phi: -0.5, level: 0 });
    const fit = fitOf(independent, "car1");
    expect(codes(fit)).toContain("lmm.residual-limit");
    expectRelative(fit.deviance, lmm("y ~ x + wave", rows(independent)).deviance, 1e-8);
  });
});

describe("data that do not fit the structure are refused with examples", () => {
  const table = panel({ seed: 1, people: 6, waves: 3, phi: 0.2, missed: 0 });
  const refusal = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return error as { code: string; message: string };
    }
    throw new Error("nothing was refused");
  };

  test("a second row of a person at one time", () => {
    const twice = withColumns(table, { wave: (value, row) => (row === 4 ? 1 : value("wave")) });
    const { code, message } = refusal(() => fitOf(twice, "ar1"));
    expect(code).toBe("lmm.duplicate-time");
    expect(message).toContain("id 2 at 1");
  });

  test("times that are not whole for AR(1), which points to CAR(1)", () => {
    const days = withColumns(table, { wave: (value) => value("wave") + 0.5 });
    const { code, message } = refusal(() => fitOf(days, "ar1"));
    expect(code).toBe("lmm.residual-waves");
    expect(message).toContain("Use car1");
  });

  test("waves that nobody answered together, for an unstructured covariance", () => {
    const apart = selectRows(table, (row) => {
      const isOdd = numbers(table, "id")[row] % 2 === 1;
      return numbers(table, "wave")[row] !== (isOdd ? 1 : 3);
    });
    expect(refusal(() => fitOf(apart, "unstructured")).message).toContain("none at 1 and 3");
  });

  test("more waves than people, for an unstructured covariance", () => {
    const few = panel({ seed: 1, people: 3, waves: 3, phi: 0.2, missed: 0 });
    expect(refusal(() => fitOf(few, "unstructured")).message).toContain("3 people and 3 waves");
  });

  test("an outcome that the right-hand side determines", () => {
    const exact = withColumns(table, { y: (value) => 1 + 2 * value("x") });
    expect(refusal(() => fitOf(exact, "ar1")).code).toBe("lmm.perfect-fit");
  });

  test.each([
    { what: "no time", options: { time: undefined }, code: "lmm.residual-time" },
    { what: "nobody to whom rows belong", options: { id: undefined }, code: "data.id-needed" },
    { what: "a structure that does not exist", options: { residual: { type: "arma" } }, code: "lmm.option" },
  ])("$what", ({ options, code }) => {
    const given = { id: "id", time: "wave", residual: { type: "ar1" }, ...options } as unknown as LmmOptions;
    expect(refusal(() => lmm("y ~ x", rows(table), given)).code).toBe(code);
  });

  test("a missing time", () => {
    const gone = createTable({
      ...table.columns,
      wave: numericColumn(Array.from(numbers(table, "wave"), (wave, row) => (row === 2 ? null : wave))),
    });
    expect(refusal(() => fitOf(gone, "ar1", "y ~ x")).message).toContain("row 3");
  });

  test("one row of each person", () => {
    const first = selectRows(table, (row) => numbers(table, "wave")[row] === 1);
    expect(refusal(() => fitOf(first, "ar1", "y ~ x")).code).toBe("lmm.one-row-per-group");
  });

  test("a random term of another group than the person", () => {
    const sites = withColumns(table, { site: (value) => value("id") % 2 });
    expect(refusal(() => fitOf(sites, "ar1", "y ~ x + (1 | site)")).code).toBe("lmm.residual-person");
  });

  test("Kenward-Roger degrees of freedom, with Satterthwaite's offered", () => {
    const { message } = refusal(() => fitOf(table, "ar1", "y ~ x", { df: "kenward-roger" }));
    expect(message).toContain("satterthwaite");
  });
});
