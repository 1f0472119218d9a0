import { choleskyInto, logDetFromCholesky } from "../../linalg/cholesky.ts";
import { type GroupedSums, packedLength } from "../../sums/grouped-sums.ts";
import {
  createFixedState,
  devianceWeight,
  type FixedState,
  outerProduct,
  solveFixed,
} from "./fixed-state.ts";

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
  /** For each cell, then each single group: K = Lambda (I + Lambda'G Lambda)^-1 Lambda'. */
  readonly k: Float64Array;
  /** q x q scratch. */
  readonly scratch: readonly Float64Array[];
  logDetV: number;
}

/** The workspace of a setup. */
export function createWorkspace({ sums }: CriterionSetup): Workspace {
  const { m, q } = sums;
  const square = () => new Float64Array(q * q);
  return {
    ...createFixedState(m),
    lambda: square(),
    k: new Float64Array((sums.cells.count + sums.singles.count) * q * q),
    scratch: [square(), square(), square(), square()],
    logDetV: Number.NaN,
  };
}

/** Writes a q x q product `a b` into `out`. */
function multiplyInto(out: Float64Array, a: Float64Array, b: Float64Array, q: number): void {
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      let sum = 0;
      for (let k = 0; k < q; k++) sum += a[i * q + k] * b[k * q + j];
      out[i * q + j] = sum;
    }
  }
}

/**
 * Writes K of one Gram matrix into `work.k` at `to` and returns log|I + Psi G|.
 *
 * I + Lambda'G Lambda = C C' stays positive definite for singular Psi; with C H = Lambda', K = H'H.
 */
function factorCell(work: Workspace, gram: Float64Array, from: number, to: number): number {
  const { lambda } = work;
  const q = Math.round(Math.sqrt(lambda.length));
  const s = work.scratch[0];
  const c = work.scratch[1];
  const h = work.scratch[2];
  for (let i = 0; i < q; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 1 : 0;
      for (let r = i; r < q; r++) {
        for (let t = j; t < q; t++) sum += lambda[r * q + i] * gram[from + r * q + t] * lambda[t * q + j];
      }
      s[i * q + j] = sum;
    }
  }
  if (!choleskyInto(c, s, q)) return Number.NaN;
  for (let j = 0; j < q; j++) {
    for (let i = 0; i < q; i++) {
      let sum = lambda[j * q + i];
      for (let k = 0; k < i; k++) sum -= c[i * q + k] * h[k * q + j];
      h[i * q + j] = sum / c[i * q + i];
    }
  }
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      let sum = 0;
      for (let k = 0; k < q; k++) sum += h[k * q + i] * h[k * q + j];
      work.k[to + i * q + j] = sum;
    }
  }
  return logDetFromCholesky(c, q);
}

function factorCells({ sums }: CriterionSetup, work: Workspace): void {
  const { cells, singles, q } = sums;
  const size = q * q;
  let logDet = 0;
  for (let i = 0; i < cells.count; i++) {
    logDet += cells.sizes[i] * factorCell(work, cells.gram, i * size, i * size);
  }
  for (let i = 0; i < singles.count; i++) {
    logDet += factorCell(work, singles.gram, i * size, (cells.count + i) * size);
  }
  work.logDetV = logDet;
}

function subtractCellsInto(out: Float64Array, sums: GroupedSums, k: Float64Array): void {
  const { cells, m, q } = sums;
  const packed = packedLength(m);
  let at = 0;
  for (let i = 0; i < cells.count; i++) {
    for (let r = 0; r < q; r++) {
      for (let s = r; s < q; s++) {
        const weight = k[(i * q + r) * q + s];
        for (let e = 0; e < packed; e++) out[e] -= weight * cells.moments[at + e];
        at += packed;
      }
    }
  }
}

function subtractSinglesInto(out: Float64Array, sums: GroupedSums, k: Float64Array): void {
  const { cells, singles, m, q } = sums;
  const { cross } = singles;
  const ku = new Float64Array(m);
  for (let i = 0; i < singles.count; i++) {
    const at = i * q * m;
    const kAt = (cells.count + i) * q * q;
    for (let r = 0; r < q; r++) {
      ku.fill(0);
      for (let s = 0; s < q; s++) {
        const weight = k[kAt + r * q + s];
        for (let a = 0; a < m; a++) ku[a] += weight * cross[at + s * m + a];
      }
      let next = 0;
      for (let a = 0; a < m; a++) {
        const value = cross[at + r * m + a];
        for (let b = a; b < m; b++) out[next++] -= value * ku[b];
      }
    }
  }
}

/** Writes `start - sum U'K U` into `out`, packed; `k` has one q x q matrix for each cell and single group. */
export function subtractQuadraticInto(
  out: Float64Array,
  start: Float64Array,
  sums: GroupedSums,
  k: Float64Array,
): void {
  out.set(start);
  subtractCellsInto(out, sums, k);
  subtractSinglesInto(out, sums, k);
}

/**
 * The profiled deviance at `theta`: -2 log-likelihood, or -2 restricted log-likelihood under REML.
 *
 * Leaves beta, rho2, A and K of this theta in `work`; infinity where a matrix is not positive definite.
 * Bates, Maechler, Bolker & Walker (2015), J. Stat. Softw. 67(1), section 3.4, on per-group cross-products.
 */
