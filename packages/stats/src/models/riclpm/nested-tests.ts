import { chiSquareUpper } from "../../numeric/chi-square.ts";
import { semLrt, semWald } from "../sem/compare.ts";
import type { SemFit, SemModel } from "../sem/model.ts";
import type { PathParameter } from "./parameters.ts";
import type { RiclpmTest } from "./result.ts";

/** A test that could not be made, and why. */
function noTest(name: string, method: RiclpmTest["method"], why: { df: number; note: string }): RiclpmTest {
  return { name, method, statistic: null, pValue: null, pValueMixture: null, ...why };
}

/** Twice the difference in log-likelihood of nested models, against chi-square; scaled where both are robust. */
export function likelihoodRatio(name: string, restricted: SemFit, general: SemFit): RiclpmTest {
  const df = restricted.df - general.df;
  const none = (note: string) => noTest(name, "likelihood-ratio", { df, note });
  if (!restricted.converged || !general.converged) return none("one of the two models did not converge");
  // Two searches that end at different maxima say nothing about the restriction.
  if (general.logLik < restricted.logLik - 1e-6)
    return none("the general model ended with the lower likelihood");
  const test = semLrt(general, restricted);
  if (test === null) return none("the scaling of the difference is not positive");
  const { chiSquare: statistic, pValue, scalingFactor } = test;
  const scaled =
    scalingFactor === 1 ? null : `scaled by ${scalingFactor.toFixed(4)} (Satorra and Bentler 2001)`;
  return { name, method: "likelihood-ratio", statistic, df, pValue, pValueMixture: null, note: scaled };
}

/**
 * The test that one random intercept is not there: its variance at the border 0, its covariances 0.
 *
 * The mixture has half its weight on one degree of freedom fewer (Stoel, Garre, Dolan & van den Wittenboer 2006,
 * Psychol. Methods 11, 439); the plain chi-square is conservative.
 */
export function interceptTest(
  name: string,
  models: { readonly restricted: SemFit; readonly general: SemFit },
  variance: number,
): RiclpmTest {
  const test = likelihoodRatio(name, models.restricted, models.general);
  if (test.statistic === null) return test;
  if (!(variance > 0))
    return { ...test, note: "the estimated variance is negative: the mixture does not apply" };
  const { statistic, df } = test;
  const pValueMixture = (chiSquareUpper(statistic, df - 1) + chiSquareUpper(statistic, df)) / 2;
  const note = `a variance at its border: half chi-square on ${df - 1} df, half on ${df}`;
  return { ...test, pValueMixture, note };
}

/** Pairs of free parameters that a restriction would make equal. */
export type EqualPairs = readonly (readonly [number, number])[];

/** Whether parameters are equal, from the general model alone. */
export function waldEquality(name: string, fit: SemFit, pairs: EqualPairs): RiclpmTest {
  const df = pairs.length;
  const constraints = pairs.map(([one, other]) =>
    fit.estimates.map((_, i) => (i === one ? 1 : 0) - (i === other ? 1 : 0)),
  );
  const test = semWald(fit, constraints);
  if (test === null) return noTest(name, "wald", { df, note: "the model has no standard errors for it" });
  const { chiSquare: statistic, pValue } = test;
  return { name, method: "wald", statistic, df, pValue, pValueMixture: null, note: null };
}

/** Each distinct pair of different free parameters once. */
function distinct(pairs: EqualPairs): EqualPairs {
  const seen = new Map(pairs.filter(([a, b]) => a !== b).map((pair) => [pair.join(" "), pair]));
  return [...seen.values()];
}

/** The lag of each path from the second wave on, beside the same path at the second wave. */
export function lagsOverTime(model: SemModel): EqualPairs {
  const lags = model.parameters.filter(({ op, rhs }) => op === "~" && /^w[xy]\d+$/.test(rhs));
  const key = (lhs: string, rhs: string, group: number) => `${lhs.slice(0, 2)} ${rhs.slice(0, 2)} ${group}`;
  const first = new Map<string, number>();
  const pairs: [number, number][] = [];
  for (const { lhs, rhs, group, free } of lags) {
    if (free === null) continue;
    const path = key(lhs, rhs, group);
    const start = first.get(path);
    if (start === undefined) first.set(path, free);
    else pairs.push([start, free]);
  }
  return distinct(pairs);
}

/** The parameters of a kind in every further group, beside those of the first. */
export function overGroups(
  model: SemModel,
  ofKind: (row: Pick<PathParameter, "lhs" | "op" | "rhs">) => boolean,
): EqualPairs {
  const first = new Map<string, number>();
  const pairs: [number, number][] = [];
  for (const row of model.parameters) {
    if (row.free === null || !ofKind(row)) continue;
    const path = `${row.lhs}${row.op}${row.rhs}`;
    if (row.group === 0) first.set(path, row.free);
    else pairs.push([first.get(path) ?? row.free, row.free]);
  }
  return distinct(pairs);
}

/** Kinds of parameters that are compared over groups. */
export const KINDS: Readonly<Record<string, (row: Pick<PathParameter, "lhs" | "op" | "rhs">) => boolean>> = {
  lags: ({ op, rhs }) => op === "~" && /^w[xy]\d+$/.test(rhs),
  // From the second wave on: what moves together at one wave beyond what the wave before would lead one to expect.
  "residual covariances": ({ lhs, op, rhs }) => op === "~~" && lhs !== rhs && /^w[xy]([2-9]|1\d)$/.test(lhs),
  "random-intercept variances and covariance": ({ lhs, op, rhs }) =>
    op === "~~" && lhs.startsWith("RI") && rhs.startsWith("RI"),
};
