import { StatsError } from "../../../errors.ts";
import type { Grouping } from "../../../frame/groups.ts";
import type { ModelFrame } from "../../../frame/model-frame.ts";
import { requireNumbers } from "../../../frame/variables.ts";
import { columnOf } from "../../../table/nearest-name.ts";
import type { Table } from "../../../table/table.ts";
import type { ResolvedResidual } from "../residual-options.ts";

/** Where the rows of a person stand, in the coordinates of one residual structure. */
export interface Positions {
  /**
   * For each row used: steps since the person's first row (ar1, car1, toeplitz), or the number of its wave from 0
   * (unstructured, variances).
   */
  readonly values: Float64Array;
  /** The time of one step; 1 where positions are numbers of waves. */
  readonly step: number;
  /** The distinct times in order. */
  readonly waves: readonly number[];
  readonly people: Grouping;
}

/** Above this many waves an unstructured covariance has more parameters than any panel can tell. */
const MOST_WAVES = 15;
/** The same for the correlations of a Toeplitz structure. */
const MOST_LAGS = 40;

function timesUsed(frame: ModelFrame, table: Table, name: string): Float64Array {
  const column = requireNumbers(columnOf(table, name), name, "as the time of the residual structure");
  const missing = frame.kept.filter((row) => column.missing[row] === 1);
  if (missing.length > 0) {
    throw new StatsError(
      "lmm.residual-time",
      `Expected a number in "${name}" in every row used; found none in ${missing.length} of ${frame.kept.length} rows, such as row ${missing[0] + 1}. Leave these rows out (--where).`,
    );
  }
  return Float64Array.from(frame.kept, (row) => column.values[row]);
}

function peopleOf(frame: ModelFrame, type: string): Grouping {
  const { people, groups } = frame;
  if (people === null) {
    throw new StatsError(
      "data.id-needed",
      `Expected to know which rows belong to one person, for residuals of type ${type}; found no random term and no id. Give the id column (--id COLUMN), or add (1 | COLUMN).`,
    );
  }
  const same = groups === null || groups.codes.every((code, i) => code === people.codes[i]);
  if (same) return people;
  throw new StatsError(
    "lmm.residual-person",
    `Expected the random term and the residuals of type ${type} to speak of the same person; found ${groups.count} groups of "${frame.formula.random[0]?.group}" and ${people.count} people. Group both by the person, or use independent residuals.`,
  );
}

interface PersonTimes {
  /** The first time of each person. */
  readonly first: Float64Array;
  /** The gaps between neighbouring times of a person, all people together. */
  readonly gaps: Float64Array;
}

function personTimes(times: Float64Array, { codes, count }: Grouping): PersonTimes {
  const order = Int32Array.from(times, (_, i) => i).sort(
    (a, b) => codes[a] - codes[b] || times[a] - times[b],
  );
  const first = new Float64Array(count);
  const gaps = new Float64Array(times.length - count);
  let next = 0;
  for (let k = 0; k < order.length; k++) {
    const row = order[k];
    const starts = k === 0 || codes[order[k - 1]] !== codes[row];
    if (starts) first[codes[row]] = times[row];
    else gaps[next++] = times[row] - times[order[k - 1]];
  }
  return { first, gaps };
}

/** The name of a person as it stands in the data. */
function personName(frame: ModelFrame, row: number, table: Table, id: string | undefined): string {
  const name = id ?? frame.formula.random[0]?.group;
  if (name === undefined) return `row ${row + 1}`;
  const column = columnOf(table, name);
  const value =
    column.kind === "factor" ? column.levels[column.codes[frame.kept[row]]] : column.values[frame.kept[row]];
  return `${name} ${value}`;
}

interface Asked {
  readonly frame: ModelFrame;
  readonly table: Table;
  readonly id: string | undefined;
  readonly residual: ResolvedResidual;
}

function checkDistinct(asked: Asked, times: Float64Array, { codes }: Grouping): void {
  const seen = new Map<number, Set<number>>();
  const found: string[] = [];
  let count = 0;
  for (let i = 0; i < times.length; i++) {
    const known = seen.get(codes[i]) ?? new Set<number>();
    seen.set(codes[i], known);
    if (known.has(times[i])) {
      count++;
      if (found.length < 3) found.push(`${personName(asked.frame, i, asked.table, asked.id)} at ${times[i]}`);
    }
    known.add(times[i]);
  }
  if (count === 0) return;
  throw new StatsError(
    "lmm.duplicate-time",
    `Expected one row of each person at each "${asked.residual.time}"; found ${count} more (${found.join(", ")}). Remove the repeated rows, or give a time that tells them apart.`,
  );
}

