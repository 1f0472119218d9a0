import type { JointTest } from "../../inference/joint-test.ts";
import type { FitCommon, Matrix } from "../fit.ts";
import type { PanelErrors } from "./options.ts";

/** A fitted fixed-effects or random-effects panel model as plain data. */
interface PanelFit extends FitCommon {
  /** Which standard errors `fixed` and `vcov` hold. */
  readonly se: PanelErrors;
  /** The covariance of the model, in the order of `fixed`, whatever `se` is. */
  readonly modelVcov: Matrix;
  /** Residual standard deviation: of the rows around their person's level (fe), of the transformed rows (re). */
  readonly sigma: number;
  readonly dfResidual: number;
  /** The share of squared deviations explained: within people (fe), of the transformed rows (re). */
  readonly rSquared: number;
}

/** The within estimator: every person has a level of their own, and is compared only with themselves. */
export interface FeFit extends PanelFit {
  readonly estimator: "fe";
  readonly effect: "person" | "twoway";
  /** The level of each time against the first; null without them. */
  readonly timeEffects: readonly { readonly time: string; readonly effect: number }[] | null;
  /** The F test that all people (and times) have one level. */
  readonly effectsTest: JointTest;
}

/** The random-effects estimator of Swamy & Arora: people's levels vary by chance, unrelated to the predictors. */
export interface ReFit extends PanelFit {
  readonly estimator: "re";
  readonly variances: { readonly person: number; readonly residual: number };
  /** The share of the person's mean that is taken off, from the person with fewest rows to the one with most. */
  readonly theta: { readonly min: number; readonly max: number };
}
