import { StatsError } from "../errors.ts";
import { packedLength } from "./grouped-sums.ts";
import { addMomentInto, type SumsPart } from "./reduce.ts";

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

/** The rows ordered by person, then by position: `order[starts[g]]` is the first row of person g. */
function orderedRows({ groups, ngroups, positions }: PatternPart): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(ngroups + 1);
  for (let i = 0; i < groups.length; i++) starts[groups[i] + 1]++;
  for (let g = 0; g < ngroups; g++) starts[g + 1] += starts[g];
  const next = starts.slice();
  const order = new Int32Array(groups.length);
  for (let i = 0; i < groups.length; i++) order[next[groups[i]]++] = i;
  for (let g = 0; g < ngroups; g++) {
    const rows = order.subarray(starts[g], starts[g + 1]);
    if (!isAscending(rows, positions)) rows.sort((a, b) => positions[a] - positions[b] || a - b);
  }
  return { order, starts };
}

function isAscending(rows: Int32Array, positions: Float64Array): boolean {
  for (let k = 1; k < rows.length; k++) if (positions[rows[k]] < positions[rows[k - 1]]) return false;
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

function allSeries(part: PatternPart): SeriesRows {
  const { order, starts } = orderedRows(part);
  return {
    count: part.ngroups,
    starts,
    positions: gather([part.positions], order),
    random: gather(part.random, order),
    columns: gather(part.columns, order),
  };
}

function hashOf(value: number, hash: number): number {
  const scaled = value * 2 ** 20;
  const mixed = Math.imul(hash ^ (scaled | 0) ^ ((scaled / 2 ** 32) | 0), 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function hashPerson({ starts, positions, random }: SeriesRows, person: number, q: number): number {
  let hash = starts[person + 1] - starts[person];
  for (let i = starts[person]; i < starts[person + 1]; i++) {
    hash = hashOf(positions[i], hash);
    for (let r = 0; r < q; r++) hash = hashOf(random[i * q + r], hash);
  }
  return hash;
}

function samePattern({ starts, positions, random }: SeriesRows, a: number, b: number, q: number): boolean {
  const size = starts[a + 1] - starts[a];
  if (starts[b + 1] - starts[b] !== size) return false;
  const [fromA, fromB] = [starts[a], starts[b]];
  for (let i = 0; i < size; i++) if (positions[fromA + i] !== positions[fromB + i]) return false;
  for (let i = 0; i < size * q; i++) if (random[fromA * q + i] !== random[fromB * q + i]) return false;
  return true;
}

/** The people of each pattern, in order of first appearance (open addressing). */
function peopleByPattern(series: SeriesRows, q: number): number[][] {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * series.count + 2))).fill(-1);
  const people: number[][] = [];
  for (let person = 0; person < series.count; person++) {
    let slot = hashPerson(series, person, q) & (slots.length - 1);
    while (slots[slot] >= 0 && !samePattern(series, people[slots[slot]][0], person, q)) {
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

/** Whether an evaluation on second moments costs less than one on the rows. */
function isCollapsible(people: number, size: number, m: number): boolean {
  return ((size + 1) * (m + 1)) / 4 < people * (size + m / 2) && people > 1;
}

function collapsePattern(series: SeriesRows, people: readonly number[], m: number, q: number): Pattern {
  const { starts, positions, random, columns } = series;
  const from = starts[people[0]];
  const size = starts[people[0] + 1] - from;
  const packed = packedLength(m);
  const moments = new Float64Array(packedLength(size) * packed);
  for (const person of people) {
    let at = 0;
    for (let j = 0; j < size; j++) {
      for (let k = j; k < size; k++) {
        addMomentInto(moments, at, columns, (starts[person] + j) * m, (starts[person] + k) * m, m);
        at += packed;
      }
    }
  }
  return {
    size,
    positions: positions.slice(from, from + size),
    random: random.slice(from * q, (from + size) * q),
    people: people.length,
    moments,
  };
}

function selectPeople(series: SeriesRows, people: readonly number[], m: number, q: number): SeriesRows {
  const starts = new Int32Array(people.length + 1);
  people.forEach((person, i) => {
    starts[i + 1] = starts[i] + series.starts[person + 1] - series.starts[person];
  });
  const rows = starts[people.length];
  const out = {
    count: people.length,
    starts,
    positions: new Float64Array(rows),
    random: new Float64Array(rows * q),
    columns: new Float64Array(rows * m),
  };
  people.forEach((person, i) => {
    const [from, to] = [series.starts[person], series.starts[person + 1]];
    out.positions.set(series.positions.subarray(from, to), starts[i]);
    out.random.set(series.random.subarray(from * q, to * q), starts[i] * q);
    out.columns.set(series.columns.subarray(from * m, to * m), starts[i] * m);
  });
  return out;
}

/** The pattern sums of one part of the data. Pure: parts may be reduced anywhere and merged later. */
export function reducePatterns(part: PatternPart): PatternSums {
  const [m, q] = [part.columns.length, part.random.length];
  const series = allSeries(part);
  const sizeOf = (person: number) => series.starts[person + 1] - series.starts[person];
  const byPattern = peopleByPattern(series, q);
  const collapsed = byPattern.filter((people) => isCollapsible(people.length, sizeOf(people[0]), m));
  const kept = byPattern.filter((people) => !isCollapsible(people.length, sizeOf(people[0]), m)).flat();
  return {
    nobs: part.groups.length,
    ngroups: part.ngroups,
    m,
    q,
    patterns: collapsed.map((people) => collapsePattern(series, people, m, q)),
    series: selectPeople(
      series,
      kept.sort((a, b) => a - b),
      m,
      q,
    ),
  };
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
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
