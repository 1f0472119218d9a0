import type { FitCommon } from "../fit.ts";
import type { ContrastParts, ResidualStructure } from "../lmm/result.ts";

/** A regression on one person's series with autocorrelated residuals, as plain data. */
export interface PersonalFit extends FitCommon {
  readonly estimator: "personal";
  readonly method: "reml" | "ml";
  readonly dfMethod: "satterthwaite" | "residual";
  /** Residual standard deviation; `vcov` uses rows less coefficients under ML too, as `nlme::gls` does. */
  readonly sigma: number;
  /** `parameters`: the correlation at the distance that `unit` names. */
  readonly residual: ResidualStructure;
  readonly logLik: number;
  readonly deviance: number;
  readonly aic: number;
  readonly bic: number;
  readonly dfResidual: number;
  /** Null with `dfMethod` residual, with independent residuals, and where the correlation is at its limit. */
  readonly satterthwaite: ContrastParts | null;
}
