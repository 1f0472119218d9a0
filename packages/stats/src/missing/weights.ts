import { StatsError } from "../errors.ts";
import { quoteName } from "../formula/formula.ts";
import { glm } from "../models/glm/fit.ts";
import { createTable, numericColumn } from "../table/columns.ts";
import type { Column, FitData, NumericColumn, Table } from "../table/table.ts";
import { type Warning, warning } from "../warnings.ts";
import { hazardsOf } from "./dropout.ts";
import { type DropoutOptions, LEFT, type RiskSet, riskSet } from "./dropout-rows.ts";

export interface RemainingWeightsOptions extends DropoutOptions {
  /**
   * What the numerator of a stabilised weight may depend on beside the wave: columns that are also in the model
   * that will use the weights. None by default.
   */
  readonly stabilizeBy?: readonly string[];
  /** Weights beyond these two percentiles of all weights are set to them, such as [1, 99]; none by default. */
  readonly truncate?: readonly [number, number];
}

export interface WeightSummary {
  /** Rows with a weight. */
  readonly rows: number;
  /** Rows with an observed outcome but without a weight, because a predictor of dropout is missing. */
  readonly withoutWeight: number;
  /** Near 1 when the dropout model holds. */
  readonly mean: number;
  readonly stdDev: number;
  readonly smallest: number;
  readonly largest: number;
  readonly percentiles: readonly { readonly percent: number; readonly weight: number }[];
  /** (sum w)^2 / sum w^2: how many equally weighted rows say as much (Kish). */
  readonly effectiveRows: number;
  readonly truncated: number;
}

export interface RemainingWeights {
  /** One weight for each row of the table; missing where there is none. */
  readonly column: NumericColumn;
  readonly summary: WeightSummary;
  readonly warnings: readonly Warning[];
}

function checkTruncation(truncate: readonly [number, number] | undefined): void {
  if (truncate === undefined) return;
  const [low, high] = truncate;
  if (low >= 0 && low < high && high <= 100) return;
  throw new StatsError(
    "weights.option",
    `Expected truncation at two percentiles from 0 to 100, the lower one first; found ${low} and ${high}. Write for example [1, 99].`,
  );
}

/** The chance of staying at each row of the risk set, by a model with these predictors; NaN where one is missing. */
function staying(
  risk: RiskSet,
  time: string,
  predictors: readonly string[],
): { stay: Float64Array; warnings: readonly Warning[] } {
  const wave = new Set(risk.wave).size > 1 ? [`factor(${quoteName(time)})`] : [];
  const right = [...wave, ...predictors.map(quoteName)].join(" + ");
  const fit = glm(
    `${LEFT} ~ ${right === "" ? "1" : right}`,
    { kind: "rows", table: risk.table },
    { family: "binomial" },
  );
  return { stay: hazardsOf(fit, risk).map((hazard) => 1 - hazard), warnings: fit.warnings };
}

/** The product of the ratios of each person up to each wave: people x waves; NaN before the first wave seen. */
function cumulative({ followUp, person, wave }: RiskSet, ratio: Float64Array): Float64Array {
  const { people, waves } = followUp;
  const steps = new Float64Array(people.length * waves.length).fill(1);
  for (let i = 0; i < ratio.length; i++) steps[person[i] * waves.length + wave[i]] = ratio[i];
  people.forEach(({ first }, p) => {
    for (let place = 0; place < waves.length; place++) {
      const e = p * waves.length + place;
      if (place < first) steps[e] = Number.NaN;
      else steps[e] = place === first ? 1 : steps[e - 1] * steps[e];
    }
  });
  return steps;
}

/** The weight at each row in which the outcome was seen; NaN elsewhere. */
function rowWeights({ followUp }: RiskSet, nrows: number, products: Float64Array): Float64Array {
  const weights = new Float64Array(nrows).fill(Number.NaN);
  followUp.people.forEach(({ rows }, p) => {
    rows.forEach((row, place) => {
      if (row >= 0) weights[row] = products[p * followUp.waves.length + place];
    });
  });
  return weights;
}

