import { StatsError } from "../../errors.ts";
import type { FitData } from "../../table/table.ts";
import type { RowCounts } from "../fit.ts";
import { covariateColumns, covariateNames } from "../riclpm/covariates.ts";
import { type Panel, readPanel } from "../riclpm/panel.ts";
import type { SemRows } from "../sem/model.ts";
import type { GrowthPart } from "./model.ts";
import type { GrowthColumns, GrowthOptions, GrowthSeries } from "./options.ts";

/** Growth data as a structure of means and covariances reads it. */
export interface GrowthSetup {
  readonly parts: readonly GrowthPart[];
  readonly scores: readonly number[];
  readonly covariates: readonly string[];
  readonly fixedCovariates: readonly string[];
  readonly sem: SemRows;
  readonly rows: RowCounts;
}

/** A block of wave columns, named. */
interface Block {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
}

/**
 * Reads the panel of a growth model.
 *
 * @throws StatsError `growth.series`, `riclpm.empty-wave`, `riclpm.constant`, and those of `readPanel`
 */
export function setupGrowth(columns: GrowthColumns, data: FitData, options: GrowthOptions): GrowthSetup {
  checkSeries(columns.series);
  const covariates = columns.covariates ?? [];
  const asked = columns.series.flatMap((series) => [series.columns, ...(series.timeVarying ?? [])]);
  const { id, time } = columns;
  const panel = readPanel({ series: asked, id, time, person: covariateNames(covariates) }, data.table);
  const scores = options.scores ?? defaultScores(panel, asked);
  const blocks = namedBlocks(columns.series, panel);
  const design = covariateColumns(covariates, panel.person, panel.people);
  const parts = growthParts(columns.series, blocks, scores);
  const outcomes = parts.flatMap(({ waves }) => waves);
  const byName = new Map(blocks.flatMap(({ names, columns }) => names.map((name, t) => [name, columns[t]])));
  for (const { name, values } of design) byName.set(name, values);
  const fixed = new Set([
    ...design.map(({ name }) => name),
    ...parts.flatMap(({ timeVarying }) => timeVarying.flat()),
  ]);
  const names = [...outcomes, ...fixed];
  return {
    parts,
    scores,
    covariates: design.map(({ name }) => name),
    fixedCovariates: [...fixed],
    sem: {
      names,
      columns: names.map((name) => byName.get(name) ?? new Float64Array(panel.people)),
      groups: new Int32Array(panel.people),
      labels: [""],
    },
    rows: panel.rows,
  };
}

function checkSeries(series: readonly GrowthSeries[]): void {
  const names = series.map(({ name }) => name);
  if (series.length > 0 && new Set(names).size === names.length) return;
  throw new StatsError(
    "growth.series",
    `Expected one series or more, each with a name of its own; found ${names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(", ")}. Name them, for example x and y.`,
  );
}

function defaultScores(panel: Panel, asked: readonly (string | readonly string[])[]): number[] {
  const long = asked.some((columns) => typeof columns === "string");
  return panel.waves.map((wave, t) => (long ? wave - panel.waves[0] : t));
}

/** The blocks in the order in which they were asked for: each series, then its time-varying covariates. */
function namedBlocks(series: readonly GrowthSeries[], panel: Panel): Block[] {
  const asked = series.flatMap(({ name, columns, timeVarying = [] }) => [
    { columns, prefix: name === "" ? String(columns) : name },
    ...timeVarying.map((changing) => ({ columns: changing, prefix: String(changing) })),
  ]);
  return asked.map(({ columns, prefix }, i) => ({
    names: typeof columns === "string" ? panel.waves.map((_, t) => `${prefix}${t + 1}`) : columns,
    columns: panel.series[i],
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

function checkVaries({ names, columns }: Block): void {
  for (const [t, values] of columns.entries()) {
    const seen = values.filter((value) => !Number.isNaN(value));
    if (seen.length === 0) {
      throw new StatsError(
        "riclpm.empty-wave",
        `Expected answers at every wave; found none in ${names[t]} (wave ${t + 1}). Leave that wave out, or look why the column is empty.`,
      );
    }
    if (seen.some((value) => value !== seen[0])) continue;
    throw new StatsError(
      "riclpm.constant",
      `Expected ${names[t]} to differ between people; found only the value ${seen[0]}, ${seen.length} times. Use another measure, or leave the wave out.`,
    );
  }
}

/** Start values: half of each wave's variance between people, the line through the first and last mean. */
function startOf({ columns }: Block, scores: readonly number[]): GrowthPart["start"] {
  const moments = columns.map((values) => {
    const seen = values.filter((value) => !Number.isNaN(value));
    const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
    return { mean, variance: seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / seen.length };
  });
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
