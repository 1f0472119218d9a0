import { StatsError } from "../errors.ts";
import type { JointTest } from "../inference/joint-test.ts";
import { termIndex } from "../inference/term-names.ts";
import { waldRow } from "../inference/wald.ts";
import { fromRows, invertPositive } from "../linalg/dense.ts";
import type { Coefficient, FitCommon, Matrix } from "../models/fit.ts";
import { chiSquareUpper } from "../numeric/chi-square.ts";
import { fUpper } from "../numeric/distributions.ts";

import type { PooledFit } from "./pool.ts";
import { barnardRubinDf } from "./pool-rules.ts";

/** True for fits pooled over imputations, whose tests follow rules of their own. */
export function isPooled(fit: FitCommon): fit is PooledFit {
  return fit.estimator === "pooled" && "dfComplete" in fit;
}

/** The smallest complete-data degrees of freedom of the coefficients named; null when all are normal. */
function smallestDf(fit: PooledFit, places: readonly number[]): number | null {
  const known = places.map((place) => fit.dfComplete[place]).filter((df) => df !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function quadratic(matrix: PooledFit["vcov"], weights: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    for (let j = 0; j < weights.length; j++) sum += weights[i] * weights[j] * matrix[i][j];
  }
  return sum;
}

/**
 * A linear combination of pooled coefficients with its own fraction of missing information.
 *
 * The complete-data degrees of freedom are the smallest of the coefficients that take part.
 *
 * @param weights  weight by term.
 * @throws StatsError `fit.unknown-term`
 */
export function pooledContrast(
  fit: PooledFit,
  weights: Readonly<Record<string, number>>,
  { level = fit.level }: { readonly level?: number } = {},
): Coefficient & { readonly fmi: number } {
  const l = fit.fixed.map(() => 0);
  for (const [term, weight] of Object.entries(weights)) l[termIndex(fit, term)] += weight;
  const places = l.flatMap((weight, j) => (weight === 0 ? [] : [j]));
  const within = quadratic(fit.within, l);
  const extra = (1 + 1 / fit.m) * quadratic(fit.between, l);
  const total = within + extra;
  const df = barnardRubinDf(fit.m, total > 0 ? extra / total : 0, smallestDf(fit, places));
  const estimate = l.reduce((sum, weight, j) => sum + weight * fit.fixed[j].estimate, 0);
  const term = Object.entries(weights)
    .map(([name, weight]) => (weight === 1 ? name : `${weight}*${name}`))
    .join(" + ");
  const increase = extra / within;
  const fmi = (increase + (df === null ? 0 : 2 / (df + 3))) / (1 + increase);
  return { ...waldRow({ term, estimate, stdError: Math.sqrt(total), df }, level), fmi };
}

/** Li, Raghunathan & Rubin (1991), J. Am. Stat. Assoc. 86, 1065-1073, for complete data of any size. */
function largeSampleDf(t: number, k: number, r: number): number {
  if (t > 4) return 4 + (t - 4) * (1 + (1 - 2 / t) / r) ** 2;
  return (t * (1 + 1 / k) * (1 + 1 / r) ** 2) / 2;
}

/** Reiter (2007), Biometrika 94, 502-508, for complete data with `dfComplete` degrees of freedom. */
function smallSampleDf(t: number, r: number, dfComplete: number): number {
  const a = (r * t) / (t - 2);
  const v = ((dfComplete + 1) / (dfComplete + 3)) * dfComplete;
  const c0 = 1 / (t - 4);
  const c1 = v - 2 * (1 + a);
  const c2 = v - 4 * (1 + a);
  const z =
    1 / c2 +
    c0 * ((a ** 2 * c1) / ((1 + a) ** 2 * c2)) +
    c0 * ((8 * a ** 2 * c1) / ((1 + a) * c2 ** 2) + (4 * a ** 2) / ((1 + a) * c2)) +
    c0 * ((4 * a ** 2) / (c2 * c1) + (16 * a ** 2 * c1) / c2 ** 3) +
    c0 * ((8 * a ** 2) / c2 ** 2);
  return 4 + 1 / z;
}

function denominatorDf(m: number, k: number, r: number, dfComplete: number | null): number | null {
  if (k === 1) return barnardRubinDf(m, r / (1 + r), dfComplete);
  if (r <= 0) return dfComplete;
  const t = k * (m - 1);
  if (dfComplete === null || t <= 4) return largeSampleDf(t, k, r);
  const df = smallSampleDf(t, r, dfComplete);
  // Reiter's expansion turns negative when nearly all information is missing; the older rule stays positive.
  return df > 0 ? df : Math.min(dfComplete, largeSampleDf(t, k, r));
}

/** `L A L'` of contrasts by rows, n x n. */
function congruence(contrasts: Matrix, matrix: Matrix): Float64Array {
  return fromRows(
    contrasts.map((left) =>
      contrasts.map((right) => {
        let sum = 0;
        for (let i = 0; i < left.length; i++) {
          if (left[i] === 0) continue;
          for (let j = 0; j < right.length; j++) sum += left[i] * right[j] * matrix[i][j];
        }
        return sum;
      }),
    ),
  );
}

/**
 * The test that all contrasts of pooled coefficients are zero (the statistic called D1), each a row of weights.
 *
 * @throws StatsError `fit.no-terms` when there is none, or one is determined by the others
 */
export function pooledTestOfContrasts(
  fit: PooledFit,
  contrasts: Matrix,
  options: { readonly dfComplete?: number | null } = {},
): JointTest {
  const k = contrasts.length;
  const inverse = invertPositive(congruence(contrasts, fit.within), k);
  if (k === 0 || inverse === null) {
    throw new StatsError(
      "fit.no-terms",
      "Expected at least one term to test, none determined by the others; found none such. Name the fixed effects.",
    );
  }
  const between = congruence(contrasts, fit.between);
  const values = contrasts.map((l) => l.reduce((sum, weight, j) => sum + weight * fit.fixed[j].estimate, 0));
  let trace = 0;
  let wald = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      trace += between[i * k + j] * inverse[j * k + i];
      wald += values[i] * inverse[i * k + j] * values[j];
    }
  }
  const r = ((1 + 1 / fit.m) * trace) / k;
  const statistic = wald / (k * (1 + r));
  const places = fit.fixed.flatMap((_, j) => (contrasts.some((l) => l[j] !== 0) ? [j] : []));
  const dfComplete = options.dfComplete === undefined ? smallestDf(fit, places) : options.dfComplete;
  const df = denominatorDf(fit.m, k, r, dfComplete);
  const pValue = df === null ? chiSquareUpper(statistic * k, k) : fUpper(statistic, k, df);
  return { statistic, dfNumerator: k, dfDenominator: df, pValue };
}

/**
 * The test that all the given coefficients are zero, from pooled estimates (the statistic called D1).
 *
 * Takes the share of missing information as equal for all combinations of the coefficients.
 *
 * @param options  `dfComplete`: of the complete data; by default the smallest of the coefficients, null for
 *   infinite.
 * @throws StatsError `fit.unknown-term`, `fit.no-terms`
 */
export function pooledJointTest(
  fit: PooledFit,
  terms: readonly string[],
  options: { readonly dfComplete?: number | null } = {},
): JointTest {
  const places = [...new Set(terms.map((term) => termIndex(fit, term)))];
  const unit = (place: number) => fit.fixed.map((_, j) => (j === place ? 1 : 0));
  return pooledTestOfContrasts(fit, places.map(unit), options);
}
