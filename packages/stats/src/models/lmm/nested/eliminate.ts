import { choleskyInto, logDetFromCholesky } from "../../../linalg/cholesky.ts";
import type { Tree, TreeLevel } from "./tree.ts";

/** One level at the covariance evaluated last: its cross-products after the finer levels were eliminated. */
export interface LevelState {
  /** count x q x q. */
  readonly gram: Float64Array;
  /** count x q x above. */
  readonly cross: Float64Array;
  /** count x q x q: K = Lambda (I + Lambda'G Lambda)^-1 Lambda' of each node. */
  readonly k: Float64Array;
}

/** What elimination leaves: A = W'V^-1 W (packed) and log|V|. */
export interface Elimination {
  readonly levels: readonly LevelState[];
  readonly a: Float64Array;
  logDetV: number;
}

/** Buffers for a tree. */
export function createElimination(tree: Tree): Elimination {
  const levels = tree.levels.map(({ gram, cross }) => ({
    gram: new Float64Array(gram.length),
    cross: new Float64Array(cross.length),
    k: new Float64Array(gram.length),
  }));
  return { levels, a: new Float64Array(tree.products.length), logDetV: Number.NaN };
}

/** The part of a block-diagonal q x q matrix that belongs to one level. */
function levelBlock(matrix: Float64Array, tree: Tree, level: number): Float64Array {
  const start = tree.levels.slice(0, level).reduce((sum, { q }) => sum + q, 0);
  const n = tree.levels[level].q;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) out[i * n + j] = matrix[(start + i) * tree.q + start + j];
  }
  return out;
}

/**
 * Writes K of one node at `at` and returns log|I + Psi G|, with Psi = Lambda Lambda'; two matrices are scratch.
 *
 * I + Lambda'G Lambda = C C' stays positive definite for singular Psi; with C H = Lambda', K = H'H.
 */
function factorNode(
  { gram, k }: LevelState,
  lambda: Float64Array,
  at: number,
  [inner, c]: readonly [Float64Array, Float64Array],
): number {
  const q = Math.round(Math.sqrt(lambda.length));
  for (let i = 0; i < q; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 1 : 0;
      for (let r = 0; r < q; r++) {
        if (lambda[r * q + i] === 0) continue;
        for (let t = 0; t < q; t++) sum += lambda[r * q + i] * gram[at + r * q + t] * lambda[t * q + j];
      }
      inner[i * q + j] = sum;
    }
  }
  if (!choleskyInto(c, inner, q)) return Number.NaN;
  const h = inner;
  for (let j = 0; j < q; j++) {
    for (let i = 0; i < q; i++) {
      let sum = lambda[j * q + i];
      for (let s = 0; s < i; s++) sum -= c[i * q + s] * h[s * q + j];
      h[i * q + j] = sum / c[i * q + i];
    }
  }
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      let sum = 0;
      for (let s = 0; s < q; s++) sum += h[s * q + i] * h[s * q + j];
      k[at + i * q + j] = sum;
    }
  }
  return logDetFromCholesky(c, q);
}

/** Subtracts left' right (both q x above) from the coarser levels' products and from A, for one node. */
export function subtractAbove(
  tree: Tree,
  target: { readonly levels: readonly (LevelState | Omit<LevelState, "k">)[]; readonly a: Float64Array },
  place: { readonly level: number; readonly node: number },
  [left, right]: readonly [Float64Array, Float64Array],
): void {
  const { q, above, ancestors } = tree.levels[place.level];
  let column = 0;
  ancestors.forEach((nodes, step) => {
    const outer = tree.levels[place.level + 1 + step];
    const state = target.levels[place.level + 1 + step];
    const node = nodes[place.node];
    for (let i = 0; i < outer.q; i++) {
      const gramAt = (node * outer.q + i) * outer.q - column;
      const crossAt = (node * outer.q + i) * outer.above - column - outer.q;
      for (let r = 0; r < q; r++) {
        const weight = left[r * above + column + i];
        const from = r * above;
        for (let j = column; j < column + outer.q; j++) state.gram[gramAt + j] -= weight * right[from + j];
        for (let j = column + outer.q; j < above; j++) state.cross[crossAt + j] -= weight * right[from + j];
      }
    }
    column += outer.q;
  });
  let at = 0;
  for (let i = column; i < above; i++) {
    for (let j = i; j < above; j++, at++) {
      let sum = 0;
      for (let r = 0; r < q; r++) sum += left[r * above + i] * right[r * above + j];
      target.a[at] -= sum;
    }
  }
}

/** Writes K U of one node into `out`, q x above. */
function applyK(out: Float64Array, state: LevelState, { q, above }: TreeLevel, node: number): Float64Array {
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < above; j++) {
      let sum = 0;
      for (let r = 0; r < q; r++)
        sum += state.k[(node * q + i) * q + r] * state.cross[(node * q + r) * above + j];
      out[i * above + j] = sum;
    }
  }
  return out;
}

/**
 * A and log|V| at V = I + sum over levels of Z (I x Psi) Z', with Psi = `lambda lambda'` (block-diagonal by level).
 *
 * The levels are eliminated one after the other, the finest first, each node by the Woodbury identity; a node
 * changes only the products of the nodes in which it lies. Golub & Van Loan (2013), section 2.1.4.
 */
export function eliminate(tree: Tree, lambda: Float64Array, state: Elimination): void {
  state.a.set(tree.products);
  state.levels.forEach((level, l) => {
    level.gram.set(tree.levels[l].gram);
    level.cross.set(tree.levels[l].cross);
  });
  state.logDetV = 0;
  tree.levels.forEach((level, l) => {
    const block = levelBlock(lambda, tree, l);
    const ku = new Float64Array(level.q * level.above);
    const size = level.q * level.above;
    const scratch = [new Float64Array(level.q * level.q), new Float64Array(level.q * level.q)] as const;
    for (let node = 0; node < level.count; node++) {
      state.logDetV += factorNode(state.levels[l], block, node * level.q * level.q, scratch);
      const u = state.levels[l].cross.subarray(node * size, (node + 1) * size);
      subtractAbove(tree, state, { level: l, node }, [u, applyK(ku, state.levels[l], level, node)]);
    }
  });
}
