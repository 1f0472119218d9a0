import { type CollapsedCells, type GroupedSums, packedLength } from "./grouped-sums.ts";

/** The rows of one part of the data, as columns; no group may have rows in two parts. */
export interface SumsPart {
  /** The columns of [X y], y last. */
  readonly columns: readonly Float64Array[];
  /** The columns of Z; none for a model without random effects. */
  readonly random: readonly Float64Array[];
  /** The group of each row, 0 to `ngroups - 1`. */
  readonly groups: Int32Array;
  readonly ngroups: number;
}

/** Z'Z and Z'W of each group, by rows: ngroups x q x q and ngroups x q x m. */
export interface GroupProducts {
  readonly gram: Float64Array;
  readonly cross: Float64Array;
}

/** The inner product of long columns, in four sums that do not wait for each other. */
export function dot(a: Float64Array, b: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = a.length - (a.length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (let i = whole; i < a.length; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}

/** W'W as a packed upper triangle. */
export function columnProducts(columns: readonly Float64Array[]): Float64Array {
  const packed = new Float64Array(packedLength(columns.length));
  let at = 0;
  for (let j = 0; j < columns.length; j++) {
    for (let k = j; k < columns.length; k++) packed[at++] = dot(columns[j], columns[k]);
  }
  return packed;
}

/** Adds a[i] b[i] to element `offset` of the table of row i's group; `stride` elements belong to a group. */
// biome-ignore lint/complexity/useMaxParams: the innermost loop over rows; an object would be built for each column pair
function addGroupDotInto(
  out: Float64Array,
  offset: number,
  stride: number,
  groups: Int32Array,
  a: Float64Array,
  b: Float64Array,
): void {
  let group = groups[0];
  let sum = 0;
  for (let i = 0; i < groups.length; i++) {
    // Rows of one person mostly follow each other: their sum is written once.
    if (groups[i] !== group) {
      out[group * stride + offset] += sum;
      group = groups[i];
      sum = 0;
    }
    sum += a[i] * b[i];
  }
  out[group * stride + offset] += sum;
}

/** The same for four columns, which are elements `offset` to `offset + 3`: the rows are walked through once. */
// biome-ignore lint/complexity/useMaxParams: as above
function addGroupDotsInto(
  out: Float64Array,
  offset: number,
  stride: number,
  groups: Int32Array,
  a: Float64Array,
  [b0, b1, b2, b3]: readonly Float64Array[],
): void {
  let group = groups[0];
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0; i <= groups.length; i++) {
    if (i === groups.length || groups[i] !== group) {
      const at = group * stride + offset;
      out[at] += s0;
      out[at + 1] += s1;
      out[at + 2] += s2;
      out[at + 3] += s3;
      if (i === groups.length) return;
      group = groups[i];
      s0 = 0;
      s1 = 0;
      s2 = 0;
      s3 = 0;
    }
    s0 += a[i] * b0[i];
    s1 += a[i] * b1[i];
    s2 += a[i] * b2[i];
    s3 += a[i] * b3[i];
  }
}

/** Z'Z and Z'W of each group. */
export function groupProducts(part: SumsPart): GroupProducts {
  const { columns, random, groups, ngroups } = part;
  const [q, m] = [random.length, columns.length];
  const gram = new Float64Array(ngroups * q * q);
  const cross = new Float64Array(ngroups * q * m);
  for (let r = 0; r < q; r++) {
    for (let s = 0; s <= r; s++) {
      addGroupDotInto(gram, r * q + s, q * q, groups, random[r], random[s]);
    }
    let j = 0;
    for (; j + 4 <= m; j += 4) {
      addGroupDotsInto(cross, r * m + j, q * m, groups, random[r], columns.slice(j, j + 4));
    }
    for (; j < m; j++) addGroupDotInto(cross, r * m + j, q * m, groups, random[r], columns[j]);
  }
  mirrorInto(gram, q);
  return { gram, cross };
}

/** Copies the lower triangle of each q x q matrix to its upper one. */
function mirrorInto(gram: Float64Array, q: number): void {
  const size = q * q;
  for (let start = 0; start < gram.length; start += size) {
    for (let r = 0; r < q; r++) for (let s = 0; s < r; s++) gram[start + s * q + r] = gram[start + r * q + s];
  }
}

// Sums over the same rows in another order differ in the last bits; on this grid they are the same number.
const GRID = 2 ** 40;

/** Numbers the distinct Gram matrices in order of first appearance (open addressing on rounded elements). */
export function numberGrams(
  gram: Float64Array,
  count: number,
  q: number,
): { cellOf: Int32Array; first: number[] } {
  const size = q * q;
  const rounded = gram.map((value) => Math.round(value * GRID));
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * count + 2))).fill(-1);
  const cellOf = new Int32Array(count);
  const first: number[] = [];
  for (let g = 0; g < count; g++) {
    let slot = hashGram(rounded, g * size, size) & (slots.length - 1);
    while (slots[slot] >= 0 && !sameGram(rounded, first[slots[slot]] * size, g * size, size)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    if (slots[slot] < 0) {
      slots[slot] = first.length;
      first.push(g);
    }
    cellOf[g] = slots[slot];
  }
  return { cellOf, first };
}

