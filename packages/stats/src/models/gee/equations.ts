import { addRowProductsInto } from "../../linalg/row-products.ts";
import type { Family } from "../glm/family.ts";
import { linearPredictor, mirrorInto } from "../glm/objective.ts";
import { type PairSums, whitening } from "./correlation.ts";
import type { GeeSetup } from "./setup.ts";

/** The estimating equations of the coefficients: step = information^-1 score, both without the scale. */
interface ScoreSums {
  /** sum D' V^-1 D, p x p by rows. */
  readonly information: Float64Array;
  /** sum D' V^-1 (y - mean). */
  readonly score: Float64Array;
}

/** What the residuals say of scale and correlation. */
interface ResidualSums {
  /** sum of w r^2 over sum of w. */
  readonly phi: number;
  readonly pairs: PairSums;
}

/** The equations of a GEE, whatever they are computed from. */
export interface Equations {
  /** Null when `alpha` is no possible correlation. */
  score(b: Float64Array, alpha: Float64Array): ScoreSums | null;
  residuals(b: Float64Array): ResidualSums;
}

/** Pearson residuals (y - mean) / sqrt(variance) and the derivative of the mean over sqrt(variance). */
export interface PearsonRows {
  readonly residual: Float64Array;
  readonly slope: Float64Array;
  /** 1 - 2 mean for binomial, 0 for gaussian: the derivative of the variance by the mean. */
  readonly varianceSlope: Float64Array;
}

/** The rows at the coefficients `b`. */
export function pearsonRows({ rows }: GeeSetup, family: Family, b: Float64Array): PearsonRows {
  const { x, y, nobs } = rows;
  const residual = new Float64Array(nobs);
  const slope = new Float64Array(nobs).fill(1);
  const varianceSlope = new Float64Array(nobs);
  for (let i = 0; i < nobs; i++) {
    const eta = linearPredictor(x, b, i);
    if (family === "gaussian") {
      residual[i] = y[i] - eta;
      continue;
    }
    const odds = Math.exp(-Math.abs(eta));
    const likely = 1 / (1 + odds);
    const mean = eta >= 0 ? likely : odds * likely;
    const against = eta >= 0 ? odds * likely : likely;
    slope[i] = Math.sqrt(odds) * likely;
    // Without subtraction, a mean near 1 keeps its digits.
    residual[i] = (y[i] === 1 ? against : -mean) / slope[i];
    varianceSlope[i] = against - mean;
  }
  return { residual, slope, varianceSlope };
}

/** The sums of the residual products in each class of pairs. */
function pairSums(setup: GeeSetup, residual: Float64Array): PairSums {
  const { rows, start, people, pairs } = setup;
  const products = new Float64Array(pairs.classes);
  const weights = new Float64Array(pairs.classes);
  const w = rows.weights;
  if (pairs.count === 0) return { products, weights };
  let pair = 0;
  for (let k = 0; k < people; k++) {
    for (let i = start[k]; i < start[k + 1]; i++) {
      for (let j = i + 1; j < start[k + 1]; j++) {
        const c = pairs.classOf === null ? 0 : pairs.classOf[pair++];
        products[c] += w[i] * w[j] * residual[i] * residual[j];
        weights[c] += w[i] * w[j];
      }
    }
  }
  return { products, weights };
}

/** The weighted mean of the squared Pearson residuals. */
function scaleOfResiduals({ rows }: GeeSetup, residual: Float64Array): number {
  let squares = 0;
  let total = 0;
  for (let i = 0; i < residual.length; i++) {
    squares += rows.weights[i] * residual[i] * residual[i];
    total += rows.weights[i];
  }
  return squares / total;
}

/** D and the residuals side by side, row after row, weighted and whitened; null for an impossible `alpha`. */
export function whitenedRows(
  setup: GeeSetup,
  { family, correlation }: { readonly family: Family; readonly correlation: string },
  { b, alpha }: { readonly b: Float64Array; readonly alpha: Float64Array },
  pearson: PearsonRows = pearsonRows(setup, family, b),
): Float64Array | null {
  const whitenInto = whitening(setup, correlation, alpha);
  if (whitenInto === null) return null;
  const { x, nobs, p, weights } = setup.rows;
  const { residual, slope } = pearson;
  const m = p + 1;
  const out = new Float64Array(nobs * m);
  for (let i = 0; i < nobs; i++) {
    const root = Math.sqrt(weights[i]);
    const factor = root * slope[i];
    for (let j = 0; j < p; j++) out[i * m + j] = factor * x[i * p + j];
    out[i * m + p] = root * residual[i];
  }
  whitenInto(out, m);
  return out;
}

/** The equations from the rows: for any family, correlation and weights. */
export function rowEquations(
  setup: GeeSetup,
  model: { readonly family: Family; readonly correlation: string },
): Equations {
  const { p } = setup.rows;
  // The residuals of a step are asked for first, and the score of the next step at the same coefficients after.
  let last: { readonly b: Float64Array; readonly pearson: PearsonRows } | null = null;
  const pearsonAt = (b: Float64Array): PearsonRows => {
    if (last?.b !== b) last = { b, pearson: pearsonRows(setup, model.family, b) };
    return last.pearson;
  };
  return {
    score(b, alpha) {
      const whitened = whitenedRows(setup, model, { b, alpha }, pearsonAt(b));
      return whitened === null ? null : sumsOf(whitened, p);
    },
    residuals(b) {
      const { residual } = pearsonAt(b);
      return { phi: scaleOfResiduals(setup, residual), pairs: pairSums(setup, residual) };
    },
  };
}

function sumsOf(whitened: Float64Array, p: number): ScoreSums {
  const m = p + 1;
  const information = new Float64Array(p * p);
  const score = new Float64Array(p);
  for (let e = 0; e < whitened.length; e += m) {
    const residual = whitened[e + p];
    for (let j = 0; j < p; j++) score[j] += whitened[e + j] * residual;
  }
  addRowProductsInto(information, whitened, { width: p, stride: m, from: 0, to: whitened.length / m });
  mirrorInto(information, p);
  return { information, score };
}
