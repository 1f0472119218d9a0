import { StatsError } from "../../errors.ts";
import { quadraticForm } from "../../inference/satterthwaite-df.ts";
import { contrast } from "../../inference/verbs.ts";
import { normalQuantile, tQuantile } from "../../numeric/distributions.ts";
import { columnOf } from "../../table/nearest-name.ts";
import type { FitData, Table } from "../../table/table.ts";
import type { Matrix, PredictedRow } from "../fit.ts";
import { type Cluster, clusterOf, type FittedRows, fittedRowsOf, rowsByCluster } from "./cluster.ts";
import { type NewRows, newRows } from "./predict-design.ts";
import { type Conditional, conditionalOf } from "./ranef-conditional.ts";
import { residualMatrix } from "./residual.ts";
import type { LmmFit } from "./result.ts";
import { scaledCovariance } from "./units.ts";

export interface LmmPredictOptions {
  /** Rows to predict; those of the fit by default. The outcome may be absent. */
  readonly newdata?: Table;
  /** `population` leaves random effects out; `person` (default) includes those of people whom the fit knows. */
  readonly level?: "population" | "person";
  /** `confidence` for the expected value, `prediction` for a new outcome; none by default. */
  readonly interval?: "confidence" | "prediction" | "none";
  /** The coverage of intervals, a proportion; by default that of the fit. */
  readonly coverage?: number;
}

interface Target {
  readonly model: FittedRows;
  readonly rows: NewRows;
  readonly times: Float64Array | null;
  readonly options: Required<Omit<LmmPredictOptions, "newdata">>;
}

/** The cluster of a person, and the conditional distribution of their random effects. */
interface Known {
  readonly cluster: Cluster;
  readonly conditional: Conditional;
}

/** The rows of the fit as rows to predict. */
function ownRows({ frame, design, blockGroups }: FittedRows): NewRows {
  return {
    kept: [...frame.kept.keys()],
    fixed: design.fixed,
    random: design.random,
    levels: blockGroups.map(({ codes }) => codes),
  };
}

/** Finds the cluster of a level of a block. */
type FindKnown = (block: number, level: number) => Known;

/** Conditional distributions by cluster, computed when first asked for. */
function conditionals(model: FittedRows): FindKnown {
  const rows = rowsByCluster(model.clusters);
  const known: Known[] = [];
  const clusterOfLevel = model.blockGroups.map(({ codes, count }) => {
    const clusters = new Int32Array(count);
    codes.forEach((code, i) => {
      clusters[code] = model.clusters.codes[i];
    });
    return clusters;
  });
  return (block, level) => {
    const g = clusterOfLevel[block][level];
    if (known[g] === undefined) {
      const cluster = clusterOf(model, rows[g]);
      known[g] = { cluster, conditional: conditionalOf(cluster) };
    }
    return known[g];
  };
}

/** Lambda' z of one row in a block, in scaled coordinates. */
function blockWeights(target: Target, block: number, row: number): Float64Array {
  const { design, lambda } = target.model;
  const { names, start } = design.blocks[block];
  const n = names.length;
  const out = new Float64Array(n);
  for (let r = 0; r < n; r++) {
    const { shift, scale } = design.zScale[start + r];
    const z = (target.rows.random[start + r].values[row] - shift) / scale;
    for (let k = 0; k < n; k++) out[k] += z * lambda[block][r * n + k];
  }
  return out;
}

/** The random part of one row: its mean, its variance, and what it takes off the row of X. */
interface RandomPart {
  mean: number;
  /** Relative to sigma2. */
  variance: number;
  /** Scaled coordinates, p. */
  readonly takenOff: Float64Array;
}

