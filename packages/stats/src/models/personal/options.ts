import { StatsError } from "../../errors.ts";

export interface PersonalOptions {
  /** The column that says when each row is; needed unless `residual` is `"iid"`. */
  readonly time?: string;
  /**
   * How residuals go together: `ar1` (the default) by whole steps of time, `car1` by any distance in time, or
   * `iid`.
   */
  readonly residual?: "ar1" | "car1" | "iid";
  /** Restricted or full maximum likelihood; REML by default. */
  readonly method?: "reml" | "ml";
  /** Degrees of freedom: Satterthwaite's by default, or rows less coefficients as `nlme::gls` has. */
  readonly df?: "satterthwaite" | "residual";
  /** The coverage of intervals, a proportion; 0.95 by default. */
  readonly level?: number;
  /** The column that names the person, where the data hold several; without it all rows are one person's. */
  readonly id?: string;
}

export interface ResolvedPersonalOptions {
  readonly time: string | null;
  readonly residual: "ar1" | "car1" | "iid";
  readonly method: "reml" | "ml";
  readonly df: "satterthwaite" | "residual";
  readonly level: number;
  readonly id: string | null;
}

function check(valid: boolean, expected: string, found: unknown): void {
  if (valid) return;
  throw new StatsError("personal.option", `Expected ${expected}; found ${String(found)}. Change the option.`);
}

/**
 * The options with their defaults.
 *
 * @throws StatsError `personal.option`, `personal.time`
 */
export function resolvePersonalOptions(options: PersonalOptions): ResolvedPersonalOptions {
  const { time, residual = "ar1", method = "reml", df = "satterthwaite", level = 0.95, id } = options;
  check(["ar1", "car1", "iid"].includes(residual), 'residual "ar1", "car1" or "iid"', residual);
  check(method === "reml" || method === "ml", 'method "reml" or "ml"', method);
  check(df === "satterthwaite" || df === "residual", 'df "satterthwaite" or "residual"', df);
  check(level > 0 && level < 1, "level between 0 and 1", level);
  if (time === undefined && residual !== "iid") {
    throw new StatsError(
      "personal.time",
      `Expected a time column, because ${residual} residuals depend on how far apart rows are; found none. Name it (time), or ask for residual "iid".`,
    );
  }
  return { time: time ?? null, residual, method, df, level, id: id ?? null };
}
