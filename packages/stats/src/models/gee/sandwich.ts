import { choleskyInto, solveCholeskyInto } from "../../linalg/cholesky.ts";
import { multiply } from "../../linalg/dense.ts";
import { addRowProductsInto } from "../../linalg/row-products.ts";
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts";
import { mirrorInto } from "../glm/objective.ts";
import type { GeeSetup } from "./setup.ts";

/** What each person adds to the equations at the solution, without the scale. */
export interface PersonScores {
  readonly p: number;
  readonly people: number;
  /** people x p: D' V^-1 (y - mean) of each person. */
  readonly scores: Float64Array;
  /** people x p x p: D' V^-1 D of each person, where it was asked for. */
  readonly information: Float64Array | null;
  /** Their sum, p x p. */
  readonly total: Float64Array;
}

function addScoreInto(out: Float64Array, whitened: Float64Array, k: number, { start, rows }: GeeSetup): void {
  const { p } = rows;
  for (let e = start[k] * (p + 1); e < start[k + 1] * (p + 1); e += p + 1) {
    for (let j = 0; j < p; j++) out[k * p + j] += whitened[e + j] * whitened[e + p];
  }
}

/** The sums of each person from whitened rows [D residual]; their information only if `each`. */
export function personScores(setup: GeeSetup, whitened: Float64Array, each: boolean): PersonScores {
  const { p, nobs } = setup.rows;
  const { start, people } = setup;
  const scores = new Float64Array(people * p);
  const information = each ? new Float64Array(people * p * p) : null;
  const total = new Float64Array(p * p);
  for (let k = 0; k < people; k++) {
    addScoreInto(scores, whitened, k, setup);
    if (information === null) continue;
    const own = information.subarray(k * p * p, (k + 1) * p * p);
    addRowProductsInto(own, whitened, { width: p, stride: p + 1, from: start[k], to: start[k + 1] });
    mirrorInto(own, p);
  }
  addRowProductsInto(total, whitened, { width: p, stride: p + 1, from: 0, to: nobs });
  mirrorInto(total, p);
  return { p, people, scores, information, total };
}

/** The sum of v v' over the rows v of a people x p matrix. */
function meat(rows: Float64Array, p: number): Float64Array {
  const out = new Float64Array(p * p);
  addRowProductsInto(out, rows, { width: p, stride: p, from: 0, to: rows.length / p });
  mirrorInto(out, p);
  return out;
}

/** The sandwich of Liang & Zeger (1986): A^-1 (sum g g') A^-1. */
export function sandwich({ p, scores }: PersonScores, inverse: Float64Array): Float64Array {
  const size = { n: p, k: p, m: p };
  return multiply(multiply(inverse, meat(scores, p), size), inverse, size);
}

/** What person `k` adds to A. */
function informationOf({ p, information }: PersonScores, k: number): Float64Array {
  return information === null ? new Float64Array(p * p) : information.subarray(k * p * p, (k + 1) * p * p);
}

/** The score of a person corrected for its leverage, as A^-1 brings it to the coefficients; null at a leverage of 1. */
export type ScoreCorrection = (own: Float64Array, score: Float64Array) => Float64Array | null;

/** The sandwich of corrected scores; null when somebody's leverage is 1. */
export function correctedSandwich(sums: PersonScores, correct: ScoreCorrection | null): Float64Array | null {
  if (correct === null) return null;
  const { p, people, scores } = sums;
  const corrected = new Float64Array(people * p);
  for (let k = 0; k < people; k++) {
    const own = correct(informationOf(sums, k), scores.subarray(k * p, (k + 1) * p));
    if (own === null) return null;
    corrected.set(own, k * p);
  }
  return meat(corrected, p);
}

/** The correction of a small-sample sandwich; null when A is singular. */
export function scoreCorrection(
  se: "mancl-derouen" | "kauermann-carroll",
  total: Float64Array,
  p: number,
): ScoreCorrection | null {
  return se === "mancl-derouen" ? manclDeRouen(total, p) : kauermannCarroll(total, p);
}

/**
 * The correction of Mancl & DeRouen (2001), Biometrics 57, 126-134, equation 5.
 *
 * D'V^-1 (I - H)^-1 r = A (A - B)^-1 g, with B what the person adds to A, so matrices of the size of the
 * person are not needed, and the outer A cancels the sandwich's A^-1.
 */
function manclDeRouen(total: Float64Array, p: number): ScoreCorrection {
  const lower = new Float64Array(p * p);
  return (own, score) => {
    const left = total.map((value, e) => value - own[e]);
    if (!choleskyInto(lower, left, p) || nearlySingular(lower, total, p)) return null;
    const corrected = Float64Array.from(score);
    solveCholeskyInto(corrected, lower, p);
    return corrected;
  };
}

function nearlySingular(lower: Float64Array, total: Float64Array, p: number): boolean {
  for (let j = 0; j < p; j++) if (lower[j * p + j] ** 2 < 1e-10 * total[j * p + j]) return true;
  return false;
}

/** L^-1 for a lower triangular L. */
function invertLower(lower: Float64Array, p: number): Float64Array {
  const out = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    for (let i = j; i < p; i++) {
      let sum = i === j ? 1 : 0;
      for (let k = j; k < i; k++) sum -= lower[i * p + k] * out[k * p + j];
      out[i * p + j] = sum / lower[i * p + i];
    }
  }
  return out;
}

/**
 * The correction of Kauermann & Carroll (2001), J. Am. Stat. Assoc. 96, 1387-1396: scores with (I - H)^(-1/2) in place
 * of I.
 *
 * With A = L L' the person's H has the eigenvalues of L^-1 B L'^-1, so the root is taken of a p x p matrix.
 */
function kauermannCarroll(total: Float64Array, p: number): ScoreCorrection | null {
  const lower = new Float64Array(p * p);
  if (!choleskyInto(lower, total, p)) return null;
  const inverse = invertLower(lower, p);
  return (own, score) => {
    const turned = multiply(inverse, score, { n: p, k: p, m: 1 });
    const root = inverseRootTimes(rotated(inverse, own, p), turned);
    if (root === null) return null;
    const corrected = new Float64Array(p);
    // A^-1 L = L'^-1 brings the score back to the coefficients.
    for (let i = 0; i < p; i++) for (let j = i; j < p; j++) corrected[i] += inverse[j * p + i] * root[j];
    return corrected;
  };
}

/** T B T', symmetric. */
function rotated(transform: Float64Array, b: Float64Array, p: number): Float64Array {
  const half = multiply(transform, b, { n: p, k: p, m: p });
  const out = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k <= j; k++) sum += half[i * p + k] * transform[j * p + k];
      out[i * p + j] = sum;
      out[j * p + i] = sum;
    }
  }
  return out;
}

/** (I - H)^(-1/2) v for a symmetric H; null when an eigenvalue of H is 1. */
function inverseRootTimes(h: Float64Array, v: Float64Array): Float64Array | null {
  const p = v.length;
  const { values, vectors } = symmetricEigen(h, p);
  const out = new Float64Array(p);
  for (let c = 0; c < p; c++) {
    if (!(1 - values[c] > 1e-10)) return null;
    let along = 0;
    for (let i = 0; i < p; i++) along += vectors[i * p + c] * v[i];
    along /= Math.sqrt(1 - values[c]);
    for (let i = 0; i < p; i++) out[i] += along * vectors[i * p + c];
  }
  return out;
}