/** A hash of whole numbers: the low and the high 32 bits of each. */
function hashGram(rounded: Float64Array, start: number, size: number): number {
  let hash = 17;
  for (let k = start; k < start + size; k++) {
    hash = Math.imul(hash ^ (rounded[k] | 0) ^ ((rounded[k] / 2 ** 32) | 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

function sameGram(rounded: Float64Array, a: number, b: number, size: number): boolean {
  for (let k = 0; k < size; k++) if (rounded[a + k] !== rounded[b + k]) return false;
  return true;
}

/** Adds u_r u_s' + u_s u_r' (u_r u_r' when r = s) to the packed triangle at `at`; u_r starts at `r` of `cross`. */
// biome-ignore lint/complexity/useMaxParams: the innermost loop over groups; an object would be built for each pair
function addMomentInto(
  out: Float64Array,
  at: number,
  cross: Float64Array,
  r: number,
  s: number,
  m: number,
): void {
  let next = at;
  for (let j = 0; j < m; j++) {
    const rj = cross[r + j];
    if (r === s) {
      for (let k = j; k < m; k++) out[next++] += rj * cross[s + k];
      continue;
    }
    const sj = cross[s + j];
    for (let k = j; k < m; k++) out[next++] += rj * cross[s + k] + sj * cross[r + k];
  }
}

function collapse(
  products: GroupProducts,
  cellOf: Int32Array,
  first: readonly number[],
  q: number,
): CollapsedCells {
  const size = q * q;
  const m = products.cross.length / (cellOf.length * q);
  const packed = packedLength(m);
  const pairs = packedLength(q);
  const gram = new Float64Array(first.length * size);
  for (let cell = 0; cell < first.length; cell++) {
    gram.set(products.gram.subarray(first[cell] * size, (first[cell] + 1) * size), cell * size);
  }
  const sizes = new Float64Array(first.length);
  const moments = new Float64Array(first.length * pairs * packed);
  for (let g = 0; g < cellOf.length; g++) {
    sizes[cellOf[g]]++;
    let at = cellOf[g] * pairs * packed;
    for (let r = 0; r < q; r++) {
      for (let s = r; s < q; s++) {
        addMomentInto(moments, at, products.cross, (g * q + r) * m, (g * q + s) * m, m);
        at += packed;
      }
    }
  }
  return { count: first.length, gram, sizes, moments };
}

/** Empty cells: no groups. */
function noCells(): CollapsedCells {
  return { count: 0, gram: new Float64Array(0), sizes: new Float64Array(0), moments: new Float64Array(0) };
}

/**
 * The sums of one part of the data. Pure: parts may be reduced anywhere and merged later.
 *
 * Groups are collapsed over equal Gram matrices when that makes an evaluation cheaper than keeping them.
 */
export function reduce(part: SumsPart): GroupedSums {
  return reduceWithProducts(part, columnProducts(part.columns));
}

/** The same when W'W of the part is known already. */
export function reduceWithProducts(part: SumsPart, products: Float64Array): GroupedSums {
  const [m, q] = [part.columns.length, part.random.length];
  const shape = { nobs: part.groups.length, ngroups: part.ngroups, m, q };
  const none = { count: 0, gram: new Float64Array(0), cross: new Float64Array(0) };
  if (q === 0) return { ...shape, products, cells: noCells(), singles: none };
  const byGroup = groupProducts(part);
  const { cellOf, first } = numberGrams(byGroup.gram, part.ngroups, q);
  const collapsible = first.length * (q + 1) < 1.5 * part.ngroups;
  if (collapsible) return { ...shape, products, cells: collapse(byGroup, cellOf, first, q), singles: none };
  return { ...shape, products, cells: noCells(), singles: { count: part.ngroups, ...byGroup } };
}
