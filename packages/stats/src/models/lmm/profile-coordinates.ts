import { identity, multiply, transpose } from "../../linalg/dense.ts";
import { invertGeneral } from "../../linalg/general-inverse.ts";
import { lowerFactor } from "../../linalg/lower-factor.ts";
import { blockOf } from "./block.ts";
import type { VarianceModel } from "./profile-model.ts";
import type { Block } from "./setup.ts";
import { randomTransform } from "./units.ts";

/** What is profiled; blocks and effects by their place. */
export type ProfileTarget =
  | { readonly kind: "sd"; readonly block: number; readonly effect: number }
  | { readonly kind: "cor"; readonly block: number; readonly effects: readonly [number, number] }
  | { readonly kind: "sigma" }
  | { readonly kind: "fixed"; readonly index: number };

/**
 * One block in coordinates of its own: w = N u, whose first effects are those that the target speaks of, in the
 * user's units up to a constant; T is the lower-triangular factor of Cov(w).
 */
interface BlockChart {
  readonly start: number;
  readonly n: number;
  /** N^-1. */
  readonly back: Float64Array;
  /** T at the ML fit. */
  readonly best: Float64Array;
  /** The effects of the target: none, one (its SD is T[0][0]) or two (their correlation is fixed). */
  readonly fixedEffects: number;
}

/** The free coordinates of a model when one of its quantities is held at a value. */
export interface Chart {
  readonly blocks: readonly BlockChart[];
  /** Whether the residual SD is free; its logarithm is then the last coordinate. */
  readonly freeSigma: boolean;
  readonly length: number;
  /** The free coordinates of the ML fit. */
  readonly start: Float64Array;
  /** The quantity in the user's units is `unit` times the one in these coordinates. */
  readonly unit: number;
  /** The quantity at the ML fit, in the user's units; NaN where it does not exist. */
  readonly estimate: number;
}

function targetEffects(target: ProfileTarget, b: number): readonly number[] {
  if (target.kind === "sd") return target.block === b ? [target.effect] : [];
  if (target.kind === "cor") return target.block === b ? target.effects : [];
  return [];
}

function rowNorm(matrix: Float64Array, n: number, row: number): number {
  return Math.hypot(...matrix.subarray(row * n, (row + 1) * n));
}

function blockChart(
  model: VarianceModel,
  block: Block,
  effects: readonly number[],
): BlockChart & { unit: number } {
  const n = block.names.length;
  const user = randomTransform(model.design, block);
  const rows: number[][] = effects.map((e) => {
    const norm = rowNorm(user, n, e);
    return Array.from(user.subarray(e * n, (e + 1) * n), (value) => value / norm);
  });
  const unit = effects.length === 1 ? model.design.yScale.scale * rowNorm(user, n, effects[0]) : 1;
  for (let k = 0; k < n; k++) {
    if (!effects.includes(k)) rows.push(Array.from({ length: n }, (_, j) => (j === k ? 1 : 0)));
  }
  const forward = Float64Array.from(rows.flat());
  const size = { n, k: n, m: n };
  const sigma = Math.sqrt(model.best.sigma2);
  const lambda = blockOf(model.best.lambda, model.design.part.random.length, block);
  const best = lowerFactor(
    multiply(forward, lambda, size).map((value) => value * sigma),
    n,
  );
  const back = invertGeneral(forward, n) ?? identity(n);
  return { start: block.start, n, back, best, fixedEffects: effects.length, unit };
}

function freeCount({ n, fixedEffects }: BlockChart): number {
  // With one effect T[0][0] is held; with two, T[0][0], T[1][0] and T[1][1] are functions of two coordinates.
  return (n * (n + 1)) / 2 - (fixedEffects === 0 ? 0 : 1);
}

/** The elements of T that are coordinates themselves, row by row. */
function freeElements({ n, fixedEffects }: BlockChart): (readonly [number, number])[] {
  const elements: (readonly [number, number])[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const held = (fixedEffects > 0 && i === 0) || (fixedEffects === 2 && i === 1);
      if (!held) elements.push([i, j]);
    }
  }
  return elements;
}

function blockStart(chart: BlockChart): number[] {
  const { n, best, fixedEffects } = chart;
  const special = fixedEffects === 2 ? [Math.sqrt(best[0]), Math.sqrt(rowNorm(best, n, 1))] : [];
  return [...special, ...freeElements(chart).map(([i, j]) => best[i * n + j])];
}

