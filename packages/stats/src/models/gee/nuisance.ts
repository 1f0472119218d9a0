import type { Family } from "../glm/family.ts";
import { pearsonRows } from "./equations.ts";
import type { GeeSolution } from "./objective.ts";
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
  /** Derivatives by the coefficients: 1 x p and q x p (signs turned). */
  readonly scaleByBeta: Float64Array;
  readonly alphaByBeta: Float64Array;
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
    alphaByBeta: new Float64Array(q * p),
    scaleByScale: 0,
    alphaByScale: new Float64Array(q),
    alphaByAlpha: new Float64Array(q),
  };
}

/** rho and its derivative by alpha, for each class of pairs. */
function classCorrelations({ pairs }: GeeSetup, alpha: Float64Array) {
  const power = alpha.length === 1;
  const rho = pairs.distance.map((d, c) => (power ? alpha[0] ** d : alpha[c]));
  const slope = pairs.distance.map((d) => (power ? d * alpha[0] ** (d - 1) : 1));
  return { rho, slope };
}

/** The derivative of a Pearson residual by the linear predictor's step x is -(slope + r variance' / 2) x. */
function residualSlopes(setup: GeeSetup, family: Family, b: Float64Array) {
  const { residual, slope, varianceSlope } = pearsonRows(setup, family, b);
  const derivative = residual.map((r, i) => -slope[i] - (r * varianceSlope[i]) / 2);
  return { residual, derivative };
}

function addRowInto(out: Float64Array, offset: number, x: Float64Array, factor: number): void {
  for (let j = 0; j < x.length; j++) out[offset + j] += factor * x[j];
}

interface At {
  readonly residual: Float64Array;
  readonly derivative: Float64Array;
  readonly phi: number;
}

function addScaleInto(stack: Stacked, setup: GeeSetup, at: At): void {
  const { x, p, weights } = setup.rows;
  for (let k = 0; k < setup.people; k++) {
    for (let i = setup.start[k]; i < setup.start[k + 1]; i++) {
      const r = at.residual[i];
      stack.scaleScores[k] += weights[i] * (r * r - at.phi);
      stack.scaleByScale += weights[i];
      const factor = -2 * weights[i] * r * at.derivative[i];
      addRowInto(stack.scaleByBeta, 0, x.subarray(i * p, (i + 1) * p), factor);
    }
  }
}

function addPairsInto(stack: Stacked, setup: GeeSetup, at: At, alpha: Float64Array): void {
  const { pairs, rows, start } = setup;
  const { x, p, weights } = rows;
  const { rho, slope } = classCorrelations(setup, alpha);
  const q = alpha.length;
  const { residual: r, derivative, phi } = at;
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
        addRowInto(stack.alphaByBeta, a * p, x.subarray(i * p, (i + 1) * p), (-e * derivative[i] * r[j]) / phi);
        addRowInto(stack.alphaByBeta, a * p, x.subarray(j * p, (j + 1) * p), (-e * derivative[j] * r[i]) / phi);
      }
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}

/**
 * Robust standard errors of scale and correlation: the sandwich of the three sets of equations stacked, whose
 * derivative is block triangular, so each person's influence on the coefficients passes to the scale and both
 * pass to the correlation.
 *
 * Yan & Fine (2004), Stat. Med. 23, 859-874, section 3.
 */
export function nuisanceErrors(
  setup: GeeSetup,
  family: Family,
  { b, alpha, phi }: Pick<GeeSolution, "b" | "alpha" | "phi">,
  { sums, inverse }: { readonly sums: PersonScores; readonly inverse: Float64Array },
): NuisanceErrors {
  const { p, people } = sums;
  const q = alpha.length;
  const stack = emptyStack(people, p, q);
  const at = { ...residualSlopes(setup, family, b), phi };
  addScaleInto(stack, setup, at);
  if (q > 0) addPairsInto(stack, setup, at, alpha);
  let phiVariance = 0;
  const alphaVariance = new Float64Array(q);
  for (let k = 0; k < people; k++) {
    const score = sums.scores.subarray(k * p, (k + 1) * p);
    const beta = Float64Array.from({ length: p }, (_, i) => dot(inverse.subarray(i * p, (i + 1) * p), score));
    const scale = (stack.scaleScores[k] - dot(stack.scaleByBeta, beta)) / stack.scaleByScale;
    phiVariance += scale * scale;
    for (let c = 0; c < q; c++) {
      const passed = dot(stack.alphaByBeta.subarray(c * p, (c + 1) * p), beta) + stack.alphaByScale[c] * scale;
      alphaVariance[c] += ((stack.alphaScores[k * q + c] - passed) / stack.alphaByAlpha[c]) ** 2;
    }
  }
  return { phi: Math.sqrt(phiVariance), alpha: Array.from(alphaVariance, Math.sqrt) };
}