function checkWhole(times: Float64Array, { type, time }: ResolvedResidual): void {
  const broken = times.find((value) => !Number.isSafeInteger(value));
  if (broken === undefined) return;
  throw new StatsError(
    "lmm.residual-waves",
    `Expected whole numbers in "${time}", which ${type} counts as waves; found ${broken}. Use car1 for real times, or give the number of the wave.`,
  );
}

function greatestDivisor(gaps: Float64Array): number {
  let divisor = 0;
  for (const gap of gaps) {
    let [a, b] = [gap, divisor];
    while (b > 0) [a, b] = [b, a % b];
    divisor = a;
    if (divisor === 1) return 1;
  }
  return divisor;
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  return sorted[Math.floor(sorted.length / 2)];
}

// Times of different people that are the same number of steps apart get the same position to the last bit.
const GRID = 2 ** 40;

function stepPositions(times: Float64Array, people: Grouping, from: PersonTimes, step: number): Float64Array {
  return times.map((time, i) => Math.round(((time - from.first[people.codes[i]]) / step) * GRID) / GRID);
}

function refuseSingles(gaps: Float64Array, { type }: ResolvedResidual, people: number): void {
  if (gaps.length > 0) return;
  throw new StatsError(
    "lmm.one-row-per-group",
    `Expected several rows of a person, for residuals of type ${type}; found one row for each of ${people} people. Use independent residuals, or check the id column.`,
  );
}

function distancePositions(asked: Asked, times: Float64Array, people: Grouping): Positions {
  const { residual } = asked;
  checkDistinct(asked, times, people);
  if (residual.type !== "car1") checkWhole(times, residual);
  const from = personTimes(times, people);
  refuseSingles(from.gaps, residual, people.count);
  const step = residual.type === "car1" ? median(from.gaps) : greatestDivisor(from.gaps);
  const values = stepPositions(times, people, from, step);
  const longest = values.reduce((most, value) => Math.max(most, value), 0);
  if (residual.type === "toeplitz" && longest > MOST_LAGS) {
    throw new StatsError(
      "lmm.residual-waves",
      `Expected at most ${MOST_LAGS} distances in time for toeplitz, which estimates a correlation for each; found ${longest} in "${residual.time}". Use ar1 or car1.`,
    );
  }
  return { values, step, waves: [], people };
}

function checkPairs(values: Float64Array, waves: readonly number[], people: Grouping): void {
  const n = waves.length;
  const seenBy = Array.from({ length: people.count }, () => [] as number[]);
  values.forEach((wave, i) => {
    seenBy[people.codes[i]].push(wave);
  });
  const together = new Uint8Array(n * n);
  for (const own of seenBy) for (const a of own) for (const b of own) together[a * n + b] = 1;
  const missing = together.indexOf(0);
  if (missing < 0) return;
  throw new StatsError(
    "lmm.residual-waves",
    `Expected people seen at both of every two waves, for an unstructured covariance; found none at ${waves[Math.floor(missing / n)]} and ${waves[missing % n]}. Use toeplitz or ar1, which ask less of the data.`,
  );
}

function wavePositions(asked: Asked, times: Float64Array, people: Grouping): Positions {
  const { type, time } = asked.residual;
  const waves = [...new Set(times)].sort((a, b) => a - b);
  const most = type === "unstructured" ? MOST_WAVES : MOST_LAGS;
  if (waves.length < 2 || waves.length > most) {
    throw new StatsError(
      "lmm.residual-waves",
      `Expected 2 to ${most} different values of "${time}" for residuals of type ${type}; found ${waves.length}. ${waves.length < 2 ? "Use independent residuals." : "Use ar1 or car1, which do not have a parameter for each."}`,
    );
  }
  const numberOf = new Map(waves.map((wave, i) => [wave, i]));
  const values = times.map((value) => numberOf.get(value) ?? 0);
  if (type === "unstructured") {
    checkDistinct(asked, times, people);
    checkPairs(values, waves, people);
  }
  return { values, step: 1, waves, people };
}

/**
 * Where the rows of each person stand in time, and who the people are.
 *
 * @throws StatsError `lmm.residual-time`, `lmm.residual-person`, `lmm.residual-waves`, `lmm.duplicate-time`,
 *   `lmm.one-row-per-group`, `data.id-needed`
 */
export function residualPositions(asked: Asked): Positions {
  const { type, time } = asked.residual;
  const times = timesUsed(asked.frame, asked.table, time);
  const people = peopleOf(asked.frame, type);
  return type === "unstructured" || type === "variances"
    ? wavePositions(asked, times, people)
    : distancePositions(asked, times, people);
}
