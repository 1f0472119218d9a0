import { choleskyInto, solveCholeskyInto } from "../linalg/cholesky.ts";
import { symmetricEigen } from "../linalg/symmetric-eigen.ts";
import { isPooled, pooledTestOfContrasts } from "../missing/pool-tests.ts";
import type { Matrix } from "../models/fit.ts";
import type { KenwardRoger } from "../models/lmm/result.ts";
import { chiSquareUpper } from "../numeric/chi-square.ts";
import { fUpper } from "../numeric/distributions.ts";
import { contrastDf, type TestableFit } from "./contrast-df.ts";

export interface JointTest {
  /** F, or chi-square divided by its degrees of freedom when the fit has none. */
  readonly statistic: number;
  readonly dfNumerator: number;
  readonly dfDenominator: number | null;
  readonly pValue: number;
}

/** Denominator df of a sum of squared t statistics with the df `parts` (Fai & Cornelius 1996). */
function poolDf(parts: readonly number[]): number {
  if (parts.every((df) => Math.abs(df - parts[0]) < 1e-8 * parts[0])) return parts[0];
  if (parts.some((df) => df <= 2)) return 2;
  const expected = parts.reduce((sum, df) => sum + df / (df - 2), 0);
  return (2 * expected) / (expected - parts.length);
}

/** `L A L'` of contrasts by rows, n x n. */
function congruence(contrasts: Matrix, matrix: Matrix): Float64Array {
  const n = contrasts.length;
  const half = contrasts.map((l) =>
    matrix.map((row) => row.reduce((sum, value, j) => sum + value * l[j], 0)),
  );
  return Float64Array.from({ length: n * n }, (_, e) =>
    contrasts[e % n].reduce((sum, value, j) => sum + value * half[Math.floor(e / n)][j], 0),
  );
}

function estimates(fit: TestableFit, contrasts: Matrix): number[] {
  return contrasts.map((l) => l.reduce((sum, weight, j) => sum + weight * fit.fixed[j].estimate, 0));
}

/** Below this share of a full-rank correlation matrix's eigenvalue one the contrasts' covariance is singular. */
const RANK_TOLERANCE = 1e-11;

/**
 * True unless the covariance of contrasts, n x n by rows, is positive definite: with robust standard errors its rank
 * is at most the number of people.
 */
function isSingular(covariance: Float64Array, n: number): boolean {
  const scaled = covariance.map(
    (value, e) => value / Math.sqrt(covariance[Math.floor(e / n) * (n + 1)] * covariance[(e % n) * (n + 1)]),
  );
  if (!scaled.every(Number.isFinite)) return true;
  return symmetricEigen(scaled, n).values.some((value) => value < RANK_TOLERANCE);
}

/** A test that the data do not allow. */
function noTest(n: number): JointTest {
  return { statistic: Number.NaN, dfNumerator: n, dfDenominator: null, pValue: Number.NaN };
}

/** The contrasts turned so that their estimates are uncorrelated: a sum of squared t statistics. */
function pooledTest(fit: TestableFit, contrasts: Matrix): JointTest {
  const n = contrasts.length;
  const covariance = congruence(contrasts, fit.vcov);
  if (isSingular(covariance, n)) return noTest(n);
  const { values, vectors } = symmetricEigen(covariance, n);
  let total = 0;
  const dfs: (number | null)[] = [];
  for (let e = 0; e < n; e++) {
    const l = fit.fixed.map((_, j) =>
      contrasts.reduce((sum, row, i) => sum + vectors[i * n + e] * row[j], 0),
    );
    const [estimate] = estimates(fit, [l]);
    total += (estimate * estimate) / values[e];
    dfs.push(contrastDf(fit, l));
  }
  const known = dfs.filter((df) => df !== null);
  const dfDenominator = known.length === n ? poolDf(known) : null;
  const statistic = total / n;
  const pValue = dfDenominator === null ? chiSquareUpper(total, n) : fUpper(statistic, n, dfDenominator);
  return { statistic, dfNumerator: n, dfDenominator, pValue };
}

