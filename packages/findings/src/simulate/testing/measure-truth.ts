import {
  contrast,
  createRandom,
  createTable,
  type LmmFit,
  lmm,
  numericColumn,
  type Table,
} from "@longwave/stats";
import { protocol } from "../../testing/study.ts";
import { drawCourse } from "../simulate-study.ts";

interface Measured {
  readonly value: number;
  readonly stdError: number;
}

/** The content of `observed-truth.json`. */
export interface ObservedTruth {
  readonly what: string;
  readonly formula: string;
  readonly people: number;
  readonly seed: number;
  readonly peopleWithTwoRows: number;
  readonly converged: boolean;
  readonly withinSlope: Measured;
  readonly withinSlopeWomen: Measured;
  readonly withinSlopeMen: Measured;
  readonly withinStdDevExercise: number;
}

/**
 * Measures the truth of the simulated cohort on the scale of the answers: the values that the planned models
 * approach when very many people answer. `observed-truth.json` is this function's result for 300,000 people
 * and seed 20260101, written with
 *
 *     npx tsx --conditions=@longwave/source -e 'import { measureTruth } from
 *       "./packages/findings/src/simulate/testing/measure-truth.ts";
 *       console.log(JSON.stringify(measureTruth(300000, 20260101), null, 2))'
 */
export function measureTruth(people: number, seed: number): ObservedTruth {
  const table = drawTable(people, seed);
  const planned = protocol.plan.hypotheses[0]?.model;
  const formula = planned && "formula" in planned ? planned.formula : "";
  const fit = (text: string): LmmFit =>
    lmm(text, { kind: "rows", table }, { id: "id", time: "wave", minRows: 2 });
  const everyone = fit(formula);
  const bySex = fit(formula.replace("+ (", "+ within(ex):man + between(ex):man + ("));
  return {
    what: "Within-person slope of pain (0 to 5) on the exercise index, as the planned models estimate it when very many people answer",
    formula,
    people,
    seed,
    peopleWithTwoRows: everyone.groupsWithTwoRows,
    converged: everyone.converged && bySex.converged,
    withinSlope: slope(everyone, { "within(ex)": 1 }),
    withinSlopeWomen: slope(bySex, { "within(ex)": 1 }),
    withinSlopeMen: slope(bySex, { "within(ex)": 1, "within(ex):man": 1 }),
    withinStdDevExercise: Number((everyone.withinStdDev["within(ex)"] ?? Number.NaN).toFixed(4)),
  };
}

function slope(model: LmmFit, terms: Record<string, number>): Measured {
  const { estimate, stdError } = contrast(model, terms);
  return { value: Number(estimate.toFixed(5)), stdError: Number(stdError.toFixed(5)) };
}

const names = ["id", "wave", "pain_vrs", "ex", "man", "age10", "education", "smoking"] as const;

function drawTable(people: number, seed: number): Table {
  const columns = new Map(names.map((name) => [name, [] as number[]]));
  const root = createRandom(seed);
  for (let index = 0; index < people; index++) {
    const { person, scores, answered } = drawCourse(root.fork(`person ${index}`), 5);
    // Background is asked at wave 1 only, so who misses it is in no model.
    if (!answered[0]) continue;
    const { man, education, smoking } = person;
    const background = { id: index, man, education, smoking, age10: (person.ageYears - 50) / 10 };
    for (const [wave, score] of scores.entries()) {
      if (!answered[wave]) continue;
      const row = { ...background, wave: wave + 1, pain_vrs: score.painVrs, ex: exerciseIndex(score) };
      for (const name of names) columns.get(name)?.push(row[name]);
    }
  }
  return createTable(Object.fromEntries([...columns].map(([name, values]) => [name, numericColumn(values)])));
}

const weights = new Map(
  protocol.instruments
    .flatMap(({ items }) => items)
    .flatMap((item) => (item.kind === "single_choice" ? [item] : []))
    .map((item) => [item.id, new Map(item.options.map(({ value, weight }) => [value, weight ?? 0]))]),
);

function exerciseIndex(score: { frequency: number; intensity: number; duration: number }): number {
  if (score.frequency === 0) return 0;
  const weightOf = (item: string, value: number): number => weights.get(item)?.get(value) ?? Number.NaN;
  return (
    weightOf("ex_freq", score.frequency) *
    weightOf("ex_int", score.intensity) *
    weightOf("ex_dur", score.duration)
  );
}
