import { logDetFromCholesky } from "../../../linalg/cholesky.ts";
import {
  createFixedState,
  devianceWeight,
  type FixedState,
  outerProduct,
  solveFixed,
} from "../fixed-state.ts";
import { chainToTheta, type ThetaPlaces } from "../objective.ts";
import type { Criterion } from "../optimum.ts";
import { createElimination, type Elimination, eliminate } from "./eliminate.ts";
import { gradientByPsi } from "./gradient.ts";
import type { Tree } from "./tree.ts";

/** The profiled deviance of a model with nested grouping factors, and its state at the theta evaluated last. */
export interface NestedCriterion extends Criterion {
  readonly tree: Tree;
  readonly places: ThetaPlaces;
  readonly reml: boolean;
  readonly nu: number;
  /** q x q, block-diagonal. */
  readonly lambda: Float64Array;
  readonly state: Elimination;
  readonly fixed: FixedState;
  /** The gradient of rho2. */
  residualGradient(): Float64Array;
}

function evaluateInto(criterion: Omit<NestedCriterion, keyof Criterion>, theta: Float64Array): number {
  const { tree, places, lambda, state, fixed, nu, reml } = criterion;
  lambda.fill(0);
  for (let k = 0; k < theta.length; k++) lambda[places.row[k] * tree.q + places.column[k]] = theta[k];
  eliminate(tree, lambda, state);
  fixed.a.set(state.a);
  if (!solveFixed(fixed, tree.m)) return Number.POSITIVE_INFINITY;
  const logDetX = reml ? logDetFromCholesky(fixed.chol, tree.m - 1) : 0;
  return state.logDetV + logDetX + nu * (1 + Math.log((2 * Math.PI * fixed.rho2) / nu));
}

/**
 * The criterion on the elements `places` of the relative Cholesky factor.
 *
 * Bates, Maechler, Bolker & Walker (2015), J. Stat. Softw. 67(1), section 3.4, on a tree of cross-products.
 */
export function nestedCriterion(tree: Tree, places: ThetaPlaces, reml: boolean): NestedCriterion {
  const parts = {
    tree,
    places,
    reml,
    nu: reml ? tree.nobs - (tree.m - 1) : tree.nobs,
    lambda: new Float64Array(tree.q * tree.q),
    state: createElimination(tree),
    fixed: createFixedState(tree.m),
  };
  const byTheta = (weight: Float64Array, withLogDet: boolean) =>
    chainToTheta(gradientByPsi(tree, parts.state, weight, withLogDet), parts.lambda, places);
  const residualGradient = () => byTheta(outerProduct(parts.fixed.c, 1), false);
  return {
    ...parts,
    residualGradient,
    evaluate: (theta) => evaluateInto({ ...parts, residualGradient }, theta),
    gradient: () => byTheta(devianceWeight(parts, parts.fixed), true),
  };
}
