import type { Column } from "../table/table.ts";

/** The group of each row: `codes[row]` from 0 to `count - 1`, or -1 where the group is missing. */
export interface Grouping {
  readonly codes: Int32Array;
  readonly count: number;
}

/** Numbers the groups of a column in order of first appearance. */
export function groupRows(column: Column): Grouping {
  return column.kind === "factor" ? groupFactor(column.codes, column) : groupNumbers(column.values, column);
}

function groupFactor(
  levelCodes: Int32Array,
  column: { readonly levels: readonly string[]; readonly missing: Uint8Array },
): Grouping {
  const numberOf = new Int32Array(column.levels.length).fill(-1);
  const codes = new Int32Array(levelCodes.length);
  let count = 0;
  for (let row = 0; row < codes.length; row++) {
    const level = levelCodes[row];
    if (column.missing[row] === 1) {
      codes[row] = -1;
      continue;
    }
    if (numberOf[level] < 0) numberOf[level] = count++;
    codes[row] = numberOf[level];
  }
  return { codes, count };
}

function groupNumbers(values: Float64Array, column: { readonly missing: Uint8Array }): Grouping {
  return groupAscending(values, column.missing) ?? groupByLookup(values, column.missing);
}

/** The grouping of rows that are sorted by group, as most data are; null when they are not. */
function groupAscending(values: Float64Array, missing: Uint8Array): Grouping | null {
  const codes = new Int32Array(values.length);
  let previous = Number.NEGATIVE_INFINITY;
  let code = -1;
  for (let row = 0; row < codes.length; row++) {
    const value = values[row];
    if (value === previous) {
      codes[row] = code;
    } else if (value > previous) {
      previous = value;
      codes[row] = ++code;
    } else if (missing[row] === 1) {
      codes[row] = -1;
    } else {
      return null;
    }
  }
  return { codes, count: code + 1 };
}

function groupByLookup(values: Float64Array, missing: Uint8Array): Grouping {
  const numberOf = new Map<number, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < codes.length; row++) {
    if (missing[row] === 1) {
      codes[row] = -1;
      continue;
    }
    const code = numberOf.get(values[row]) ?? numberOf.size;
    numberOf.set(values[row], code);
    codes[row] = code;
  }
  return { codes, count: numberOf.size };
}

/** The rows by the values of two groupings together, numbered in order of first appearance. */
export function combineGroups(a: Grouping, b: Grouping): Grouping {
  const numberOf = new Map<number, number>();
  const codes = Int32Array.from(a.codes, (code, row) => {
    if (code < 0 || b.codes[row] < 0) return -1;
    const pair = code * b.count + b.codes[row];
    const known = numberOf.get(pair) ?? numberOf.size;
    numberOf.set(pair, known);
    return known;
  });
  return { codes, count: numberOf.size };
}

/** The grouping of some of the rows, numbered anew so that every group has a row. */
export function regroup(grouping: Grouping, rows: Int32Array): Grouping {
  const numberOf = new Int32Array(grouping.count).fill(-1);
  const codes = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const old = grouping.codes[rows[i]];
    if (numberOf[old] < 0) numberOf[old] = count++;
    codes[i] = numberOf[old];
  }
  return { codes, count };
}

/** The number of rows in each group. */
export function groupSizes({ codes, count }: Grouping): Int32Array {
  const sizes = new Int32Array(count);
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) sizes[codes[i]]++;
  return sizes;
}

/** The mean of `values` in each group, over the rows where `use` (if given) is 1. */
export function groupMeans(values: Float64Array, { codes, count }: Grouping, use?: Uint8Array): Float64Array {
  const sums = new Float64Array(count);
  const sizes = new Int32Array(count);
  for (let i = 0; i < codes.length; i++) {
    if (use !== undefined && use[i] !== 1) continue;
    sums[codes[i]] += values[i];
    sizes[codes[i]]++;
  }
  return sums.map((sum, group) => sum / sizes[group]);
}

/**
 * A value less the mean of its group; 0 where the two differ by no more than the rounding of the mean.
 *
 * Without this, a column that never changes within people would vary by its last bits and get a slope.
 */
export function deviation(value: number, mean: number): number {
  const difference = value - mean;
  return Math.abs(difference) <= 1e-12 * Math.abs(mean) ? 0 : difference;
}