function estimateOf(model: VarianceModel, chart: Omit<Chart, "estimate">, target: ProfileTarget): number {
  if (target.kind === "sigma") return chart.unit * Math.sqrt(model.best.sigma2);
  if (target.kind === "fixed") return Number.NaN;
  const { best, n } = chart.blocks[target.block];
  if (target.kind === "sd") return chart.unit * best[0];
  return best[0] === 0 ? Number.NaN : best[n] / rowNorm(best, n, 1);
}

/** The coordinates for a target; the estimate of a fixed effect is left to the caller. */
export function createChart(model: VarianceModel, target: ProfileTarget): Chart {
  const blocks = model.design.blocks.map((block, b) => blockChart(model, block, targetEffects(target, b)));
  const freeSigma = target.kind !== "sigma";
  const start = blocks.flatMap(blockStart);
  if (freeSigma) start.push(Math.log(model.best.sigma2) / 2);
  const unit = target.kind === "sd" ? blocks[target.block].unit : 1;
  const chart = {
    blocks,
    freeSigma,
    length: start.length,
    start: Float64Array.from(start),
    unit: target.kind === "sigma" ? model.design.yScale.scale : unit,
  };
  return { ...chart, estimate: estimateOf(model, chart, target) };
}

/** True when a free diagonal element is near zero: the likelihood is even there, so a slope of zero says nothing. */
export function isAtZero({ blocks }: Chart, x: Float64Array): boolean {
  let from = 0;
  for (const block of blocks) {
    const special = block.fixedEffects === 2 ? 2 : 0;
    const near = freeElements(block).some(([i, j], k) => i === j && Math.abs(x[from + special + k]) < 1e-3);
    if (near || (special > 0 && Math.min(Math.abs(x[from]), Math.abs(x[from + 1])) < 0.03)) return true;
    from += freeCount(block);
  }
  return false;
}

/** Writes T of one block from its coordinates, with the target at `value` (in the chart's units). */
function writeFactor(chart: BlockChart, x: Float64Array, value: number): Float64Array {
  const { n, fixedEffects } = chart;
  const t = new Float64Array(n * n);
  let at = 0;
  if (fixedEffects === 1) t[0] = value;
  if (fixedEffects === 2) {
    const second = x[1] * x[1];
    t[0] = x[0] * x[0];
    t[n] = second * value;
    t[n + 1] = second * Math.sqrt(Math.max(0, 1 - value * value));
    at = 2;
  }
  for (const [i, j] of freeElements(chart)) t[i * n + j] = x[at++];
  return t;
}

/** The relative Cholesky factor of all blocks at `x` and the logarithm of the residual SD. */
export function factorAt(
  chart: Chart,
  q: number,
  x: Float64Array,
  value: number,
): { readonly lambda: Float64Array; readonly logSigma: number } {
  const logSigma = chart.freeSigma ? x[chart.length - 1] : Math.log(value);
  const lambda = new Float64Array(q * q);
  let from = 0;
  for (const block of chart.blocks) {
    const { n, start, back } = block;
    const count = freeCount(block);
    const t = writeFactor(block, x.subarray(from, from + count), value);
    const scaled = multiply(back, t, { n, k: n, m: n });
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        lambda[(start + i) * q + start + j] = scaled[i * n + j] * Math.exp(-logSigma);
      }
    }
    from += count;
  }
  return { lambda, logSigma };
}

/** Writes the derivative by the coordinates of the blocks, given the one by the relative Cholesky factor. */
export function pullBackInto(
  gradient: Float64Array,
  chart: Chart,
  byLambda: Float64Array,
  at: { readonly x: Float64Array; readonly value: number; readonly logSigma: number },
): void {
  const q = Math.round(Math.sqrt(byLambda.length));
  let from = 0;
  for (const block of chart.blocks) {
    const { n, start, back, fixedEffects } = block;
    const own = blockOf(byLambda, q, { group: "", names: Array(n).fill(""), start });
    const byT = multiply(transpose(back, n, n), own, { n, k: n, m: n }).map(
      (value) => value * Math.exp(-at.logSigma),
    );
    let next = from;
    if (fixedEffects === 2) {
      const [first, second] = [at.x[from], at.x[from + 1]];
      const rest = Math.sqrt(Math.max(0, 1 - at.value * at.value));
      gradient[next++] = 2 * first * byT[0];
      gradient[next++] = 2 * second * (at.value * byT[n] + rest * byT[n + 1]);
    }
    for (const [i, j] of freeElements(block)) gradient[next++] = byT[i * n + j];
    from = next;
  }
}
