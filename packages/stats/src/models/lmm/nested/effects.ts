import type { FixedState } from "../fixed-state.ts";
import type { Elimination } from "./eliminate.ts";
import type { Tree } from "./tree.ts";

/** The random effects of one level in scaled coordinates. */
export interface LevelEffects {
  /** count x q: conditional modes. */
  readonly modes: Float64Array;
  /** count x q x q: conditional covariance, in units of the residual variance. */
  readonly covariance: Float64Array;
}

/** Joint covariance of the effects of a node and of all nodes in which it lies, itself first: size x size. */
type JointCovariances = readonly Float64Array[];

/** The q x (columns of coarser levels) matrix K U of one node. */
function regressionOnOuter(tree: Tree, state: Elimination, level: number, node: number): Float64Array {
  const { q, above } = tree.levels[level];
  const outer = above - tree.m;
  const { k, cross } = state.levels[level];
  const out = new Float64Array(q * outer);
  for (let i = 0; i < q; i++) {
    for (let r = 0; r < q; r++) {
      const weight = k[(node * q + i) * q + r];
      for (let j = 0; j < outer; j++) out[i * outer + j] += weight * cross[(node * q + r) * above + j];
    }
  }
  return out;
}

/** K U_W c of one node: what its mode would be if all coarser effects were zero. */
function ownMode(tree: Tree, state: Elimination, c: Float64Array, [level, node]: [number, number]): number[] {
  const { q, above } = tree.levels[level];
  const { k, cross } = state.levels[level];
  const residual = Array.from({ length: q }, (_, r) => {
    let sum = 0;
    for (let j = 0; j < tree.m; j++) sum += cross[(node * q + r) * above + above - tree.m + j] * c[j];
    return sum;
  });
  return residual.map((_, i) =>
    residual.reduce((sum, value, r) => sum + k[(node * q + i) * q + r] * value, 0),
  );
}

/** [K + F C F', -F C; -C F', C] for the regression F on the coarser effects and their covariance C. */
function joinCovariance(own: Float64Array, f: Float64Array, outer: Float64Array, q: number): Float64Array {
  const n = Math.round(Math.sqrt(outer.length));
  const size = q + n;
  const out = new Float64Array(size * size);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[(q + i) * size + q + j] = outer[i * n + j];
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let s = 0; s < n; s++) sum -= f[i * n + s] * outer[s * n + j];
      out[i * size + q + j] = sum;
      out[(q + j) * size + i] = sum;
    }
  }
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      let sum = own[i * q + j];
      for (let s = 0; s < n; s++) sum -= out[i * size + q + s] * f[j * n + s];
      out[i * size + j] = sum;
    }
  }
  return out;
}

/**
 * Conditional modes and covariances of all levels, given beta and the covariance eliminated last: the coarsest
 * level first, each finer one by regression on the levels above it.
 */
export function nestedEffects(tree: Tree, state: Elimination, { c }: FixedState): LevelEffects[] {
  const effects: LevelEffects[] = [];
  const joint: JointCovariances[] = [];
  for (let l = tree.levels.length - 1; l >= 0; l--) {
    const { q, count, ancestors } = tree.levels[l];
    const modes = new Float64Array(count * q);
    const covariance = new Float64Array(count * q * q);
    joint[l] = Array.from({ length: count }, (_, node) => {
      const f = regressionOnOuter(tree, state, l, node);
      const width = f.length / q;
      const outer = ancestors.flatMap((nodes, step) => {
        const above = tree.levels[l + 1 + step].q;
        return Array.from(
          effects[l + 1 + step].modes.subarray(nodes[node] * above, (nodes[node] + 1) * above),
        );
      });
      ownMode(tree, state, c, [l, node]).forEach((value, i) => {
        modes[node * q + i] = outer.reduce((sum, u, j) => sum - f[i * width + j] * u, value);
      });
      const above = ancestors.length === 0 ? new Float64Array(0) : joint[l + 1][ancestors[0][node]];
      const own = state.levels[l].k.subarray(node * q * q, (node + 1) * q * q);
      const both = joinCovariance(own, f, above, q);
      for (let i = 0; i < q; i++) {
        for (let j = 0; j < q; j++) covariance[(node * q + i) * q + j] = both[i * (q + width) + j];
      }
      return both;
    });
    effects[l] = { modes, covariance };
  }
  return effects;
}
