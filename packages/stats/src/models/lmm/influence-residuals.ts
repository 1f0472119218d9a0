import { normalQuantile } from "../../numeric/distributions.ts";
import type { FitData } from "../../table/table.ts";
import { lmmResiduals } from "./predict-residuals.ts";
import { lmmRanef } from "./ranef-conditional.ts";
import type { LmmFit } from "./result.ts";

/** Values beside what a normal sample of that size is expected to have, in order: a quantile-quantile figure. */
export interface NormalScores {
  /** What the values are: "residuals", or the group and the random effect. */
  readonly of: string;
  readonly values: readonly number[];
  readonly expected: readonly number[];
  /** Third and fourth standardised moments; 0 and 0 in a normal sample. */
  readonly skewness: number;
  readonly excessKurtosis: number;
}

function moment(values: readonly number[], mean: number, power: number): number {
  return values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
}

/** Sorted values with their normal scores (Blom 1958: quantiles of (i - 3/8) / (n + 1/4)). */
export function normalScores(of: string, unsorted: readonly number[]): NormalScores {
  const values = [...unsorted].sort((a, b) => a - b);
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = moment(values, mean, 2);
  return {
    of,
    values,
    expected: values.map((_, i) => normalQuantile((i + 1 - 3 / 8) / (n + 1 / 4))),
    skewness: variance > 0 ? moment(values, mean, 3) / variance ** 1.5 : 0,
    excessKurtosis: variance > 0 ? moment(values, mean, 4) / variance ** 2 - 3 : 0,
  };
}

/**
 * Normal scores of the residuals (marginal: decorrelated, variance 1 under the model) and of each random effect in its
 * standard deviations. The effects are shrunken, so they look more normal than people are.
 *
 * @throws StatsError `fit.other-data`
 */
export function residualDiagnostics(fit: LmmFit, data: FitData): NormalScores[] {
  const residuals = lmmResiduals(fit, data, { scale: "marginal" }).map(({ residual }) => residual);
  const effects = lmmRanef(fit, data).flatMap(({ group, terms, modes }, b) =>
    terms.flatMap((term, r) => {
      const stdDev = fit.random[b].stdDev[r];
      return stdDev > 0
        ? [
            normalScores(
              `${group} ${term}`,
              modes.map((mode) => mode[r] / stdDev),
            ),
          ]
        : [];
    }),
  );
  return [normalScores("residuals", residuals), ...effects];
}
