import type { FitCommon } from "../fit.ts";
import type { Family } from "./family.ts";

/** A fitted generalised linear model as plain data. */
export interface GlmFit extends FitCommon {
  readonly estimator: "glm";
  readonly family: Family;
  /** Normal tests for binomial, t on the residual degrees of freedom for gaussian. */
  readonly dfMethod: "none" | "residual";
  readonly dfResidual: number;
  /** Deviance from a model with a parameter for every row (R's `deviance`). */
  readonly residualDeviance: number;
  /** The same for the model with an intercept only. */
  readonly nullDeviance: number;
  /** Residual variance for gaussian, 1 for binomial. */
  readonly dispersion: number;
  /** The column of prior weights; null without one. */
  readonly weights: string | null;
}
