import { minimize } from "../../optimize/newton.ts";
import { standardLambda } from "./block.ts";
import {
  type CriterionSetup,
  createWorkspace,
  devianceGradient,
  profiledDeviance,
  type ThetaPlaces,
  type Workspace,
} from "./objective.ts";
import { type Block, type LmmSetup, thetaPlaces } from "./setup.ts";

/** lme4's rule: a relative Cholesky diagonal below this is a variance of zero (Bates et al. 2015, isSingular). */
const SINGULAR = 1e-4;

/** Where the criterion is smallest, in scaled coordinates. */
export interface Optimum {
  /** The criterion on the free parameters, and its buffers at `theta`. */
  readonly criterion: CriterionSetup;
  readonly work: Workspace;
  readonly theta: Float64Array;
  readonly deviance: number;
  /** By the free parameters, n x n by rows. */
  readonly hessian: Float64Array;
  readonly converged: boolean;
  readonly singular: boolean;
}

function lambdaOf(theta: Float64Array, places: ThetaPlaces, q: number): Float64Array {
  const lambda = new Float64Array(q * q);
  for (let k = 0; k < theta.length; k++) lambda[places.row[k] * q + places.column[k]] = theta[k];
  return lambda;
}

/** Sets diagonal elements under the limit to zero; lowerFactor then clears their columns. */
function clearSingular(lambda: Float64Array, q: number, blocks: readonly Block[]): Float64Array {
  const cleared = Float64Array.from(lambda);
  for (let j = 0; j < q; j++) if (Math.abs(cleared[j * q + j]) < SINGULAR) cleared[j * q + j] = 0;
  return standardLambda(cleared, q, blocks);
}

function startTheta(places: ThetaPlaces): Float64Array {
  return Float64Array.from(places.row, (row, k) => (row === places.column[k] ? 1 : 0));
}

function readTheta(lambda: Float64Array, places: ThetaPlaces, q: number): Float64Array {
  return Float64Array.from(places.row, (row, k) => lambda[row * q + places.column[k]]);
}

/** The places left when the columns with a zero diagonal are fixed at zero. */
function freePlaces(places: ThetaPlaces, lambda: Float64Array, q: number): ThetaPlaces {
  const free = [...places.row.keys()].filter((k) => {
    const column = places.column[k];
    return lambda[column * q + column] !== 0;
  });
  return {
    row: Int32Array.from(free, (k) => places.row[k]),
    column: Int32Array.from(free, (k) => places.column[k]),
  };
}

function search(criterion: CriterionSetup, start: Float64Array): Found {
  const work = createWorkspace(criterion);
  const found = minimize((theta, gradient) => {
    const deviance = profiledDeviance(criterion, work, theta);
    if (Number.isFinite(deviance)) gradient.set(devianceGradient(criterion, work));
    return deviance;
  }, start);
  return {
    criterion,
    work,
    theta: found.x,
    deviance: found.value,
    hessian: found.hessian,
    converged: found.converged,
  };
}

/** Signs as lme4 has them: every diagonal element not negative. Flipping a column changes neither value nor curvature. */
function flipSigns(optimum: Optimum): Optimum {
  const { row, column } = optimum.criterion.places;
  const negative = new Set<number>();
  for (let k = 0; k < row.length; k++)
    if (row[k] === column[k] && optimum.theta[k] < 0) negative.add(column[k]);
  const sign = Float64Array.from(column, (c) => (negative.has(c) ? -1 : 1));
  const n = row.length;
  const hessian = optimum.hessian.map((value, e) => value * sign[Math.floor(e / n)] * sign[e % n]);
  return { ...optimum, theta: optimum.theta.map((value, k) => value * sign[k]), hessian };
}

type Found = Omit<Optimum, "singular">;

/** The factor with its vanishing diagonal elements at zero, and the parameters that are then left. */
function nearZero(
  { sums, blocks }: LmmSetup,
  { theta }: Found,
  places: ThetaPlaces,
): { readonly cleared: Float64Array; readonly free: ThetaPlaces } {
  const { q } = sums;
  const cleared = clearSingular(standardLambda(lambdaOf(theta, places, q), q, blocks), q, blocks);
  return { cleared, free: freePlaces(places, cleared, q) };
}

/** The best of searches from other starts: a point at the limit may be the lower end of another valley. */
function searchElsewhere(criterion: CriterionSetup, first: Found): Found {
  const { row, column } = criterion.places;
  const at = (diagonal: number, off: number) =>
    Float64Array.from(row, (r, k) => (r === column[k] ? diagonal : off));
  const others = [at(0.3, 0), at(0.5, -0.4), at(0.5, 0.4)].map((start) => search(criterion, start));
  return others.reduce((best, other) => (other.deviance < best.deviance - 1e-6 ? other : best), first);
}

/**
 * The optimum of the profiled deviance over an unconstrained theta.
 *
 * A relative Cholesky diagonal under 1e-4 is fixed at exactly 0 with its column and the rest fitted again.
 */
export function findOptimum(setup: LmmSetup, reml: boolean): Optimum {
  const { sums, blocks } = setup;
  const { q } = sums;
  const nu = reml ? sums.nobs - (sums.m - 1) : sums.nobs;
  let places: ThetaPlaces = thetaPlaces(blocks);
  let start = startTheta(places);
  for (let singular = false; ; singular = true) {
    const criterion = { sums, places, reml, nu };
    const first = search(criterion, start);
    const isSuspect = !singular && nearZero(setup, first, places).free.row.length < places.row.length;
    const best = isSuspect ? searchElsewhere(criterion, first) : first;
    const { cleared, free } = nearZero(setup, best, places);
    if (free.row.length === places.row.length) return settle(flipSigns({ ...best, singular }));
    places = free;
    start = readTheta(cleared, free, q);
  }
}

/** Leaves the buffers at the optimum, whatever was evaluated last. */
function settle(optimum: Optimum): Optimum {
  const deviance = profiledDeviance(optimum.criterion, optimum.work, optimum.theta);
  return { ...optimum, deviance };
}
