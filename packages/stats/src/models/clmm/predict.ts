import { StatsError } from "../../errors.ts";
import { normalQuantile } from "../../numeric/distributions.ts";
import { suggestName } from "../../table/nearest-name.ts";
import type { FitData } from "../../table/table.ts";
import type { PredictedRow } from "../fit.ts";
import { averageLogistic, averagesAt, combine } from "./average.ts";
import { probabilityRow } from "./marginal.ts";
import { groupModes, type RebuiltRows, rebuildRows, thresholdsOf } from "./rebuild.ts";
import type { CategoricalFit } from "./result.ts";

export interface ClmmPredictOptions {
  /** Predict the probability of this category or a higher one; without it, the expected score. */
  readonly category?: string;
  /** Averaged over the random effects (the default), or given each person's conditional mode. */
  readonly effects?: "averaged" | "person";
  /** The coverage of intervals, a proportion; by default that of the fit. */
  readonly level?: number;
}

/** The number of each level: itself when all are numbers, else 1, 2, ...; 0 and 1 in a binary model. */
function scoresOf({ levels, thresholds }: CategoricalFit): number[] {
  if (thresholds.length === 0) return [0, 1];
  const numbers = levels.map((level) => (level.trim() === "" ? Number.NaN : Number(level)));
  return numbers.every(Number.isFinite) ? numbers : levels.map((_, k) => k + 1);
}

/** What is predicted, as a constant and weights of P(outcome <= k). */
interface Target {
  readonly constant: number;
  readonly weights: readonly number[];
  readonly isProbability: boolean;
}

function targetOf(fit: CategoricalFit, category: string | undefined): Target {
  const last = fit.levels.length - 1;
  if (category === undefined) {
    const scores = scoresOf(fit);
    const weights = Array.from({ length: last }, (_, k) => scores[k] - scores[k + 1]);
    return { constant: scores[last], weights, isProbability: fit.thresholds.length === 0 };
  }
  const place = fit.levels.indexOf(category);
  if (place < 1) {
    throw new StatsError(
      "clmm.unknown-category",
      `Expected a category above the lowest; found "${category}". ${suggestName(category, fit.levels.slice(1)).replace("columns", "categories")}`,
    );
  }
  const weights = Array.from({ length: last }, (_, k) => (k === place - 1 ? -1 : 0));
  return { constant: 1, weights, isProbability: true };
}

function averagedRows(
  fit: CategoricalFit,
  { frame, setup, z }: RebuiltRows,
  target: Target,
  level: number,
): PredictedRow[] {
  const half = normalQuantile(1 - (1 - level) / 2);
  return Array.from(frame.kept, (row, i) => {
    const x = setup.fixed.map(({ values }) => values[i]);
    const averages = averagesAt(fit, { x, z: [z[2 * i], z[2 * i + 1]] });
    const averaged = combine(fit, averages, target.constant, target.weights);
    const { estimate: predicted, stdError } = averaged;
    if (target.isProbability) {
      const { lower, upper } = probabilityRow("", averaged, level);
      return { row, predicted, stdError, lower, upper };
    }
    return {
      row,
      predicted,
      stdError,
      lower: predicted - half * stdError,
      upper: predicted + half * stdError,
    };
  });
}

/** Linear predictor with each person's mode, in the order of the frame. */
export function personEta(fit: CategoricalFit, rebuilt: RebuiltRows): Float64Array {
  const { frame, eta, z } = rebuilt;
  const { groups } = frame;
  if (groups === null || fit.random.length === 0) return eta;
  const { modes } = groupModes(fit, rebuilt);
  return eta.map((value, i) => {
    const g = groups.codes[i];
    return value + z[2 * i] * modes[2 * g] + z[2 * i + 1] * modes[2 * g + 1];
  });
}

/**
 * The expected score of every row used (levels as numbers, or 1, 2, ...; the probability in a binary model), or
 * the probability of a category or a higher one, from the data of the fit.
 *
 * Averaged over the random effects with delta-method standard errors, or given each person's conditional mode,
 * without standard errors (modes are not known without error, and that error is not in the fit).
 *
 * @throws StatsError `clmm.unknown-category`
 */
export function clmmPredict(
  fit: CategoricalFit,
  data: FitData,
  options: ClmmPredictOptions = {},
): PredictedRow[] {
  const target = targetOf(fit, options.category);
  const rebuilt = rebuildRows(fit, data);
  if (options.effects !== "person") return averagedRows(fit, rebuilt, target, options.level ?? fit.level);
  const thresholds = thresholdsOf(fit);
  const eta = personEta(fit, rebuilt);
  return Array.from(rebuilt.frame.kept, (row, i) => {
    const { probability } = averageLogistic(
      thresholds.map((threshold) => threshold - eta[i]),
      0,
    );
    const predicted = target.weights.reduce(
      (sum, weight, k) => sum + weight * probability[k],
      target.constant,
    );
    return { row, predicted, stdError: null, lower: null, upper: null };
  });
}
