import { multiply, transpose } from "../../linalg/dense.ts";
import { invertInformation } from "./information.ts";
import { type Moments, momentLikelihood } from "./likelihood.ts";
import type { SemRows } from "./model.ts";
import { type SemProblem, transformInformation } from "./objective.ts";
import { momentJacobian, observedMoments, type RamState } from "./ram.ts";
import { groupRows, scoreProducts } from "./robust.ts";
import { meanIndex, momentCount, vechIndex } from "./vech.ts";

/** What the rows add to a fit: the robust covariance of the estimates and the scale of the test. */
export interface RobustParts {
  readonly vcov: Float64Array;
  /** The factor that divides the chi-square, given each group's saturated moments; null where there is none. */
  readonly scaledBy: (saturated: readonly Moments[], df: number) => number | null;
}

interface RobustInput {
  readonly rows: SemRows;
  readonly states: readonly RamState[];
  /** The inverse of the observed information. */
  readonly inverse: Float64Array;
}

/** trace(A B) for symmetric matrices. */
function traceOfProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let e = 0; e < a.length; e++) sum += a[e] * b[e];
  return sum;
}

/** The moments that are estimated: all but those among the fixed covariates. */
function estimatedMoments(p: number, covariates: readonly number[]): number[] {
  const kept: number[] = [];
  for (let i = 0; i < p; i++) {
    if (!covariates.includes(i)) kept.push(meanIndex(i, p));
    for (let j = 0; j <= i; j++) {
      if (!(covariates.includes(i) && covariates.includes(j))) kept.push(vechIndex(i, j));
    }
  }
  return kept;
}

function selected(matrix: Float64Array, kk: number, kept: readonly number[]): Float64Array {
  const n = kept.length;
  const out = new Float64Array(n * n);
  for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) out[a * n + b] = matrix[kept[a] * kk + kept[b]];
  return out;
}

/**
 * The sandwich covariance of the estimates, H^-1 (sum of s s') H^-1 with observed information H, and the
 * scaling factor of the test as Mplus computes it: [tr(H1^-1 J1) - tr(H^-1 J)] / df.
 *
 * Yuan & Bentler (2000), Sociol. Methodol. 30, 165-200; Asparouhov & Muthen (2005), Multivariate stratified
 * sampling (the variant of the trace).
 */
export function robustParts(
  { structure, data }: SemProblem,
  { rows, states, inverse }: RobustInput,
  fixedCovariates: readonly string[],
): RobustParts | null {
  const { nobserved: p, nfree, groups } = structure;
  const kk = momentCount(p);
  const meat = new Float64Array(nfree * nfree);
  const byGroup = groups.map((_, g) => groupRows(rows, g, fixedCovariates));
  for (const [g, group] of groups.entries()) {
    const products = scoreProducts(byGroup[g], rows.columns, observedMoments(states[g], p));
    if (products === null) return null;
    const share = transformInformation(momentJacobian(group, states[g], { p, nfree }), products, kk);
    for (let e = 0; e < meat.length; e++) meat[e] += share[e];
  }
  const size = { n: nfree, k: nfree, m: nfree };
  const vcov = multiply(multiply(inverse, meat, size), transpose(inverse, nfree, nfree), size);
  const covariates = structure.variables
    .slice(0, p)
    .flatMap((v, i) => (fixedCovariates.includes(v) ? [i] : []));
  const kept = estimatedMoments(p, covariates);
  const scaledBy = (saturated: readonly Moments[], df: number): number | null => {
    let trace = -traceOfProduct(inverse, meat);
    for (const [g, moments] of saturated.entries()) {
      const products = scoreProducts(byGroup[g], rows.columns, moments);
      const information = momentLikelihood(data[g].patterns, moments, "observed")?.information;
      if (products === null || information == null) return null;
      const inverted = invertInformation(selected(information, kk, kept), kept.length);
      if (inverted === null) return null;
      trace += traceOfProduct(inverted.inverse, selected(products, kk, kept));
    }
    return trace > 0 ? trace / df : null;
  };
  return { vcov, scaledBy };
}
