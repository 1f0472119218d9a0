import { StatsError } from "../../errors.ts";
import { compareCodePoints } from "../../table/columns.ts";
import type { Column, FitData } from "../../table/table.ts";
import type { RowCounts } from "../fit.ts";
import type { SemRows } from "../sem/model.ts";
import { covariateColumns, covariateNames } from "./covariates.ts";
import { FEWEST_WAVES, MOST_WAVES } from "./model.ts";
import type { RiclpmColumns } from "./options.ts";
import { type Panel, readPanel } from "./panel.ts";

/** A panel of two series, checked, as a structure of means and covariances reads it. */
export interface RiclpmSetup {
  readonly waves: readonly number[];
  readonly x: readonly Float64Array[];
  readonly y: readonly Float64Array[];
  readonly groups: readonly string[];
  /** Group of each person; -1 for those left out. */
  readonly groupOf: Int32Array;
  /** Names of the design columns of the covariates. */
  readonly covariates: readonly string[];
  readonly sem: SemRows;
  /** What the data call a person. */
  readonly label: (person: number) => string;
  readonly rows: RowCounts;
  /** Of x and y: sqrt(SS / (answers - people)) over people with at least two answers. */
  readonly withinStdDev: { readonly x: number; readonly y: number };
  readonly leftOut: LeftOut;
}

/** People who are not in the fit, and why. */
export interface LeftOut {
  readonly withoutGroup: number;
  readonly withoutCovariate: number;
  readonly withoutAnswers: number;
}

/** How messages name x or y and its waves. */
export interface SeriesName {
  readonly series: "x" | "y";
  readonly column: (wave: number) => string;
}

/**
 * Reads and checks the panel of an RI-CLPM.
 *
 * @throws StatsError `riclpm.waves`, `riclpm.empty-wave`, `riclpm.constant`, `riclpm.too-few-people`, and those
 *   of `readPanel`
 */
export function setupRiclpm(columns: RiclpmColumns, data: FitData): RiclpmSetup {
  const covariates = columns.covariates ?? [];
  const group = columns.group;
  const person = [...new Set([...covariateNames(covariates), ...(group === undefined ? [] : [group])])];
  const { x: ofX, y: ofY, id, time } = columns;
  checkDifferent([ofX, ofY].flat());
  const panel = readPanel({ series: [ofX, ofY], id, time, person }, data.table);
  checkWaves(panel, time);
  const [x, y] = panel.series;
  const names = [seriesName("x", columns, panel.waves), seriesName("y", columns, panel.waves)];
  checkAnswered(x, names[0]);
  checkAnswered(y, names[1]);
  const groups = groupsOf(group === undefined ? null : panel.person[group], panel.people);
  const design = covariateColumns(covariates, panel.person, panel.people);
  const complete = (i: number) => design.every(({ values }) => !Number.isNaN(values[i]));
  const { groupOf, leftOut } = leaveOut(groups.codes, { answered: answered([...x, ...y]), complete });
  const setup: RiclpmSetup = {
    waves: panel.waves,
    x,
    y,
    groups: groups.labels,
    groupOf,
    covariates: design.map(({ name }) => name),
    sem: {
      names: [
        ...x.map((_, t) => `x${t + 1}`),
        ...y.map((_, t) => `y${t + 1}`),
        ...design.map(({ name }) => name),
      ],
      columns: [...x, ...y, ...design.map(({ values }) => values)],
      groups: groupOf,
      labels: groups.labels,
    },
    label: panel.label,
    rows: panel.rows,
    withinStdDev: { x: withinStdDev(x), y: withinStdDev(y) },
    leftOut,
  };
  checkPeople(setup, (group) => membersOf(setup.groupOf, group).length);
  checkVaries(setup, names);
  return setup;
}

function checkDifferent(columns: readonly string[]): void {
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new StatsError(
    "riclpm.columns",
    `Expected a column of its own for each series and wave; found "${twice}" twice. Name each column once.`,
  );
}

/** How messages name one of the series. */
export function seriesName(series: "x" | "y", columns: RiclpmColumns, waves: readonly number[]): SeriesName {
  const named = columns[series];
  return {
    series,
    column: (wave) =>
      typeof named === "string" ? `"${named}" at ${columns.time} = ${waves[wave]}` : `"${named[wave]}"`,
  };
}

/**
 * Refuses too few waves, and too many.
 *
 * @throws StatsError `riclpm.waves`
 */
export function checkWaves({ waves }: Pick<Panel, "waves">, time: string | undefined): void {
  if (waves.length >= FEWEST_WAVES && waves.length <= MOST_WAVES) return;
  const where = time === undefined ? "columns" : `different values of "${time}"`;
  const few = waves.length < FEWEST_WAVES;
  const advice = few
    ? "With two waves a person's own level cannot be told from a lag"
    : "Give the number of the wave, not a date, or keep some of the waves with a filter";
  throw new StatsError(
    "riclpm.waves",
    `Expected ${FEWEST_WAVES} to ${MOST_WAVES} waves; found ${waves.length} ${where}. ${advice}.`,
  );
}

function checkAnswered(series: readonly Float64Array[], name: SeriesName): void {
  for (const [wave, values] of series.entries()) {
    if (values.every((value) => Number.isNaN(value))) throw emptyWave(name, wave);
  }
}

/** The refusal of a wave at which nobody answered. */
export function emptyWave(name: SeriesName, wave: number): StatsError {
  return new StatsError(
    "riclpm.empty-wave",
    `Expected answers at every wave; found none in ${name.column(wave)} (wave ${wave + 1}). Leave that wave out, or look why the column is empty.`,
  );
}

