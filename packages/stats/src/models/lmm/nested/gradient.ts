import type { Elimination, LevelState } from "./eliminate.ts";
import type { Tree } from "./tree.ts";

/** The derivative of the value by the products of each node of one level; that of `cross` is halved. */
type Adjoint = Omit<LevelState, "k">;

/** Copies the derivatives by the products above one node into a symmetric matrix; D stands there already. */
function assembleInto(
  out: Float64Array,
  tree: Tree,
  adjoints: readonly (Adjoint | null)[],
  place: { readonly level: number; readonly node: number },
): void {
  const { above, ancestors } = tree.levels[place.level];
  let column = 0;
  ancestors.forEach((nodes, step) => {
    const outer = tree.levels[place.level + 1 + step];
    const adjoint = adjoints[place.level + 1 + step];
    if (adjoint === null) return;
    const node = nodes[place.node];
    for (let i = 0; i < outer.q; i++) {
      const row = column + i;
      for (let j = 0; j < outer.q; j++) {
        out[row * above + column + j] = adjoint.gram[(node * outer.q + i) * outer.q + j];
      }
      for (let j = 0; j < outer.above; j++) {
        const value = adjoint.cross[(node * outer.q + i) * outer.above + j];
        out[row * above + column + outer.q + j] = value;
        out[(column + outer.q + j) * above + row] = value;
      }
    }
    column += outer.q;
  });
}

/** A square matrix of the size of all columns above, with `weight` (m x m) at its end. */
function withWeight(weight: Float64Array, m: number, above: number): Float64Array {
  const out = new Float64Array(above * above);
  const shift = above - m;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) out[(shift + i) * above + shift + j] = weight[i * m + j];
  }
  return out;
}

interface NodeMatrices {
  readonly q: number;
  /** The first element of the node's q x q matrices. */
  readonly at: number;
  readonly state: LevelState;
  /** U O U', with O the derivative by the products above. */
  readonly h: Float64Array;
  /** 1 with the log-determinant, 0 without. */
  readonly count: number;
  /** Two q x q matrices. */
  readonly scratch: readonly [Float64Array, Float64Array];
}

/** Adds `count G B - B'h B` to `out`, with B = I - K G. */
function addPsiInto(out: Float64Array, { q, at, state, h, count, scratch }: NodeMatrices): void {
  const { gram, k } = state;
  const [b, hb] = scratch;
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      let sum = i === j ? 1 : 0;
      for (let r = 0; r < q; r++) sum -= k[at + i * q + r] * gram[at + r * q + j];
      b[i * q + j] = sum;
    }
  }
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      let sum = 0;
      for (let r = 0; r < q; r++) sum += h[i * q + r] * b[r * q + j];
      hb[i * q + j] = sum;
    }
  }
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      let sum = 0;
      for (let r = 0; r < q; r++) {
        sum += count * gram[at + i * q + r] * b[r * q + j] - b[r * q + i] * hb[r * q + j];
      }
      out[i * q + j] += sum;
    }
  }
}

/** Writes the derivative by the node's Gram matrix, `count K + K h K`, at its place. */
function writeGramAdjoint(out: Float64Array, { q, at, state, h, count }: NodeMatrices): void {
  const { k } = state;
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      let sum = count * k[at + i * q + j];
      for (let r = 0; r < q; r++) {
        for (let s = 0; s < q; s++) sum += k[at + i * q + r] * h[r * q + s] * k[at + s * q + j];
      }
      out[at + i * q + j] = sum;
    }
  }
}

/**
 * The derivative by Psi of `<weight, A> + log|V|` (the latter when `withLogDet`), at the covariance eliminated last.
 *
 * Elimination run backwards (reverse accumulation): one pass from the coarsest level to the finest.
 *
 * @param weight  symmetric, m x m
 * @returns q x q, one symmetric block for each level and zero elsewhere.
 */
export function gradientByPsi(
  tree: Tree,
  state: Elimination,
  weight: Float64Array,
  withLogDet: boolean,
): Float64Array {
  const out = new Float64Array(tree.q * tree.q);
  const adjoints: (Adjoint | null)[] = tree.levels.map(() => null);
  let start = tree.q;
  for (let l = tree.levels.length - 1; l >= 0; l--) {
    const level = tree.levels[l];
    start -= level.q;
    const byPsi = levelGradient(tree, state, adjoints, { level: l, weight, count: withLogDet ? 1 : 0 });
    for (let i = 0; i < level.q; i++) {
      for (let j = 0; j < level.q; j++) out[(start + i) * tree.q + start + j] = byPsi[i * level.q + j];
    }
  }
  return out;
}

/** One level of the pass: its derivative by Psi; leaves its adjoints for the finer levels. */
function levelGradient(
  tree: Tree,
  { levels }: Elimination,
  adjoints: (Adjoint | null)[],
  about: { readonly level: number; readonly weight: Float64Array; readonly count: number },
): Float64Array {
  const { level: l, count } = about;
  const { q, above, count: nodes } = tree.levels[l];
  const state = levels[l];
  const needed = l > 0;
  const adjoint: Adjoint = {
    gram: new Float64Array(needed ? nodes * q * q : 0),
    cross: new Float64Array(needed ? nodes * q * above : 0),
  };
  const outer = withWeight(about.weight, tree.m, above);
  const y = new Float64Array(q * above);
  const h = new Float64Array(q * q);
  const byPsi = new Float64Array(q * q);
  const scratch = [new Float64Array(q * q), new Float64Array(q * q)] as const;
  for (let node = 0; node < nodes; node++) {
    const u = state.cross.subarray(node * q * above, (node + 1) * q * above);
    assembleInto(outer, tree, adjoints, { level: l, node });
    contractInto(h, y, u, outer);
    const matrices = { q, at: node * q * q, state, h, count, scratch };
    addPsiInto(byPsi, matrices);
    if (!needed) continue;
    writeGramAdjoint(adjoint.gram, matrices);
    writeCrossAdjoint(adjoint.cross, state.k, y, { node, q, above });
  }
  adjoints[l] = adjoint;
  return byPsi;
}

/** Writes y = U O and h = y U'. */
function contractInto(h: Float64Array, y: Float64Array, u: Float64Array, outer: Float64Array): void {
  const q = Math.round(Math.sqrt(h.length));
  const above = Math.round(Math.sqrt(outer.length));
  y.fill(0);
  for (let r = 0; r < q; r++) {
    for (let i = 0; i < above; i++) {
      const value = u[r * above + i];
      if (value === 0) continue;
      for (let j = 0; j < above; j++) y[r * above + j] += value * outer[i * above + j];
    }
    for (let s = 0; s <= r; s++) {
      let sum = 0;
      for (let j = 0; j < above; j++) sum += y[r * above + j] * u[s * above + j];
      h[r * q + s] = sum;
      h[s * q + r] = sum;
    }
  }
}

/** Writes -K y, half the derivative by the node's cross-products. */
function writeCrossAdjoint(
  out: Float64Array,
  k: Float64Array,
  y: Float64Array,
  { node, q, above }: { readonly node: number; readonly q: number; readonly above: number },
): void {
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < above; j++) {
      let sum = 0;
      for (let r = 0; r < q; r++) sum -= k[(node * q + i) * q + r] * y[r * above + j];
      out[(node * q + i) * above + j] = sum;
    }
  }
}