export function profiledDeviance(setup: CriterionSetup, work: Workspace, theta: Float64Array): number {
  const { sums, places, nu, reml } = setup;
  work.lambda.fill(0);
  for (let i = 0; i < theta.length; i++) work.lambda[places.row[i] * sums.q + places.column[i]] = theta[i];
  factorCells(setup, work);
  subtractQuadraticInto(work.a, sums.products, sums, work.k);
  if (!solveFixed(work, sums.m)) return Number.POSITIVE_INFINITY;
  const logDetX = reml ? logDetFromCholesky(work.chol, sums.m - 1) : 0;
  return work.logDetV + logDetX + nu * (1 + Math.log((2 * Math.PI * work.rho2) / nu));
}

/** A symmetric m x m weight for A, full and packed (off-diagonal elements counted twice when packed). */
interface ProductWeight {
  readonly full: Float64Array;
  readonly packed: Float64Array;
}

function productWeight(full: Float64Array, m: number): ProductWeight {
  const packed = new Float64Array(packedLength(m));
  let at = 0;
  for (let j = 0; j < m; j++) {
    for (let k = j; k < m; k++) packed[at++] = (j === k ? 1 : 2) * full[j * m + k];
  }
  return { full, packed };
}

/** Writes h[r][s] = <D, u_r u_s'> summed over the groups of a cell. */
function cellContractionInto(h: Float64Array, sums: GroupedSums, weight: ProductWeight, cell: number): void {
  const { q, m, cells } = sums;
  const packed = packedLength(m);
  let at = cell * packedLength(q) * packed;
  for (let r = 0; r < q; r++) {
    for (let s = r; s < q; s++) {
      let sum = 0;
      for (let e = 0; e < packed; e++) sum += weight.packed[e] * cells.moments[at + e];
      h[r * q + s] = r === s ? sum : sum / 2;
      h[s * q + r] = h[r * q + s];
      at += packed;
    }
  }
}

/** The same for one single group. */
function singleContractionInto(
  h: Float64Array,
  sums: GroupedSums,
  weight: ProductWeight,
  single: number,
): void {
  const { q, m, singles } = sums;
  const { cross } = singles;
  for (let s = 0; s < q; s++) {
    const us = (single * q + s) * m;
    for (let r = 0; r <= s; r++) h[r * q + s] = 0;
    for (let a = 0; a < m; a++) {
      let sum = 0;
      for (let b = 0; b < m; b++) sum += weight.full[a * m + b] * cross[us + b];
      for (let r = 0; r <= s; r++) h[r * q + s] += cross[(single * q + r) * m + a] * sum;
    }
    for (let r = 0; r < s; r++) h[s * q + r] = h[r * q + s];
  }
}

/**
 * Adds `count G B - B'h B` (with B = I - K G, and h in the third scratch matrix) of one Gram matrix to `out`.
 *
 * @param count  the number of groups, or 0 to leave the log-determinant out.
 */
// biome-ignore lint/complexity/useMaxParams: called for each group in each evaluation; an object would be built each time
function addCellGradientInto(
  out: Float64Array,
  work: Workspace,
  gram: Float64Array,
  gramAt: number,
  kAt: number,
  count: number,
): void {
  const q = Math.round(Math.sqrt(out.length));
  const hb = work.scratch[0];
  const h = work.scratch[2];
  const b = work.scratch[3];
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      let sum = i === j ? 1 : 0;
      for (let r = 0; r < q; r++) sum -= work.k[kAt + i * q + r] * gram[gramAt + r * q + j];
      b[i * q + j] = sum;
    }
  }
  multiplyInto(hb, h, b, q);
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      let sum = 0;
      for (let r = 0; r < q; r++) {
        sum += count * gram[gramAt + i * q + r] * b[r * q + j] - b[r * q + i] * hb[r * q + j];
      }
      out[i * q + j] += sum;
    }
  }
}

/**
 * The derivative by Psi of <D, A> + (withLogDet) sum log|I + Psi G|, at the theta evaluated last: q x q, of which
 * only the symmetric part counts.
 *
 * dK = B dPsi B' with B = (I + Psi G)^-1 = I - K G; one pass over the sums whatever the number of parameters.
 */
export function contractedByPsi(
  { sums }: Pick<CriterionSetup, "sums">,
  work: Workspace,
  full: Float64Array,
  withLogDet: boolean,
): Float64Array {
  const { q, cells, singles } = sums;
  const size = q * q;
  const weight = productWeight(full, sums.m);
  const byPsi = new Float64Array(size);
  for (let i = 0; i < cells.count; i++) {
    cellContractionInto(work.scratch[2], sums, weight, i);
    addCellGradientInto(byPsi, work, cells.gram, i * size, i * size, withLogDet ? cells.sizes[i] : 0);
  }
  for (let i = 0; i < singles.count; i++) {
    singleContractionInto(work.scratch[2], sums, weight, i);
    addCellGradientInto(byPsi, work, singles.gram, i * size, (cells.count + i) * size, withLogDet ? 1 : 0);
  }
  return byPsi;
}

/** The same by theta. */
function contractedGradient(
  setup: CriterionSetup,
  work: Workspace,
  full: Float64Array,
  withLogDet: boolean,
): Float64Array {
  return chainToTheta(contractedByPsi(setup, work, full, withLogDet), work.lambda, setup.places);
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
