import type { Coefficient } from "@longwave/stats";
import type { FindingRow, RobustColumn } from "../publication/types.ts";
import type { LagView, SlopePair, SlopeView } from "../words/sentence-input.ts";

/** A lagged path in words and in the units of the answers, beside the standardised one. */
export interface LagOutcome extends LagView {
  readonly raw: { readonly value: number; readonly lower: number; readonly upper: number };
  /** Column names: unit of the later series, and of the earlier one. */
  readonly columns: { readonly from: string; readonly to: string };
}

/** What one test of the plan found, on the scale its verdict is made on. */
export interface TestOutcome {
  readonly kind: "tested";
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly lower90: number;
  readonly upper90: number;
  readonly pValue: number;
  readonly rows: readonly FindingRow[];
  readonly slopes?: SlopePair;
  /** The step of the exposure the estimate stands for, in its own units; undefined where there is none. */
  readonly step: number | undefined;
  /** The estimate for one unit of the exposure. */
  readonly perUnit: { readonly value: number; readonly lower: number; readonly upper: number } | undefined;
  /** The same estimate with cluster-robust (CR2) standard errors, on the same scale. */
  readonly robust?: RobustColumn;
  /** What a lagged path leads from and to, and what it is in the units of the answers. */
  readonly lag?: LagOutcome;
  /** A second estimate, adjusted for more. */
  readonly adjusted?: { readonly value: number; readonly lower: number; readonly upper: number };
}

export interface NotTested {
  readonly kind: "not_tested";
  readonly reason: string;
}

/** A coefficient and its interval, times a step of the exposure. */
export function scaled(coefficient: Coefficient, step: number): SlopeView {
  return {
    estimate: coefficient.estimate * step,
    lower: coefficient.lower * step,
    upper: coefficient.upper * step,
  };
}
