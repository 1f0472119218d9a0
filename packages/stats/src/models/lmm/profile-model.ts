import { parseFormula } from "../../formula/parse.ts";
import { type ModelFrame, modelFrame } from "../../frame/model-frame.ts";
import { inverseFromCholeskyInto } from "../../linalg/cholesky.ts";
import type { FitData } from "../../table/table.ts";
import { standardLambda } from "./block.ts";
import { type FixedState, solveFixed } from "./fixed-state.ts";
import { nestedCriterion } from "./nested/criterion.ts";
import { eliminate } from "./nested/eliminate.ts";
import { gradientByPsi } from "./nested/gradient.ts";
import { lowestNested } from "./nested/solution.ts";
import { buildTree } from "./nested/tree.ts";
import { contractedByPsi, createWorkspace, profiledDeviance } from "./objective.ts";
import { findOptimum } from "./optimum.ts";
import type { LmmFit } from "./result.ts";
import { designLmm, type LmmDesign, setupLmm, thetaPlaces } from "./setup.ts";

/** The likelihood of a model as a function of its relative Cholesky factor, and where it is highest (ML). */
export interface VarianceModel {
  readonly design: LmmDesign;
  readonly nobs: number;
  /** The factor of the ML fit, q x q, and what it leaves. */
  readonly best: {
    readonly lambda: Float64Array;
    readonly sigma2: number;
    readonly beta: Float64Array;
    readonly inverse: Float64Array;
    readonly deviance: number;
  };
  readonly fixed: FixedState;
  /** log|V| at `lambda` (block-diagonal, any factor of Psi), with `fixed` solved there; NaN where it does not exist. */
  evaluate(lambda: Float64Array): number;
  /** The derivative by Psi of <weight, A> + log|V| at the factor evaluated last. */
  byPsi(weight: Float64Array): Float64Array;
}

function collapsedModel(frame: ModelFrame): VarianceModel {
  const setup = setupLmm(frame);
  const { sums, blocks } = setup;
  const optimum = findOptimum(setup, false);
  const criterion = { sums, places: thetaPlaces(blocks), reml: false, nu: sums.nobs };
  const work = createWorkspace(criterion);
  const { work: found } = optimum;
  inverseFromCholeskyInto(found.inverse, found.chol, sums.m - 1);
  return {
    design: setup,
    nobs: sums.nobs,
    best: {
      lambda: Float64Array.from(found.lambda),
      sigma2: found.rho2 / sums.nobs,
      beta: found.beta,
      inverse: found.inverse,
      deviance: optimum.deviance,
    },
    fixed: work,
    evaluate: (lambda) => {
      // These sums take lower-triangular factors only; every factor of Psi has one.
      const lower = standardLambda(lambda, sums.q, blocks);
      const { row, column } = criterion.places;
      const value = profiledDeviance(
        criterion,
        work,
        Float64Array.from(row, (r, k) => lower[r * sums.q + column[k]]),
      );
      return Number.isFinite(value) ? work.logDetV : Number.NaN;
    },
    byPsi: (weight) => contractedByPsi(work, weight, true),
  };
}

function nestedModel(frame: ModelFrame): VarianceModel {
  const design = designLmm(frame);
  const tree = buildTree(frame, design);
  const { criterion: found, deviance } = lowestNested(tree, design, false);
  const { fixed, state } = nestedCriterion(tree, thetaPlaces(design.blocks), false);
  return {
    design,
    nobs: tree.nobs,
    best: {
      lambda: Float64Array.from(found.lambda),
      sigma2: found.fixed.rho2 / tree.nobs,
      beta: found.fixed.beta,
      inverse: found.fixed.inverse,
      deviance,
    },
    fixed,
    evaluate: (lambda) => {
      eliminate(tree, lambda, state);
      fixed.a.set(state.a);
      return solveFixed(fixed, tree.m) ? state.logDetV : Number.NaN;
    },
    byPsi: (weight) => gradientByPsi(tree, state, weight, true),
  };
}

/** The model of a fit, fitted again by full maximum likelihood to the rows it used. */
export function varianceModel(fit: LmmFit, data: FitData): VarianceModel {
  const { time, id, minRows } = fit.frame;
  const frame = modelFrame(parseFormula(fit.formula), data.table, {
    time: time ?? undefined,
    id: id ?? undefined,
    minRows: minRows ?? undefined,
    nested: true,
  });
  return frame.factors.length > 1 ? nestedModel(frame) : collapsedModel(frame);
}