function squaredLength(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

/** Where the effects of one new row stand among those of its cluster; unknown ones add their whole variance. */
function randomPartOf(target: Target, row: number, known: FindKnown): RandomPart {
  const { model, rows, options } = target;
  const part: RandomPart = { mean: 0, variance: 0, takenOff: new Float64Array(model.beta.length) };
  const weights: { readonly start: number; readonly values: Float64Array }[] = [];
  let found: Known | null = null;
  model.design.blocks.forEach((_, block) => {
    const values = blockWeights(target, block, row);
    const level = options.level === "person" ? rows.levels[block][row] : -1;
    if (level < 0) {
      part.variance += squaredLength(values);
      return;
    }
    found ??= known(block, level);
    const effect = found.cluster.effects.find((each) => each.block === block && each.level === level);
    if (effect === undefined) part.variance += squaredLength(values);
    else weights.push({ start: effect.start, values });
  });
  if (found !== null) addKnown(part, found, weights);
  return part;
}

function addKnown(
  part: RandomPart,
  { cluster, conditional }: Known,
  weights: readonly { readonly start: number; readonly values: Float64Array }[],
): void {
  const { nFactors } = cluster;
  const p = part.takenOff.length;
  const full = new Float64Array(nFactors);
  for (const { start, values } of weights) full.set(values, start);
  for (let i = 0; i < nFactors; i++) {
    if (full[i] === 0) continue;
    part.mean += full[i] * conditional.mean[i];
    for (let j = 0; j < nFactors; j++) part.variance += full[i] * conditional.k[i * nFactors + j] * full[j];
    for (let j = 0; j < p; j++) part.takenOff[j] += full[i] * conditional.byBeta[i * p + j];
  }
}

/** The residual variance of a row relative to sigma2. */
function residualVariance({ model, times }: Target, row: number): number {
  return times === null ? 1 : residualMatrix(model.fit.residual, [times[row]])[0];
}

/** X of one row in the units of the data, and in scaled coordinates. */
function fixedRow({ model, rows }: Target, row: number): { user: number[]; scaled: Float64Array } {
  const user = rows.fixed.map(({ values }) => values[row]);
  const scaled = Float64Array.from(user, (value, j) => {
    const { shift, scale } = model.design.xScale[j];
    return (value - shift) / scale;
  });
  return { user, scaled };
}

interface Spread {
  readonly variance: number;
  readonly df: number | null;
}

/** The variance of what is predicted, with the degrees of freedom of its interval. */
function spreadOf(target: Target, row: number, part: RandomPart, scaledVcov: Matrix): Spread {
  const { model, options } = target;
  const { fit, sigma2 } = model;
  const { user, scaled } = fixedRow(target, row);
  const dfResidual = fit.fixed.every(({ df }) => df === null) ? null : fit.dfResidual;
  const prediction = options.interval === "prediction";
  if (options.level === "population" && !prediction) {
    const weights = Object.fromEntries(fit.fixed.map(({ term }, j) => [term, user[j]]));
    const { stdError, df } = contrast(fit, weights);
    return { variance: stdError * stdError, df };
  }
  const left = scaled.map((value, j) => value - part.takenOff[j]);
  const unit = model.design.yScale.scale ** 2;
  const extra = prediction ? residualVariance(target, row) : 0;
  return {
    variance: quadraticForm(scaledVcov, left) + unit * sigma2 * (part.variance + extra),
    df: dfResidual,
  };
}

function predictRow(
  target: Target,
  row: number,
  known: FindKnown,
  scaledVcov: Matrix,
): Omit<PredictedRow, "row"> {
  const { model, options } = target;
  const { shift, scale } = model.design.yScale;
  const part = randomPartOf(target, row, known);
  const { scaled } = fixedRow(target, row);
  const linear = scaled.reduce((sum, value, j) => sum + value * model.beta[j], 0);
  const predicted = shift + scale * (linear + part.mean);
  if (options.interval === "none") return { predicted, stdError: null, lower: null, upper: null };
  const { variance, df } = spreadOf(target, row, part, scaledVcov);
  const stdError = Math.sqrt(variance);
  const p = 1 - (1 - options.coverage) / 2;
  const half = stdError * (df === null ? normalQuantile(p) : tQuantile(p, df));
  return { predicted, stdError, lower: predicted - half, upper: predicted + half };
}

function newTimes(fit: LmmFit, table: Table, needed: boolean): Float64Array | null {
  const { time, type } = fit.residual;
  if (time === null || !needed || (type !== "variances" && type !== "unstructured")) return null;
  const column = columnOf(table, time);
  return column.kind === "numeric" ? column.values : null;
}

/**
 * Predicted values of the rows of the fit or of new rows, in their order; rows with a missing predictor are left out.
 *
 * Intervals count the uncertainty of the fixed effects (t with the df of that combination) and, for `person`, of the
 * person's random effects; `prediction` adds the variance of a new row, and for people whom the fit does not know (or
 * `population`) that of people. The variances themselves are taken as known. A new row's residual is taken as
 * independent of those already seen, also with a residual structure.
 *
 * @throws StatsError `predict.variable`, `predict.unknown-level`, `lmm.option`, `fit.other-data`
 * Henderson (1975), Biometrics 31, 423-447: the variance of X beta + Z u less its prediction.
 */
export function lmmPredict(fit: LmmFit, data: FitData, options: LmmPredictOptions = {}): PredictedRow[] {
  const { newdata, level = "person", interval = "none", coverage = fit.level } = options;
  if (!(coverage > 0 && coverage < 1)) {
    throw new StatsError(
      "lmm.option",
      `Expected coverage between 0 and 1; found ${coverage}. Change the option.`,
    );
  }
  const model = fittedRowsOf(fit, data);
  const rows = newdata === undefined ? ownRows(model) : newRows(model, data, newdata);
  const times = newdata === undefined ? model.times : newTimes(fit, newdata, interval === "prediction");
  const target: Target = { model, rows, times, options: { level, interval, coverage } };
  const known = conditionals(model);
  const scaledVcov = scaledCovariance(model.design, fit.vcov);
  return rows.kept.map((row) => ({
    row: newdata === undefined ? model.frame.kept[row] : row,
    ...predictRow(target, row, known, scaledVcov),
  }));
}
