import type { Warning } from "../../warnings.ts";
import type { Matrix, RowCounts } from "../fit.ts";
import type { SemFit, SemImproper } from "../sem/model.ts";
import type { RiclpmColumns, RiclpmSettings } from "./options.ts";
import type { LaggedPath, LaterCorrelation, PathParameter } from "./parameters.ts";
import type { LeftOut } from "./setup.ts";

/** A test of some of the model's restrictions; what could not be computed is null, and `note` says why. */
export interface RiclpmTest {
  readonly name: string;
  readonly method: "likelihood-ratio" | "wald";
  readonly statistic: number | null;
  readonly df: number;
  readonly pValue: number | null;
  /** From the mixture of chi-squares of a variance at its border, where that applies. */
  readonly pValueMixture: number | null;
  readonly note: string | null;
}

export interface RiclpmGroup {
  readonly label: string;
  readonly nobs: number;
}

/** Further tries from other start values; null when the first fit was good. */
export interface Restarts {
  readonly tried: number;
  /** Largest minus smallest log-likelihood of the tries that converged. */
  readonly spread: number | null;
}

/** How well a structure reproduces the moments, and of how many people. */
export type FitIndices = Pick<
  SemFit,
  | "nobs"
  | "patterns"
  | "logLik"
  | "chiSquare"
  | "df"
  | "pValue"
  | "cfi"
  | "tli"
  | "rmsea"
  | "rmseaLower"
  | "rmseaUpper"
  | "srmr"
  | "aic"
  | "bic"
  | "logLikSaturated"
  | "chiSquareScaled"
  | "pValueScaled"
  | "scalingFactor"
  | "se"
  | "level"
>;

/** A fitted random-intercept cross-lagged panel model, as plain data. */
export interface RiclpmFit extends FitIndices {
  readonly model: "riclpm";
  readonly columns: RiclpmColumns;
  readonly settings: RiclpmSettings;
  /** When each wave was. */
  readonly waves: readonly number[];
  readonly groups: readonly RiclpmGroup[];
  readonly converged: boolean;
  /** False with a negative variance or a correlation beyond 1, which `improper` names. */
  readonly admissible: boolean;
  readonly improper: readonly SemImproper[];
  readonly nparameters: number;
  readonly conditionNumber: number | null;
  readonly parameters: readonly PathParameter[];
  /** x to x, x to y, y to x and y to y, of each group, averaged over waves. */
  readonly paths: readonly LaggedPath[];
  /** What x and y share at later waves beyond the paths, of each group, averaged over waves. */
  readonly laterCorrelations: readonly LaterCorrelation[];
  /** Of the free parameters, in the order of `PathParameter.free`. */
  readonly vcov: Matrix | null;
  readonly tests: readonly RiclpmTest[];
  /** Observed within-person SD of x and y: sqrt(SS / (answers - people)). */
  readonly withinStdDev: { readonly x: number; readonly y: number };
  /** Fixed measurement-error variances; null without them. */
  readonly errorVariance: { readonly x: number; readonly y: number } | null;
  readonly restarts: Restarts | null;
  readonly rows: RowCounts;
  readonly leftOut: LeftOut;
  readonly warnings: readonly Warning[];
}

/** The fit indices of a structure, as results carry them. */
export function fitIndices(fit: SemFit): FitIndices {
  return {
    nobs: fit.nobs,
    patterns: fit.patterns,
    logLik: fit.logLik,
    chiSquare: fit.chiSquare,
    df: fit.df,
    pValue: fit.pValue,
    cfi: fit.cfi,
    tli: fit.tli,
    rmsea: fit.rmsea,
    rmseaLower: fit.rmseaLower,
    rmseaUpper: fit.rmseaUpper,
    srmr: fit.srmr,
    aic: fit.aic,
    bic: fit.bic,
    logLikSaturated: fit.logLikSaturated,
    chiSquareScaled: fit.chiSquareScaled,
    pValueScaled: fit.pValueScaled,
    scalingFactor: fit.scalingFactor,
    se: fit.se,
    level: fit.level,
  };
}
