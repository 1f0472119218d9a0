/**
 * Measures the truth of the simulated cohort on the observed scale: the values that the planned models
 * approach when very many people answer. It fits them to a large simulation and writes
 * `observed-truth.json`; `truth.ts` holds the same numbers, and a test compares the two.
 *
 * Run from the repository: npx tsx --conditions=@longwave/source packages/findings/src/simulate/testing/measure-truth.ts
 */
import { writeFileSync } from "node:fs";
import { contrast, createRandom, createTable, type LmmFit, lmm, numericColumn } from "@longwave/stats";
import { protocol } from "../../testing/study.ts";
import { drawCourse } from "../simulate-study.ts";

const PEOPLE = 300_000;
const SEED = 20_260_101;

const weights = new Map(
  protocol.instruments
    .flatMap(({ items }) => items)
    .flatMap((item) => (item.kind === "single_choice" ? [item] : []))
    .map((item) => [item.id, new Map(item.options.map(({ value, weight }) => [value, weight ?? 0]))]),
);
const weightOf = (item: string, value: number): number => weights.get(item)?.get(value) ?? Number.NaN;

const names = ["id", "wave", "pain_vrs", "ex", "man", "age10", "education", "smoking"] as const;
const columns: Record<(typeof names)[number], number[]> = {
  ...{ id: [], wave: [], pain_vrs: [], ex: [] },
  ...{ man: [], age10: [], education: [], smoking: [] },
};
const root = createRandom(SEED);
for (let index = 0; index < PEOPLE; index++) {
  const { person, scores, answered } = drawCourse(root.fork(`person ${index}`), 5);
  // Background is asked at wave 1 only, so who misses it is in no model.
  if (!answered[0]) continue;
  for (const [wave, score] of scores.entries()) {
    if (!answered[wave]) continue;
    const hard = weightOf("ex_int", score.intensity) * weightOf("ex_dur", score.duration);
    const row = {
      ...{ id: index, wave: wave + 1, pain_vrs: score.painVrs },
      ex: score.frequency === 0 ? 0 : weightOf("ex_freq", score.frequency) * hard,
      ...{ man: person.man, age10: (person.ageYears - 50) / 10 },
      ...{ education: person.education, smoking: person.smoking },
    };
    for (const name of names) columns[name].push(row[name]);
  }
}
const table = createTable(Object.fromEntries(names.map((name) => [name, numericColumn(columns[name])])));

const planned = protocol.plan.hypotheses[0]?.model;
const formula = planned && "formula" in planned ? planned.formula : "";
const fit = (text: string): LmmFit =>
  lmm(text, { kind: "rows", table }, { id: "id", time: "wave", minRows: 2 });
const everyone = fit(formula);
const bySex = fit(formula.replace("+ (", "+ within(ex):man + between(ex):man + ("));
const slope = (model: LmmFit, terms: Record<string, number>) => {
  const { estimate, stdError } = contrast(model, terms);
  return { value: Number(estimate.toFixed(5)), stdError: Number(stdError.toFixed(5)) };
};
const record = {
  what: "Within-person slope of pain (0 to 5) on the exercise index, as the planned models estimate it when very many people answer",
  formula,
  people: PEOPLE,
  seed: SEED,
  peopleWithTwoRows: everyone.groupsWithTwoRows,
  converged: everyone.converged && bySex.converged,
  withinSlope: slope(everyone, { "within(ex)": 1 }),
  withinSlopeWomen: slope(bySex, { "within(ex)": 1 }),
  withinSlopeMen: slope(bySex, { "within(ex)": 1, "within(ex):man": 1 }),
  withinStdDevExercise: Number((everyone.withinStdDev["within(ex)"] ?? Number.NaN).toFixed(4)),
};
writeFileSync(new URL("../observed-truth.json", import.meta.url), `${JSON.stringify(record, null, 2)}\n`);
