import type { CategoricalFit } from "../clmm/result.ts";

/** A fitted logistic model of P(outcome = second level). "glm" has no random effect. */
export interface GlmmFit extends CategoricalFit {
  readonly estimator: "glmm" | "glm";
  readonly family: "binomial";
}
