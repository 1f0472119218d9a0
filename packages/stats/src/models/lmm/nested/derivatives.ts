import { multiply } from "../../../linalg/dense.ts";
import { type Elimination, type LevelState, subtractAbove } from "./eliminate.ts";
import type { Tree, TreeLevel } from "./tree.ts";

/** One element of Psi: the variance (row = column) or covariance of two random columns of one level. */
export interface PsiElement {
  readonly level: number;
  /** Within the level. */
  readonly row: number;
  readonly column: number;
}

/** The derivatives of A = W'V^-1 W (packed) and log|V| by elements of Psi. */
export interface PsiDerivatives {
  readonly a: readonly Float64Array[];
  readonly logDet: readonly number[];
  /** By two elements; empty when only the first were asked for. */
  readonly aSecond: readonly (readonly Float64Array[])[];
  readonly logDetSecond: readonly (readonly number[])[];
}

/** The derivative of the products of the coarser levels, of A and of log|V|. */
interface Tangent {
  readonly levels: readonly Omit<LevelState, "k">[];
  readonly a: Float64Array;
  logDet: number;
}

function createTangent(tree: Tree, above: number): Tangent {
  const levels = tree.levels.map(({ gram, cross }, l) => ({
    gram: new Float64Array(l > above ? gram.length : 0),
    cross: new Float64Array(l > above ? cross.length : 0),
  }));
  return { levels, a: new Float64Array(tree.products.length), logDet: 0 };
}

function add(...parts: readonly Float64Array[]): Float64Array {
  const out = Float64Array.from(parts[0]);
  for (let k = 1; k < parts.length; k++) for (let e = 0; e < out.length; e++) out[e] += parts[k][e];
  return out;
}

function negative(a: Float64Array): Float64Array {
  return a.map((value) => -value);
}

function flipped(a: Float64Array, q: number): Float64Array {
  const out = new Float64Array(q * q);
  for (let i = 0; i < q; i++) for (let j = 0; j < q; j++) out[j * q + i] = a[i * q + j];
  return out;
}

/** tr(A B) of q x q matrices. */
function traceOf(a: Float64Array, b: Float64Array, q: number): number {
  let sum = 0;
  for (let i = 0; i < q; i++) for (let j = 0; j < q; j++) sum += a[i * q + j] * b[j * q + i];
  return sum;
}

/** What one node has at the covariance itself. */
interface Node {
  readonly q: number;
  readonly above: number;
  readonly gram: Float64Array;
  readonly u: Float64Array;
  readonly k: Float64Array;
  /** B = (I + Psi G)^-1 = I - K G. */
  readonly b: Float64Array;
  /** K U. */
  readonly v: Float64Array;
}

function nodeAt({ q, above }: TreeLevel, state: LevelState, node: number): Node {
  const size = { n: q, k: q, m: q };
  const gram = state.gram.subarray(node * q * q, (node + 1) * q * q);
  const k = state.k.subarray(node * q * q, (node + 1) * q * q);
  const u = state.cross.subarray(node * q * above, (node + 1) * q * above);
  const b = multiply(k, gram, size).map((value, e) => (e % (q + 1) === 0 ? 1 : 0) - value);
  return { q, above, gram, u, k, b, v: multiply(k, u, { n: q, k: q, m: above }) };
}

/** The derivative of one node by one element; `gram` and `u` are null while the element lies on this level. */
interface NodeTangent {
  /** The element's own pattern in Psi; null when it lies on a finer level. */
  readonly pattern: Float64Array | null;
  readonly gram: Float64Array | null;
  readonly u: Float64Array | null;
  readonly b: Float64Array;
  readonly k: Float64Array;
  readonly v: Float64Array;
}

function pattern({ row, column }: PsiElement, q: number): Float64Array {
  const out = new Float64Array(q * q);
  out[row * q + column] = 1;
  out[column * q + row] = 1;
  return out;
}

/** dB = -B E G B, dK = B E B' on the element's level; dB = -K dG B, dK = -K dG K above it. */
function ownTangent(node: Node, own: Float64Array): NodeTangent {
  const { q, above, gram, b, u } = node;
  const size = { n: q, k: q, m: q };
  const be = multiply(b, own, size);
  const k = multiply(be, flipped(b, q), size);
  const dB = negative(multiply(be, multiply(gram, b, size), size));
  return { pattern: own, gram: null, u: null, b: dB, k, v: multiply(k, u, { n: q, k: q, m: above }) };
}

function outerTangent(node: Node, gram: Float64Array, u: Float64Array): NodeTangent {
  const { q, above } = node;
  const size = { n: q, k: q, m: q };
  const wide = { n: q, k: q, m: above };
  const kg = negative(multiply(node.k, gram, size));
  const k = multiply(kg, node.k, size);
  const v = add(multiply(k, node.u, wide), multiply(node.k, u, wide));
  return { pattern: null, gram, u, b: multiply(kg, node.b, size), k, v };
}

/** The second derivative of K by two elements; `gram` is that of the Gram matrix (null on the elements' level). */
function secondOfK(node: Node, r: NodeTangent, s: NodeTangent, gram: Float64Array | null): Float64Array {
  const { q, k, b } = node;
  const size = { n: q, k: q, m: q };
  const parts: Float64Array[] = [new Float64Array(q * q)];
  if (r.pattern !== null) {
    const left = multiply(s.b, multiply(r.pattern, flipped(b, q), size), size);
    parts.push(left, flipped(left, q));
  }
  if (r.gram !== null) {
    const left = negative(multiply(s.k, multiply(r.gram, k, size), size));
    parts.push(left, flipped(left, q));
  }
  if (gram !== null) parts.push(negative(multiply(multiply(k, gram, size), k, size)));
  return add(...parts);
}

