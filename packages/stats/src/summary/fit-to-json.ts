import type { Coefficient, RandomBlock, RowCounts } from "../models/fit.ts";
import { type Warning, warning } from "../warnings.ts";
import type { FormulaFit } from "./formula-fit.ts";

type Matrix = readonly (readonly (number | null)[])[];

type CoefficientJson = { readonly [Key in keyof Coefficient]: Coefficient[Key] | null };

/** The object that `longwave fit --json` prints; what does not exist is null, or absent where no fit of its kind has it. */
export interface FitJson {
  readonly formula: string;
  readonly estimator: string;
  readonly method: string | null;
  readonly nobs: number;
  readonly ngroups: Readonly<Record<string, number>>;
  readonly fixed: readonly CoefficientJson[];
  readonly random: readonly {
    readonly group: string;
    readonly terms: readonly string[];
    readonly covariance: Matrix;
    readonly stdDev: readonly (number | null)[];
    readonly correlation: Matrix;
  }[];
  readonly theta: readonly number[];
  readonly sigma: number | null;
  readonly logLik: number | null;
  readonly deviance: number | null;
  readonly aic: number | null;
  readonly bic: number | null;
  readonly converged: boolean;
  readonly singular: boolean | null;
  readonly warnings: readonly Warning[];
  readonly rows: RowCounts;
  /** Which standard errors `fixed` holds; `modelStdError` of a row keeps the other. */
  readonly se?: string;
  readonly residual?: {
    readonly type: string;
    readonly parameters: readonly number[];
    readonly unit: string | null;
  };
  readonly thresholds?: readonly CoefficientJson[];
  readonly alpha?: readonly (number | null)[];
  readonly scale?: number | null;
  readonly family?: string;
  readonly correlation?: string;
  readonly nodes?: number;
  readonly levels?: readonly string[];
}

function finite(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null;
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

function coefficientJson(row: Coefficient): CoefficientJson {
  return {
    term: row.term,
    estimate: finite(row.estimate),
    stdError: finite(row.stdError),
    df: finite(row.df),
    statistic: finite(row.statistic),
    pValue: finite(row.pValue),
    lower: finite(row.lower),
    upper: finite(row.upper),
    ...(row.modelStdError === undefined ? {} : { modelStdError: finite(row.modelStdError) }),
  };
}

/** Terms with a number that JSON cannot hold; null degrees of freedom are meant and not counted. */
function notFiniteWarning(fit: FormulaFit): Warning[] {
  const terms = [...fit.fixed, ...(fit.thresholds ?? [])]
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

/** What only some kinds of fit have. */
function ownJson(fit: FormulaFit): Partial<FitJson> {
  const { se, residual, thresholds, alpha, scale, family, correlation, nodes, levels } = fit;
  return {
    ...(se === undefined || se === "model" ? {} : { se }),
    ...(residual === undefined || residual.type === "iid"
      ? {}
      : { residual: { type: residual.type, parameters: residual.parameters, unit: residual.unit } }),
    ...(thresholds === undefined ? {} : { thresholds: thresholds.map(coefficientJson) }),
    ...(alpha === undefined ? {} : { alpha: alpha.map(finite) }),
    ...(scale === undefined ? {} : { scale: finite(scale) }),
    ...(family === undefined ? {} : { family }),
    ...(correlation === undefined ? {} : { correlation }),
    ...(nodes === undefined ? {} : { nodes }),
    ...(levels === undefined ? {} : { levels }),
  };
}

/** The fit as the `fit --json` contract has it, keys in its order. */
export function fitToJson(fit: FormulaFit): FitJson {
  return {
    formula: fit.formula,
    estimator: fit.estimator,
    method: fit.method ?? null,
    nobs: fit.nobs,
    ngroups: fit.ngroups,
    fixed: fit.fixed.map(coefficientJson),
    random: (fit.random ?? []).map(blockJson),
    theta: Array.isArray(fit.theta) ? (fit.theta as readonly number[]) : [],
    sigma: finite(fit.sigma),
    logLik: finite(fit.logLik),
    deviance: finite(fit.deviance),
    aic: finite(fit.aic),
    bic: finite(fit.bic),
    converged: fit.converged,
    singular: fit.singular ?? null,
    warnings: [...fit.warnings, ...notFiniteWarning(fit)],
    rows: fit.rows,
    ...ownJson(fit),
  };
}
