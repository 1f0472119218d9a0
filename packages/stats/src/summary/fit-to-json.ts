import type { Coefficient, RandomBlock, RowCounts } from "../models/fit.ts";
import type { LmmFit } from "../models/lmm/result.ts";
import { type Warning, warning } from "../warnings.ts";

type Matrix = readonly (readonly (number | null)[])[];

/** The object that `longwave fit --json` prints; what does not exist is null. */
export interface FitJson {
  readonly formula: string;
  readonly estimator: string;
  readonly method: string;
  readonly nobs: number;
  readonly ngroups: Readonly<Record<string, number>>;
  readonly fixed: readonly { readonly [Key in keyof Coefficient]: Coefficient[Key] | null }[];
  readonly random: readonly {
    readonly group: string;
    readonly terms: readonly string[];
    readonly covariance: Matrix;
    readonly stdDev: readonly (number | null)[];
    readonly correlation: Matrix;
  }[];
  readonly theta: readonly number[];
  readonly sigma: number;
  readonly logLik: number;
  readonly deviance: number;
  readonly aic: number;
  readonly bic: number;
  readonly converged: boolean;
  readonly singular: boolean;
  readonly warnings: readonly Warning[];
  readonly rows: RowCounts;
}

function finite(value: number): number | null;
function finite(value: number | null): number | null;
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function blockJson({
  group,
  terms,
  covariance,
  stdDev,
  correlation,
}: RandomBlock): FitJson["random"][number] {
  const matrix = (rows: readonly (readonly number[])[]) =>
    rows.map((row) => row.map((value) => finite(value)));
  return {
    group,
    terms,
    covariance: matrix(covariance),
    stdDev: stdDev.map((value) => finite(value)),
    correlation: matrix(correlation),
  };
}

function coefficientJson(row: Coefficient): FitJson["fixed"][number] {
  return {
    term: row.term,
    estimate: finite(row.estimate),
    stdError: finite(row.stdError),
    df: finite(row.df),
    statistic: finite(row.statistic),
    pValue: finite(row.pValue),
    lower: finite(row.lower),
    upper: finite(row.upper),
  };
}

/** Terms with a number that JSON cannot hold; null degrees of freedom are meant and not counted. */
function notFiniteWarning(fit: LmmFit): Warning[] {
  const terms = fit.fixed
    .filter((row) => Object.values(row).some((value) => typeof value === "number" && !Number.isFinite(value)))
    .map((row) => row.term);
  if (terms.length === 0) return [];
  return [
    warning(
      "fit.not-finite",
      `Expected finite numbers for every term; found some that are not for ${terms.join(", ")}, written as null. Do not report them; look for outlying values or simplify the model.`,
    ),
  ];
}

/** The fit as the `fit --json` contract has it, keys in its order. */
export function fitToJson(fit: LmmFit): FitJson {
  return {
    formula: fit.formula,
    estimator: fit.estimator,
    method: fit.method,
    nobs: fit.nobs,
    ngroups: fit.ngroups,
    fixed: fit.fixed.map(coefficientJson),
    random: fit.random.map(blockJson),
    theta: fit.theta,
    sigma: fit.sigma,
    logLik: fit.logLik,
    deviance: fit.deviance,
    aic: fit.aic,
    bic: fit.bic,
    converged: fit.converged,
    singular: fit.singular,
    warnings: [...fit.warnings, ...notFiniteWarning(fit)],
    rows: fit.rows,
  };
}