/** A^-1 B for a symmetric positive definite A, n x n by rows. */
function solve(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n);
  choleskyInto(lower, a, n);
  const out = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const column = Float64Array.from({ length: n }, (_, i) => b[i * n + j]);
    solveCholeskyInto(column, lower, n);
    for (let i = 0; i < n; i++) out[i * n + j] = column[i];
  }
  return out;
}

/**
 * The two sums over pairs of variance parameters on which the approximating F distribution rests:
 * A1 = sum W tr(M_r) tr(M_s) and A2 = sum W tr(M_r M_s), M_r = (L Phi L')^-1 L dPhi_r L'.
 */
function approximationSums(parts: KenwardRoger, contrasts: Matrix): readonly [number, number] {
  const n = contrasts.length;
  const phi = congruence(contrasts, parts.vcovUnadjusted);
  const matrices = parts.dVcov.map((derivative) => solve(phi, congruence(contrasts, derivative), n));
  const traces = matrices.map((matrix) =>
    matrix.reduce((sum, v, e) => (e % (n + 1) === 0 ? sum + v : sum), 0),
  );
  let [a1, a2] = [0, 0];
  matrices.forEach((left, r) => {
    matrices.forEach((right, s) => {
      let both = 0;
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) both += left[i * n + j] * right[j * n + i];
      a1 += parts.vcovParameters[r][s] * traces[r] * traces[s];
      a2 += parts.vcovParameters[r][s] * both;
    });
  });
  return [a1, a2];
}

/**
 * The scale of F and its denominator df, chosen so that the first two moments are those of F and exact in
 * balanced cases. Kenward & Roger (1997), Biometrics 53, 983-997, section 3.
 */
function scaledF([a1, a2]: readonly [number, number], n: number): { scale: number; df: number } {
  const g = ((n + 1) * a1 - (n + 4) * a2) / ((n + 2) * a2);
  const b = (a1 + 6 * a2) / (2 * n);
  const denominator = 3 * n + 2 * (1 - g);
  const [c1, c2, c3] = [g, n - g, n + 2 - g].map((value) => value / denominator);
  const rest = 1 - a2 / n;
  const [v0, v1, v2] = [1 + c1 * b, 1 - c2 * b, 1 - c3 * b];
  // In balanced cases both vanish together, and their ratio is one.
  const ratio = Math.abs(rest) < 1e-14 && Math.abs(v1) < 1e-14 ? 1 : rest / v1;
  const rho = (ratio * ratio * (Math.abs(v0) < 1e-10 ? 0 : v0)) / v2 / n;
  const df = 4 + (n + 2) / (n * rho - 1);
  const scale = Math.abs(df - 2) < 1e-2 ? 1 : (df * rest) / (df - 2);
  return { scale, df };
}

/** The Wald F of the adjusted covariance, scaled. */
function kenwardRogerTest(fit: TestableFit, parts: KenwardRoger, contrasts: Matrix): JointTest {
  const n = contrasts.length;
  const values = estimates(fit, contrasts);
  const solved = Float64Array.from(values);
  const lower = new Float64Array(n * n);
  choleskyInto(lower, congruence(contrasts, fit.vcov), n);
  solveCholeskyInto(solved, lower, n);
  const wald = values.reduce((sum, value, i) => sum + value * solved[i], 0);
  const { scale, df } = scaledF(approximationSums(parts, contrasts), n);
  const statistic = (scale * wald) / n;
  return { statistic, dfNumerator: n, dfDenominator: df, pValue: fUpper(statistic, n, df) };
}

/**
 * The test that all contrasts are zero, each a row of weights in the order of `fit.fixed`; they must be
 * linearly independent.
 *
 * Kenward and Roger's F where the fit has their degrees of freedom; else Fai & Cornelius (1996), J. Stat.
 * Comput. Simul. 54, 363-378, as in lmerTest. NaN where the covariance of the contrasts is singular, as a robust one
 * is with fewer people than contrasts. Fits pooled over imputations have their own test.
 */
export function testOfContrasts(fit: TestableFit, contrasts: Matrix): JointTest {
  if (isPooled(fit)) return pooledTestOfContrasts(fit, contrasts);
  return fit.kenwardRoger ? kenwardRogerTest(fit, fit.kenwardRoger, contrasts) : pooledTest(fit, contrasts);
}
