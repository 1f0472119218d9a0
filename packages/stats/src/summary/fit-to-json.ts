import type { RandomBlock, RowCounts } from "../models/fit.ts";
import type { ResidualStructure } from "../models/lmm/result.ts";
import { type Warning, warning } from "../warnings.ts";
import type { FormulaCoefficient, FormulaFit } from "./formula-fit.ts";

type Matrix = readonly (readonly (number | null)[])[];

type CoefficientJson = { readonly [Key in keyof FormulaCoefficient]: FormulaCoefficient[Key] | null };

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
    readonly parameters: readonly (number | null)[];
    readonly unit: string | null;
    /** The column that places the rows, and its values where parameters refer to them. */
    readonly time: string | null;
    readonly waves: readonly number[] | null;
    /** Intervals of `parameters` at the level of the fit; null where there is none. */
    readonly lower: readonly (number | null)[];
    readonly upper: readonly (number | null)[];
    /** ar1, toeplitz: the distance of neighbouring rows; car1: the time in which the correlation falls to 1/e. */
    readonly step: number | null;
    readonly range: number | null;
    /** unstructured: the SD of each wave relative to the first, whose SD is sigma. */
    readonly stdDevRatio: readonly (number | null)[] | null;
  };
  readonly thresholds?: readonly CoefficientJson[];
  readonly alpha?: readonly (number | null)[];
  readonly scale?: number | null;
  readonly family?: string;
  readonly correlation?: string;
  readonly nodes?: number;
  readonly levels?: readonly string[];
  /** re: the variances between people and of their rows. */
  readonly variances?: { readonly person: number | null; readonly residual: number | null };
  /** pooled: the estimator of the fits pooled, their number, and how many the Monte-Carlo error asks for. */
  readonly pooledEstimator?: string;
  readonly m?: number;
  readonly imputationsWanted?: number;
  readonly dfComplete?: readonly (number | null)[];
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

/** An estimate without a standard error is where a search stopped, not a result: it is left out with it. */
function coefficientJson(row: FormulaCoefficient): CoefficientJson {
  return {
    term: row.term,
    estimate: Number.isFinite(row.stdError) ? finite(row.estimate) : null,
    stdError: finite(row.stdError),
    df: finite(row.df),
    statistic: finite(row.statistic),
    pValue: finite(row.pValue),
    lower: finite(row.lower),
    upper: finite(row.upper),
    ...(row.modelStdError === undefined ? {} : { modelStdError: finite(row.modelStdError) }),
    ...(row.fmi === undefined ? {} : { fmi: finite(row.fmi) }),
    ...(row.monteCarloError === undefined ? {} : { monteCarloError: finite(row.monteCarloError) }),
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

/** How the residuals of one person go together, with what rebuilds their covariance. */
function residualJson(residual: ResidualStructure): NonNullable<FitJson["residual"]> {
  const { type, unit, time, waves, parameters, lower, upper, step, range, stdDevRatio } = residual;
  return {
    type,
    parameters: parameters.map(finite),
    unit,
    time,
    waves,
    lower: lower.map(finite),
    upper: upper.map(finite),
    step,
    range: finite(range),
    stdDevRatio: stdDevRatio?.map(finite) ?? null,
  };
}

/** What a fit pooled over imputations says of what is missing. */
function pooledJson({ pooledEstimator, m, imputationsWanted, dfComplete }: FormulaFit): Partial<FitJson> {
  return {
    ...(pooledEstimator === undefined ? {} : { pooledEstimator }),
    ...(m === undefined ? {} : { m }),
    ...(imputationsWanted === undefined ? {} : { imputationsWanted }),
    ...(dfComplete === undefined ? {} : { dfComplete: dfComplete.map(finite) }),
  };
}

/** What only some kinds of fit have. */
function ownJson(fit: FormulaFit): Partial<FitJson> {
  const { se, residual, thresholds, alpha, scale, family, correlation, nodes, levels, variances } = fit;
  return {
    ...(se === undefined || se === "model" ? {} : { se }),
    ...(residual === undefined || residual.type === "iid" ? {} : { residual: residualJson(residual) }),
    ...(thresholds === undefined ? {} : { thresholds: thresholds.map(coefficientJson) }),
    ...(alpha === undefined ? {} : { alpha: alpha.map(finite) }),
    ...(scale === undefined ? {} : { scale: finite(scale) }),
    ...(family === undefined ? {} : { family }),
    ...(correlation === undefined ? {} : { correlation }),
    ...(nodes === undefined ? {} : { nodes }),
    ...(levels === undefined ? {} : { levels }),
    ...(variances === undefined
      ? {}
      : { variances: { person: finite(variances.person), residual: finite(variances.residual) } }),
    ...pooledJson(fit),
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
