import { StatsError } from "../../../errors.ts";
import type { Grouping } from "../../../frame/groups.ts";
import type { ModelFrame } from "../../../frame/model-frame.ts";
import { requireNumbers } from "../../../frame/variables.ts";
import { type OrderedRows, orderRows } from "../../../sums/pattern-sums.ts";
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
  const { kept } = frame;
  const times = new Float64Array(kept.length);
  for (let i = 0; i < kept.length; i++)
    times[i] = column.missing[kept[i]] === 1 ? Number.NaN : column.values[kept[i]];
  const missing = times.filter(Number.isNaN).length;
  if (missing === 0) return times;
  throw new StatsError(
    "lmm.residual-time",
    `Expected a number in "${name}" in every row used; found none in ${missing} of ${kept.length} rows, such as row ${kept[times.findIndex(Number.isNaN)] + 1}. Leave these rows out (--where).`,
  );
}

function peopleOf(frame: ModelFrame, type: string): Grouping {
  const { people, groups } = frame;
  if (people === null) {
    throw new StatsError(
      "data.id-needed",
      `Expected to know which rows belong to one person, for residuals of type ${type}; found no random term and no id. Give the id column (--id COLUMN), or add (1 | COLUMN).`,
    );
  }
  const same =
    groups === null || groups === people || groups.codes.every((code, i) => code === people.codes[i]);
  if (same) return people;
  throw new StatsError(
    "lmm.residual-person",
    `Expected the random term and the residuals of type ${type} to speak of the same person; found ${groups.count} groups of "${frame.formula.random[0]?.group}" and ${people.count} people. Group both by the person, or use independent residuals.`,
  );
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

/** Rows in time: of everybody, or of one person for each set of times that people share. */
export interface TimedRows {
  readonly residual: ResolvedResidual;
  readonly times: Float64Array;
  readonly people: Grouping;
  /** How many people stand behind the rows. */
  readonly npeople: number;
  /** What a message calls the person of a row. */
  readonly nameOf: (row: number) => string;
}

/** The rows of each person by time, none twice. */
function orderedTimes({ residual, times, people, nameOf }: TimedRows): OrderedRows {
  const { codes, count } = people;
  const ordered = orderRows({ groups: codes, ngroups: count, positions: times });
  const { order } = ordered;
  const found: number[] = [];
  for (let k = 1; k < order.length; k++) {
    if (codes[order[k]] === codes[order[k - 1]] && times[order[k]] === times[order[k - 1]])
      found.push(order[k]);
  }
  if (found.length === 0) return ordered;
  const examples = found.slice(0, 3).map((i) => `${nameOf(i)} at ${times[i]}`);
  throw new StatsError(
    "lmm.duplicate-time",
    `Expected one row of each person at each "${residual.time}"; found ${found.length} more (${examples.join(", ")}). Remove the repeated rows, or give a time that tells them apart.`,
  );
}

/** The gaps between neighbouring times of a person, all people together. */
function gapsOf(times: Float64Array, { order, starts }: OrderedRows): Float64Array {
  const gaps = new Float64Array(order.length - (starts.length - 1));
  let next = 0;
  for (let person = 0; person + 1 < starts.length; person++) {
    for (let k = starts[person] + 1; k < starts[person + 1]; k++) {
      gaps[next++] = times[order[k]] - times[order[k - 1]];
    }
  }
  return gaps;
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

/** The steps of each row since the first of its person. */
function stepPositions(times: Float64Array, { order, starts }: OrderedRows, step: number): Float64Array {
  const positions = new Float64Array(times.length);
  for (let person = 0; person + 1 < starts.length; person++) {
    const first = times[order[starts[person]]];
    for (let k = starts[person]; k < starts[person + 1]; k++) {
      positions[order[k]] = Math.round(((times[order[k]] - first) / step) * GRID) / GRID;
    }
  }
  return positions;
}

function refuseSingles(gaps: Float64Array, { type }: ResolvedResidual, people: number): void {
  if (gaps.length > 0) return;
  throw new StatsError(
    "lmm.one-row-per-group",
    `Expected several rows of a person, for residuals of type ${type}; found one row for each of ${people} people. Use independent residuals, or check the id column.`,
  );
}

function distancePositions(rows: TimedRows): Positions {
  const { residual, times, people, npeople } = rows;
  const ordered = orderedTimes(rows);
  if (residual.type !== "car1") checkWhole(times, residual);
  const gaps = gapsOf(times, ordered);
  refuseSingles(gaps, residual, npeople);
  const step = residual.type === "car1" ? median(gaps) : greatestDivisor(gaps);
  const values = stepPositions(times, ordered, step);
  const longest = values.reduce((most, value) => Math.max(most, value), 0);
  if (residual.type === "toeplitz" && longest > MOST_LAGS) {
    throw new StatsError(
      "lmm.residual-waves",
      `Expected at most ${MOST_LAGS} distances in time for toeplitz, which estimates a correlation for each; found ${longest} in "${residual.time}". Use ar1 or car1.`,
    );
  }
  return { values, step, waves: [], people };
}

/** With no more people than waves some direction of the covariance has no data, and the likelihood no maximum. */
function checkPeople(people: number, waves: number): void {
  if (people > waves) return;
  throw new StatsError(
    "lmm.residual-waves",
    `Expected more people than waves, for an unstructured covariance; found ${people} people and ${waves} waves. Use toeplitz or ar1, which ask less of the data.`,
  );
}

function checkPairs(values: Float64Array, waves: readonly number[], { order, starts }: OrderedRows): void {
  const n = waves.length;
  const together = new Uint8Array(n * n);
  for (let person = 0; person + 1 < starts.length; person++) {
    for (let k = starts[person]; k < starts[person + 1]; k++) {
      for (let l = starts[person]; l < starts[person + 1]; l++) {
        together[values[order[k]] * n + values[order[l]]] = 1;
      }
    }
  }
  const missing = together.indexOf(0);
  if (missing < 0) return;
  throw new StatsError(
    "lmm.residual-waves",
    `Expected people seen at both of every two waves, for an unstructured covariance; found none at ${waves[Math.floor(missing / n)]} and ${waves[missing % n]}. Use toeplitz or ar1, which ask less of the data.`,
  );
}

function wavePositions(rows: TimedRows): Positions {
  const { times, people, npeople } = rows;
  const { type, time } = rows.residual;
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
    checkPeople(npeople, waves.length);
    checkPairs(values, waves, orderedTimes(rows));
  }
  return { values, step: 1, waves, people };
}

/**
 * Where rows stand in time, in the coordinates of their residual structure.
 *
 * @throws StatsError `lmm.residual-waves`, `lmm.duplicate-time`, `lmm.one-row-per-group`
 */
export function positionsInTime(rows: TimedRows): Positions {
  const { type } = rows.residual;
  return type === "unstructured" || type === "variances" ? wavePositions(rows) : distancePositions(rows);
}

/**
 * Where the rows of each person stand in time, and who the people are.
 *
 * @throws StatsError `lmm.residual-time`, `lmm.residual-person`, `data.id-needed`, and as `positionsInTime`
 */
export function residualPositions({ frame, table, id, residual }: Asked): Positions {
  const times = timesUsed(frame, table, residual.time);
  const people = peopleOf(frame, residual.type);
  const nameOf = (row: number) => personName(frame, row, table, id);
  return positionsInTime({ residual, times, people, npeople: people.count, nameOf });
}
