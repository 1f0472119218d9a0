import type { Matrix } from "../fit.ts";
import type { SemFit, SemModel, SemParameter } from "../sem/model.ts";
import { type RamState, ramState } from "../sem/ram.ts";
import { type SemStructure, semStructure } from "../sem/structure.ts";

/** A standardised value and its delta-method standard error; null where a variance it needs is not positive. */
export interface Standardized {
  readonly estimate: number | null;
  readonly stdError: number | null;
}

/** The model with the moments of its fixed covariates written out, so that all variances can be computed. */
function withCovariateMoments(model: SemModel, fit: SemFit): SemModel {
  const rows = model.groups.flatMap((_, group) => {
    const { variables, covariance } = fit.implied[group];
    return model.fixedCovariates.flatMap((lhs, i) =>
      model.fixedCovariates.slice(0, i + 1).map((rhs): SemParameter => {
        const value = covariance[variables.indexOf(lhs)][variables.indexOf(rhs)];
        return { lhs, op: "~~", rhs, group, free: null, value };
      }),
    );
  });
  return { ...model, parameters: [...model.parameters, ...rows] };
}

function parameterValue({ free, value }: SemParameter, theta: Float64Array): number {
  return free === null ? value : theta[free];
}

function standardize(row: SemParameter, value: number, at: { state: RamState; index: Map<string, number> }) {
  const { t, covariance, residual } = at.state;
  const place = (name: string) => (at.index.get(name) ?? 0) * (t + 1);
  const [lhs, rhs] = [place(row.lhs), place(row.rhs)];
  if (row.op === "~1") return value / Math.sqrt(covariance[lhs]);
  if (row.op === "~") return value * Math.sqrt(covariance[rhs] / covariance[lhs]);
  if (row.op === "=~") return value * Math.sqrt(covariance[lhs] / covariance[rhs]);
  return row.lhs === row.rhs ? value / covariance[lhs] : value / Math.sqrt(residual[lhs] * residual[rhs]);
}

/** The standardised value of each row at `theta`; NaN where it does not exist. */
function standardizedAt(
  structure: SemStructure,
  rows: readonly SemParameter[],
  theta: Float64Array,
): Float64Array {
  const index = new Map(structure.variables.map((name, i) => [name, i]));
  const states = structure.groups.map((group) => ramState(group, theta));
  return Float64Array.from(rows, (row) => {
    const state = states[row.group];
    return state === null ? Number.NaN : standardize(row, parameterValue(row, theta), { state, index });
  });
}

/** rows x nfree by rows: central differences. */
function derivatives(
  structure: SemStructure,
  rows: readonly SemParameter[],
  theta: Float64Array,
): Float64Array {
  const jacobian = new Float64Array(rows.length * theta.length);
  for (let j = 0; j < theta.length; j++) {
    const step = 1e-5 * Math.max(0.01, Math.abs(theta[j]));
    const moved = (by: number) => theta.map((value, i) => (i === j ? value + by : value));
    const above = standardizedAt(structure, rows, moved(step));
    const below = standardizedAt(structure, rows, moved(-step));
    for (let r = 0; r < rows.length; r++) jacobian[r * theta.length + j] = (above[r] - below[r]) / (2 * step);
  }
  return jacobian;
}

/** `g V g` for a gradient that is mostly zero. */
export function quadraticForm(gradient: readonly number[], vcov: Matrix): number {
  let sum = 0;
  for (let i = 0; i < gradient.length; i++) {
    if (gradient[i] === 0) continue;
    for (let j = 0; j < gradient.length; j++) sum += gradient[i] * gradient[j] * vcov[i][j];
  }
  return sum;
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Standardised values of some rows, and their derivatives in the free parameters (null without a covariance). */
export interface StandardizedSystem {
  readonly values: Float64Array;
  /** rows x nfree by rows. */
  readonly jacobian: Float64Array | null;
  readonly vcov: Matrix | null;
}

/**
 * Rows of a fitted structure, standardised by the standard deviations that the model implies.
 *
 * A path is in standard deviations of both its ends: between within-person deviations, within-person ones. A
 * covariance becomes the correlation of what is left unexplained, a variance its unexplained share, an intercept
 * is in standard deviations. These are lavaan's `std.all`.
 */
export function standardizedSystem(
  model: SemModel,
  fit: SemFit,
  rows: readonly SemParameter[],
): StandardizedSystem {
  const structure = semStructure(withCovariateMoments(model, fit));
  const theta = Float64Array.from(fit.estimates);
  return {
    values: standardizedAt(structure, rows, theta),
    jacobian: fit.vcov === null ? null : derivatives(structure, rows, theta),
    vcov: fit.vcov,
  };
}

/** The mean of some of a system's rows, with its standard error by the delta method. */
export function standardizedMean(
  { values, jacobian, vcov }: StandardizedSystem,
  rows: readonly number[],
): Standardized {
  const estimate = orNull(rows.reduce((sum, r) => sum + values[r], 0) / rows.length);
  if (jacobian === null || vcov === null || estimate === null) return { estimate, stdError: null };
  const gradient = vcov.map(
    (_, j) => rows.reduce((sum, r) => sum + jacobian[r * vcov.length + j], 0) / rows.length,
  );
  return { estimate, stdError: orNull(Math.sqrt(Math.max(0, quadraticForm(gradient, vcov)))) };
}
