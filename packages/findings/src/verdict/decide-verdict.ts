import { FindingsError } from "../errors.ts";

/** The estimate a verdict is made on, with its limits; all numbers are on one scale. */
export interface VerdictInput {
  readonly estimate: number;
  /** 95 % interval, not adjusted for several tests. */
  readonly lower: number;
  readonly upper: number;
  /** 90 % interval: inside a limit means that both one-sided tests at .05 reject. */
  readonly lower90: number;
  readonly upper90: number;
  /** Holm-adjusted over the confirmatory family. */
  readonly pHolm: number;
  readonly negligible: number;
  readonly noticeable: number;
  /** The sign the hypothesis claims; 0 when it claims none. */
  readonly expectedSign: -1 | 0 | 1;
}

export interface Verdict {
  readonly rule: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  /** The adjusted test rejects. */
  readonly sure: boolean;
  /** Sure, and the sign is not the one the hypothesis claims. */
  readonly opposite: boolean;
  /** The unadjusted interval leaves out zero, but the adjusted test does not reject. */
  readonly onlyUnadjusted: boolean;
}

const ALPHA = 0.05;

/**
 * The verdict on one estimate by seven rules, tried in order; intervals that touch a limit are not inside
 * it and not beyond it.
 *
 * @throws FindingsError `findings.verdict-not-finite` when a number is missing or infinite.
 * Two one-sided tests: Lakens (2017), Social Psychological and Personality Science 8(4), 355-362.
 */
export function decideVerdict(input: VerdictInput): Verdict {
  requireFinite(input);
  const sure = input.pHolm < ALPHA;
  const excludesZero = input.lower > 0 || input.upper < 0;
  return {
    rule: sure ? ruleWhenSure(input) : ruleWhenNotSure(input),
    sure,
    opposite: sure && input.estimate * input.expectedSign < 0,
    onlyUnadjusted: !sure && excludesZero,
  };
}

function ruleWhenSure(input: VerdictInput): 1 | 2 | 3 | 4 {
  const beyond = input.lower > input.noticeable || input.upper < -input.noticeable;
  if (beyond) return 1;
  if (insideLimit(input, input.negligible)) return 2;
  return insideLimit(input, input.noticeable) ? 3 : 4;
}

function ruleWhenNotSure(input: VerdictInput): 5 | 6 | 7 {
  if (insideLimit(input, input.negligible)) return 5;
  return insideLimit(input, input.noticeable) ? 6 : 7;
}

function insideLimit(input: VerdictInput, limit: number): boolean {
  return input.lower90 > -limit && input.upper90 < limit;
}

function requireFinite(input: VerdictInput): void {
  for (const [name, value] of Object.entries(input)) {
    if (Number.isFinite(value)) continue;
    throw new FindingsError(
      "findings.verdict-not-finite",
      `A verdict needs finite numbers; ${name} is ${value}. Report the model as not fitted instead.`,
    );
  }
}
