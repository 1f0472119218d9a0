import { expect, test } from "vitest";
import { lmmFromPeople } from "../models/lmm/from-people.ts";
import { lmmFromSums, lmmSecondRound } from "../models/lmm/from-sums.ts";
import { caseTable } from "../testing/cases.ts";
import { expectRelative } from "../testing/compare.ts";
import { withColumns } from "../testing/read-csv.ts";
import { scoreAdder, scoreForm } from "./score-form.ts";
import { mergeScores } from "./scores.ts";
import { eachPersonOf, sumsOf } from "./testing/sums-of.ts";

const panel = withColumns(caseTable("hunt_like"), {
  age10: (value) => (value("age") - 50) / 10,
  yrs: (value) => value("time") / 365.25,
});
const HYBRID = "pain_o ~ within(ex) + between(ex) + sex + age10 + edu + smoke + yrs + (1 | id)";

test("CR2 and its degrees of freedom over people one by one are clubSandwich's", async () => {
  const sums = sumsOf(HYBRID, "wave", panel);
  const options = { method: "ml", se: "cr2" } as const;
  const { fit } = await lmmFromPeople(sums, options, eachPersonOf(sums.plan, panel));
  expectRelative(fit.fixed[1].stdError, 0.0188490515631937, 1e-6);
  expectRelative(fit.fixed[1].df, 324.943266968158, 1e-6);
  expectRelative(fit.fixed[7].stdError, 0.045465346106612, 1e-6);
});

test("the second round of two halves is that of all, and belongs to no other people", async () => {
  const sums = sumsOf(HYBRID, "wave", panel);
  const options = { se: "cr1", df: "none" } as const;
  const recipe = lmmSecondRound(sums, options);
  if (recipe === null) throw new Error("robust standard errors need a second round");
  const form = scoreForm(
    recipe,
    sums.plan,
    sums.patterns.map(({ waves }) => waves),
  );
  const halves = [scoreAdder(form), scoreAdder(form)];
  let turn = 0;
  await eachPersonOf(
    sums.plan,
    panel,
  )((people) => {
    halves[turn++ % 2].add(people);
  });
  const scores = halves.map((half) => half.total());
  const { fit } = await lmmFromPeople(sums, options, eachPersonOf(sums.plan, panel));
  const pooled = lmmFromSums(sums, options, mergeScores(scores));
  for (const [j, row] of fit.fixed.entries()) expectRelative(pooled.fixed[j].stdError, row.stdError, 1e-9);
  expect(() => lmmFromSums(sums, options, scores[0])).toThrow("Expected the");
});
