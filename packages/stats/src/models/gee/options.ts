import { StatsError } from "../../errors.ts";
import type { Family } from "../glm/family.ts";
import { checkOption } from "../glm/options.ts";

/** How the rows of one person are taken to go together. */
export type WorkingCorrelationType = "independence" | "exchangeable" | "ar1" | "unstructured";

/** Which standard errors are shown: the sandwich, that of the working model, or a small-sample sandwich. */
export type GeeStdError = "robust" | "model" | "mancl-derouen" | "kauermann-carroll";

export interface GeeOptions {
  /** The column that names the person; numbers or text, in any order of rows. */
  readonly id: string;
  /** The distribution of the outcome: gaussian (identity link, default) or binomial (logit link). */
  readonly family?: Family;
  /** The working correlation; exchangeable by default. */
  readonly correlation?: WorkingCorrelationType;
  /** The standard errors shown; robust by default. */
  readonly se?: GeeStdError;
  /** The coverage of intervals, a proportion; 0.95 by default. */
  readonly level?: number;
  /** The column with the wave number, needed by lag(), `ar1` and `unstructured`. */
  readonly time?: string;
  /** Leave out people with fewer rows than this after rows with missing values are dropped. */
  readonly minRows?: number;
  /** A column of weights above 0, such as inverse probabilities of remaining in the study. */
  readonly weights?: string;
}

export interface ResolvedGeeOptions {
  readonly id: string;
  readonly family: Family;
  readonly correlation: WorkingCorrelationType;
  readonly se: GeeStdError;
  readonly level: number;
  readonly time: string | undefined;
  readonly minRows: number | undefined;
  readonly weights: string | undefined;
}

const CORRELATIONS: readonly string[] = ["independence", "exchangeable", "ar1", "unstructured"];
const STD_ERRORS: readonly string[] = ["robust", "model", "mancl-derouen", "kauermann-carroll"];

function checkNames(options: ResolvedGeeOptions): void {
  if (typeof options.id !== "string" || options.id === "") {
    throw new StatsError(
      "data.id-needed",
      "Expected to know which rows belong to one person, for gee(); found no id. Give the id column (--id COLUMN).",
    );
  }
  const { correlation, time } = options;
  if (time === undefined && (correlation === "ar1" || correlation === "unstructured")) {
    throw new StatsError(
      "data.time-needed",
      `Expected a time column, for the ${correlation} correlation; found none. Name the column with the wave number (--time COLUMN).`,
    );
  }
}

/**
 * The options with their defaults.
 *
 * @throws StatsError `regression.option`, `data.id-needed`, `data.time-needed`
 */
export function resolveGeeOptions(options: GeeOptions): ResolvedGeeOptions {
  const { family = "gaussian", correlation = "exchangeable", se = "robust", level = 0.95 } = options;
  const { id, time, minRows, weights } = options;
  checkOption(family === "gaussian" || family === "binomial", 'family "gaussian" or "binomial"', family);
  checkOption(CORRELATIONS.includes(correlation), `correlation ${CORRELATIONS.join(", ")}`, correlation);
  checkOption(STD_ERRORS.includes(se), `se ${STD_ERRORS.join(", ")}`, se);
  checkOption(level > 0 && level < 1, "level between 0 and 1", level);
  const wholeRows = minRows === undefined || (Number.isInteger(minRows) && minRows >= 1);
  checkOption(wholeRows, "minRows a whole number from 1", minRows);
  const resolved = { id, family, correlation, se, level, time, minRows, weights };
  checkNames(resolved);
  return resolved;
}
