import { StatsError } from "../../errors.ts";
import type { PatternMoments, SemGroupData, SemRows } from "./model.ts";

/** Sums of the rows that have the same variables observed, of values less the shift. */
export interface SemPatternSums {
  readonly group: number;
  /** Indices of the observed variables, rising. */
  readonly observed: readonly number[];
  readonly count: number;
  readonly sum: Float64Array;
  /** Lower triangle by rows of the k x k sums of products. */
  readonly products: Float64Array;
}

/** Everything the likelihood needs, additive over parts of the data. */
export interface SemSums {
  readonly names: readonly string[];
  readonly labels: readonly string[];
  /** Taken from every value before it is summed, one for each variable: a constant near the data. */
  readonly shift: Float64Array;
  /** For each group. */
  readonly droppedEmpty: readonly number[];
  readonly droppedCovariate: readonly number[];
  readonly patterns: readonly SemPatternSums[];
}

export interface SemReduceOptions {
  /** By default the means of the values observed. */
  readonly shift?: Float64Array;
  /** Names of columns without which a row is left out. */
  readonly fixedCovariates?: readonly string[];
}

function checkRows({ names, columns, groups, labels }: SemRows): void {
  const fail = (expected: string, found: string): never => {
    throw new StatsError("sem.data", `Expected ${expected}; found ${found}. Build the rows again.`);
  };
  if (columns.length !== names.length)
    fail(`a column for each of ${names.length} names`, `${columns.length}`);
  const unequal = columns.findIndex((column) => column.length !== groups.length);
  if (unequal >= 0)
    fail(`${groups.length} rows in each column`, `${columns[unequal].length} in "${names[unequal]}"`);
  const infinite = columns.findIndex((column) => column.some((v) => v === Infinity || v === -Infinity));
  if (infinite >= 0) fail("finite or missing values", `an infinite one in "${names[infinite]}"`);
  const outside = groups.find((group) => group >= labels.length);
  if (outside !== undefined) fail(`groups below ${labels.length}`, `${outside}`);
}

