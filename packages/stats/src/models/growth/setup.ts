import { StatsError } from "../../errors.ts";
import type { FitData } from "../../table/table.ts";
import type { RowCounts } from "../fit.ts";
import { covariateColumns, covariateNames } from "../riclpm/covariates.ts";
import { readPanel } from "../riclpm/panel.ts";
import type { SemRows } from "../sem/model.ts";
import type { GrowthPart } from "./model.ts";
import type { GrowthColumns, GrowthOptions, GrowthSeries } from "./options.ts";

/** Growth data as a structure of means and covariances reads it. */
export interface GrowthSetup {
  readonly parts: readonly GrowthPart[];
  readonly scores: readonly number[];
  readonly covariates: readonly string[];
  readonly fixedCovariates: readonly string[];
  /** The observed variables in the order of the model. */
  readonly names: readonly string[];
  readonly rows: RowCounts;
}

/** How many have an answer at a wave, and its mean and variance over them (divisor: how many). */
export interface WaveSpread {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

/** A block of wave columns, named. */
export interface Block {
  readonly names: readonly string[];
  readonly spreads: readonly WaveSpread[];
}

/** Growth data at hand. */
interface GrowthRows extends GrowthSetup {
  readonly sem: SemRows;
}

/**
 * Reads the panel of a growth model.
 *
 * @throws StatsError `growth.series`, `riclpm.empty-wave`, `riclpm.constant`, and those of `readPanel`
 */
export function setupGrowth(columns: GrowthColumns, data: FitData, options: GrowthOptions): GrowthRows {
  checkSeries(columns.series);
  const covariates = columns.covariates ?? [];
  const { id, time } = columns;
  const request = { series: askedSeries(columns), id, time, person: covariateNames(covariates) };
  const panel = readPanel(request, data.table);
  const design = covariateColumns(covariates, panel.person, panel.people);
  const blocks = namedBlocks(columns.series, panel.waves, (i) => panel.series[i].map(spreadOf));
  const covariateList = design.map(({ name }) => name);
  const setup = growthSetup(columns, { ...panel, blocks, covariates: covariateList }, options);
  const byName = new Map(
    blocks.flatMap(({ names }, i) => names.map((name, t) => [name, panel.series[i][t]])),
  );
  for (const { name, values } of design) byName.set(name, values);
  return {
    ...setup,
    sem: {
      names: setup.names,
      columns: setup.names.map((name) => byName.get(name) ?? new Float64Array(panel.people)),
      groups: new Int32Array(panel.people),
      labels: [""],
    },
  };
}

/** The series in the order in which they are read: each, then its time-varying covariates. */
export function askedSeries({ series }: GrowthColumns): (string | readonly string[])[] {
  return series.flatMap(({ columns, timeVarying }) => [columns, ...(timeVarying ?? [])]);
}

/** What is known of the panel of a growth model before its moments. */
export interface GrowthKnown {
  readonly waves: readonly number[];
  readonly rows: RowCounts;
  readonly blocks: readonly Block[];
  readonly covariates: readonly string[];
}

/**
 * The parts of a growth model.
 *
 * @throws StatsError `riclpm.empty-wave`, `riclpm.constant`
 */
export function growthSetup(
  columns: GrowthColumns,
  { waves, rows, blocks, covariates }: GrowthKnown,
  options: GrowthOptions,
): GrowthSetup {
  const scores = options.scores ?? defaultScores(waves, askedSeries(columns));
  const parts = growthParts(columns.series, blocks, scores);
  const outcomes = parts.flatMap((part) => part.waves);
  const fixed = [...new Set([...covariates, ...parts.flatMap(({ timeVarying }) => timeVarying.flat())])];
  return { parts, scores, covariates, fixedCovariates: fixed, names: [...outcomes, ...fixed], rows };
}

/**
 * Refuses series without a name of their own.
 *
 * @throws StatsError `growth.series`
 */
export function checkSeries(series: readonly GrowthSeries[]): void {
  const names = series.map(({ name }) => name);
  if (series.length > 0 && new Set(names).size === names.length) return;
  throw new StatsError(
    "growth.series",
    `Expected one series or more, each with a name of its own; found ${names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(", ")}. Name them, for example x and y.`,
  );
}

function defaultScores(waves: readonly number[], asked: readonly (string | readonly string[])[]): number[] {
  const long = asked.some((columns) => typeof columns === "string");
  return waves.map((wave, t) => (long ? wave - waves[0] : t));
}

/** The blocks in the order in which they were asked for: each series, then its time-varying covariates. */
export function namedBlocks(
  series: readonly GrowthSeries[],
  waves: readonly number[],
  spreadsOf: (place: number) => readonly WaveSpread[],
): Block[] {
  const asked = series.flatMap(({ name, columns, timeVarying = [] }) => [
    { columns, prefix: name === "" ? String(columns) : name },
    ...timeVarying.map((changing) => ({ columns: changing, prefix: String(changing) })),
  ]);
  return asked.map(({ columns, prefix }, i) => ({
    names: typeof columns === "string" ? waves.map((_, t) => `${prefix}${t + 1}`) : columns,
    spreads: spreadsOf(i),
  }));
}

function growthParts(
  series: readonly GrowthSeries[],
  blocks: readonly Block[],
  scores: readonly number[],
): GrowthPart[] {
  let next = 0;
  return series.map(({ name, timeVarying = [] }) => {
    const outcome = blocks[next];
    const changing = blocks.slice(next + 1, next + 1 + timeVarying.length);
    next += 1 + timeVarying.length;
    checkVaries(outcome);
    return {
      intercept: `i${name}`,
      slope: `s${name}`,
      waves: outcome.names,
      timeVarying: changing.map(({ names }) => names),
      start: startOf(outcome, scores),
    };
  });
}

function spreadOf(values: Float64Array): WaveSpread {
  const seen = values.filter((value) => !Number.isNaN(value));
  const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
  const same = seen.every((value) => value === seen[0]);
  const squares = seen.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count: seen.length, mean: same ? seen[0] : mean, variance: same ? 0 : squares / seen.length };
}

function checkVaries({ names, spreads }: Block): void {
  for (const [t, { count, mean, variance }] of spreads.entries()) {
    if (count === 0) {
      throw new StatsError(
        "riclpm.empty-wave",
        `Expected answers at every wave; found none in ${names[t]} (wave ${t + 1}). Leave that wave out, or look why the column is empty.`,
      );
    }
    // A variance this small beside the mean is what rounding leaves.
    if (variance > 1e-20 * mean * mean) continue;
    throw new StatsError(
      "riclpm.constant",
      `Expected ${names[t]} to differ between people; found only the value ${Number(mean.toPrecision(12))}, ${count} times. Use another measure, or leave the wave out.`,
    );
  }
}

/** Start values: half of each wave's variance between people, the line through the first and last mean. */
function startOf({ spreads: moments }: Block, scores: readonly number[]): GrowthPart["start"] {
  const last = moments.length - 1;
  const span = Math.max(...scores.map(Math.abs)) || 1;
  const slope = (moments[last].mean - moments[0].mean) / (scores[last] - scores[0] || 1);
  return {
    level: moments[0].mean - slope * scores[0],
    slope,
    levelVariance: moments[0].variance / 2,
    slopeVariance: moments[last].variance / (10 * span * span),
    residual: moments.map(({ variance }) => variance / 2),
  };
}
