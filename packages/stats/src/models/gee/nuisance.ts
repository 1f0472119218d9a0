import { dot } from "../../linalg/dense.ts";
import type { Family } from "../glm/family.ts";
import type { RegressionRows } from "../glm/setup.ts";
import { pearsonRows } from "./equations.ts";
import type { GeeSolution } from "./objective.ts";
import { classCorrelations } from "./pairs.ts";
import type { PersonScores } from "./sandwich.ts";
import type { GeeSetup } from "./setup.ts";

/** Standard errors of the correlations and of the scale (the latter in the units of the scaled outcome). */
export interface NuisanceErrors {
  readonly alpha: readonly number[];
  readonly phi: number;
}

/** The estimating equations of scale and correlation at the solution, person by person, and their derivatives. */
interface Stacked {
  /** people x 1 and people x classes. */
  readonly scaleScores: Float64Array;
  readonly alphaScores: Float64Array;
  /** Derivatives by the coefficients, signs turned; for the correlations one array each. */
  readonly scaleByBeta: Float64Array;
  readonly alphaByBeta: readonly Float64Array[];
  /** Derivatives of the scale's equation by the scale, of alpha's by the scale (q) and by alpha (q, diagonal). */
  scaleByScale: number;
  readonly alphaByScale: Float64Array;
  readonly alphaByAlpha: Float64Array;
}

function emptyStack(people: number, p: number, q: number): Stacked {
  return {
    scaleScores: new Float64Array(people),
    alphaScores: new Float64Array(people * q),
    scaleByBeta: new Float64Array(p),
    alphaByBeta: Array.from({ length: q }, () => new Float64Array(p)),
    scaleByScale: 0,
    alphaByScale: new Float64Array(q),
    alphaByAlpha: new Float64Array(q),
  };
}

/** The derivative of a Pearson residual by the linear predictor's step x is -(slope + r variance' / 2) x. */
function residualSlopes(setup: GeeSetup, family: Family, b: Float64Array) {
  const { residual, slope, varianceSlope } = pearsonRows(setup, family, b);
  const derivative = new Float64Array(residual.length);
  for (let i = 0; i < residual.length; i++) derivative[i] = -slope[i] - (residual[i] * varianceSlope[i]) / 2;
  return { residual, derivative };
}

/** Adds `factor` times row `i` of the design; by index, since a view of every row would cost more than its sum. */
function addRowInto(out: Float64Array, { x, p }: RegressionRows, i: number, factor: number): void {
  for (let j = 0; j < p; j++) out[j] += factor * x[i * p + j];
}

function addRowsInto(out: Float64Array, rows: RegressionRows, factors: Float64Array): void {
  for (let i = 0; i < factors.length; i++) addRowInto(out, rows, i, factors[i]);
}

interface At {
  readonly residual: Float64Array;
  readonly derivative: Float64Array;
  readonly phi: number;
}

function addScaleInto(stack: Stacked, setup: GeeSetup, at: At): void {
  const { rows, start, people } = setup;
  const { weights } = rows;
  const { residual, derivative, phi } = at;
  const factors = new Float64Array(rows.nobs);
  for (let k = 0; k < people; k++) {
    let score = 0;
    for (let i = start[k]; i < start[k + 1]; i++) {
      const weighted = weights[i] * residual[i];
      factors[i] = -2 * weighted * derivative[i];
      score += weighted * residual[i] - weights[i] * phi;
      stack.scaleByScale += weights[i];
    }
    stack.scaleScores[k] = score;
  }
  addRowsInto(stack.scaleByBeta, rows, factors);
}

function addPairsInto(stack: Stacked, setup: GeeSetup, at: At, alpha: Float64Array): void {
  const { pairs, rows, start } = setup;
  const { weights } = rows;
  const { rho, slope } = classCorrelations(pairs, alpha);
  const q = alpha.length;
  const { residual: r, derivative, phi } = at;
  // One correlation for all pairs: each row is added once, with the sum over its pairs.
  const rowFactors = new Float64Array(rows.nobs);
  let pair = 0;
  for (let k = 0; k < setup.people; k++) {
    for (let i = start[k]; i < start[k + 1]; i++) {
      for (let j = i + 1; j < start[k + 1]; j++) {
        const c = pairs.classOf === null ? 0 : pairs.classOf[pair++];
        const a = q === 1 ? 0 : c;
        const e = slope[c] * weights[i] * weights[j];
        const z = (r[i] * r[j]) / phi;
        stack.alphaScores[k * q + a] += e * (z - rho[c]);
        stack.alphaByAlpha[a] += e * slope[c];
        stack.alphaByScale[a] += (e * z) / phi;
        const byI = (-e * derivative[i] * r[j]) / phi;
        const byJ = (-e * derivative[j] * r[i]) / phi;
        if (q === 1) {
          rowFactors[i] += byI;
          rowFactors[j] += byJ;
        } else {
          addRowInto(stack.alphaByBeta[a], rows, i, byI);
          addRowInto(stack.alphaByBeta[a], rows, j, byJ);
        }
      }
    }
  }
  if (q === 1) addRowsInto(stack.alphaByBeta[0], rows, rowFactors);
}

/** Writes A^-1 g of person `k`: what the person changes in the coefficients. */
function influenceInto(
  out: Float64Array,
  { scores, p }: PersonScores,
  inverse: Float64Array,
  k: number,
): void {
  for (let i = 0; i < p; i++) {
    let sum = 0;
    for (let j = 0; j < p; j++) sum += inverse[i * p + j] * scores[k * p + j];
    out[i] = sum;
  }
}

/** Adds up the squared influences of the people on scale and correlations. */
function variances(stack: Stacked, sums: PersonScores, inverse: Float64Array) {
  const q = stack.alphaByScale.length;
  const beta = new Float64Array(sums.p);
  const alpha = new Float64Array(q);
  let phi = 0;
  for (let k = 0; k < sums.people; k++) {
    influenceInto(beta, sums, inverse, k);
    const scale = (stack.scaleScores[k] - dot(stack.scaleByBeta, beta)) / stack.scaleByScale;
    phi += scale * scale;
    for (let c = 0; c < q; c++) {
      const passed = dot(stack.alphaByBeta[c], beta) + stack.alphaByScale[c] * scale;
      alpha[c] += ((stack.alphaScores[k * q + c] - passed) / stack.alphaByAlpha[c]) ** 2;
    }
  }
  return { phi, alpha };
}

/**
 * Robust standard errors of scale and correlation: the sandwich of the three sets of equations stacked, whose
 * derivative is block triangular, so each person's influence on the coefficients passes to the scale and both
 * pass to the correlation.
 *
 * Yan & Fine (2004), Stat. Med. 23, 859-874, section 3. The derivatives of the residuals are exact; geepack
 * 1.3.9 codes others, which for binomial outcomes give much larger standard errors than a jackknife does.
 */
export function nuisanceErrors(
  setup: GeeSetup,
  family: Family,
  { b, alpha, phi }: Pick<GeeSolution, "b" | "alpha" | "phi">,
  { sums, inverse }: { readonly sums: PersonScores; readonly inverse: Float64Array },
): NuisanceErrors {
  const stack = emptyStack(sums.people, sums.p, alpha.length);
  const at = { ...residualSlopes(setup, family, b), phi };
  addScaleInto(stack, setup, at);
  if (alpha.length > 0) addPairsInto(stack, setup, at, alpha);
  const found = variances(stack, sums, inverse);
  return { phi: Math.sqrt(found.phi), alpha: Array.from(found.alpha, Math.sqrt) };
}
