import type { Coefficient } from "@longwave/stats";
import type { FindingRow } from "../publication/types.ts";
import type { SlopeView } from "../words/sentence-input.ts";

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
  readonly slopes?: { readonly women: SlopeView; readonly men: SlopeView };
  /** The step of the exposure the estimate stands for, in its own units; undefined where there is none. */
  readonly step: number | undefined;
  /** The estimate for one unit of the exposure. */
  readonly perUnit: { readonly value: number; readonly lower: number; readonly upper: number } | undefined;
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
