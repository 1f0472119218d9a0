import { chiSquareUpper } from "../../numeric/chi-square.ts";
import { covariateMoments, independenceLogLik } from "./baseline.ts";
import { comparativeFit, type FitTest, rmsea, squaredResidual } from "./measures.ts";
import type { SemFit, SemModel } from "./model.ts";
import type { SemProblem } from "./objective.ts";
import type { LikelihoodOptimum } from "./optimum.ts";
import { observedMoments, type RamState } from "./ram.ts";
import type { RobustParts } from "./sandwich.ts";
import type { Saturated } from "./saturated.ts";

/** The part of a fit that says how well the model agrees with the data. */
export type Goodness = Pick<
  SemFit,
  | "logLik"
  | "logLikSaturated"
  | "chiSquare"
  | "df"
  | "pValue"
  | "chiSquareScaled"
  | "scalingFactor"
  | "pValueScaled"
  | "baselineChiSquare"
  | "baselineDf"
  | "cfi"
  | "tli"
  | "rmsea"
  | "rmseaLower"
  | "rmseaUpper"
  | "srmr"
  | "aic"
  | "bic"
>;

interface Fitted {
  readonly model: SemModel;
  readonly optimum: LikelihoodOptimum;
  readonly states: readonly RamState[];
  /** For each group; null where the data do not determine it. */
  readonly saturated: readonly (Saturated | null)[];
  readonly robust: RobustParts | null;
  /** Whether the optimum is an isolated maximum, so that tests have the degrees of freedom they claim. */
  readonly trusted: boolean;
}

const NO_TEST = {
  ...{ chiSquare: null, pValue: null, chiSquareScaled: null, scalingFactor: null, pValueScaled: null },
  ...{
    baselineChiSquare: null,
    cfi: null,
    tli: null,
    rmsea: null,
    rmseaLower: null,
    rmseaUpper: null,
    srmr: null,
  },
};

function sumOver<T>(items: readonly T[], value: (item: T, index: number) => number): number {
  return items.reduce((sum, item, index) => sum + value(item, index), 0);
}

/** The log-likelihood of the fixed covariates, which every model shares. */
function covariateLogLik({ data }: SemProblem, { observed, fixedCovariates }: SemModel): number {
  const indices = fixedCovariates.map((name) => observed.indexOf(name));
  return sumOver(data, (group) => covariateMoments(group, indices, observed.length)?.logLik ?? Number.NaN);
}

function independence({ data }: SemProblem, { observed, fixedCovariates }: SemModel): number {
  const others = observed.flatMap((name, i) => (fixedCovariates.includes(name) ? [] : [i]));
  return sumOver(data, ({ patterns }) => independenceLogLik(patterns, others, observed.length));
}

/** Free moments of the variables given the fixed covariates, and how many of them independence leaves at zero. */
function momentCounts({ observed, fixedCovariates, groups }: SemModel) {
  const covariates = fixedCovariates.length;
  const others = observed.length - covariates;
  const unrelated = (others * (others - 1)) / 2 + others * covariates;
  return { free: groups.length * (unrelated + 2 * others), baselineDf: groups.length * unrelated };
}

/** Standardised root mean residual, averaged over groups by their rows. */
function srmr(problem: SemProblem, saturated: readonly Saturated[], states: readonly RamState[]): number {
  const nobs = sumOver(problem.data, (group) => group.nobs);
  return sumOver(problem.data, (group, g) => {
    const implied = observedMoments(states[g], problem.structure.nobserved);
    return (group.nobs / nobs) * Math.sqrt(squaredResidual(saturated[g].moments, implied));
  });
}

/** Twice the difference of two log-likelihoods; rounding may leave it a hair below zero where they are equal. */
function chiSquareOf(saturated: number, model: number): number {
  return Math.max(0, 2 * (saturated - model));
}

function tests(
  problem: SemProblem,
  fitted: Fitted,
  saturated: readonly Saturated[],
  { baseline, test }: { readonly baseline: FitTest; readonly test: FitTest },
) {
  const { chiSquare, df } = test;
  const size = { nobs: sumOver(problem.data, (group) => group.nobs), groups: problem.data.length };
  const approximation = rmsea(test, size);
  const expected = fitted.robust?.expectedChiSquare ?? null;
  const scale = df > 0 && expected !== null ? expected / df : null;
  const scaled = scale === null ? null : chiSquare / scale;
  return {
    ...test,
    pValue: df > 0 ? chiSquareUpper(chiSquare, df) : null,
    scalingFactor: scale,
    chiSquareScaled: scaled,
    pValueScaled: scaled === null ? null : chiSquareUpper(scaled, df),
    baselineChiSquare: baseline.chiSquare,
    ...comparativeFit(test, baseline),
    rmsea: approximation.rmsea,
    rmseaLower: approximation.lower,
    rmseaUpper: approximation.upper,
    srmr: srmr(problem, saturated, fitted.states),
  };
}

/**
 * Likelihoods, the test of fit and the indices made from it; null where the data or the model do not allow one.
 *
 * Yuan & Bentler's scaled test as in Asparouhov & Muthen (2005): see `sandwich.ts`.
 */
export function fitMeasures(problem: SemProblem, fitted: Fitted): Goodness {
  const { model, optimum } = fitted;
  const { nfree } = problem.structure;
  const shared = covariateLogLik(problem, model);
  const logLik = optimum.logLik - shared;
  const { free, baselineDf } = momentCounts(model);
  const nobs = sumOver(problem.data, (group) => group.nobs);
  const saturated = fitted.saturated.flatMap((group) => group ?? []);
  const known = saturated.length === problem.data.length;
  const found = known ? sumOver(saturated, (group) => group.logLik) - shared : null;
  // A model cannot be likelier than every model: then the search for the saturated one ended too early.
  const logLikSaturated = found !== null && found >= logLik - 1e-8 * Math.abs(logLik) ? found : null;
  const df = free - nfree;
  const common = {
    ...{ logLik, logLikSaturated, df, baselineDf },
    aic: -2 * logLik + 2 * nfree,
    bic: -2 * logLik + Math.log(nobs) * nfree,
  };
  if (logLikSaturated === null || !fitted.trusted || df < 0) return { ...common, ...NO_TEST };
  const baseline = {
    chiSquare: chiSquareOf(logLikSaturated, independence(problem, model)),
    df: baselineDf,
  };
  const test = { chiSquare: chiSquareOf(logLikSaturated, logLik), df };
  return { ...common, ...tests(problem, fitted, saturated, { baseline, test }) };
}
