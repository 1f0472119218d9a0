import { multiply, transpose } from "../../linalg/dense.ts";
import { invertInformation } from "./information.ts";
import { momentLikelihood } from "./likelihood.ts";
import type { GroupScores, SemGroupData } from "./model.ts";
import { type SemProblem, transformInformation } from "./objective.ts";
import { momentJacobian, type RamState } from "./ram.ts";
import type { Saturated } from "./saturated.ts";
import { meanIndex, momentCount, vechIndex } from "./vech.ts";

/** What the rows add to a fit: the robust covariance of the estimates and the scale of the test. */
export interface RobustParts {
  readonly vcov: Float64Array;
  /** What the chi-square is expected to be if the model holds: df where rows are normal. Null where there is none. */
  readonly expectedChiSquare: number | null;
}

interface RobustInput {
  /** For each group. */
  readonly scores: readonly GroupScores[];
  readonly states: readonly RamState[];
  readonly saturated: readonly (Saturated | null)[];
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
 * expected test as Mplus computes it, df times its scaling factor: tr(H1^-1 J1) - tr(H^-1 J).
 *
 * Yuan & Bentler (2000), Sociol. Methodol. 30, 165-200; Asparouhov & Muthen (2005), Multivariate stratified
 * sampling (the variant of the trace).
 */
export function robustParts(
  { structure, data }: SemProblem,
  { scores, states, saturated, inverse }: RobustInput,
  fixedCovariates: readonly string[],
): RobustParts {
  const { nobserved: p, nfree, groups, variables } = structure;
  const meat = new Float64Array(nfree * nfree);
  for (const [g, group] of groups.entries()) {
    const jacobian = momentJacobian(group, states[g], { p, nfree });
    const share = transformInformation(jacobian, scores[g].model, momentCount(p));
    for (let e = 0; e < meat.length; e++) meat[e] += share[e];
  }
  const size = { n: nfree, k: nfree, m: nfree };
  const vcov = multiply(multiply(inverse, meat, size), transpose(inverse, nfree, nfree), size);
  const covariates = fixedCovariates.map((name) => variables.indexOf(name));
  const free = data.map((group, g) => saturatedTrace(group, scores[g].saturated, saturated[g], covariates));
  const total = free.reduce<number | null>(
    (sum, own) => (sum === null || own === null ? null : sum + own),
    0,
  );
  const expected = total === null ? null : total - traceOfProduct(inverse, meat);
  return { vcov, expectedChiSquare: expected !== null && expected > 0 ? expected : null };
}

/** tr(H1^-1 J1) of one group at its saturated moments. */
function saturatedTrace(
  { patterns }: SemGroupData,
  products: Float64Array | null,
  saturated: Saturated | null,
  covariates: readonly number[],
): number | null {
  if (products === null || saturated === null) return null;
  const { moments } = saturated;
  const p = moments.mean.length;
  const information = momentLikelihood(patterns, moments, "observed")?.information;
  if (information == null) return null;
  const kept = estimatedMoments(p, covariates);
  const inverted = invertInformation(selected(information, momentCount(p), kept), kept.length);
  return inverted === null
    ? null
    : traceOfProduct(inverted.inverse, selected(products, momentCount(p), kept));
}
