import { datasetSource } from "@longwave/source";
import { buildDataset, type Dataset, type Protocol } from "@longwave/study";
import { beforeAll, describe, expect, test } from "vitest";
import { protocol, simulated, simulatedDataset } from "../../testing/study.ts";
import { lintCausal } from "../../words/lint-causal.ts";
import type { AlternativeContext } from "../alternatives/context.ts";
import { settle } from "../alternatives/mixed-model.ts";
import { plannedStrata, runStrata, type StrataRun } from "./run-strata.ts";

const dataset = simulatedDataset(4, 900);
const source = datasetSource(dataset);
const context: AlternativeContext = { protocol, source, dataset, language: "en", seed: 1, findings: [] };

function reportedBy(...names: readonly string[]): Protocol {
  return { ...protocol, eligibility: { ...protocol.eligibility, stratifyReportsBy: names } };
}

describe("the groups a study reports by", () => {
  test("are those of its own text, with the sexes read as the plan compares them", () => {
    expect(plannedStrata(context).map(({ column, label }) => [column, label])).toEqual([
      ["man", "Women and men"],
      ["age_band", "Age"],
      ["chronic_pain_baseline", "Chronic pain at wave 1"],
    ]);
  });

  test("have the names that the study text gives them, and yes and no where it gives none", () => {
    const [sex, age, chronic] = plannedStrata({ protocol, language: "nb" });
    expect(["0", "1"].map((value) => sex?.groupName(value))).toEqual(["Kvinner", "Menn"]);
    expect(["1", "2", "3"].map((value) => age?.groupName(value))).toEqual([
      "18 til 39",
      "40 til 64",
      "65 eller eldre",
    ]);
    expect(["0", "1"].map((value) => chronic?.groupName(value))).toEqual(["Nei", "Ja"]);
  });

  test("are none in a study that names none", () => {
    expect(plannedStrata({ protocol: reportedBy(), language: "en" })).toEqual([]);
  });
});

describe("slopes by group", () => {
  let run: StrataRun;
  const doing: string[] = [];
  beforeAll(async () => {
    run = await runStrata(context, (what) => doing.push(what));
  });

  test("come from one model a stratum, in which both parts of the exposure may differ", () => {
    expect(doing).toEqual([
      "Fitting H1 by man",
      "Fitting H1 by age_band",
      "Fitting H1 by chronic_pain_baseline",
    ]);
    const [sex, age] = run.results;
    expect(sex?.formula).toContain("within(ex):factor(man) + between(ex):factor(man)");
    expect(sex?.formula).not.toMatch(/\+ factor\(man\)/);
    expect(age?.formula).toContain(
      "factor(age_band) + factor(wave):factor(age_band) + within(ex):factor(age_band) + between(ex):factor(age_band)",
    );
  });

  test("of women and men are those of the planned comparison", async () => {
    const planned = protocol.plan.hypotheses.find(({ id }) => id === "H2");
    const { fit } = await settle(context, planned?.model ?? { family: "same_as", model: "H2" });
    const step = fit.withinStdDev["within(ex)"] ?? Number.NaN;
    const of = (term: string): number => fit.fixed.find((one) => one.term === term)?.estimate ?? Number.NaN;
    const rows = run.slopes[0]?.rows ?? [];
    expect(rows.map(({ label, role }) => [label, role])).toEqual([
      ["Women", "women"],
      ["Men", "men"],
    ]);
    expect(rows[0]?.estimate).toBeCloseTo(step * of("within(ex)"), 6);
    expect(rows[1]?.estimate).toBeCloseTo(step * (of("within(ex)") + of("within(ex):man")), 6);
  });

  test("give a p-value of the interaction, adjusted over the strata and never smaller for it", () => {
    expect(run.slopes).toHaveLength(3);
    const [, ...others] = run.slopes;
    for (const { pValue, pAdjusted } of others) expect(pAdjusted ?? 0).toBeGreaterThanOrEqual(pValue ?? 1);
    expect(run.results.map(({ test: tested }) => tested?.pValue ?? null)).toEqual(
      run.slopes.map(({ pValue }) => pValue),
    );
  });

  test("give none where a hypothesis of the plan compares the same groups, and name it", () => {
    expect([run.slopes[0]?.pValue, run.slopes[0]?.pAdjusted]).toEqual([null, null]);
    expect(run.results[0]?.sentence).toContain("Whether they differ is answered by H2.");
  });

  test("say in words that they are exploratory, and never that one thing acts on another", () => {
    for (const { sentence, what } of run.results) {
      expect(sentence).toContain("Exploratory");
      expect(lintCausal(`${what}. ${sentence}`, "en")).toEqual([]);
    }
  });

  test("count the people of each group when every group is shown", () => {
    const [, age] = run.slopes;
    const counted = (age?.rows ?? []).reduce((sum, { people = 0 }) => sum + people, 0);
    expect(counted).toBe(run.results[1]?.people);
  });
});

describe("small groups", () => {
  test("are left out, and then nobody is counted, as they could be counted from the rest", async () => {
    const few = { ...protocol, eligibility: reportedBy("small").eligibility, derived: withSmallGroup() };
    const study = datasetOf(few, 300);
    const run = await runStrata(
      { ...context, protocol: few, source: datasetSource(study), language: "nb" },
      () => undefined,
    );
    const [result] = run.results;
    expect(result?.rows.map(({ label }) => label)).toEqual(["1", "2"]);
    expect(result?.people).toBeNull();
    expect(result?.note).toContain("færre enn 10 personer");
    expect(run.slopes[0]?.rows.every(({ people }) => people === undefined)).toBe(true);
  });

  test("that leave fewer than two groups are a reason, not a figure", async () => {
    const only = { ...protocol, eligibility: reportedBy("one").eligibility, derived: withOneGroup() };
    const study = datasetOf(only, 200);
    const run = await runStrata(
      { ...context, protocol: only, source: datasetSource(study) },
      () => undefined,
    );
    expect(run.slopes).toEqual([]);
    expect(run.results[0]?.sentence).toContain("Two groups of at least 10 people");
  });
});

function datasetOf(text: Protocol, count: number): Dataset {
  const { people, answers } = simulated(4, count);
  return buildDataset({ protocol: text, people, answers, upToSeq: answers.at(-1)?.seq ?? 0 });
}

function withSmallGroup(): Protocol["derived"] {
  return [
    ...protocol.derived,
    // Of 300 people, a handful are 85 or older.
    { name: "small", label: { en: "Small" }, level: "ordinal", expr: "cut(age, 17, 50, 84, 120)" },
  ];
}

function withOneGroup(): Protocol["derived"] {
  return [
    ...protocol.derived,
    { name: "one", label: { en: "One" }, level: "ordinal", expr: "cut(age, 17, 120)" },
  ];
}
