import { multiply } from "../../linalg/dense.ts";
import type { EachPerson, PanelPeople } from "../../panel/people.ts";
import type { PanelPlan } from "../../panel/plan.ts";
import { scoreAdder, scoreForm } from "../../panel/score-form.ts";
import type { PanelSums } from "../../panel/sums.ts";
import { forEachPerson, type ReadyPattern, readyPatterns } from "../lmm/panel-clusters.ts";
import { breadOf, describedGee, inferenceOf, NOTHING, type SolvedGee, solvedGee } from "./from-sums.ts";
import type { GeeOptions } from "./options.ts";
import { contrastOf, inverseCorrelations } from "./panel-equations.ts";
import { geeScoreRecipe } from "./panel-scores.ts";
import type { GeeFit } from "./result.ts";
import { scoreCorrection } from "./sandwich.ts";

/** Adds up the scores of people that are corrected for each one's leverage: p x p; null at a leverage of 1. */
function correctedAdder(
  { setup, equations, solution, options }: SolvedGee,
  plan: PanelPlan,
  inverses: readonly Float64Array[],
): { add(people: PanelPeople): void; meat(): Float64Array | null } {
  const { b, alpha } = solution;
  const p = b.length;
  const total = equations.score(b, alpha)?.information ?? new Float64Array(p * p);
  const { se } = options;
  const correct = se === "mancl-derouen" || se === "kauermann-carroll" ? scoreCorrection(se, total, p) : null;
  const patterns = readyPatterns(setup, plan);
  const contrast = contrastOf(b);
  const sum = new Float64Array(p * p);
  let exists = correct !== null;
  const addOne = ({ index, n, columns }: ReadyPattern, r: Float64Array, from: number) => {
    const rows = new Float64Array(n * (p + 1));
    columns.evaluateInto(rows, 0, r, from);
    const weighted = multiply(inverses[index], rows, { n, k: n, m: p + 1 });
    const own = new Float64Array(p * p);
    const score = new Float64Array(p);
    for (let t = 0; t < n; t++)
      for (let j = 0; j < p; j++) {
        const x = rows[t * (p + 1) + j];
        for (let k = 0; k < p; k++) own[j * p + k] += x * weighted[t * (p + 1) + k];
        for (let k = 0; k <= p; k++) score[j] += x * weighted[t * (p + 1) + k] * contrast[k];
      }
    const corrected = correct?.(own, score) ?? null;
    if (corrected === null) exists = false;
    else
      for (let j = 0; j < p; j++) for (let k = 0; k < p; k++) sum[j * p + k] += corrected[j] * corrected[k];
  };
  return {
    add(people) {
      forEachPerson(people, patterns, (pattern, person) => {
        addOne(pattern, people.r, person * (plan.cells.length + 1));
      });
    },
    meat: () => (exists ? sum : null),
  };
}

/**
 * `geeFromSums` with standard errors that correct each person's scores for the leverage they have, from people one by one:
 * each is the vector of the plan of the sums, and may be forgotten once it has been added.
 *
 * @param each  goes through the people of the sums; called once.
 * @throws StatsError as `geeFromSums`
 */
export async function geeFromPeople(sums: PanelSums, options: GeeOptions, each: EachPerson): Promise<GeeFit> {
  const found = solvedGee(sums, options);
  const { one, solution, options: resolved } = found;
  const inverses =
    breadOf(found) === null ? null : inverseCorrelations(one, resolved.correlation, solution.alpha);
  if (inverses === null) return describedGee(found, NOTHING, false);
  const recipe = geeScoreRecipe({ ...found, inverses }, sums.plan);
  const scores = scoreAdder(
    scoreForm(
      recipe,
      sums.plan,
      sums.patterns.map(({ waves }) => waves),
    ),
  );
  const corrected = correctedAdder(found, sums.plan, inverses);
  await each((people) => {
    scores.add(people);
    corrected.add(people);
  });
  const inference = inferenceOf(found, scores.total());
  if (inference.robust === null || resolved.se === "robust") return describedGee(found, inference, false);
  const shown = corrected.meat();
  return describedGee(found, { ...inference, shown }, shown === null);
}
