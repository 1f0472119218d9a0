import type { CategoricalRows } from "./setup.ts";
import type { Criterion, Workspace } from "./workspace.ts";

// Beyond this, probabilities are 0 or 1 to more digits than there are.
const LARGEST_ETA = 100;
// Products of 1 + exp are turned into a logarithm before they overflow: each factor is at most exp(300).
export const LARGEST_PRODUCT = 1e100;

/** A linear predictor within the range in which its exponential means something. */
export function clamp(eta: number): number {
  return Math.min(LARGEST_ETA, Math.max(eta, -LARGEST_ETA));
}

/** Writes the linear predictor of the fixed effects and the loadings of every row. */
export function fillPredictors(work: Workspace, { rows }: Criterion): void {
  const { nobs, p, x, z } = rows;
  const { eta, expFixed, loading, beta, factor } = work;
  const l11 = factor[0];
  const l21 = factor[1];
  const l22 = factor[2];
  for (let i = 0; i < nobs; i++) {
    let sum = 0;
    for (let j = 0; j < p; j++) sum += x[i * p + j] * beta[j];
    eta[i] = clamp(sum);
    expFixed[i] = Math.exp(eta[i]);
    loading[2 * i] = l11 * z[2 * i] + l21 * z[2 * i + 1];
    loading[2 * i + 1] = l22 * z[2 * i + 1];
  }
}

/** log density of the answers of rows `from` to `to` and of u, with its two derivatives in u, at (u0, u1). */
function evaluateAt(work: Workspace, rows: CategoricalRows, from: number, to: number): void {
  const { eta, expFixed, loading, cells, local, factor } = work;
  const { category, interceptOnly } = rows;
  const { coef, lower, upper } = cells;
  const { u0, u1 } = local;
  const shared = interceptOnly ? Math.exp(clamp(factor[0] * u0)) : 0;
  let g0 = -u0;
  let g1 = -u1;
  let h00 = 1;
  let h01 = 0;
  let h11 = 1;
  let sum = -(u0 * u0 + u1 * u1) / 2;
  let product = 1;
  for (let i = from; i < to; i++) {
    const v0 = loading[2 * i];
    const v1 = loading[2 * i + 1];
    const cell = category[i];
    const effect = clamp(v0 * u0 + v1 * u1);
    const e = expFixed[i] * (interceptOnly ? shared : Math.exp(effect));
    const a = e * lower[cell];
    const b = e * upper[cell];
    const both = (1 + a) * (1 + b);
    const inverse = 1 / both;
    const ga = a * (1 + b) * inverse;
    const gb = b * (1 + a) * inverse;
    const first = coef[cell] - ga - gb;
    const second = ga * (1 - ga) + gb * (1 - gb);
    sum += coef[cell] * (eta[i] + effect);
    product *= both;
    if (product > LARGEST_PRODUCT) {
      sum -= Math.log(product);
      product = 1;
    }
    g0 += v0 * first;
    g1 += v1 * first;
    h00 += v0 * v0 * second;
    h01 += v0 * v1 * second;
    h11 += v1 * v1 * second;
  }
  local.value = sum - Math.log(product);
  local.gradient0 = g0;
  local.gradient1 = g1;
  local.h00 = h00;
  local.h01 = h01;
  local.h11 = h11;
}

const MAX_STEPS = 60;

/**
 * The conditional mode of one person by Newton's method with step halving, from where it was last.
 *
 * The log density is concave in u, so that there is one mode and every Newton step points uphill.
 */
export function findMode(work: Workspace, rows: CategoricalRows, group: number): void {
  const { starts } = rows;
  const { local, modes } = work;
  const [from, to] = [starts[group], starts[group + 1]];
  local.u0 = modes[2 * group];
  local.u1 = modes[2 * group + 1];
  evaluateAt(work, rows, from, to);
  for (let iteration = 0; iteration < MAX_STEPS; iteration++) {
    const { u0, u1, value } = local;
    const det = local.h00 * local.h11 - local.h01 * local.h01;
    const step0 = (local.h11 * local.gradient0 - local.h01 * local.gradient1) / det;
    const step1 = (local.h00 * local.gradient1 - local.h01 * local.gradient0) / det;
    const size = Math.abs(step0) + Math.abs(step1);
    if (!(size > 1e-14)) break;
    for (let length = 1; length > 1e-4; length /= 2) {
      local.u0 = u0 + length * step0;
      local.u1 = u1 + length * step1;
      evaluateAt(work, rows, from, to);
      if (local.value >= value - 1e-11 * (1 + Math.abs(value))) break;
    }
    // Newton's error is about the square of its step: after this one it does not matter.
    if (size < 1e-6) break;
  }
  modes[2 * group] = local.u0;
  modes[2 * group + 1] = local.u1;
  const r00 = Math.sqrt(local.h00);
  const r10 = local.h01 / r00;
  const r11 = Math.sqrt(local.h11 - r10 * r10);
  local.c00 = 1 / r00;
  local.c01 = -r10 / (r00 * r11);
  local.c11 = 1 / r11;
}
