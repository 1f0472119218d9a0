import { StatsError } from "../../errors.ts";
import type { JointTest } from "../../inference/joint-test.ts";
import { termIndex } from "../../inference/term-names.ts";
import { fromRows, invertPositive, multiply, transpose } from "../../linalg/dense.ts";
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts";
import { fUpper } from "../../numeric/distributions.ts";
import type { FitData } from "../../table/table.ts";
import type { LmmFit } from "./result.ts";
import { robustSandwich } from "./robust.ts";
import type { ClusterForms } from "./robust-df.ts";

/** The forms of one cluster in the contrasts tested. */
interface ContrastForms {
  /** q x q. */
  readonly own: Float64Array;
  /** p x q: h of each contrast. */
  readonly spread: Float64Array;
  /** q x q: h'h. */
  readonly gram: Float64Array;
}

/** The forms of a cluster at contrasts that stand in the columns of `a`, p x q. */
function formsAt({ own, leverage }: ClusterForms, a: Float64Array, q: number): ContrastForms {
  const p = a.length / q;
  const transposed = transpose(a, p, q);
  const spread = multiply(leverage, a, { n: p, k: p, m: q });
  return {
    own: multiply(transposed, multiply(own, a, { n: p, k: p, m: q }), { n: q, k: p, m: q }),
    spread,
    gram: multiply(transpose(spread, p, q), spread, { n: q, k: p, m: q }),
  };
}

/** Omega^-1/2 of the expected covariance of the contrasts, q x q. */
function inverseRoot(forms: readonly ContrastForms[], q: number): Float64Array {
  const expected = new Float64Array(q * q);
  for (const { own, gram } of forms) for (let e = 0; e < q * q; e++) expected[e] += own[e] - gram[e];
  const { values, vectors } = symmetricEigen(expected, q);
  const out = new Float64Array(q * q);
  for (let e = 0; e < q; e++) {
    for (let i = 0; i < q; i++) {
      for (let j = 0; j < q; j++) {
        out[i * q + j] += (vectors[i * q + e] * vectors[j * q + e]) / Math.sqrt(values[e]);
      }
    }
  }
  return out;
}

/** The sum over pairs (s, t) of sum_ij P_ij^ss P_ij^tt + P_ij^st P_ij^ts, with P_ij^st = [i = j] k_i^st - h_i^s' h_j^t. */
function totalVariance(forms: readonly ContrastForms[], q: number): number {
  const p = forms[0].spread.length / q;
  let total = 0;
  for (let s = 0; s < q; s++) {
    for (let t = 0; t < q; t++) {
      const outer = new Float64Array(p * p);
      for (const { own, gram, spread } of forms) {
        const [ss, tt, st] = [s * q + s, t * q + t, s * q + t];
        total += (own[ss] - gram[ss]) * (own[tt] - gram[tt]) - gram[ss] * gram[tt];
        total += (own[st] - gram[st]) ** 2 - gram[st] ** 2;
        for (let i = 0; i < p; i++) {
          for (let j = 0; j < p; j++) outer[i * p + j] += spread[i * q + s] * spread[j * q + t];
        }
      }
      for (let i = 0; i < p; i++) {
        for (let j = 0; j < p; j++) total += outer[i * p + j] * (outer[i * p + j] + outer[j * p + i]);
      }
    }
  }
  return total;
}

function waldStatistic(fit: LmmFit, indexes: readonly number[]): number {
  const q = indexes.length;
  const inverse = invertPositive(fromRows(indexes.map((i) => indexes.map((j) => fit.vcov[i][j]))), q);
  if (inverse === null) return Number.NaN;
  let sum = 0;
  indexes.forEach((i, a) => {
    indexes.forEach((j, b) => {
      sum += fit.fixed[i].estimate * inverse[a * q + b] * fit.fixed[j].estimate;
    });
  });
  return sum;
}

/**
 * The test that all the given fixed effects of a robust fit are zero: clubSandwich's HTZ, an approximation by
 * Hotelling's T squared whose degrees of freedom match the variance of the robust covariance.
 *
 * `jointTest` needs no rows and differs little with many people; with few this one keeps its level better. NaN
 * where there are too few people for so many effects.
 *
 * @throws StatsError `fit.no-terms`, `fit.unknown-term`, `fit.other-data`, `lmm.option` for a fit that is not robust
 * Pustejovsky & Tipton (2018), J. Bus. Econ. Stat. 36, 672-683, section 3.2.
 */
export function robustJointTest(fit: LmmFit, data: FitData, terms: readonly string[]): JointTest {
  if (terms.length === 0) {
    throw new StatsError(
      "fit.no-terms",
      "Expected at least one term to test; found none. Name the fixed effects.",
    );
  }
  if (fit.se === "model") {
    throw new StatsError(
      "lmm.option",
      'Expected a fit with se "cr0", "cr1" or "cr2"; found "model". Use jointTest.',
    );
  }
  const indexes = [...new Set(terms.map((term) => termIndex(fit, term)))];
  const q = indexes.length;
  const p = fit.fixed.length;
  const { forms, back } = robustSandwich(fit, data, fit.se);
  const contrasts = Float64Array.from(
    { length: p * q },
    (_, e) => back[indexes[e % q] * p + Math.floor(e / q)],
  );
  const plain = forms.map((form) => formsAt(form, contrasts, q));
  const rotated = multiply(contrasts, inverseRoot(plain, q), { n: p, k: q, m: q });
  const eta =
    (q * (q + 1)) /
    totalVariance(
      forms.map((form) => formsAt(form, rotated, q)),
      q,
    );
  const dfDenominator = eta - q + 1;
  const statistic = (waldStatistic(fit, indexes) * dfDenominator) / (eta * q);
  if (!(dfDenominator > 0 && Number.isFinite(statistic))) {
    return { statistic: Number.NaN, dfNumerator: q, dfDenominator: null, pValue: Number.NaN };
  }
  return { statistic, dfNumerator: q, dfDenominator, pValue: fUpper(statistic, q, dfDenominator) };
}
