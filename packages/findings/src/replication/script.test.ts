import { beforeAll, describe, expect, test } from "vitest";
import { seal } from "../publication/seal.ts";
import type { Publication } from "../publication/types.ts";
import { run } from "../testing/plan.ts";
import { protocol, simulatedDataset } from "../testing/study.ts";
import { rCondition, rFormula, rTerm } from "./r-text.ts";
import { replicationRows } from "./rows.ts";
import { replicationScript } from "./script.ts";

const dataset = simulatedDataset(1, 300);
let bundle: Publication;
let script = "";

beforeAll(async () => {
  bundle = seal(await run(dataset), { version: "0.1.0" });
  script = replicationScript(bundle) ?? "";
});

describe("the R script of a bundle", () => {
  test("fits the formula of every fitted mixed model, split columns and all", () => {
    const [first] = bundle.models;
    expect(script).toContain(`fit <- fit_mixed(${rFormula(first?.formula ?? "")}, rows)`);
    expect(script).toContain(
      'c("id", "pain_vrs", "ex", "man", "age10", "education", "smoking", "wave"), c("ex"))',
    );
  });

  test("speaks of every hypothesis once: fits it anew, or says why not", () => {
    for (const { id } of bundle.findings) {
      const said = new RegExp(`^(# ${id}: |# H3 and H4: |cat\\("${id}: not fitted anew)`, "m");
      expect(script).toMatch(said);
    }
  });

  test("holds the numbers of the bundle with all their digits", () => {
    for (const { estimate } of bundle.findings) {
      if (estimate !== null) expect(script).toContain(`estimate = ${estimate.value}`);
    }
  });

  test("names the bundle it is of, and that the people are simulated", () => {
    expect(script).toContain(bundle.hash);
    expect(script).toContain("Simulated people, not a real study.");
  });

  test("does not exist for an early bundle without its study text", () => {
    const { protocol: text, ...early } = bundle;
    expect(replicationScript(early)).toBeUndefined();
  });
});

describe("the rows that the R script reads", () => {
  const [head = "", ...rows] = replicationRows(protocol, dataset).trimEnd().split("\n");

  test("have one line for each person and wave, with the columns the models name and no others", () => {
    expect(rows).toHaveLength(dataset.personWave.nrows);
    expect(head.split(",")).toEqual(expect.arrayContaining(["id", "wave", "late", "pain_vrs", "ex", "man"]));
    expect(head.split(",")).not.toContain("birth_year");
    expect(head.split(",")).not.toContain("nrs_avg");
  });
});

describe("what is said in R", () => {
  test.each([
    [
      "y ~ within(x) + between(x):g + (1 + within(x) || id)",
      "y ~ within_x + between_x:g + (1 + within_x || id)",
    ],
    ["y ~ factor(wave) + (1 | id)", "y ~ factor(wave) + (1 | id)"],
    ["y ~ lag(x) + (1 | id)", undefined],
  ])("writes the formula %s as %s", (formula, expected) => {
    expect(rFormula(formula)).toBe(expected);
  });

  test.each([
    ["(late == 0) and (wave == 2 or wave == 3)", "(late == 0) & (wave == 2 | wave == 3)"],
    ["not (late == 1)", "! (late == 1)"],
    ["count(pain) > 2", undefined],
  ])("writes the rule %s as %s", (rule, expected) => {
    expect(rCondition(rule)).toBe(expected);
  });

  test.each([
    ["factor(smoking)[2]", "factor(smoking)2"],
    ["within(ex):man", "within_ex:man"],
    ["sex[male]", "sexmale"],
  ])("names the coefficient %s %s", (term, expected) => {
    expect(rTerm(term)).toBe(expected);
  });
});
