import { nickellBias, type RiclpmFit } from "@longwave/stats";
import type { Protocol } from "@longwave/study";
import { arrowLabel, nameOf } from "../hypotheses/test-path.ts";
import type { LagComparison, LagEstimate, LagModelRow, Language } from "../publication/types.ts";
import type { FittedLagSlopes, LagSlope } from "./fit-lag-slopes.ts";
import type { FittedPanel } from "./fit-panel.ts";
import { type LagReasons, lagReasonsIn } from "./lag-reasons.ts";
import type { ComparisonRun, ModelRuns } from "./run-models.ts";

/**
 * The planned lags beside those of the models shown for comparison, with why they differ; nothing when the planned
 * model or every other one could not be fitted.
 */
export function lagComparison(
  protocol: Protocol,
  runs: ModelRuns,
  language: Language,
): LagComparison | undefined {
  const [first] = runs.paths;
  if (first?.outcome.kind !== "fitted_panel") return undefined;
  const { x, y } = first.model;
  const reasons = lagReasonsIn(language);
  const planned: LagModelRow = {
    model: first.reportedAs,
    title: reasons.titles.planned,
    planned: true,
    ...panelEstimates(first.outcome.fit),
    reason: reasons.planned,
  };
  const bias = biasOf(first.outcome);
  const same = runs.comparisons.filter(({ model }) => "x" in model && model.x === x && model.y === y);
  const others = same.flatMap((run) => comparedRow(run, bias, reasons));
  if (others.length === 0) return undefined;
  const [from, to] = [nameOf(protocol, x, language), nameOf(protocol, y, language)];
  return {
    forwardLabel: arrowLabel({ from, to }, language),
    backwardLabel: arrowLabel({ from: to, to: from }, language),
    rows: [planned, ...others],
    notes: reasons.notes,
  };
}

function comparedRow({ analysis, outcome }: ComparisonRun, bias: Bias, reasons: LagReasons): LagModelRow[] {
  const row = { model: analysis.id, planned: false };
  if (outcome.kind === "fitted_panel") {
    return [{ ...row, title: reasons.titles.clpm, ...panelEstimates(outcome.fit), reason: reasons.clpm }];
  }
  if (outcome.kind !== "fitted_lag_slopes") return [];
  const estimates = slopeEstimates(outcome);
  return estimates === undefined
    ? []
    : [{ ...row, title: reasons.titles.fixed, ...estimates, reason: reasons.fixed(bias) }];
}

function panelEstimates(fit: RiclpmFit): Pick<LagModelRow, "forward" | "backward"> {
  return { forward: pathEstimate(fit, "x", "y"), backward: pathEstimate(fit, "y", "x") };
}

function pathEstimate(fit: RiclpmFit, from: "x" | "y", to: "x" | "y"): LagEstimate {
  const path = fit.paths.find((candidate) => candidate.from === from && candidate.to === to);
  return {
    value: path?.standardized ?? Number.NaN,
    lower: path?.standardizedLower ?? Number.NaN,
    upper: path?.standardizedUpper ?? Number.NaN,
  };
}

function slopeEstimates(slopes: FittedLagSlopes): Pick<LagModelRow, "forward" | "backward"> | undefined {
  const [forward, backward] = [slopeEstimate(slopes.forward), slopeEstimate(slopes.backward)];
  return forward && backward ? { forward, backward } : undefined;
}

function slopeEstimate({ fit, term, scale }: LagSlope): LagEstimate | undefined {
  const row = fit.fixed.find((candidate) => candidate.term === term);
  return row && { value: row.estimate * scale, lower: row.lower * scale, upper: row.upper * scale };
}

/** What the within estimator would make of the outcome's own carry-over. */
export interface Bias {
  readonly waves: number;
  readonly carryOver: number;
  /** Limit less truth; undefined where the formula does not hold. */
  readonly value: number | undefined;
}

function biasOf({ fit }: FittedPanel): Bias {
  const carryOver = fit.paths.find(({ from, to }) => from === "y" && to === "y")?.estimate ?? 0;
  const pairs = fit.waves.length - 1;
  const known = Math.abs(carryOver) < 1 && pairs >= 2;
  return {
    waves: fit.waves.length,
    carryOver,
    value: known ? nickellBias(carryOver, pairs) : undefined,
  };
}
