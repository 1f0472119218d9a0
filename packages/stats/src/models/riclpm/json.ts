import type { PathParameter } from "./parameters.ts";
import type { RiclpmFit } from "./result.ts";

type JsonParameter = Omit<PathParameter, "free">;

type JsonKey =
  | "model"
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
  | "scalingFactor"
  | "se"
  | "groups"
  | "converged"
  | "admissible"
  | "tests"
  | "warnings";

/** What `longwave riclpm --json` prints. */
export interface RiclpmJson extends Pick<RiclpmFit, JsonKey> {
  readonly parameters: readonly JsonParameter[];
}

/** The fit in the shape that programs read, its keys in their documented order. */
export function riclpmToJson(fit: RiclpmFit): RiclpmJson {
  return {
    model: fit.model,
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
    scalingFactor: fit.scalingFactor,
    se: fit.se,
    groups: fit.groups,
    converged: fit.converged,
    admissible: fit.admissible,
    parameters: fit.parameters.map(({ free: _, ...row }) => row),
    tests: fit.tests,
    warnings: fit.warnings,
  };
}
