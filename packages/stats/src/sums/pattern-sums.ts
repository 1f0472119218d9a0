import { StatsError } from "../errors.ts";
import { concatenate } from "./concatenate.ts";
import { packedLength } from "./grouped-sums.ts";
import { dot, type SumsPart } from "./reduce.ts";

/**
 * All that a linear mixed model needs of the rows when residuals of one person go together.
 *
 * V of a person depends on the positions of the rows and on Z only, so people who share both share a pattern
 * and add up to second moments of vec(W), W = [X y]. `m` columns of W, `q` of Z, shifted and scaled by constants
 * that are the same in all parts. The sums are additive, like `GroupedSums`.
 */
export interface PatternSums {
  readonly nobs: number;
  readonly ngroups: number;
  readonly m: number;
  readonly q: number;
  readonly patterns: readonly Pattern[];
  readonly series: SeriesRows;
}

/** People with the same positions and the same Z. */
export interface Pattern {
  /** Rows of each person. */
  readonly size: number;
  /** size: where the rows are in time, ascending. */
  readonly positions: Float64Array;
  /** size x q. */
  readonly random: Float64Array;
  readonly people: number;
  /** Pairs of rows j <= k by packed m x m: sums of w_j w_j' (j = k) or w_j w_k' + w_k w_j' (j < k). */
  readonly moments: Float64Array;
}

/** People kept row by row, where hardly two share a pattern: person i has the rows `starts[i]` to `starts[i + 1]`. */
export interface SeriesRows {
  readonly count: number;
  readonly starts: Int32Array;
  readonly positions: Float64Array;
  /** rows x q. */
  readonly random: Float64Array;
  /** rows x m. */
  readonly columns: Float64Array;
}

/** The rows of one part with their place in time; no person may have rows in two parts. */
export interface PatternPart extends SumsPart {
  readonly positions: Float64Array;
}

/** The rows of each person in turn: `order[starts[g]]` to `order[starts[g + 1] - 1]` are those of person g. */
export interface OrderedRows {
  readonly order: Int32Array;
  readonly starts: Int32Array;
}

/** The rows ordered by person, then by position. */
export function orderRows({
  groups,
  ngroups,
  positions,
}: Pick<PatternPart, "groups" | "ngroups" | "positions">): OrderedRows {
  const starts = new Int32Array(ngroups + 1);
  for (let i = 0; i < groups.length; i++) starts[groups[i] + 1]++;
  for (let g = 0; g < ngroups; g++) starts[g + 1] += starts[g];
  const next = starts.slice();
  const order = new Int32Array(groups.length);
  for (let i = 0; i < groups.length; i++) order[next[groups[i]]++] = i;
  for (let g = 0; g < ngroups; g++) {
    if (isAscending(order, positions, starts[g], starts[g + 1])) continue;
    order.subarray(starts[g], starts[g + 1]).sort((a, b) => positions[a] - positions[b] || a - b);
  }
  return { order, starts };
}

function isAscending(order: Int32Array, positions: Float64Array, from: number, to: number): boolean {
  for (let k = from + 1; k < to; k++) if (positions[order[k]] < positions[order[k - 1]]) return false;
  return true;
}

/** rows x columns, in the order given. */
function gather(columns: readonly Float64Array[], order: Int32Array): Float64Array {
  const width = columns.length;
  const out = new Float64Array(order.length * width);
  for (let j = 0; j < width; j++) {
    const column = columns[j];
    for (let i = 0; i < order.length; i++) out[i * width + j] = column[order[i]];
  }
  return out;
}

/** Everybody's place in time and Z, in the order of their rows. */
interface Places extends OrderedRows {
  readonly count: number;
  readonly positions: Float64Array;
  /** rows x q. */
  readonly random: Float64Array;
}

function placesOf(part: PatternPart): Places {
  const ordered = orderRows(part);
  return {
    ...ordered,
    count: part.ngroups,
    positions: gather([part.positions], ordered.order),
    random: gather(part.random, ordered.order),
  };
}

function hashOf(value: number, hash: number): number {
  const scaled = value * 2 ** 20;
  const mixed = Math.imul(hash ^ (scaled | 0) ^ ((scaled / 2 ** 32) | 0), 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function hashPerson({ starts, positions, random }: Places, person: number, q: number): number {
  let hash = starts[person + 1] - starts[person];
  for (let i = starts[person]; i < starts[person + 1]; i++) {
    hash = hashOf(positions[i], hash);
    for (let r = 0; r < q; r++) hash = hashOf(random[i * q + r], hash);
  }
  return hash;
}

function samePattern({ starts, positions, random }: Places, a: number, b: number, q: number): boolean {
  const size = starts[a + 1] - starts[a];
  if (starts[b + 1] - starts[b] !== size) return false;
  const [fromA, fromB] = [starts[a], starts[b]];
  for (let i = 0; i < size; i++) if (positions[fromA + i] !== positions[fromB + i]) return false;
  for (let i = 0; i < size * q; i++) if (random[fromA * q + i] !== random[fromB * q + i]) return false;
  return true;
}

/** The people of each pattern, in order of first appearance (open addressing). */
function peopleByPattern(places: Places, q: number): number[][] {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * places.count + 2))).fill(-1);
  const people: number[][] = [];
  for (let person = 0; person < places.count; person++) {
    let slot = hashPerson(places, person, q) & (slots.length - 1);
    while (slots[slot] >= 0 && !samePattern(places, people[slots[slot]][0], person, q)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    if (slots[slot] < 0) {
      slots[slot] = people.length;
      people.push([]);
    }
    people[slots[slot]].push(person);
  }
  return people;
}

