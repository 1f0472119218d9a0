import { contrast, jointTest, type LmmFit } from "@longwave/stats";
import type { PlanTest } from "@longwave/study";
import type { FittedModel, ModelOutcome } from "../plan/fit-model.ts";
import type { Reasons } from "../plan/reasons.ts";
import { type NotTested, scaled, type TestOutcome } from "./outcome.ts";
import { missingTerm } from "./test-slope.ts";

export interface GroupLabels {
  readonly unadjusted: string;
  readonly adjusted: string;
  readonly reasons: Reasons;
}

/** The coefficients of one factor: `factor(x)[1]`, `x[b]`, or those of a number called `x`. */
function termsOf(fit: LmmFit, name: string): readonly string[] {
  const terms = fit.fixed.map((coefficient) => coefficient.term);
  return terms.filter(
    (term) => term === name || term.startsWith(`${name}[`) || term.startsWith(`factor(${name})[`),
  );
}

/**
 * Tests all groups of a factor together; the contrast, highest against none, is what is put into words.
 * The second model only adds terms: both estimates are given, and their difference is not tested.
 */
export function testJoint(
  model: FittedModel,
  test: Extract<PlanTest, { kind: "joint" }>,
  options: { readonly second: ModelOutcome | undefined; readonly labels: GroupLabels },
): TestOutcome | NotTested {
  const terms = termsOf(model.fit, test.terms);
  const { reasons } = options.labels;
  const missing = missingTerm(model.fit, { [test.contrast]: 1 }, reasons);
  if (missing || terms.length === 0) {
    return missing ?? { kind: "not_tested", reason: reasons.noGroups };
  }
  const weights = { [test.contrast]: 1 };
  const wide = scaled(contrast(model.fit, weights, { level: 0.95 }), 1);
  const narrow = contrast(model.fit, weights, { level: 0.9 });
  const adjusted = adjustedContrast(options.second, weights, reasons);
  const rows = [
    { label: options.labels.unadjusted, role: "plain" as const, ...wide },
    ...(adjusted ? [{ label: options.labels.adjusted, role: "plain" as const, ...adjusted }] : []),
  ];
  return {
    kind: "tested",
    ...wide,
    lower90: narrow.lower,
    upper90: narrow.upper,
    pValue: jointTest(model.fit, terms).pValue,
    rows,
    step: undefined,
    perUnit: undefined,
    ...(adjusted
      ? { adjusted: { value: adjusted.estimate, lower: adjusted.lower, upper: adjusted.upper } }
      : {}),
  };
}

function adjustedContrast(
  second: ModelOutcome | undefined,
  weights: Readonly<Record<string, number>>,
  reasons: Reasons,
) {
  if (second?.kind !== "fitted" || missingTerm(second.fit, weights, reasons)) return undefined;
  return scaled(contrast(second.fit, weights, { level: 0.95 }), 1);
}
