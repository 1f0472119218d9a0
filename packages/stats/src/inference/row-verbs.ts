import { StatsError } from "../errors.ts";
import { clmmPredict } from "../models/clmm/predict.ts";
import { clmmRanef } from "../models/clmm/ranef.ts";
import { clmmResiduals } from "../models/clmm/residuals.ts";
import type { ClmmFit } from "../models/clmm/result.ts";
import { clmmSimulate } from "../models/clmm/simulate.ts";
import type { FeFit } from "../models/fe/result.ts";
import { feRanef, feResiduals } from "../models/fe/rows.ts";
import type { PredictedRow, RandomEffects, ResidualRow } from "../models/fit.ts";
import { geePredict, geeResiduals } from "../models/gee/fit.ts";
import type { GeeFit } from "../models/gee/result.ts";
import { glmPredict, glmResiduals } from "../models/glm/predict.ts";
import type { GlmFit } from "../models/glm/result.ts";
import type { GlmmFit } from "../models/glmm/result.ts";
import { lmmPredict } from "../models/lmm/predict.ts";
import { lmmResiduals } from "../models/lmm/predict-residuals.ts";
import { lmmRanef } from "../models/lmm/ranef-conditional.ts";
import type { LmmFit } from "../models/lmm/result.ts";
import { lmmSimulate } from "../models/lmm/simulate.ts";
import type { PersonalFit } from "../models/personal/result.ts";
import { personalPredict, personalResiduals, personalSimulate } from "../models/personal/rows.ts";
import type { Random } from "../random/random.ts";
import type { FitData } from "../table/table.ts";

/** A fit whose rows can be found again in the data it was fitted to. */
export type RowFit = LmmFit | FeFit | GeeFit | GlmFit | ClmmFit | GlmmFit | PersonalFit;

/** Logistic regression without a random effect may come from `glm` or from the quadrature of `glmm`. */
function isCategorical(fit: RowFit): fit is ClmmFit | GlmmFit {
  return "nodes" in fit;
}

function noRandomEffects({ estimator }: RowFit): StatsError {
  return new StatsError(
    "fit.no-random-effects",
    `Expected a fit with random effects; found ${estimator}, which has none. Add (1 | person) to the formula of a mixed model.`,
  );
}

function noDistribution({ estimator }: RowFit, verb: string): StatsError {
  return new StatsError(
    "fit.no-distribution",
    `Expected a model that says how outcomes are distributed, to ${verb}; found ${estimator}, which does not. Use a mixed model.`,
  );
}

/**
 * The random effects of every level of every grouping factor (of fixed effects: every person's level), from the
 * rows that were fitted; nothing is fitted anew.
 *
 * @throws StatsError `fit.no-random-effects`
 */
export function ranef(fit: RowFit, data: FitData): RandomEffects[] {
  if (isCategorical(fit) && fit.random.length > 0) return clmmRanef(fit, data);
  switch (fit.estimator) {
    case "lmm":
    case "lm":
      return lmmRanef(fit, data);
    case "fe":
      return feRanef(fit, data);
    default:
      throw noRandomEffects(fit);
  }
}

/**
 * The expected outcome of every row used, averaged over random effects, with its standard error and interval.
 *
 * Each model's own function (`lmmPredict`, `clmmPredict`, `geePredict`, ...) takes more options.
 *
 * @throws StatsError `fit.no-distribution` for fixed effects
 */
export function predict(fit: RowFit, data: FitData): PredictedRow[] {
  if (isCategorical(fit)) return clmmPredict(fit, data);
  switch (fit.estimator) {
    case "lmm":
    case "lm":
      return lmmPredict(fit, data, { level: "population", interval: "confidence" });
    case "gee":
      return geePredict(fit, data);
    case "glm":
      return glmPredict(fit, data);
    case "personal":
      return personalPredict(fit, data);
    default:
      throw noDistribution(fit, "predict");
  }
}

/** The fitted value of every row used and what it leaves of the outcome. */
export function residuals(fit: RowFit, data: FitData): ResidualRow[] {
  if (isCategorical(fit)) return clmmResiduals(fit, data);
  switch (fit.estimator) {
    case "lmm":
    case "lm":
      return lmmResiduals(fit, data);
    case "fe":
      return feResiduals(fit, data);
    case "gee":
      return geeResiduals(fit, data);
    case "glm":
      return glmResiduals(fit, data);
    default:
      return personalResiduals(fit, data);
  }
}

/**
 * A new outcome for every row used, drawn from the fitted model; rows not used are NaN.
 *
 * @throws StatsError `fit.no-distribution` for GEE, fixed effects and generalised linear models
 */
export function simulate(fit: RowFit, data: FitData, random: Random): Float64Array {
  if (isCategorical(fit)) return clmmSimulate(fit, data, random);
  switch (fit.estimator) {
    case "lmm":
    case "lm":
      return lmmSimulate(fit, data, random);
    case "personal":
      return personalSimulate(fit, data, random);
    default:
      throw noDistribution(fit, "simulate");
  }
}
