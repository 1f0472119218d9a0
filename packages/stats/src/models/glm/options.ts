import { StatsError } from "../../errors.ts";
import type { Family } from "./family.ts";

export interface GlmOptions {
  /** The distribution of the outcome: gaussian (identity link, default) or binomial (logit link). */
  readonly family?: Family;
  /** The coverage of intervals, a proportion; 0.95 by default. */
  readonly level?: number;
  /** The column with the wave number, needed by lag(). */
  readonly time?: string;
  /** The column that names the person, needed by within(), between() and lag(). */
  readonly id?: string;
  /** Leave out people with fewer rows than this after rows with missing values are dropped. */
  readonly minRows?: number;
  /** A column of prior weights above 0: how many rows each row stands for. */
  readonly weights?: string;
}

export interface ResolvedGlmOptions {
  readonly family: Family;
  readonly level: number;
  readonly time: string | undefined;
  readonly id: string | undefined;
  readonly minRows: number | undefined;
  readonly weights: string | undefined;
}

/** Throws `regression.option` unless an option is valid. */
export function checkOption(valid: boolean, expected: string, found: unknown): void {
  if (valid) return;
  throw new StatsError(
    "regression.option",
    `Expected ${expected}; found ${String(found)}. Change the option.`,
  );
}

/**
 * The options with their defaults.
 *
 * @throws StatsError `regression.option` for a value that is not possible.
 */
export function resolveGlmOptions(options: GlmOptions = {}): ResolvedGlmOptions {
  const { family = "gaussian", level = 0.95, time, id, minRows, weights } = options;
  checkOption(family === "gaussian" || family === "binomial", 'family "gaussian" or "binomial"', family);
  checkOption(level > 0 && level < 1, "level between 0 and 1", level);
  const wholeRows = minRows === undefined || (Number.isInteger(minRows) && minRows >= 1);
  checkOption(wholeRows, "minRows a whole number from 1", minRows);
  return { family, level, time, id, minRows, weights };
}
