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
import { type Block, type SummedLmm, thetaPlaces } from "./setup.ts";

/** A deviance as a function of some elements of the relative Cholesky factor. */
export interface Criterion {
  /** The value at `theta`; infinity where it does not exist. */
  evaluate(theta: Float64Array): number;
  /** The gradient at the theta evaluated last. */
  gradient(): Float64Array;
}

/** What a search is over: the criterion for any choice of free elements. */
export interface SearchSpace<C extends Criterion> {
  readonly q: number;
  readonly blocks: readonly Block[];
  at(places: ThetaPlaces): C;
}

/** Where a criterion is lowest. */
export interface Lowest<C extends Criterion> {
  /** The criterion of the free elements; `theta` was evaluated last. */
  readonly criterion: C;
  readonly places: ThetaPlaces;
  readonly theta: Float64Array;
  readonly deviance: number;
  /** By the free parameters, n x n by rows. */
  readonly hessian: Float64Array;
  readonly converged: boolean;
  readonly singular: boolean;
}

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

/** The q x q relative Cholesky factor with theta in its places. */
export function lambdaOf(theta: Float64Array, places: ThetaPlaces, q: number): Float64Array {
  const lambda = new Float64Array(q * q);
  for (let k = 0; k < theta.length; k++) lambda[places.row[k] * q + places.column[k]] = theta[k];
  return lambda;
}

/** Sets diagonal elements under the limit to zero; lowerFactor then clears their columns. */
export function clearSingular(lambda: Float64Array, q: number, blocks: readonly Block[]): Float64Array {
  const cleared = Float64Array.from(lambda);
  for (let j = 0; j < q; j++) if (Math.abs(cleared[j * q + j]) < SINGULAR) cleared[j * q + j] = 0;
  return standardLambda(cleared, q, blocks);
}

/** The identity: every random effect as variable as the residual. */
export function startTheta(places: ThetaPlaces): Float64Array {
  return Float64Array.from(places.row, (row, k) => (row === places.column[k] ? 1 : 0));
}

/** Theta as it stands in a relative Cholesky factor. */
export function readTheta(lambda: Float64Array, places: ThetaPlaces, q: number): Float64Array {
  return Float64Array.from(places.row, (row, k) => lambda[row * q + places.column[k]]);
}

/** The places left when the columns with a zero diagonal are fixed at zero. */
export function freePlaces(places: ThetaPlaces, lambda: Float64Array, q: number): ThetaPlaces {
  const free = [...places.row.keys()].filter((k) => {
    const column = places.column[k];
    return lambda[column * q + column] !== 0;
  });
  return {
    row: Int32Array.from(free, (k) => places.row[k]),
    column: Int32Array.from(free, (k) => places.column[k]),
  };
}

function search<C extends Criterion>(criterion: C, places: ThetaPlaces, start: Float64Array): Lowest<C> {
  const found = minimize((theta, gradient) => {
    const deviance = criterion.evaluate(theta);
    if (Number.isFinite(deviance)) gradient.set(criterion.gradient());
    return deviance;
  }, start);
  const { x: theta, value: deviance, hessian, converged } = found;
  return { criterion, places, theta, deviance, hessian, converged, singular: false };
}

/** Signs as lme4 has them: every diagonal element not negative. Flipping a column changes neither value nor curvature. */
function flipSigns<C extends Criterion>(lowest: Lowest<C>): Lowest<C> {
  const { row, column } = lowest.places;
  const negative = new Set<number>();
  for (let k = 0; k < row.length; k++)
    if (row[k] === column[k] && lowest.theta[k] < 0) negative.add(column[k]);
  const sign = Float64Array.from(column, (c) => (negative.has(c) ? -1 : 1));
  const n = row.length;
  const hessian = lowest.hessian.map((value, e) => value * sign[Math.floor(e / n)] * sign[e % n]);
  return { ...lowest, theta: lowest.theta.map((value, k) => value * sign[k]), hessian };
}

/** The factor with its vanishing diagonal elements at zero, and the parameters that are then left. */
function nearZero<C extends Criterion>(
  { q, blocks }: SearchSpace<C>,
  { theta, places }: Lowest<C>,
): { readonly cleared: Float64Array; readonly free: ThetaPlaces } {
  const cleared = clearSingular(standardLambda(lambdaOf(theta, places, q), q, blocks), q, blocks);
  return { cleared, free: freePlaces(places, cleared, q) };
}

/** The best of searches from other starts: a point at the limit may be the lower end of another valley. */
function searchElsewhere<C extends Criterion>(first: Lowest<C>): Lowest<C> {
  const { criterion, places } = first;
  const at = (diagonal: number, off: number) =>
    Float64Array.from(places.row, (r, k) => (r === places.column[k] ? diagonal : off));
  const others = [at(0.3, 0), at(0.5, -0.4), at(0.5, 0.4)].map((start) => search(criterion, places, start));
  return others.reduce((best, other) => (other.deviance < best.deviance - 1e-6 ? other : best), first);
}

/**
 * Where a criterion is lowest over an unconstrained theta.
 *
 * A relative Cholesky diagonal under 1e-4 is fixed at exactly 0 with its column and the rest fitted again.
 */
export function findLowest<C extends Criterion>(space: SearchSpace<C>): Lowest<C> {
  let places: ThetaPlaces = thetaPlaces(space.blocks);
  let start = startTheta(places);
  for (let singular = false; ; singular = true) {
    const first = search(space.at(places), places, start);
    const isSuspect = !singular && nearZero(space, first).free.row.length < places.row.length;
    const best = isSuspect ? searchElsewhere(first) : first;
    const { cleared, free } = nearZero(space, best);
    if (free.row.length === places.row.length) return settle(flipSigns({ ...best, singular }));
    places = free;
    start = readTheta(cleared, free, space.q);
  }
}

/** Leaves the criterion at the lowest point, whatever was evaluated last. */
function settle<C extends Criterion>(lowest: Lowest<C>): Lowest<C> {
  return { ...lowest, deviance: lowest.criterion.evaluate(lowest.theta) };
}

interface CollapsedCriterion extends Criterion {
  readonly setup: CriterionSetup;
  readonly work: Workspace;
}

/** The optimum of the profiled deviance of collapsed sums; see `findLowest`. */
export function findOptimum(setup: SummedLmm, reml: boolean): Optimum {
  const { sums, blocks } = setup;
  const nu = reml ? sums.nobs - (sums.m - 1) : sums.nobs;
  const lowest = findLowest<CollapsedCriterion>({
    q: sums.q,
    blocks,
    at: (places) => {
      const criterion = { sums, places, reml, nu };
      const work = createWorkspace(criterion);
      return {
        setup: criterion,
        work,
        evaluate: (theta) => profiledDeviance(criterion, work, theta),
        gradient: () => devianceGradient(criterion, work),
      };
    },
  });
  const { criterion, theta, deviance, hessian, converged, singular } = lowest;
  return { criterion: criterion.setup, work: criterion.work, theta, deviance, hessian, converged, singular };
}
