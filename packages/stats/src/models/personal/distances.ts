import { StatsError } from "../../errors.ts";
import type { Grouping } from "../../frame/groups.ts";
import type { ResolvedPersonalOptions } from "./options.ts";

/** The rows of each person in order of time, and how far each is from the one before. */
export interface Sequence {
  /** Rows of the frame, sorted by person and time. */
  readonly order: Int32Array;
  /** Distance from the previous row of the person in units of `step`; NaN at a person's first row. */
  readonly distance: Float64Array;
  /** The distance that counts as 1, in units of the time column. */
  readonly step: number;
}

function greatestDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function duplicate(name: string, time: number): StatsError {
  return new StatsError(
    "personal.duplicate-time",
    `Expected one row at each "${name}" of a person; found two at ${time}. Combine them, give a finer time, or name the person (id).`,
  );
}

/** The smallest step of whole-numbered times: the greatest number that divides all distances. */
function wholeStep(name: string, distances: readonly number[]): number {
  const odd = distances.find((distance) => !Number.isSafeInteger(distance));
  if (odd === undefined) return distances.reduce(greatestDivisor, 0);
  throw new StatsError(
    "personal.time",
    `Expected whole numbers in "${name}" for ar1, such as the day; found rows ${odd} apart. Ask for residual "car1", which takes any distance.`,
  );
}

/**
 * Sorts the rows and measures their distances.
 *
 * AR(1) counts in the greatest common divisor of the distances, so that days, weeks written as days and seconds
 * give the same fit; CAR(1) in the median distance.
 *
 * @throws StatsError `personal.duplicate-time`, `personal.time`
 */
export function sequenceRows(
  times: Float64Array,
  people: Grouping | null,
  options: ResolvedPersonalOptions,
): Sequence {
  const name = options.time ?? "";
  const codes = people?.codes ?? new Int32Array(times.length);
  const order = Int32Array.from(times, (_, row) => row).sort(
    (a, b) => codes[a] - codes[b] || times[a] - times[b],
  );
  const distance = new Float64Array(order.length).fill(Number.NaN);
  if (options.residual === "iid") return { order, distance, step: 1 };
  const found: number[] = [];
  for (let i = 1; i < order.length; i++) {
    if (codes[order[i]] !== codes[order[i - 1]]) continue;
    distance[i] = times[order[i]] - times[order[i - 1]];
    if (distance[i] === 0) throw duplicate(name, times[order[i]]);
    found.push(distance[i]);
  }
  if (found.length === 0) return { order, distance, step: 1 };
  const step = options.residual === "ar1" ? wholeStep(name, found) : median(found);
  return { order, distance: distance.map((value) => value / step), step };
}