/** The mean of each column over what is observed, zero where nothing is. */
function columnMeans(columns: readonly Float64Array[]): Float64Array {
  return Float64Array.from(columns, (column) => {
    let [sum, count] = [0, 0];
    for (const value of column) {
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    return count === 0 ? 0 : sum / count;
  });
}

/** The group and observed variables of each row, as the number of a pattern; -1 for rows left out. */
export interface RowPatterns {
  readonly ofRow: Int32Array;
  readonly patterns: readonly { readonly group: number; readonly observed: readonly number[] }[];
  readonly droppedEmpty: readonly number[];
  readonly droppedCovariate: readonly number[];
}

/**
 * Sorts rows by what they have observed.
 *
 * @throws StatsError `sem.data`
 */
export function rowPatterns(rows: SemRows, fixedCovariates: readonly string[] = []): RowPatterns {
  checkRows(rows);
  const needed = rows.names.map((name) => fixedCovariates.includes(name));
  const known = new Map<string, number>();
  const patterns: { group: number; observed: number[] }[] = [];
  const droppedEmpty = rows.labels.map(() => 0);
  const droppedCovariate = rows.labels.map(() => 0);
  const ofRow = new Int32Array(rows.groups.length).fill(-1);
  for (let row = 0; row < ofRow.length; row++) {
    const group = rows.groups[row];
    if (group < 0) continue;
    const { key, covariates, others } = rowKey(rows.columns, needed, row);
    if (others === 0) droppedEmpty[group]++;
    else if (covariates < fixedCovariates.length) droppedCovariate[group]++;
    if (others === 0 || covariates < fixedCovariates.length) continue;
    const name = `${group}:${key}`;
    let index = known.get(name);
    if (index === undefined) {
      index = patterns.length;
      known.set(name, index);
      const observed = rows.columns.flatMap((column, j) => (Number.isNaN(column[row]) ? [] : [j]));
      patterns.push({ group, observed });
    }
    ofRow[row] = index;
  }
  return { ofRow, patterns, droppedEmpty, droppedCovariate };
}

/** Which columns a row has, as text, and how many of them are needed covariates and how many are not. */
function rowKey(columns: readonly Float64Array[], needed: readonly boolean[], row: number) {
  let key = "";
  let bits = 0;
  let [covariates, others] = [0, 0];
  for (let j = 0; j < columns.length; j++) {
    if (j % 30 === 0 && j > 0) {
      key += `${bits},`;
      bits = 0;
    }
    bits *= 2;
    if (Number.isNaN(columns[j][row])) continue;
    bits++;
    if (needed[j]) covariates++;
    else others++;
  }
  return { key: `${key}${bits}`, covariates, others };
}

function emptySums(pattern: { readonly group: number; readonly observed: readonly number[] }) {
  const k = pattern.observed.length;
  return {
    ...pattern,
    count: 0,
    sum: new Float64Array(k),
    products: new Float64Array((k * (k + 1)) / 2),
  };
}

function addRow(
  sums: { count: number; sum: Float64Array; products: Float64Array; observed: readonly number[] },
  columns: readonly Float64Array[],
  shift: Float64Array,
  row: number,
): void {
  const { sum, products, observed } = sums;
  sums.count++;
  const values = observed.map((j) => columns[j][row] - shift[j]);
  for (let i = 0, a = 0; i < values.length; i++) {
    sum[i] += values[i];
    for (let j = 0; j <= i; j++, a++) products[a] += values[i] * values[j];
  }
}

/**
 * Reduces rows to sums for each group and pattern of missing values.
 *
 * @throws StatsError `sem.data`
 */
export function reduceSem(rows: SemRows, options: SemReduceOptions = {}): SemSums {
  const { ofRow, patterns, droppedEmpty, droppedCovariate } = rowPatterns(rows, options.fixedCovariates);
  const shift = options.shift ?? columnMeans(rows.columns);
  const sums = patterns.map(emptySums);
  for (let row = 0; row < ofRow.length; row++) {
    if (ofRow[row] >= 0) addRow(sums[ofRow[row]], rows.columns, shift, row);
  }
  return { names: rows.names, labels: rows.labels, shift, droppedEmpty, droppedCovariate, patterns: sums };
}

function sameList(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  return a.length === b.length && Array.from(a).every((value, i) => value === b[i]);
}

/** The sums of one pattern as if another constant had been taken from every value: exact but for rounding. */
function reshifted(pattern: SemPatternSums, from: Float64Array, to: Float64Array): SemPatternSums {
  const change = pattern.observed.map((j) => from[j] - to[j]);
  const { count, sum } = pattern;
  const products = Float64Array.from(pattern.products);
  for (let i = 0, a = 0; i < change.length; i++) {
    for (let j = 0; j <= i; j++, a++) {
      products[a] += change[i] * sum[j] + change[j] * sum[i] + count * change[i] * change[j];
    }
  }
  return { ...pattern, sum: sum.map((value, i) => value + count * change[i]), products };
}

/**
 * The sums of all parts together, with the shift of the first.
 *
 * @throws StatsError `sums.different-shape` where variables or groups differ, or there are no parts.
 */
export function mergeSem(parts: readonly SemSums[]): SemSums {
  const [first] = parts;
  if (first === undefined) throw differentShape();
  const merged = new Map<string, SemPatternSums>();
  for (const part of parts) {
    if (!sameList(part.names, first.names) || !sameList(part.labels, first.labels)) throw differentShape();
    const same = sameList(part.shift, first.shift);
    for (const own of part.patterns) {
      const pattern = same ? own : reshifted(own, part.shift, first.shift);
      const key = `${pattern.group}:${pattern.observed.join(",")}`;
      const known = merged.get(key);
      merged.set(key, known === undefined ? pattern : addedSums(known, pattern));
    }
  }
  const total = (counts: (part: SemSums) => readonly number[]) =>
    first.labels.map((_, g) => parts.reduce((sum, part) => sum + counts(part)[g], 0));
  return {
    ...first,
    droppedEmpty: total((part) => part.droppedEmpty),
    droppedCovariate: total((part) => part.droppedCovariate),
    patterns: [...merged.values()],
  };
}

function differentShape(): StatsError {
  return new StatsError(
    "sums.different-shape",
    "Expected sums with the same variables and groups; found different ones or none. Reduce every part with the same columns and groups.",
  );
}

function addedSums(a: SemPatternSums, b: SemPatternSums): SemPatternSums {
  return {
    ...a,
    count: a.count + b.count,
    sum: a.sum.map((value, i) => value + b.sum[i]),
    products: a.products.map((value, e) => value + b.products[e]),
  };
}

function patternMoments(
  { observed, count, sum, products }: SemPatternSums,
  shift: Float64Array,
): PatternMoments {
  const k = observed.length;
  const centre = sum.map((value) => value / count);
  const covariance = new Float64Array(k * k);
  for (let i = 0, a = 0; i < k; i++) {
    for (let j = 0; j <= i; j++, a++) {
      covariance[i * k + j] = products[a] / count - centre[i] * centre[j];
      covariance[j * k + i] = covariance[i * k + j];
    }
  }
  const mean = centre.map((value, i) => value + shift[observed[i]]);
  return { observed: Int32Array.from(observed), count, mean, covariance };
}

/** Patterns in one order whatever the order of the rows: most variables first, then by their indices. */
function inOrder(a: SemPatternSums, b: SemPatternSums): number {
  if (a.observed.length !== b.observed.length) return b.observed.length - a.observed.length;
  const different = a.observed.findIndex((index, i) => index !== b.observed[i]);
  return different < 0 ? 0 : a.observed[different] - b.observed[different];
}

/** The moments of each pattern, from sums. */
export function semDataFromSums(sums: SemSums): SemGroupData[] {
  return sums.labels.map((label, g) => {
    const patterns = sums.patterns.filter(({ group }) => group === g).sort(inOrder);
    return {
      label,
      nobs: patterns.reduce((count, pattern) => count + pattern.count, 0),
      droppedEmpty: sums.droppedEmpty[g],
      droppedCovariate: sums.droppedCovariate[g],
      patterns: patterns.map((pattern) => patternMoments(pattern, sums.shift)),
    };
  });
}

/**
 * Reduces rows to the moments of each group and pattern of missing values.
 *
 * @throws StatsError `sem.data`
 */
export function semData(rows: SemRows, options: SemReduceOptions = {}): SemGroupData[] {
  return semDataFromSums(reduceSem(rows, options));
}
