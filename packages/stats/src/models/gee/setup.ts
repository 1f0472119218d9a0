import { StatsError } from "../../errors.ts";
import { type Grouping, groupSizes } from "../../frame/groups.ts";
import type { ModelFrame } from "../../frame/model-frame.ts";
import type { FitData } from "../../table/table.ts";
import { type RegressionRows, regressionFrame, regressionRows, requiredNumbers } from "../glm/setup.ts";
import type { ResolvedGeeOptions } from "./options.ts";
import { type Pairs, pairsOf } from "./pairs.ts";

/** The rows of a GEE, person after person and within each by time. */
export interface GeeSetup {
  readonly rows: RegressionRows;
  /** Person k has the rows `start[k]` to `start[k + 1] - 1`. */
  readonly start: Int32Array;
  /** The number of people. */
  readonly people: number;
  readonly largest: number;
  /** The wave of each row; null where the working correlation does not ask. */
  readonly time: Float64Array | null;
  readonly pairs: Pairs;
}

function isGrouped({ codes }: Grouping): boolean {
  for (let i = 1; i < codes.length; i++) if (codes[i] < codes[i - 1]) return false;
  return true;
}

function rowOrder(people: Grouping, time: Float64Array | null): Int32Array | null {
  if (time === null && isGrouped(people)) return null;
  const order = Int32Array.from({ length: people.codes.length }, (_, i) => i);
  const { codes } = people;
  return order.sort((a, b) => codes[a] - codes[b] || (time === null ? 0 : time[a] - time[b]) || a - b);
}

function startsOf(people: Grouping): Int32Array {
  const start = new Int32Array(people.count + 1);
  const sizes = groupSizes(people);
  for (let k = 0; k < people.count; k++) start[k + 1] = start[k] + sizes[k];
  return start;
}

/**
 * Refuses a single person.
 *
 * @throws StatsError `gee.one-person`
 */
export function checkPeople(people: Pick<Grouping, "count">, id: string): void {
  if (people.count >= 2) return;
  throw new StatsError(
    "gee.one-person",
    `Expected at least two values of "${id}" among the rows used; found one. GEE compares people; check the id column, or use lmm() for one person.`,
  );
}

/**
 * Refuses times that are no whole numbers.
 *
 * @throws StatsError `gee.time-not-whole`
 */
export function checkTimes(time: Float64Array, name: string): void {
  const wrong = time.findIndex((value) => !Number.isInteger(value));
  if (wrong < 0) return;
  throw new StatsError(
    "gee.time-not-whole",
    `Expected whole wave numbers in "${name}"; found ${time[wrong]}. Give the number of the wave, or use lmm() with car1 for real times.`,
  );
}

function checkOneRowEach(setup: Pick<GeeSetup, "start" | "people">, time: Float64Array, name: string): void {
  for (let k = 0; k < setup.people; k++) {
    for (let i = setup.start[k] + 1; i < setup.start[k + 1]; i++) {
      if (time[i] !== time[i - 1]) continue;
      throw new StatsError(
        "data.duplicate-time",
        `Expected one row for each person and time; found two rows of one person at ${name} = ${time[i]}. Keep one of them, or correct the time.`,
      );
    }
  }
}

function needsTime({ correlation }: ResolvedGeeOptions): boolean {
  return correlation === "ar1" || correlation === "unstructured";
}

function waves(frame: ModelFrame, options: ResolvedGeeOptions): Float64Array | null {
  if (!needsTime(options) || options.time === undefined) return null;
  const time = requiredNumbers(frame, options.time, { use: "as the time", order: null });
  checkTimes(time, options.time);
  return time;
}

/**
 * The rows that the equations need, put in order.
 *
 * @throws StatsError `formula.*`, `data.*`, `regression.*`, `gee.one-person`, `gee.time-not-whole`
 */
export function setupGee(formula: string, data: FitData, options: ResolvedGeeOptions): GeeSetup {
  const question = { ...options, required: requiredColumns(options) };
  const frame = regressionFrame(formula, data, question);
  const people = frame.people ?? { codes: new Int32Array(frame.outcome.length), count: 1 };
  checkPeople(people, options.id);
  const asked = waves(frame, options);
  const order = rowOrder(people, asked);
  const rows = regressionRows(frame, question, order);
  const start = startsOf(people);
  const time = asked === null || order === null ? asked : asked.map((_, i) => asked[order[i]]);
  if (time !== null) checkOneRowEach({ start, people: people.count }, time, options.time ?? "time");
  const largest = groupSizes(people).reduce((max, size) => Math.max(max, size), 0);
  const pairs = pairsOf(options.correlation, { start, people: people.count, time });
  return { rows, start, people: people.count, largest, time, pairs };
}

/** Columns that a row must have for the working correlation. */
export function requiredColumns(options: Pick<ResolvedGeeOptions, "correlation" | "time">): string[] {
  const { correlation, time } = options;
  return time !== undefined && (correlation === "ar1" || correlation === "unstructured") ? [time] : [];
}
