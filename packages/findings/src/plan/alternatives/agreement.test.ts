import { createTable, numericColumn } from "@longwave/stats";
import { describe, expect, test } from "vitest";
import type { Finding, VerdictRule } from "../../publication/types.ts";
import { agreementOf } from "./agreement.ts";
import { answerPatterns } from "./attrition.ts";
import { eValueOf, eValuesOfDifference } from "./e-value.ts";
import { scaledEstimate } from "./estimates.ts";
import { factorColumns } from "./factors.ts";
import { agreementSentence } from "./words.ts";

const limits = { negligible: 0.1, noticeable: 0.5, expectedSign: -1 as const };

function finding(rule: VerdictRule, value: number): Finding {
  const estimate = {
    value,
    lower: value - 0.05,
    upper: value + 0.05,
    lower90: value,
    upper90: value,
    unit: "",
    text: "",
  };
  return {
    ...{
      id: "H1",
      label: "",
      verdict: "",
      rule,
      sentence: "",
      sure: "clear",
      sureWhy: "",
      estimate,
      rows: [],
    },
    ...{
      bounds: { negligible: 0.1, noticeable: 0.5, limit: 1 },
      pValue: null,
      pHolm: null,
      model: "",
      graphic: "",
    },
  };
}

function measured(estimate: number, stdError: number, pValue: number) {
  return scaledEstimate({ estimate, stdError, df: null, pValue });
}

describe("the same way", () => {
  test("the same rule and sign agree", () => {
    const agreement = agreementOf(finding(3, -0.2), measured(-0.25, 0.02, 0.001), limits);
    expect(agreement?.agrees).toBe(true);
    expect(agreementSentence(agreement, "en")).toBe(
      "It points the same way as H1: the words would be the same.",
    );
  });

  test("the same sign with another rule says the other words", () => {
    const agreement = agreementOf(finding(3, -0.2), measured(-0.05, 0.01, 0.001), limits);
    expect(agreement?.agrees).toBe(false);
    expect(agreementSentence(agreement, "en")).toMatch(
      /^The sign is the same as in H1, but the words would be/,
    );
  });

  test("a sure estimate with the other sign does not agree, though its rule is the same", () => {
    const agreement = agreementOf(finding(3, -0.2), measured(0.2, 0.02, 0.001), limits);
    expect(agreement).toMatchObject({ sameRule: true, agrees: false });
    expect(agreementSentence(agreement, "nb")).toMatch(/^Det peker ikke samme vei som H1/);
  });

  test("the sign of an estimate that is not told from zero says nothing", () => {
    expect(agreementOf(finding(5, -0.01), measured(0.01, 0.02, 0.6), limits)?.agrees).toBe(true);
  });

  test("beside an answer that was not estimated nothing is compared", () => {
    const none = { ...finding("not_fitted", 0), estimate: null };
    expect(agreementOf(none, measured(-0.2, 0.02, 0.001), limits)).toBeUndefined();
    expect(agreementSentence(undefined, "en")).toMatch(/not compared/);
  });
});

describe("E-values", () => {
  test("are RR + sqrt(RR (RR - 1)), and the same for a ratio and its inverse", () => {
    expect(eValueOf(2)).toBeCloseTo(2 + Math.SQRT2, 12);
    expect(eValueOf(1 / 2)).toBeCloseTo(eValueOf(2), 12);
    expect(eValueOf(1)).toBe(1);
  });

  test("of a difference use the limit nearest to zero, and 1 when the interval holds zero", () => {
    const away = eValuesOfDifference({ estimate: -0.4, lower: -0.6, upper: -0.2 }, 2);
    expect(away.estimate).toBeCloseTo(eValueOf(Math.exp(0.91 * 0.2)), 12);
    expect(away.limit).toBeCloseTo(eValueOf(Math.exp(0.91 * 0.1)), 12);
    expect(eValuesOfDifference({ estimate: 0.1, lower: -0.1, upper: 0.3 }, 2).limit).toBe(1);
  });
});

describe("patterns of answers", () => {
  const names = { person: "id", wave: "wave", outcome: "y", waves: 2 };
  const tableOf = (both: number, first: number, second: number) => {
    const rows = [
      ...Array.from({ length: both }, (_, i) => [`b${i}`, 1] as const),
      ...Array.from({ length: both }, (_, i) => [`b${i}`, 2] as const),
      ...Array.from({ length: first }, (_, i) => [`f${i}`, 1] as const),
      ...Array.from({ length: second }, (_, i) => [`s${i}`, 2] as const),
    ];
    const ids = [...new Set(rows.map(([id]) => id))];
    return createTable({
      id: numericColumn(rows.map(([id]) => ids.indexOf(id))),
      wave: numericColumn(rows.map(([, wave]) => wave)),
      y: numericColumn(rows.map(() => 1)),
    });
  };

  test("count people by the waves they answered", () => {
    expect(answerPatterns(tableOf(20, 12, 11), names)).toEqual([
      { answered: [true, true], people: 20 },
      { answered: [true, false], people: 12 },
      { answered: [false, true], people: 11 },
    ]);
  });

  test("of fewer than ten people are merged, together with a common one when they are too few alone", () => {
    expect(answerPatterns(tableOf(20, 6, 7), names).map(({ people }) => people)).toEqual([20, 13]);
    expect(answerPatterns(tableOf(20, 12, 4), names).map(({ people }) => people)).toEqual([20, 16]);
  });
});

test("numbers that stand for categories become categories where the plan says factor", () => {
  const table = createTable({ a: numericColumn([0, 1, null]), b: numericColumn([1, 2, 3]) });
  const found = factorColumns(table, ["factor(a)", "b"]);
  expect(found.names).toEqual(["a", "b"]);
  expect(found.table.columns.a?.kind).toBe("factor");
  expect(found.table.columns.b?.kind).toBe("numeric");
});
