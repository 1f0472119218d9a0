import { StatsError } from "../errors.ts";
import { clmmPredict } from "../models/clmm/predict.ts";
import { clmmRanef } from "../models/clmm/ranef.ts";
import { clmmResiduals } from "../models/clmm/residuals.ts";
import type { ClmmFit } from "../models/clmm/result.ts";
import { clmmSimulate } from "../models/clmm/simulate.ts";
import type { FeFit } from "../models/fe/result.ts";
import { fePredict, feRanef, feResiduals } from "../models/fe/rows.ts";
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
import { riclpmRanef } from "../models/riclpm/people.ts";
import type { RiclpmFit } from "../models/riclpm/result.ts";
import type { Random } from "../random/random.ts";
import type { FitData } from "../table/table.ts";

/** A fit whose rows can be found again in the data it was fitted to. */
export type RowFit = LmmFit | FeFit | GeeFit | GlmFit | ClmmFit | GlmmFit | PersonalFit;

/** Logistic regression without a random effect may come from `glm` or from the quadrature of `glmm`. */
function isCategorical(fit: RowFit): fit is ClmmFit | GlmmFit {
  return "nodes" in fit;
}

/** Fits whose rows these verbs do not find, and where to ask instead. */
const ASK_INSTEAD: Readonly<Record<string, string>> = {
  re: "Fit lmm with (1 | person), whose estimates are nearly the same.",
  riclpm: "Use riclpmRanef, riclpmResiduals or riclpmSimulate.",
  growth: "Fit lmm with (1 + time | person), the same growth of each person.",
  pooled: "Ask the fit of each imputation.",
};

function nameOf(fit: { readonly estimator: string } | { readonly model: string }): string {
  return "estimator" in fit ? fit.estimator : fit.model;
}

/** The refusal of a fit that has other types of rows or none; a caller without types may hand one in. */
function noRows(fit: { readonly estimator: string } | { readonly model: string }): StatsError {
  const name = nameOf(fit);
  return new StatsError(
    "fit.no-rows",
    `Expected a fit that answers for each row of its data; found ${name}, which does not. ${ASK_INSTEAD[name] ?? "Use a mixed model."}`,
  );
}

function noRandomEffects(fit: RowFit): StatsError {
  return new StatsError(
    "fit.no-random-effects",
    `Expected a fit with random effects; found ${fit.estimator}, which has none. Add (1 | person) to the formula of a mixed model.`,
  );
}

function noDistribution({ estimator }: RowFit, verb: string): StatsError {
  return new StatsError(
    "fit.no-distribution",
    `Expected a model that says how outcomes are distributed, to ${verb}; found ${estimator}, which does not. Use a mixed model.`,
  );
}

/**
 * The random effects of every level of every grouping factor (of fixed effects and of an RI-CLPM: every person's
 * level), from the rows that were fitted; nothing is fitted anew.
 *
 * @throws StatsError `fit.no-random-effects`, `fit.no-rows` for pooled fits, `re` and growth, `fit.other-data`
 */
export function ranef(fit: RowFit | RiclpmFit, data: FitData): RandomEffects[] {
  if ("model" in fit && fit.model === "riclpm") return riclpmRanef(fit, data);
  if (!("estimator" in fit)) throw noRows(fit);
  if (isCategorical(fit) && fit.random.length > 0) return clmmRanef(fit, data);
  switch (fit.estimator) {
    case "lmm":
    case "lm":
      return lmmRanef(fit, data);
    case "fe":
      return feRanef(fit, data);
    case "gee":
    case "glm":
    case "clm":
    case "personal":
      throw noRandomEffects(fit);
    default:
      throw noRows(fit);
  }
}

/**
 * The expected outcome of every row used, with its standard error and interval: averaged over random effects, or for
 * the people of the fit where it compares people with themselves only (`fe`).
 *
 * Each model's own function (`lmmPredict`, `clmmPredict`, `geePredict`, ...) takes more options.
 *
 * @throws StatsError `fit.no-rows` for pooled fits, `re` and structures, `fit.other-data`
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
    case "fe":
      return fePredict(fit, data);
    default:
      throw noRows(fit);
  }
}

/**
 * The fitted value of every row used and what it leaves of the outcome.
 *
 * @throws StatsError `fit.no-rows` for pooled fits, `re` and structures (`riclpmResiduals`), `fit.other-data`
 */
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
    case "personal":
      return personalResiduals(fit, data);
    default:
      throw noRows(fit);
  }
}

/**
 * A new outcome drawn from the fitted model: one number for each row of the data, NaN in rows that were not used.
 *
 * For categories it is the place in `fit.levels`, from 0.
 *
 * @throws StatsError `fit.no-distribution` for GEE, fixed effects and `glm`, `fit.no-rows` for pooled fits, `re` and
 *   structures (`riclpmSimulate`), `fit.other-data`
 */
export function simulate(fit: RowFit, data: FitData, random: Random): Float64Array {
  if (isCategorical(fit)) return clmmSimulate(fit, data, random);
  switch (fit.estimator) {
    case "lmm":
    case "lm":
      return lmmSimulate(fit, data, random);
    case "personal":
      return personalSimulate(fit, data, random);
    case "gee":
    case "fe":
    case "glm":
      throw noDistribution(fit, "simulate");
    default:
      throw noRows(fit);
  }
}
