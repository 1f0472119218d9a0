import { contrast, type LmmFit, robustContrast, StatsError } from "@longwave/stats";
import type { PlanTest } from "@longwave/study";
import { numberAt, rowsOfModel } from "../flow/used-rows.ts";
import type { FittedModel } from "../plan/fit-model.ts";
import type { Reasons } from "../plan/reasons.ts";
import type { RobustColumn } from "../publication/types.ts";
import { type NotTested, scaled, type TestOutcome } from "./outcome.ts";

type Weights = Readonly<Record<string, number>>;

export interface SlopeLabels {
  readonly everyone: string;
  readonly first: string;
  readonly second: string;
  readonly reasons: Reasons;
}

type TermTest = Extract<PlanTest, { kind: "term" }>;
type DifferenceTest = Extract<PlanTest, { kind: "difference" }>;

/** A test of the plan, and the column that says whose row it is. */
export interface SlopeTest<Test extends PlanTest> {
  readonly test: Test;
  readonly person: string;
}

/** The step of the exposure: one within-person SD of the `within(x)` a term holds, one SD of people's means, or one unit. */
function stepOf(model: FittedModel, { test, person }: SlopeTest<TermTest | DifferenceTest>): number {
  switch (test.per) {
    case "unit":
      return 1;
    case "between_sd":
      return betweenStdDev(model, /\(([^()]+)\)/.exec(test.term)?.[1] ?? test.term, person);
    case "within_sd": {
      const { withinStdDev } = model.fit;
      const name = Object.keys(withinStdDev).find((within) => test.term.includes(within));
      return name === undefined ? 1 : (withinStdDev[name] ?? 1);
    }
  }
}

/** The standard deviation of people's own means over the rows a model uses; each person counts once. */
function betweenStdDev(model: FittedModel, column: string, person: string): number {
  const values = model.data.table.columns[column];
  const means = rowsOfModel(model, person).byPerson.map(
    (rows) => rows.reduce((sum, row) => sum + numberAt(values, row), 0) / rows.length,
  );
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  const squares = means.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (means.length - 1));
}

/** Tests one slope of a fitted model. */
export function testTerm(
  model: FittedModel,
  of: SlopeTest<TermTest>,
  labels: SlopeLabels,
): TestOutcome | NotTested {
  const { test } = of;
  const missing = missingTerm(model.fit, { [test.term]: 1 }, labels.reasons);
  if (missing) return missing;
  const core = testWeights(model, { [test.term]: 1 }, stepOf(model, of));
  const { estimate, lower, upper } = core;
  return { ...core, rows: [{ label: labels.everyone, role: "everyone", estimate, lower, upper }] };
}

/** Tests the difference of two slopes, and gives both. */
export function testDifference(
  model: FittedModel,
  of: SlopeTest<DifferenceTest>,
  labels: SlopeLabels,
): TestOutcome | NotTested {
  const { test } = of;
  const weights = groupSlopes(test);
  const needed = { [test.term]: 1, ...weights.first, ...weights.second };
  const missing = missingTerm(model.fit, needed, labels.reasons);
  if (missing) return missing;
  const step = stepOf(model, of);
  const core = testWeights(model, { [test.term]: 1 }, step);
  const first = scaled(contrast(model.fit, weights.first), step);
  const second = scaled(contrast(model.fit, weights.second), step);
  const [one, other] = "women" in test.slopes ? (["women", "men"] as const) : (["plain", "plain"] as const);
  return {
    ...core,
    slopes: { first, second },
    rows: [
      { label: labels.first, role: one, ...first },
      { label: labels.second, role: other, ...second },
    ],
  };
}

/** The slopes of a difference, that of the group coded 0 first. */
export function groupSlopes({ slopes }: DifferenceTest): {
  readonly first: Weights;
  readonly second: Weights;
} {
  return "women" in slopes ? { first: slopes.women, second: slopes.men } : slopes;
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
    const row = robustContrast(fit, data, weights, { type: "cr2", level: 0.95 });
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
