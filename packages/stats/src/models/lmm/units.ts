import { INTERCEPT } from "../../frame/design.ts";
import type { Matrix } from "../fit.ts";
import type { Block, LmmShape } from "./setup.ts";

/** Undoes the shift and scale of the design: fixed effects are `yScale R beta`, R p x p by rows. */
export function fixedTransform({ names, hasIntercept, xScale }: LmmShape): Float64Array {
  const p = names.length;
  const transform = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    transform[j * p + j] = 1 / xScale[j].scale;
    if (hasIntercept) transform[j] -= xScale[j].shift / xScale[j].scale;
  }
  return transform;
}

/** The same for the random effects of one block: u = yScale M u. */
export function randomTransform({ zScale }: LmmShape, block: Block): Float64Array {
  const n = block.names.length;
  const transform = new Float64Array(n * n);
  const intercept = block.names.indexOf(INTERCEPT);
  for (let j = 0; j < n; j++) {
    const { shift, scale } = zScale[block.start + j];
    transform[j * n + j] = 1 / scale;
    if (intercept >= 0 && j !== intercept) transform[intercept * n + j] = -shift / scale;
  }
  return transform;
}

/** `T A T'` as rows, times `factor`. */
export function congruence(transform: Float64Array, a: Float64Array, factor: number): number[][] {
  const n = Math.round(Math.sqrt(a.length));
  const half = product(transform, a, n);
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += half[i * n + k] * transform[j * n + k];
      return factor * sum;
    }),
  );
}

/** `A B` of two n x n matrices by rows. */
export function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) out[i * n + j] += a[i * n + k] * b[k * n + j];
    }
  }
  return out;
}

/** What the scaling took from -2 log-likelihood: nu log(scale_y^2), and log det of the design's scaling under REML. */
export function devianceShift(setup: LmmShape, nu: number, reml: boolean): number {
  const design = reml ? setup.xScale.reduce((sum, { scale }) => sum + 2 * Math.log(scale), 0) : 0;
  return 2 * nu * Math.log(setup.yScale.scale) + design;
}

/** The covariance of the fixed effects on scaled columns, in squared units of the outcome: undoes `fixedTransform`. */
export function scaledCovariance({ names, hasIntercept, xScale }: LmmShape, vcov: Matrix): Matrix {
  const p = names.length;
  const inverse = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    inverse[j * p + j] = xScale[j].scale;
    if (hasIntercept && j > 0) inverse[j] = xScale[j].shift;
  }
  return congruence(inverse, Float64Array.from(vcov.flat()), 1);
}
