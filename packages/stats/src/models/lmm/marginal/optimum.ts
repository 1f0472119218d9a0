import { minimize } from "../../../optimize/newton.ts";
import { standardLambda } from "../block.ts";
import type { ThetaPlaces } from "../objective.ts";
import { clearSingular, freePlaces, lambdaOf, readTheta, startTheta } from "../optimum.ts";
import { type Block, thetaPlaces } from "../setup.ts";
import { devianceGradient, type Evaluation, evaluate, type MarginalCriterion } from "./criterion.ts";

/** Where the criterion is smallest. */
export interface MarginalOptimum {
  readonly criterion: MarginalCriterion;
  /** The free theta, then the parameters of R. */
  readonly x: Float64Array;
  readonly evaluation: Evaluation;
  /** By x, n x n by rows. */
  readonly hessian: Float64Array;
  readonly converged: boolean;
  readonly singular: boolean;
}

interface Found {
  readonly x: Float64Array;
  readonly value: number;
  readonly hessian: Float64Array;
  readonly converged: boolean;
}

function valueAt(criterion: MarginalCriterion, x: Float64Array): number {
  return evaluate(criterion, x)?.deviance ?? Number.POSITIVE_INFINITY;
}

function search(criterion: MarginalCriterion, start: Float64Array): Found {
  return minimize((x, gradient) => {
    const evaluation = evaluate(criterion, x);
    if (evaluation === null) return Number.POSITIVE_INFINITY;
    gradient.set(devianceGradient(criterion, evaluation));
    return evaluation.deviance;
  }, start);
}

function joined(theta: Float64Array, residual: Float64Array): Float64Array {
  return Float64Array.of(...theta, ...residual);
}

/** The best of the starts of R beside each theta: correlation in time and differences between people can stand in for each other. */
function bestStart(criterion: MarginalCriterion, thetas: readonly Float64Array[]): Float64Array {
  const starts = thetas.flatMap((theta) =>
    criterion.residual.starts.map((residual) => joined(theta, residual)),
  );
  if (starts.length === 1) return starts[0];
  const values = starts.map((start) => valueAt(criterion, start));
  return starts[values.indexOf(Math.min(...values))];
}

function scaledStart(places: ThetaPlaces, scale: number): Float64Array {
  return startTheta(places).map((value) => value * scale);
}

interface NearZero {
  readonly cleared: Float64Array;
  readonly free: ThetaPlaces;
}

function nearZero(criterion: MarginalCriterion, x: Float64Array, blocks: readonly Block[]): NearZero {
  const { places, sums } = criterion;
  const lambda = lambdaOf(x.subarray(0, places.row.length), places, sums.q);
  const cleared = clearSingular(standardLambda(lambda, sums.q, blocks), sums.q, blocks);
  return { cleared, free: freePlaces(places, cleared, sums.q) };
}

/** The best of searches from other starts: a variance of zero may be the lower end of another valley. */
function searchElsewhere(criterion: MarginalCriterion, first: Found): Found {
  const others = criterion.residual.starts.map((residual) =>
    search(criterion, joined(scaledStart(criterion.places, 0.4), residual)),
  );
  return others.reduce((best, other) => (other.value < best.value - 1e-6 ? other : best), first);
}

/** Signs as lme4 has them: every diagonal element of theta not negative. */
function flipSigns({ places }: MarginalCriterion, found: Found): Found {
  const { row, column } = places;
  const negative = new Set<number>();
  row.forEach((r, k) => {
    if (r === column[k] && found.x[k] < 0) negative.add(column[k]);
  });
  const n = found.x.length;
  const sign = found.x.map((_, k) => (k < row.length && negative.has(column[k]) ? -1 : 1));
  return {
    ...found,
    x: found.x.map((value, k) => value * sign[k]),
    hessian: found.hessian.map((value, e) => value * sign[Math.floor(e / n)] * sign[e % n]),
  };
}

/**
 * The optimum of the profiled deviance over theta and the parameters of R, all unconstrained; null when V is not
 * positive definite wherever the search began.
 *
 * A relative Cholesky diagonal under 1e-4 is fixed at exactly 0 with its column and the rest fitted again.
 */
export function findMarginalOptimum(
  problem: Omit<MarginalCriterion, "places">,
  blocks: readonly Block[],
): MarginalOptimum | null {
  let places = thetaPlaces(blocks);
  let start: Float64Array | null = null;
  for (let singular = false; ; singular = true) {
    const criterion = { ...problem, places };
    start ??= bestStart(criterion, [scaledStart(places, 1)]);
    const first = search(criterion, start);
    const isSuspect = !singular && nearZero(criterion, first.x, blocks).free.row.length < places.row.length;
    const best = isSuspect ? searchElsewhere(criterion, first) : first;
    const { cleared, free } = nearZero(criterion, best.x, blocks);
    if (free.row.length === places.row.length) {
      const { x, hessian, converged } = flipSigns(criterion, best);
      const evaluation = evaluate(criterion, x);
      return evaluation === null ? null : { criterion, x, evaluation, hessian, converged, singular };
    }
    start = joined(readTheta(cleared, free, problem.sums.q), best.x.subarray(places.row.length));
    places = free;
  }
}
