import { logDetFromCholesky } from "../../linalg/cholesky.ts";
import { type GroupedSums, packedLength } from "../../sums/grouped-sums.ts";
import { addCellsInto } from "./collapsed-totals.ts";
import {
  createFixedState,
  devianceWeight,
  type FixedState,
  outerProduct,
  solveFixed,
} from "./fixed-state.ts";
import { clearTotals, createTotals, type GroupTotals } from "./group-totals.ts";
import { addSinglesInto, type SingleBuffers, singleBuffers } from "./single-totals.ts";

/** Which elements of the q x q relative Cholesky factor are parameters: theta[k] stands at (row[k], column[k]). */
export interface ThetaPlaces {
  readonly row: Int32Array;
  readonly column: Int32Array;
}

/** What the criterion is a function of, besides theta. */
export interface CriterionSetup {
  readonly sums: GroupedSums;
  readonly places: ThetaPlaces;
  readonly reml: boolean;
  /** n - p under REML, n under ML. */
  readonly nu: number;
}

/** Buffers of one fit, and the state at the theta evaluated last. */
export interface Workspace extends FixedState {
  /** q x q relative Cholesky factor. */
  readonly lambda: Float64Array;
  /** What the groups add at `lambda`, for the value and for every derivative by Psi. */
  readonly totals: GroupTotals;
  readonly singles: SingleBuffers;
  logDetV: number;
}

/** The workspace of a setup. */
export function createWorkspace({ sums: { m, q } }: Pick<CriterionSetup, "sums">): Workspace {
  return {
    ...createFixedState(m),
    lambda: new Float64Array(q * q),
    totals: createTotals(q, m),
    singles: singleBuffers(q, m),
    logDetV: Number.NaN,
  };
}

/**
 * The profiled deviance at `theta`: -2 log-likelihood, or -2 restricted log-likelihood under REML.
 *
 * Leaves beta, rho2, A and the groups' totals of this theta in `work`; infinity where a matrix is not positive
 * definite. Bates, Maechler, Bolker & Walker (2015), J. Stat. Softw. 67(1), section 3.4, on per-group cross-products.
 */
export function profiledDeviance(setup: CriterionSetup, work: Workspace, theta: Float64Array): number {
  const { sums, places, nu, reml } = setup;
  const { lambda, totals } = work;
  lambda.fill(0);
  for (let i = 0; i < theta.length; i++) lambda[places.row[i] * sums.q + places.column[i]] = theta[i];
  clearTotals(totals);
  addCellsInto(totals, sums.cells, lambda);
  addSinglesInto(totals, { singles: sums.singles, lambda }, work.singles);
  work.logDetV = totals.logDet;
  for (let e = 0; e < work.a.length; e++) work.a[e] = sums.products[e] - totals.quadratic[e];
  if (!solveFixed(work, sums.m)) return Number.POSITIVE_INFINITY;
  const logDetX = reml ? logDetFromCholesky(work.chol, sums.m - 1) : 0;
  return work.logDetV + logDetX + nu * (1 + Math.log((2 * Math.PI * work.rho2) / nu));
}

/** <D, M> of a symmetric full D and a packed M that starts at `from`. */
function contraction(full: Float64Array, moments: Float64Array, from: number): number {
  const m = Math.round(Math.sqrt(full.length));
  let sum = 0;
  let at = from;
  for (let j = 0; j < m; j++) {
    for (let k = j; k < m; k++) sum += (j === k ? 1 : 2) * full[j * m + k] * moments[at++];
  }
  return sum;
}

/**
 * The derivative by Psi of <D, A> + (withLogDet) sum log|I + Psi G|, at the theta evaluated last: q x q, symmetric.
 *
 * d(U'K U) = P'dPsi P with P = (I + G Psi)^-1 U, whose products the evaluation summed over groups.
 */
export function contractedByPsi(work: Workspace, full: Float64Array, withLogDet: boolean): Float64Array {
  const { trace, moments } = work.totals;
  const q = Math.round(Math.sqrt(trace.length));
  const packed = work.a.length;
  const byPsi = withLogDet ? Float64Array.from(trace) : new Float64Array(trace.length);
  let at = 0;
  for (let r = 0; r < q; r++) {
    for (let s = r; s < q; s++) {
      const sum = contraction(full, moments, at);
      byPsi[r * q + s] -= r === s ? sum : sum / 2;
      if (r < s) byPsi[s * q + r] -= sum / 2;
      at += packed;
    }
  }
  return byPsi;
}

/** The derivative of A by theta[index] at the theta evaluated last, packed: dPsi = e l' + l e'. */
export function fixedDerivative({ places }: CriterionSetup, work: Workspace, index: number): Float64Array {
  const { lambda, totals, a } = work;
  const q = Math.round(Math.sqrt(lambda.length));
  const [row, column] = [places.row[index], places.column[index]];
  const out = new Float64Array(a.length);
  for (let s = 0; s < q; s++) {
    // p_r p_s' + p_s p_r' for r < s, and half of it for r = s, is what is kept.
    const weight = (row === s ? 2 : 1) * lambda[s * q + column];
    const from = pairIndex(Math.min(row, s), Math.max(row, s), q) * a.length;
    for (let e = 0; e < out.length; e++) out[e] -= weight * totals.moments[from + e];
  }
  return out;
}

/** The place of (r, s), r <= s, among the pairs of q random effects. */
function pairIndex(r: number, s: number, q: number): number {
  return packedLength(q) - packedLength(q - r) + s - r;
}

/** The same by theta. */
function contractedGradient(
  { places }: CriterionSetup,
  work: Workspace,
  full: Float64Array,
  withLogDet: boolean,
): Float64Array {
  return chainToTheta(contractedByPsi(work, full, withLogDet), work.lambda, places);
}

/** The chain rule: dPsi = dLambda Lambda' + Lambda dLambda', so the derivative by Lambda is (P + P') Lambda. */
export function chainToTheta(byPsi: Float64Array, lambda: Float64Array, places: ThetaPlaces): Float64Array {
  const q = Math.round(Math.sqrt(lambda.length));
  const gradient = new Float64Array(places.row.length);
  for (let k = 0; k < gradient.length; k++) {
    const [row, column] = [places.row[k], places.column[k]];
    for (let j = 0; j < q; j++) {
      gradient[k] += (byPsi[row * q + j] + byPsi[j * q + row]) * lambda[j * q + column];
    }
  }
  return gradient;
}

/** The gradient of the profiled deviance by theta, at the theta evaluated last. */
export function devianceGradient(setup: CriterionSetup, work: Workspace): Float64Array {
  return contractedGradient(setup, work, devianceWeight(setup, work), true);
}

/** The gradient of rho2 = c'A c by theta, at the theta evaluated last. */
export function residualGradient(setup: CriterionSetup, work: Workspace): Float64Array {
  return contractedGradient(setup, work, outerProduct(work.c, 1), false);
}
