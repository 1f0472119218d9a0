import { StatsError } from "../errors.ts";
import type { FitCommon } from "../models/fit.ts";
import type { ContrastParts, KenwardRoger } from "../models/lmm/result.ts";
import type { RobustParts } from "../models/lmm/robust.ts";
import { robustContrastDf } from "../models/lmm/robust-df.ts";
import { satterthwaiteDf } from "./satterthwaite-df.ts";

/** A fit of any model with a formula; those with degrees of freedom of their own carry what these need. */
export interface TestableFit extends FitCommon {
  readonly dfResidual?: number | null;
  readonly satterthwaite?: ContrastParts | null;
  readonly kenwardRoger?: KenwardRoger | null;
  readonly robust?: RobustParts | null;
}

/** Degrees of freedom of a contrast of a fit with robust standard errors. */
function dfOfRobust(fit: FitCommon, { contrasts }: RobustParts, l: readonly number[]): number | null {
  if (contrasts !== null) return robustContrastDf(contrasts, l);
  const [only, ...others] = [...l.keys()].filter((j) => l[j] !== 0);
  if (others.length === 0) return fit.fixed[only].df;
  throw new StatsError(
    "fit.robust-contrast",
    `Expected at most 20 fixed effects, for which a robust fit carries the degrees of freedom of every contrast; found ${fit.fixed.length}. Use fewer terms, or recode so that the question is one coefficient.`,
  );
}

/** Degrees of freedom of a contrast; null where the fit's tests are normal. */
export function contrastDf(fit: TestableFit, l: readonly number[]): number | null {
  if (fit.fixed.every(({ df }) => df === null)) return null;
  if (fit.robust) return dfOfRobust(fit, fit.robust, l);
  if (fit.kenwardRoger) return satterthwaiteDf(fit.kenwardRoger.vcovUnadjusted, fit.kenwardRoger, l);
  const parts = fit.satterthwaite ?? null;
  if (parts !== null) return satterthwaiteDf(fit.vcov, parts, l);
  const [{ df }] = fit.fixed;
  const allAlike = fit.fixed.every((row) => row.df === df);
  return allAlike ? df : (fit.dfResidual ?? null);
}
