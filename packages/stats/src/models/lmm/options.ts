import { StatsError } from "../../errors.ts";
import { type ResidualOption, type ResolvedResidual, resolveResidual } from "./residual-options.ts";
import type { RobustType } from "./robust.ts";

export interface LmmOptions {
  /** Restricted or full maximum likelihood; REML by default. */
  readonly method?: "reml" | "ml";
  /** Degrees of freedom of t and F; Satterthwaite by default, `none` gives normal intervals. */
  readonly df?: "satterthwaite" | "none";
  /** The coverage of intervals, a proportion; 0.95 by default. */
  readonly level?: number;
  /** The column with the wave number, needed by lag(). */
  readonly time?: string;
  /** The column that names the person; by default the grouping factor. */
  readonly id?: string;
  /** Leave out people with fewer rows than this after rows with missing values are dropped. */
  readonly minRows?: number;
  /** How the residuals of one person go together; independent with one variance (`iid`) by default. */
  readonly residual?: ResidualOption;
  /** Standard errors of the model (default), or cluster-robust ones by person. */
  readonly se?: "model" | RobustType;
}

export interface ResolvedOptions {
  readonly method: "reml" | "ml";
  readonly df: "satterthwaite" | "none";
  readonly level: number;
  readonly time: string | undefined;
  readonly id: string | undefined;
  readonly minRows: number | undefined;
  /** Null for independent residuals. */
  readonly residual: ResolvedResidual | null;
  readonly se: "model" | RobustType;
}

function check(valid: boolean, expected: string, found: unknown): void {
  if (valid) return;
  throw new StatsError("lmm.option", `Expected ${expected}; found ${String(found)}. Change the option.`);
}

/**
 * The options with their defaults.
 *
 * @throws StatsError `lmm.option` for a value that is not possible.
 */
export function resolveOptions(options: LmmOptions = {}): ResolvedOptions {
  const { method = "reml", df = "satterthwaite", level = 0.95, se = "model", time, id, minRows } = options;
  check(method === "reml" || method === "ml", 'method "reml" or "ml"', method);
  check(df === "satterthwaite" || df === "none", 'df "satterthwaite" or "none"', df);
  check(["model", "cr0", "cr1", "cr2"].includes(se), 'se "model", "cr0", "cr1" or "cr2"', se);
  check(level > 0 && level < 1, "level between 0 and 1", level);
  check(
    minRows === undefined || (Number.isInteger(minRows) && minRows >= 1),
    "minRows a whole number from 1",
    minRows,
  );
  return { method, df, level, time, id, minRows, residual: resolveResidual(options.residual, time), se };
}
