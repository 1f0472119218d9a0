import { StatsError } from "../../errors.ts";
import { parseFormula } from "../../formula/parse.ts";
import { type ModelFrame, modelFrame } from "../../frame/model-frame.ts";
import { compareCodePoints } from "../../table/columns.ts";
import { columnOf } from "../../table/nearest-name.ts";
import type { Column, FitData, Table } from "../../table/table.ts";
import { fillCells } from "./cells.ts";
import { clamp, findMode } from "./mode.ts";
import { createCriterion } from "./optimum.ts";
import type { CategoricalFit } from "./result.ts";
import { type CategoricalSetup, setupCategorical } from "./setup.ts";
import { createWorkspace, type FactorPlace } from "./workspace.ts";

/** The rows of a fit, found again in its data, in the units of the data. */
export interface RebuiltRows {
  readonly frame: ModelFrame;
  readonly setup: CategoricalSetup;
  /** Fixed part of the linear predictor of every row used, in the order of the frame. */
  readonly eta: Float64Array;
  /** The random effects' columns of every row used, 0 where there is none: rows x 2. */
  readonly z: Float64Array;
}

/** True for a model with thresholds; a binary one has an intercept and its threshold at 0. */
export function isCumulative(fit: CategoricalFit): boolean {
  return fit.estimator === "clmm" || fit.estimator === "clm";
}

/** The thresholds of the latent scale: 0 in a binary model. */
export function thresholdsOf(fit: CategoricalFit): Float64Array {
  return isCumulative(fit) ? Float64Array.from(fit.thresholds, (row) => row.estimate) : Float64Array.of(0);
}

/** l11, l21, l22 of the random effects' covariance in the units of the data; zeros where there is none. */
export function factorOf({ random, theta }: CategoricalFit): Float64Array {
  if (theta.length === 3) return Float64Array.from(theta);
  return Float64Array.of(theta[0] ?? 0, 0, random.length === 2 ? theta[1] : 0);
}

/**
 * The rows that a fit used, from the same data.
 *
 * @throws StatsError `fit.other-data` when the data give other rows, effects or levels than the fit has.
 */
export function rebuildRows(fit: CategoricalFit, data: FitData): RebuiltRows {
  const cumulative = isCumulative(fit);
  const frame = modelFrame(parseFormula(fit.formula), data.table, {
    time: fit.frame.time ?? undefined,
    id: fit.frame.id ?? undefined,
    minRows: fit.frame.minRows ?? undefined,
    outcome: cumulative ? "category" : "binary",
  });
  const setup = setupCategorical(frame, cumulative ? "clmm" : "glmm");
  checkSame(fit, setup);
  const nobs = frame.outcome.length;
  const eta = new Float64Array(nobs);
  setup.fixed.forEach(({ values }, j) => {
    const { estimate } = fit.fixed[j];
    for (let i = 0; i < nobs; i++) eta[i] += values[i] * estimate;
  });
  const z = new Float64Array(2 * nobs);
  setup.random?.columns.forEach(({ values }, r) => {
    for (let i = 0; i < nobs; i++) z[2 * i + r] = values[i];
  });
  return { frame, setup, eta, z };
}

function checkSame(fit: CategoricalFit, { rows, names, levels }: CategoricalSetup): void {
  const terms = fit.fixed.map(({ term }) => term);
  const sameText = (a: readonly string[], b: readonly string[]) => a.join("\n") === b.join("\n");
  if (rows.nobs === fit.nobs && sameText(names, terms) && sameText(levels, fit.levels)) return;
  throw new StatsError(
    "fit.other-data",
    `Expected the data of the fit, ${fit.nobs} rows with the effects ${terms.join(", ")} and the levels ${fit.levels.join(", ")}; found ${rows.nobs} rows with ${names.join(", ")} and ${levels.join(", ")}. Give the table, filtered as for the fit.`,
  );
}

/** Modes b and conditional covariances of the random effects of every group, by its number in the frame. */
export interface GroupModes {
  /** groups x 2. */
  readonly modes: Float64Array;
  readonly stdDev: Float64Array;
}

/** The conditional modes at the estimates, and standard deviations from the curvature there. */
export function groupModes(fit: CategoricalFit, { setup, eta, z }: RebuiltRows): GroupModes {
  const places: FactorPlace[] = ["11", "21", "22"];
  const criterion = createCriterion({ ...setup.rows, interceptOnly: false }, places, 1);
  const work = createWorkspace(criterion);
  const [l11, l21, l22] = factorOf(fit);
  // A common shift keeps predictors such as calendar years within the range of the exponential.
  const centre = eta.reduce((sum, value) => sum + value, 0) / eta.length;
  fillCells(
    work.cells,
    thresholdsOf(fit).map((threshold) => threshold - centre),
  );
  setup.order.forEach((row, i) => {
    work.eta[i] = clamp(eta[row] - centre);
    work.expFixed[i] = Math.exp(work.eta[i]);
    work.loading[2 * i] = l11 * z[2 * row] + l21 * z[2 * row + 1];
    work.loading[2 * i + 1] = l22 * z[2 * row + 1];
  });
  const modes = new Float64Array(2 * setup.ngroups);
  const stdDev = new Float64Array(2 * setup.ngroups);
  for (let g = 0; g < setup.ngroups; g++) {
    findMode(work, criterion.rows, g);
    const { u0, u1, c00, c01, c11 } = work.local;
    modes[2 * g] = l11 * u0;
    modes[2 * g + 1] = l21 * u0 + l22 * u1;
    // b = L u has the covariance (L C)(L C)'.
    stdDev[2 * g] = Math.hypot(l11 * c00, l11 * c01);
    stdDev[2 * g + 1] = Math.hypot(l21 * c00, l21 * c01 + l22 * c11);
  }
  return { modes, stdDev };
}

function labelAt(column: Column, row: number): string {
  return column.kind === "numeric" ? String(column.values[row]) : column.levels[column.codes[row]];
}

/**
 * The labels of the groups and the order in which they are listed: numbers by size, texts by code point; the
 * values of several columns joined by ":".
 */
export function groupLabels(
  { factors, groups, kept }: ModelFrame,
  table: Table,
): { readonly labels: readonly string[]; readonly order: readonly number[] } {
  const columns = (factors[0]?.columns ?? []).map((name) => columnOf(table, name));
  const labels: string[] = [];
  if (groups === null) return { labels, order: [] };
  for (let i = 0; i < kept.length; i++) {
    labels[groups.codes[i]] ??= columns.map((column) => labelAt(column, kept[i])).join(":");
  }
  const areNumbers = columns.length === 1 && columns[0].kind === "numeric";
  const compare = areNumbers
    ? (a: number, b: number) => Number(labels[a]) - Number(labels[b])
    : (a: number, b: number) => compareCodePoints(labels[a], labels[b]);
  return { labels, order: [...labels.keys()].sort(compare) };
}
