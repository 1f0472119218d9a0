import { describe, expect, test } from "vitest";
import { compilePlan } from "../data-plan/compile.ts";
import { datasetFromPlan } from "../data-plan/dataset.ts";
import type { DataColumn, Dataset } from "../dataset/types.ts";
import { StudyError, type StudyProblem } from "../errors.ts";
import { isDataPlan, readDataPlan } from "./read-data-plan.ts";

const text = `schema: longwave.plan/1
title: Steps and pain
question: Do steps go together with less pain?
person: who
time:
  column: week
  values: [1, 2, 3, 4]
  apart: 1 week
outcome:
  column: Pain (0-10)
  label: { en: pain, nb: smerte }
  unit: points
  range: [0, 10]
  negligible: 0.2
  noticeable: 1
  asksAbout: week
exposure:
  column: dailySteps
  label: steps
  unit: steps
  range: [0, 40000]
expect: less
covariates:
  - age
  - { column: school, categories: [short, long], once: true }
by:
  column: sex
  groups: { f: women, m: men }
`;

function problemsOf(work: () => unknown): readonly StudyProblem[] {
  try {
    work();
  } catch (error) {
    if (error instanceof StudyError) return error.problems;
    throw error;
  }
  return [];
}

const people = ["a", "b", "c"];
const rows = people.flatMap((who) => [1, 2, 3, 4].map((week) => ({ who, week })));
const number = (name: string, values: readonly (number | null)[]): DataColumn => ({
  name,
  kind: "number",
  values,
});
const words = (name: string, values: readonly (string | null)[]): DataColumn => ({
  name,
  kind: "text",
  values,
});
const columns: readonly DataColumn[] = [
  words(
    "who",
    rows.map(({ who }) => who),
  ),
  number(
    "week",
    rows.map(({ week }) => week),
  ),
  number(
    "Pain (0-10)",
    rows.map((_, i) => i % 7),
  ),
  number(
    "dailySteps",
    rows.map((_, i) => 1000 * (i % 5)),
  ),
  number(
    "age",
    rows.map(() => 50),
  ),
  words(
    "school",
    rows.map((_, i) => (i % 4 === 0 ? "short" : null)),
  ),
  words(
    "sex",
    rows.map(({ who }) => (who === "a" ? "m" : "f")),
  ),
];
const replaced = (column: DataColumn) => columns.map((old) => (old.name === column.name ? column : old));

/** The dataset of columns by a plan's text; problems carry the lines of the text. */
function read(plan: string, given: readonly DataColumn[] = columns): Dataset {
  return readDataPlan(plan, "plan.yaml").placed(
    (read) => datasetFromPlan({ plan: read, columns: given }).dataset,
  );
}

const valuesOf = ({ personWave }: Dataset, name: string) =>
  personWave.columns.find((column) => column.name === name)?.values;

