import { contrast, type LmmFit, robust, StatsError } from "@longwave/stats";
import type { PlanTest } from "@longwave/study";
import type { FittedModel } from "../plan/fit-model.ts";
import type { Reasons } from "../plan/reasons.ts";
import type { RobustColumn } from "../publication/types.ts";
import { type NotTested, scaled, type TestOutcome } from "./outcome.ts";

type Weights = Readonly<Record<string, number>>;

export interface SlopeLabels {
  readonly everyone: string;
  readonly women: string;
  readonly men: string;
  readonly reasons: Reasons;
}

/** The step of the exposure: one within-person SD of the `within(x)` a term holds, or one unit. */
function stepOf(fit: LmmFit, test: { readonly term: string; readonly per: "within_sd" | "unit" }): number {
  if (test.per === "unit") return 1;
  const name = Object.keys(fit.withinStdDev).find((within) => test.term.includes(within));
  return name === undefined ? 1 : (fit.withinStdDev[name] ?? 1);
}

/** Tests one slope of a fitted model. */
export function testTerm(
  model: FittedModel,
  test: Extract<PlanTest, { kind: "term" }>,
  labels: SlopeLabels,
): TestOutcome | NotTested {
  const missing = missingTerm(model.fit, { [test.term]: 1 }, labels.reasons);
  if (missing) return missing;
  const core = testWeights(model, { [test.term]: 1 }, stepOf(model.fit, test));
  const { estimate, lower, upper } = core;
  return { ...core, rows: [{ label: labels.everyone, role: "everyone", estimate, lower, upper }] };
}

/** Tests the difference of two slopes, and gives both. */
export function testDifference(
  model: FittedModel,
  test: Extract<PlanTest, { kind: "difference" }>,
  labels: SlopeLabels,
): TestOutcome | NotTested {
  const needed = { [test.term]: 1, ...test.slopes.women, ...test.slopes.men };
  const missing = missingTerm(model.fit, needed, labels.reasons);
  if (missing) return missing;
  const step = stepOf(model.fit, test);
  const core = testWeights(model, { [test.term]: 1 }, step);
  const women = scaled(contrast(model.fit, test.slopes.women), step);
  const men = scaled(contrast(model.fit, test.slopes.men), step);
  return {
    ...core,
    slopes: { women, men },
    rows: [
      { label: labels.women, role: "women", ...women },
      { label: labels.men, role: "men", ...men },
    ],
  };
}

function testWeights(model: FittedModel, weights: Weights, step: number): Omit<TestOutcome, "rows"> {
  const at95 = contrast(model.fit, weights, { level: 0.95 });
  const at90 = contrast(model.fit, weights, { level: 0.9 });
  const [wide, narrow] = [scaled(at95, step), scaled(at90, step)];
  return {
    kind: "tested",
    ...wide,
    lower90: narrow.lower,
    upper90: narrow.upper,
    pValue: at95.pValue ?? Number.NaN,
    step,
    perUnit: { value: at95.estimate, lower: at95.lower, upper: at95.upper },
    ...robustColumn(model, weights, step),
  };
}

/**
 * The same contrast with standard errors that do not lean on the model of the residuals; nothing where they
 * cannot be computed.
 *
 * Pustejovsky & Tipton (2018), J. Bus. Econ. Stat. 36, 672-683.
 */
function robustColumn(
  { fit, data }: FittedModel,
  weights: Weights,
  step: number,
): { readonly robust?: RobustColumn } {
  try {
    const row = contrast(robust(fit, data, "cr2"), weights, { level: 0.95 });
    const column = { stdError: row.stdError * step, lower: row.lower * step, upper: row.upper * step };
    if (!Object.values(column).every(Number.isFinite)) return {};
    return { robust: { ...column, df: row.df, pValue: row.pValue ?? Number.NaN } };
  } catch (error) {
    if (error instanceof StatsError) return {};
    throw error;
  }
}

/** Says which coefficient a test needs and the model could not estimate. */
export function missingTerm(fit: LmmFit, weights: Weights, reasons: Reasons): NotTested | undefined {
  const known = new Set(fit.fixed.map((coefficient) => coefficient.term));
  const missing = Object.keys(weights).find((term) => !known.has(term));
  if (missing === undefined) return undefined;
  return { kind: "not_tested", reason: reasons.notEstimable(missing) };
}