function firstLogDet({ q, gram, k, b }: Node, r: NodeTangent): number {
  const own = r.pattern === null ? 0 : traceOf(multiply(b, r.pattern, { n: q, k: q, m: q }), gram, q);
  return own + (r.gram === null ? 0 : traceOf(k, r.gram, q));
}

function secondLogDet(node: Node, r: NodeTangent, s: NodeTangent, gram: Float64Array | null): number {
  const { q } = node;
  const size = { n: q, k: q, m: q };
  let sum = gram === null ? 0 : traceOf(node.k, gram, q);
  if (r.pattern !== null) {
    sum += traceOf(multiply(s.b, r.pattern, size), node.gram, q);
    if (s.gram !== null) sum += traceOf(multiply(node.b, r.pattern, size), s.gram, q);
  }
  if (r.gram !== null) sum += traceOf(s.k, r.gram, q);
  return sum;
}

interface Pass {
  readonly tree: Tree;
  readonly state: Elimination;
  readonly elements: readonly PsiElement[];
  readonly first: readonly Tangent[];
  /** By two elements, the second not after the first. */
  readonly second: readonly (readonly Tangent[])[];
}

function slice(array: Float64Array, node: number, size: number): Float64Array {
  return array.subarray(node * size, (node + 1) * size);
}

function nodeTangents(pass: Pass, level: number, index: number, node: Node): (NodeTangent | null)[] {
  const { q, above } = node;
  return pass.elements.map((element, r) => {
    if (element.level > level) return null;
    if (element.level === level) return ownTangent(node, pattern(element, q));
    const { gram, cross } = pass.first[r].levels[level];
    return outerTangent(node, slice(gram, index, q * q), slice(cross, index, q * above));
  });
}

function addNode(pass: Pass, level: number, index: number): void {
  const { tree, state } = pass;
  const place = { level, node: index };
  const node = nodeAt(tree.levels[level], state.levels[level], index);
  const tangents = nodeTangents(pass, level, index, node);
  tangents.forEach((r, i) => {
    if (r === null) return;
    const first = pass.first[i];
    first.logDet += firstLogDet(node, r);
    if (r.u !== null) subtractAbove(tree, first, place, [r.u, node.v]);
    subtractAbove(tree, first, place, [node.u, r.v]);
    pass.second[i]?.forEach((second, j) => {
      const s = tangents[j];
      if (s !== null) addPair(pass, place, second, { node, r, s });
    });
  });
}

/** M = U'V with V = K U: its second derivative is U_rs'V + U_r'V_s + U_s'V_r + U'V_rs. */
function addPair(
  { tree }: Pass,
  place: { readonly level: number; readonly node: number },
  second: Tangent,
  { node, r, s }: { readonly node: Node; readonly r: NodeTangent; readonly s: NodeTangent },
): void {
  const { q, above } = node;
  const wide = { n: q, k: q, m: above };
  const here = second.levels[place.level];
  const both = here.gram.length > 0;
  const gram = both ? slice(here.gram, place.node, q * q) : null;
  const u = both ? slice(here.cross, place.node, q * above) : null;
  second.logDet += secondLogDet(node, r, s, gram);
  const v = [multiply(secondOfK(node, r, s, gram), node.u, wide)];
  if (s.u !== null) v.push(multiply(r.k, s.u, wide));
  if (r.u !== null) v.push(multiply(s.k, r.u, wide));
  if (u !== null) v.push(multiply(node.k, u, wide));
  subtractAbove(tree, second, place, [node.u, add(...v)]);
  if (u !== null) subtractAbove(tree, second, place, [u, node.v]);
  if (r.u !== null) subtractAbove(tree, second, place, [r.u, s.v]);
  if (s.u !== null) subtractAbove(tree, second, place, [s.u, r.v]);
}

/**
 * The first and (with `order` 2) second derivatives of A and log|V| by elements of Psi, at the covariance
 * eliminated last: the elimination differentiated step by step (forward accumulation).
 */
export function derivativesByPsi(
  tree: Tree,
  state: Elimination,
  elements: readonly PsiElement[],
  order: 1 | 2,
): PsiDerivatives {
  const first = elements.map(({ level }) => createTangent(tree, level));
  const second = elements.map((r, i) =>
    order === 1 ? [] : elements.slice(0, i + 1).map((s) => createTangent(tree, Math.max(r.level, s.level))),
  );
  const pass = { tree, state, elements, first, second };
  tree.levels.forEach(({ count }, level) => {
    for (let node = 0; node < count; node++) addNode(pass, level, node);
  });
  const full = <T>(pick: (tangent: Tangent) => T): T[][] =>
    order === 1
      ? []
      : elements.map((_, i) => elements.map((__, j) => pick(i >= j ? second[i][j] : second[j][i])));
  return {
    a: first.map(({ a }) => a),
    logDet: first.map(({ logDet }) => logDet),
    aSecond: full(({ a }) => a),
    logDetSecond: full(({ logDet }) => logDet),
  };
}