function answered(columns: readonly Float64Array[]): (person: number) => boolean {
  return (person) => columns.some((values) => !Number.isNaN(values[person]));
}

interface Groups {
  readonly codes: Int32Array;
  readonly labels: readonly string[];
}

/** Groups in the order of their labels: numbers by size, text by code point. */
function groupsOf(column: Column | null, people: number): Groups {
  if (column === null) return { codes: new Int32Array(people), labels: [""] };
  const text = (i: number) =>
    column.kind === "numeric" ? String(column.values[i]) : column.levels[column.codes[i]];
  const known = Array.from({ length: people }, (_, i) => (column.missing[i] === 1 ? null : text(i)));
  const found = [...new Set(known.filter((label) => label !== null))];
  const labels =
    column.kind === "numeric" ? found.sort((a, b) => Number(a) - Number(b)) : found.sort(compareCodePoints);
  const codeOf = new Map(labels.map((label, code) => [label, code]));
  return {
    codes: Int32Array.from(known, (label) => (label === null ? -1 : (codeOf.get(label) ?? -1))),
    labels,
  };
}

function leaveOut(
  codes: Int32Array,
  known: { readonly answered: (i: number) => boolean; readonly complete: (i: number) => boolean },
): { readonly groupOf: Int32Array; readonly leftOut: LeftOut } {
  const counts = { withoutGroup: 0, withoutCovariate: 0, withoutAnswers: 0 };
  const groupOf = codes.map((code, i) => {
    if (!known.answered(i)) counts.withoutAnswers++;
    else if (code < 0) counts.withoutGroup++;
    else if (!known.complete(i)) counts.withoutCovariate++;
    else return code;
    return -1;
  });
  return { groupOf, leftOut: counts };
}

/** The people of a group. */
function membersOf(groupOf: Int32Array, group: number): Int32Array {
  const members: number[] = [];
  for (let i = 0; i < groupOf.length; i++) if (groupOf[i] === group) members.push(i);
  return Int32Array.from(members);
}

/**
 * Refuses groups with fewer people than variables.
 *
 * @throws StatsError `riclpm.too-few-people`
 */
export function checkPeople(
  { groups, waves, covariates }: Pick<RiclpmSetup, "groups" | "waves" | "covariates">,
  peopleOf: (group: number) => number,
): void {
  const least = 2 * waves.length + covariates.length + 1;
  for (const [group, label] of groups.entries()) {
    const people = peopleOf(group);
    if (people >= least) continue;
    const where = label === "" ? "" : ` in group ${label}`;
    throw new StatsError(
      "riclpm.too-few-people",
      `Expected at least ${least} people${where}, more than there are variables; found ${people} with an answer. A model of means and covariances needs many more people than waves; join groups or describe these people one by one.`,
    );
  }
}

/** Sum of squared deviations from people's own means, and its degrees of freedom. */
function withinSquares(series: readonly Float64Array[], people: Int32Array): { sum: number; df: number } {
  let [sum, df] = [0, 0];
  for (const person of people) {
    let [n, mean, squares] = [0, 0, 0];
    for (const values of series) {
      const value = values[person];
      if (Number.isNaN(value)) continue;
      n++;
      const before = value - mean;
      mean += before / n;
      squares += before * (value - mean);
    }
    if (n < 2) continue;
    sum += squares;
    df += n - 1;
  }
  return { sum, df };
}

function withinStdDev(series: readonly Float64Array[]): number {
  const { sum, df } = withinSquares(
    series,
    Int32Array.from({ length: series[0].length }, (_, i) => i),
  );
  return df > 0 ? Math.sqrt(sum / df) : Number.NaN;
}

function checkVaries(setup: RiclpmSetup, names: readonly SeriesName[]): void {
  for (const [group, label] of setup.groups.entries()) {
    const members = membersOf(setup.groupOf, group);
    const where = label === "" ? "" : ` in group ${label}`;
    for (const [i, covariate] of setup.covariates.entries()) {
      checkDiffers(
        setup.sem.columns[2 * setup.waves.length + i],
        members,
        `the covariate ${covariate}${where}`,
      );
    }
    for (const name of names) {
      const series = setup[name.series];
      for (const [wave, values] of series.entries()) checkDiffers(values, members, name.column(wave) + where);
      const { sum, df } = withinSquares(series, members);
      const size = series.reduce((most, values) => Math.max(most, Math.abs(values[members[0]]) || 0), 1e-300);
      // A mean of equal numbers differs from them by rounding.
      if (df > 0 && sum > df * (1e-10 * size) ** 2) continue;
      throw sameOverTime(name.series, where, df);
    }
  }
}

function checkDiffers(values: Float64Array, members: Int32Array, where: string): void {
  let first = Number.NaN;
  let seen = 0;
  for (const person of members) {
    const value = values[person];
    if (Number.isNaN(value)) continue;
    if (seen > 0 && value !== first) return;
    first = value;
    seen++;
  }
  throw sameForAll(where, first, seen);
}

/** The refusal of something that is the same for everyone who has it. */
export function sameForAll(where: string, value: number, times: number): StatsError {
  const found = times === 0 ? "no answers" : `only the value ${value}, ${times} times`;
  return constant(`to differ between people in ${where}`, found);
}

/** The refusal of a series that does not change within people, with `df` answers beyond the first of each. */
export function sameOverTime(series: "x" | "y", where: string, df: number): StatsError {
  const found = df > 0 ? "the same value at every wave for everyone" : "nobody with two answers";
  return constant(`${series} to change within people${where}`, found);
}

function constant(expected: string, found: string): StatsError {
  return new StatsError(
    "riclpm.constant",
    `Expected ${expected}; found ${found}. What does not vary cannot be followed by anything; use another measure, or leave the wave or the group out.`,
  );
}