/** The value below which `percent` of the sorted values lie, between neighbours in proportion (R's type 7). */
function percentile(sorted: Float64Array, percent: number): number {
  const place = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

interface Truncated {
  readonly weights: Float64Array;
  readonly truncated: number;
}

function truncated(weights: Float64Array, limits: readonly [number, number] | undefined): Truncated {
  if (limits === undefined) return { weights, truncated: 0 };
  const sorted = weights.filter(Number.isFinite).sort();
  const [low, high] = [percentile(sorted, limits[0]), percentile(sorted, limits[1])];
  const outside = weights.filter((weight) => weight < low || weight > high).length;
  return { weights: weights.map((weight) => Math.min(Math.max(weight, low), high)), truncated: outside };
}

function summarize(weights: Float64Array, seen: number, outside: number): WeightSummary {
  const sorted = weights.filter(Number.isFinite).sort();
  const rows = sorted.length;
  const sum = sorted.reduce((total, weight) => total + weight, 0);
  const squares = sorted.reduce((total, weight) => total + weight * weight, 0);
  const mean = sum / rows;
  return {
    rows,
    withoutWeight: seen - rows,
    mean,
    stdDev: Math.sqrt(sorted.reduce((total, weight) => total + (weight - mean) ** 2, 0) / (rows - 1)),
    smallest: sorted[0],
    largest: sorted[rows - 1],
    percentiles: [1, 5, 25, 50, 75, 95, 99].map((percent) => ({
      percent,
      weight: percentile(sorted, percent),
    })),
    effectiveRows: (sum * sum) / squares,
    truncated: outside,
  };
}

function extremeWarnings({ rows, effectiveRows, largest }: WeightSummary): Warning[] {
  if (effectiveRows >= rows / 2) return [];
  return [
    warning(
      "weights.extreme",
      `Expected weights of which none dominates; found ${rows} rows that say as much as ${effectiveRows.toFixed(0)} equally weighted ones (largest weight ${largest.toPrecision(3)}). Truncate them, or use fewer predictors of dropout.`,
    ),
  ];
}

function stabilizers(risk: RiskSet, { stabilizeBy = [] }: RemainingWeightsOptions): readonly string[] {
  const unknown = stabilizeBy.find((name) => !risk.predictors.includes(name));
  if (unknown === undefined) return stabilizeBy;
  throw new StatsError(
    "weights.option",
    `Expected to stabilise by columns that are among the covariates of the dropout model; found "${unknown}". Add it to the covariates.`,
  );
}

/**
 * Stabilised inverse-probability-of-remaining weights: for each row seen, the chance of still being in the study
 * by wave (and `stabilizeBy`) alone over that chance given what was last seen of the person.
 *
 * They undo dropout that goes with what the dropout model holds, and no other; waves missed by people who came
 * back are not weighted for. Use them in `gee()` with the independence correlation.
 *
 * @throws StatsError `data.*`, `dropout.*`, `regression.*`, `weights.option`
 * Robins, Rotnitzky & Zhao (1995), J. Am. Stat. Assoc. 90, 106-121; stabilisation and truncation: Cole & Hernan
 * (2008), Am. J. Epidemiol. 168, 656-664.
 */
export function remainingWeights(data: FitData, options: RemainingWeightsOptions): RemainingWeights {
  checkTruncation(options.truncate);
  const risk = riskSet(data.table, options);
  const full = staying(risk, options.time, risk.predictors);
  const marginal = staying(risk, options.time, stabilizers(risk, options));
  const ratio = marginal.stay.map((stay, i) => stay / full.stay[i]);
  const raw = rowWeights(risk, data.table.nrows, cumulative(risk, ratio));
  const seen = risk.followUp.people.reduce((sum, { rows }) => sum + rows.filter((row) => row >= 0).length, 0);
  const { weights, truncated: outside } = truncated(raw, options.truncate);
  const summary = summarize(weights, seen, outside);
  return {
    column: numericColumn(weights),
    summary,
    warnings: [...full.warnings, ...extremeWarnings(summary)],
  };
}

/** The table with one more column (or one replaced). */
export function withColumn(table: Table, name: string, column: Column): Table {
  return createTable({ ...table.columns, [name]: column });
}
