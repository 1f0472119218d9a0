import { StatsError } from "../errors.ts";
import type { Column, NumericColumn } from "../table/table.ts";
import type { Grouping } from "./groups.ts";

function timeOrder(time: NumericColumn, grouping: Grouping): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < time.values.length; row++) {
    if (grouping.codes[row] >= 0 && time.missing[row] === 0) rows.push(row);
  }
  const { codes } = grouping;
  return Int32Array.from(rows).sort((a, b) => codes[a] - codes[b] || time.values[a] - time.values[b]);
}

/**
 * For each row, the row of the same person one wave earlier, or -1 where there is none.
 *
 * Waves are numbers that step by 1; across a gap there is no previous row.
 *
 * @throws StatsError `data.duplicate-time` when a person has two rows at one time, `data.lag-no-pairs` when
 *   no two rows are one wave apart.
 */
export function previousWaveRows(time: NumericColumn, grouping: Grouping, name: string): Int32Array {
  const previous = new Int32Array(time.values.length).fill(-1);
  const order = timeOrder(time, grouping);
  let pairs = 0;
  for (let i = 1; i < order.length; i++) {
    const [row, before] = [order[i], order[i - 1]];
    if (grouping.codes[row] !== grouping.codes[before]) continue;
    const gap = time.values[row] - time.values[before];
    if (gap === 0) throw duplicateTime(name, time.values[row], [before, row]);
    if (gap !== 1) continue;
    previous[row] = before;
    pairs++;
  }
  if (pairs > 0) return previous;
  throw new StatsError(
    "data.lag-no-pairs",
    `Expected rows of one person whose "${name}" differ by 1, so that lag() has a previous wave; found none. Give the wave number as the time column.`,
  );
}

function duplicateTime(name: string, time: number, [first, second]: readonly number[]): StatsError {
  return new StatsError(
    "data.duplicate-time",
    `Expected one row for each person and time; found rows ${first + 1} and ${second + 1} of one person both at ${name} = ${time}. Keep one of them, or correct the time.`,
  );
}

/** The values of `column` in the rows `previous`; missing where there is no such row. */
export function lagColumn(column: Column, previous: Int32Array): Column {
  const missing = new Uint8Array(previous.length);
  for (let row = 0; row < previous.length; row++) {
    missing[row] = previous[row] < 0 ? 1 : column.missing[previous[row]];
  }
  if (column.kind === "numeric") {
    const values = Float64Array.from(previous, (row) => (row < 0 ? Number.NaN : column.values[row]));
    return { kind: "numeric", values, missing };
  }
  const codes = Int32Array.from(previous, (row) => (row < 0 ? 0 : column.codes[row]));
  return { kind: "factor", codes, levels: column.levels, missing };
}
