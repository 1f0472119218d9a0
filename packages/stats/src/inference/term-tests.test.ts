import { describe, expect, test } from "vitest";
import { lmm } from "../models/lmm/fit.ts";
import { createTable, factorColumn } from "../table/columns.ts";
import { caseTable } from "../testing/cases.ts";
import { expectRelative } from "../testing/compare.ts";
import { rows } from "../testing/read-csv.ts";
import { termTests } from "./term-tests.ts";
import { contrast, jointTest } from "./verbs.ts";

const panel = caseTable("hunt_like");

/** The panel with sex written so that men come first. */
function menFirst() {
  const { sex } = panel.columns;
  if (sex.kind !== "numeric") throw new Error("sex is coded 0 and 1 here");
  const texts = Array.from(sex.values, (value) => (value === 1 ? "a-man" : "b-woman"));
  return createTable({
    ...panel.columns,
    first: factorColumn(texts),
    second: factorColumn(texts.map((text) => (text === "a-man" ? "b-man" : "a-woman"))),
  });
}

describe("one test for each term of the formula", () => {
  const data = rows(menFirst());

  test("a factor is tested with all its columns together", () => {
    const fit = lmm("pain_o ~ factor(wave) + ex + (1 | id)", data);
    const tests = termTests(fit);
    const waves = fit.fixed.map(({ term }) => term).filter((term) => term.startsWith("factor(wave)"));
    expect(tests.map(({ term, dfNumerator }) => [term, dfNumerator])).toEqual([
      ["factor(wave)", waves.length],
      ["ex", 1],
    ]);
    const { term, ...joint } = tests[0];
    expect(term).toBe("factor(wave)");
    expectRelative(joint.statistic, jointTest(fit, waves).statistic, 1e-10);
    expectRelative(joint.dfDenominator, jointTest(fit, waves).dfDenominator ?? 0, 1e-10);
  });

  test("in an interaction with a factor a slope is tested at the average of the levels, whatever the reference", () => {
    const [one, other] = ["first", "second"].map((sex) =>
      lmm(`pain_o ~ ex * ${sex} + factor(wave):${sex} + factor(wave) + (1 | id)`, data),
    );
    const [a, b] = [termTests(one), termTests(other)];
    a.forEach((row, k) => {
      expectRelative(row.statistic, b[k].statistic, 1e-7, row.term);
      expectRelative(row.dfDenominator, b[k].dfDenominator ?? 0, 1e-5, row.term);
    });
    const average = contrast(one, { ex: 1, "ex:first[b-woman]": 0.5 });
    expectRelative(a[0].statistic, average.statistic ** 2, 1e-9);
  });

  test("without an intercept, where the first factor has all its levels, the average is over the same levels", () => {
    const one = lmm("pain_o ~ 0 + first + ex + ex:first + (1 | id)", data);
    const other = lmm("pain_o ~ first + ex + ex:first + (1 | id)", data);
    expectRelative(termTests(one)[1].statistic, termTests(other)[1].statistic, 1e-7);
    expect(termTests(one)[0].dfNumerator).toBe(2);
  });

  test("a term whose columns were left out has no test, and a normal fit has chi-square tests", () => {
    const fit = lmm("pain_o ~ ex + sex + first + (1 | id)", data, { df: "none" });
    expect(fit.dropped).toEqual(["first[b-woman]"]);
    const tests = termTests(fit);
    expect(tests.map(({ term }) => term)).toEqual(["ex", "sex"]);
    expect(tests[0].dfDenominator).toBeNull();
  });
});