describe("a plan for someone else's data", () => {
  const { protocol, mapping } = compilePlan(readDataPlan(text, "plan.yaml").plan);

  test("is told from a protocol by its schema", () => {
    expect([isDataPlan(text), isDataPlan("schema: longwave.protocol/1\n")]).toEqual([true, false]);
  });

  test("asks about the same time, the groups, both directions of the lag and other people by itself", () => {
    expect(
      protocol.plan.hypotheses.map(({ id, test, expectedSign }) => [id, test.kind, expectedSign]),
    ).toEqual([
      ["H1", "term", -1],
      ["H2", "difference", 0],
      ["H3", "path", -1],
      ["H4", "path", 0],
      ["H5", "term", -1],
    ]);
    expect(protocol.plan.multiplicity.over).toEqual(["H1", "H2", "H3", "H4", "H5"]);
  });

  test("names its variables so that formulas can hold them, and maps the columns", () => {
    expect(protocol.plan.hypotheses[0]?.model).toMatchObject({
      formula:
        "pain_0_10 ~ within(daily_steps) + between(daily_steps) + sex + age + factor(school) + factor(wave) + (1 + within(daily_steps) | id)",
    });
    expect(mapping.columns.sex).toEqual({ column: "sex", values: { f: 0, m: 1 } });
    expect(mapping.columns.pain_0_10).toEqual({ column: "Pain (0-10)" });
  });

  test("claims in both languages what it expects, and no cause", () => {
    expect(protocol.plan.hypotheses[0]?.claim).toEqual({
      en: "In weeks when people have more steps than is usual for them, they report less pain.",
      nb: "I uker der folk har mer steps enn de pleier, oppgir de mindre smerte.",
    });
  });

  test("with two waves asks for no lags and gives nobody a slope of their own", () => {
    const two = text.replace("[1, 2, 3, 4]", "[1, 2]");
    const { plan } = compilePlan(readDataPlan(two, "plan.yaml").plan).protocol;
    expect(plan.hypotheses.map(({ test }) => test.kind)).toEqual(["term", "difference", "term"]);
    expect(plan.hypotheses[0]?.model).toMatchObject({ formula: expect.stringMatching(/\(1 \| id\)$/) });
  });

  test("takes hypotheses written out in the words of a protocol, and places their mistakes", () => {
    const own = `${text}hypotheses:
  - id: A
    label: { en: Same week }
    claim: { en: Less pain with more steps. }
    expectedSign: -1
    family: confirmatory
    model: { family: lmm, formula: "pain_0_10 ~ within(dayly_steps) + (1 | id)" }
    test: { kind: term, term: within(daily_steps), per: within_sd }
    bounds: pain_0_10
`;
    const [problem] = problemsOf(() => readDataPlan(own, "plan.yaml").placed(compilePlan));
    expect(problem).toMatchObject({
      line: 35,
      found: "“dayly_steps”",
      remedy: "Did you mean “daily_steps”?",
    });
  });
});

describe("the rows of a plan", () => {
  test("become a dataset by the plan's names and codes", () => {
    const dataset = read(text);
    expect(valuesOf(dataset, "sex")).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(valuesOf(dataset, "school")).toEqual(Array(12).fill(0));
    expect(valuesOf(dataset, "n_waves")).toEqual(Array(12).fill(4));
  });

  test("may be days, counted from each person's first", () => {
    const counted = text.replace("values: [1, 2, 3, 4]\n  apart: 1 week", "every: 1 week\n  waves: 4");
    const dates = rows.map(({ week }, i) =>
      `2026-03-0${week}`.replace(/0(\d)$/, (_, d) => `${7 * d - 6 + (i % 2)}`.padStart(2, "0")),
    );
    expect(valuesOf(read(counted, replaced(words("week", dates))), "wave")).toEqual(
      rows.map(({ week }) => week),
    );
  });

  test("of one person and wave become their mean when the plan says so, and are refused otherwise", () => {
    const plan = text.replace("values: [1, 2, 3, 4]\n  apart: 1 week", "every: 14 days\n  waves: 2");
    const days = replaced(
      number(
        "week",
        rows.map(({ week }) => 7 * (week - 1)),
      ),
    );
    const [problem] = problemsOf(() => read(plan, days));
    expect(problem).toMatchObject({ code: "dataset.duplicate-row", line: 5 });
    expect(problem?.remedy).toMatch(/several: mean/);
    const merged = read(plan.replace("waves: 2", "waves: 2\n  several: mean"), days);
    expect(valuesOf(merged, "pain_0_10")?.slice(0, 2)).toEqual([0.5, 2.5]);
  });

  test("may stand beside each other, one row for each person", () => {
    const wide = text
      .replace(
        "  column: week\n  values: [1, 2, 3, 4]\n",
        "  wide:\n    Pain (0-10): [p1, p2]\n    dailySteps: [s1, s2]\n",
      )
      .replace("who\n", "id\n");
    const dataset = read(wide, [
      words("id", ["a", "b"]),
      number("p1", [1, 2]),
      number("p2", [3, null]),
      number("s1", [10, 20]),
      number("s2", [30, null]),
      number("age", [40, 50]),
      words("school", ["long", "short"]),
      words("sex", ["f", "m"]),
    ]);
    expect(valuesOf(dataset, "wave")).toEqual([1, 2, 1]);
    expect(valuesOf(dataset, "pain_0_10")).toEqual([1, 3, 2]);
  });
});