/**
 * Whether an evaluation on second moments costs less than one on the rows: both need V^-1 of every pattern or
 * person, except that residuals whose R^-1 is banded need a few operations for each row only.
 */
function isCollapsible(people: number, size: number, m: number, isRowwise: boolean): boolean {
  if (people === 1) return false;
  const onMoments = 4 * size ** 3 + (size * (size + 1) * m * (m + 1)) / 4;
  const onRows = people * (isRowwise ? 3 * size * m * m : 4 * size ** 3 + size * size * m);
  return onMoments < onRows;
}

/** Element (row, column) of W for everybody: one array over people for each, rows by columns. */
function stacked(part: PatternPart, { order, starts }: Places, people: readonly number[]): Float64Array[] {
  const size = starts[people[0] + 1] - starts[people[0]];
  const out: Float64Array[] = [];
  for (let j = 0; j < size; j++) {
    for (const column of part.columns) {
      const values = new Float64Array(people.length);
      for (let i = 0; i < people.length; i++) values[i] = column[order[starts[people[i]] + j]];
      out.push(values);
    }
  }
  return out;
}

function collapsePattern(part: PatternPart, places: Places, people: readonly number[]): Pattern {
  const [m, q] = [part.columns.length, part.random.length];
  const from = places.starts[people[0]];
  const size = places.starts[people[0] + 1] - from;
  const w = stacked(part, places, people);
  const moments = new Float64Array(packedLength(size) * packedLength(m));
  let at = 0;
  for (let j = 0; j < size; j++) {
    for (let k = j; k < size; k++) {
      for (let a = 0; a < m; a++) {
        for (let b = a; b < m; b++) {
          const product = dot(w[j * m + a], w[k * m + b]);
          moments[at++] = j === k ? product : product + dot(w[j * m + b], w[k * m + a]);
        }
      }
    }
  }
  return {
    size,
    positions: places.positions.slice(from, from + size),
    random: places.random.slice(from * q, (from + size) * q),
    people: people.length,
    moments,
  };
}

/** The rows of some people, one person after the other. */
function seriesOf(part: PatternPart, places: Places, people: readonly number[]): SeriesRows {
  const q = part.random.length;
  const starts = new Int32Array(people.length + 1);
  people.forEach((person, i) => {
    starts[i + 1] = starts[i] + places.starts[person + 1] - places.starts[person];
  });
  const order = new Int32Array(starts[people.length]);
  const positions = new Float64Array(order.length);
  const random = new Float64Array(order.length * q);
  people.forEach((person, i) => {
    const [from, to] = [places.starts[person], places.starts[person + 1]];
    order.set(places.order.subarray(from, to), starts[i]);
    positions.set(places.positions.subarray(from, to), starts[i]);
    random.set(places.random.subarray(from * q, to * q), starts[i] * q);
  });
  return { count: people.length, starts, positions, random, columns: gather(part.columns, order) };
}

/**
 * The pattern sums of one part of the data. Pure: parts may be reduced anywhere and merged later.
 *
 * @param isRowwise  true for residuals (AR(1), CAR(1), variances) of which long series are cheap row by row.
 */
export function reducePatterns(part: PatternPart, isRowwise = false): PatternSums {
  const [m, q] = [part.columns.length, part.random.length];
  const places = placesOf(part);
  const collapsed: number[][] = [];
  const kept: number[] = [];
  for (const people of peopleByPattern(places, q)) {
    const size = places.starts[people[0] + 1] - places.starts[people[0]];
    if (isCollapsible(people.length, size, m, isRowwise)) collapsed.push(people);
    else kept.push(...people);
  }
  return {
    nobs: part.groups.length,
    ngroups: part.ngroups,
    m,
    q,
    patterns: collapsed.map((people) => collapsePattern(part, places, people)),
    series: seriesOf(
      part,
      places,
      kept.sort((a, b) => a - b),
    ),
  };
}

function mergeSeries(parts: readonly SeriesRows[]): SeriesRows {
  const starts = [0];
  for (const part of parts) {
    const before = starts[starts.length - 1];
    for (let i = 1; i <= part.count; i++) starts.push(before + part.starts[i]);
  }
  return {
    count: starts.length - 1,
    starts: Int32Array.from(starts),
    positions: concatenate(parts.map((part) => part.positions)),
    random: concatenate(parts.map((part) => part.random)),
    columns: concatenate(parts.map((part) => part.columns)),
  };
}

function addPattern(pattern: Pattern, other: Pattern): Pattern {
  return {
    ...pattern,
    people: pattern.people + other.people,
    moments: pattern.moments.map((value, k) => value + other.moments[k]),
  };
}

/**
 * The sums of all parts together, in the order given (the order decides the last bits).
 *
 * @throws StatsError `sums.different-shape` when the parts come from different models.
 */
export function mergePatterns(parts: readonly PatternSums[]): PatternSums {
  const [head] = parts;
  const byKey = new Map<string, Pattern>();
  for (const part of parts) {
    if (part.m !== head.m || part.q !== head.q) {
      throw new StatsError(
        "sums.different-shape",
        `Expected sums with ${head.m} columns and ${head.q} random effects; found ${part.m} and ${part.q}. Reduce every part with the same formula.`,
      );
    }
    for (const pattern of part.patterns) {
      const key = `${pattern.positions.join()};${pattern.random.join()}`;
      const known = byKey.get(key);
      byKey.set(key, known === undefined ? pattern : addPattern(known, pattern));
    }
  }
  return {
    nobs: parts.reduce((sum, part) => sum + part.nobs, 0),
    ngroups: parts.reduce((sum, part) => sum + part.ngroups, 0),
    m: head.m,
    q: head.q,
    patterns: [...byKey.values()],
    series: mergeSeries(parts.map((part) => part.series)),
  };
}
