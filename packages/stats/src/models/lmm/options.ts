import { StatsError } from "../../errors.ts";
import { type ResidualOption, type ResolvedResidual, resolveResidual } from "./residual-options.ts";
import type { RobustType } from "./robust.ts";

export interface LmmOptions {
  /** Restricted or full maximum likelihood; REML by default. */
  readonly method?: "reml" | "ml";
  /**
   * Degrees of freedom of t and F; Satterthwaite by default, `none` gives normal intervals. Kenward-Roger also
   * adjusts the standard errors (REML, independent residuals and standard errors of the model only).
   */
  readonly df?: "satterthwaite" | "kenward-roger" | "none";
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
  readonly df: "satterthwaite" | "kenward-roger" | "none";
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

/** Kenward and Roger's adjustment is derived for REML and a covariance that is linear in its parameters. */
function checkKenwardRoger({
  method,
  se,
  residual,
}: Pick<ResolvedOptions, "method" | "se" | "residual">): void {
  const found = [
    ...(method === "ml" ? ["method ml (it needs reml)"] : []),
    ...(se === "model" ? [] : [`se ${se}, which replaces the standard errors that it adjusts`]),
    ...(residual === null
      ? []
      : ["a residual structure, in whose parameters the covariance is not linear (it needs residual iid)"]),
  ];
  if (found.length === 0) return;
  throw new StatsError(
    "lmm.kenward-roger",
    `Expected options that Kenward-Roger is defined for; found ${found.join("; ")}. Change that, or use df satterthwaite.`,
  );
}

/**
 * The options with their defaults.
 *
 * @throws StatsError `lmm.option` for a value that is not possible, `lmm.kenward-roger` for a combination.
 */
export function resolveOptions(options: LmmOptions = {}): ResolvedOptions {
  const { method = "reml", df = "satterthwaite", level = 0.95, se = "model", time, id, minRows } = options;
  check(method === "reml" || method === "ml", 'method "reml" or "ml"', method);
  check(
    ["satterthwaite", "kenward-roger", "none"].includes(df),
    'df "satterthwaite", "kenward-roger" or "none"',
    df,
  );
  check(["model", "cr0", "cr1", "cr2"].includes(se), 'se "model", "cr0", "cr1" or "cr2"', se);
  check(level > 0 && level < 1, "level between 0 and 1", level);
  check(
    minRows === undefined || (Number.isInteger(minRows) && minRows >= 1),
    "minRows a whole number from 1",
    minRows,
  );
  const resolved = resolveResidual(options.residual, time);
  if (df === "kenward-roger") checkKenwardRoger({ method, se, residual: resolved });
  return { method, df, level, time, id, minRows, residual: resolved, se };
}