describe("what a plan refuses, at its line", () => {
  test.each([
    [
      "a line to fill in",
      "negligible: 0.2",
      "negligible: FILL-IN",
      /plan\.yaml:14:3 outcome\.negligible: .*too small/,
    ],
    ["an unknown field", "expect: less", "expct: less", /plan\.yaml:22:1 expct: .*Did you mean “expect”/],
    ["limits the wrong way round", "negligible: 0.2", "negligible: 2", /negligible smaller than noticeable/],
    ["a distance that is none", "apart: 1 week", "apart: soon", /plan\.yaml:8:3 .*such as 7 days/],
    ["three groups", "m: men", "m: men, x: others", /plan\.yaml:28:3 by\.groups: .*two groups/],
    [
      "a column the file lacks",
      "column: dailySteps",
      "column: dailyStep",
      /plan\.yaml:18:3 .*Did you mean “dailySteps”/,
    ],
    [
      "a wave the plan does not list",
      "[1, 2, 3, 4]",
      "[1, 2, 3]",
      /plan\.yaml:7:3 time\.values: .*4 \(3 rows\)/,
    ],
    [
      "a code the plan does not list",
      "[short, long]",
      "[shrt, long]",
      /covariates\[1\]\.categories: .*short \(3 rows\)/,
    ],
    [
      "a value off the scale",
      "range: [0, 10]",
      "range: [0, 5]",
      /plan\.yaml:13:3 outcome\.range: .*6 \(1 row\)/,
    ],
  ])("%s", (_, before, after, message) => {
    const problems = problemsOf(() => read(text.replace(before, after)));
    expect(new StudyError(problems).message).toMatch(message);
  });

  test("an outcome without a value, one person, people asked once, rows twice and dates that are none", () => {
    const empty = replaced(
      number(
        "Pain (0-10)",
        rows.map(() => null),
      ),
    );
    expect(problemsOf(() => read(text, empty))[0]).toMatchObject({ code: "plan.no-values", line: 10 });
    const one = replaced(
      words(
        "who",
        rows.map(() => "a"),
      ),
    );
    expect(problemsOf(() => read(text, one))[0]).toMatchObject({ code: "plan.one-person", line: 4 });
    const once = replaced(
      words(
        "who",
        rows.map((_, i) => `p${i}`),
      ),
    );
    expect(problemsOf(() => read(text, once))[0]).toMatchObject({ code: "plan.one-wave", line: 5 });
    const twice = replaced(
      number(
        "week",
        rows.map(({ week }) => Math.max(2, week)),
      ),
    );
    const [again] = problemsOf(() => read(text, twice));
    expect(again).toMatchObject({ code: "dataset.duplicate-row", line: 5 });
    expect(again?.found).toContain("person a, wave 2 again");
    const counted = text.replace("values: [1, 2, 3, 4]\n  apart: 1 week", "every: 1 week\n  waves: 4");
    const odd = replaced(
      words(
        "week",
        rows.map(() => "03.02.2026"),
      ),
    );
    expect(problemsOf(() => read(counted, odd))[0]).toMatchObject({ code: "plan.not-a-date", line: 6 });
    const late = replaced(
      number(
        "week",
        rows.map(({ week }) => 10 * week),
      ),
    );
    expect(problemsOf(() => read(counted, late))[0]).toMatchObject({ code: "plan.after-last-wave" });
  });
});
