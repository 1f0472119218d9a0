import { StatsError } from "../../errors.ts";
import type { Formula } from "../../formula/formula.ts";
import { parseFormula } from "../../formula/parse.ts";
import { type ModelFrame, modelFrame } from "../../frame/model-frame.ts";
import { inverseFromCholeskyInto } from "../../linalg/cholesky.ts";
import type { FitData } from "../../table/table.ts";
import type { RandomEffects } from "../fit.ts";
import { describeLmm } from "./describe.ts";
import { unidentifiedEffect } from "./identified.ts";
import { marginalSolution } from "./marginal/solution.ts";
import { findOptimum, type Optimum } from "./optimum.ts";
import { type LmmOptions, resolveOptions } from "./options.ts";
import { describeEffects, type FittedRow, fittedRows, groupEffects } from "./ranef.ts";
import type { LmmFit } from "./result.ts";
import { robust } from "./robust.ts";
import { satterthwaiteParts } from "./satterthwaite.ts";
import { designLmm, type LmmSetup, setupLmm } from "./setup.ts";
import { INDEPENDENT, type LmmSolution } from "./solution.ts";

/** A fit with what is one row for each group or observation. */
export interface LmmDetails {
  readonly fit: LmmFit;
  /** One entry for each block of random effects, in the order of `fit.random`. */
  readonly ranef: readonly RandomEffects[];
  readonly fitted: readonly FittedRow[];
}

/** A fit whose residuals of one person go together, or null when they are independent. */
function correlatedFit(formula: Formula, data: FitData, options: LmmOptions): LmmFit | null {
  const resolved = resolveOptions(options);
  const { residual } = resolved;
  if (residual === null) return null;
  const frame = modelFrame(formula, data.table, resolved);
  const design = designLmm(frame);
  const solution = marginalSolution({ frame, design, table: data.table, options: resolved, residual });
  if (solution === null || solution.sigma2 < 1e-13) throw perfectFit(frame);
  return describeLmm(frame, design, solution, resolved);
}

interface Solution {
  readonly frame: ModelFrame;
  readonly setup: LmmSetup;
  readonly optimum: Optimum;
  readonly fit: LmmFit;
}

function solve(formula: Formula, data: FitData, options: LmmOptions): Solution {
  const resolved = resolveOptions(options);
  const frame = modelFrame(formula, data.table, resolved);
  const setup = setupLmm(frame);
  const optimum = findOptimum(setup, resolved.method === "reml");
  // The outcome has unit variance here: a residual this small is rounding, not data.
  const residual = optimum.work.rho2 / setup.sums.nobs;
  if (!Number.isFinite(optimum.deviance) || residual < 1e-13) throw perfectFit(frame);
  return { frame, setup, optimum, fit: describeLmm(frame, setup, solutionOf(setup, optimum), resolved) };
}

/** The optimum of the collapsed sums in the form that all engines share. */
function solutionOf(setup: LmmSetup, optimum: Optimum): LmmSolution {
  const { work, criterion, converged, singular, deviance } = optimum;
  inverseFromCholeskyInto(work.inverse, work.chol, setup.names.length);
  return {
    deviance,
    beta: work.beta,
    inverse: work.inverse,
    lambda: work.lambda,
    sigma2: work.rho2 / criterion.nu,
    converged,
    singular,
    residual: INDEPENDENT,
    nResidualParameters: 0,
    unidentified: unidentifiedEffect(setup),
    satterthwaite: () => satterthwaiteParts(optimum),
  };
}

/** The fit with the standard errors asked for. */
function withErrors(fit: LmmFit, data: FitData, { se = "model" }: LmmOptions): LmmFit {
  return se === "model" ? fit : robust(fit, data, se);
}

function perfectFit({ formula }: ModelFrame): StatsError {
  return new StatsError(
    "lmm.perfect-fit",
    `Expected an outcome with a residual; found "${formula.outcome.text}" determined exactly by the right-hand side, so that no standard error exists. Remove the term that repeats the outcome.`,
  );
}

/**
 * A linear mixed model with one grouping factor, or ordinary regression when no term is random.
 *
 * @param formula  such as `pain ~ (within(ex) + between(ex)) * male + wave + (1 + wave | id)`.
 * @throws StatsError `formula.*`, `data.*`, `lmm.*`; doubtful answers are warnings in the result.
 * Bates, Maechler, Bolker & Walker (2015), J. Stat. Softw. 67(1); degrees of freedom: Kuznetsova, Brockhoff
 * & Christensen (2017), J. Stat. Softw. 82(13).
 */
export function lmm(formula: string, data: FitData, options: LmmOptions = {}): LmmFit {
  const parsed = parseFormula(formula);
  const fit = correlatedFit(parsed, data, options) ?? solve(parsed, data, options).fit;
  return withErrors(fit, data, options);
}

/** The same fit with the conditional modes of every group and the fitted value of every row used. */
export function lmmDetails(formula: string, data: FitData, options: LmmOptions = {}): LmmDetails {
  const { frame, setup, optimum, fit } = solve(parseFormula(formula), data, options);
  const effects = groupEffects(setup, optimum);
  return {
    fit: withErrors(fit, data, options),
    ranef: describeEffects(frame, data.table, setup, effects),
    fitted: fittedRows(frame, setup, optimum, effects),
  };
}
