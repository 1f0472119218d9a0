import { StatsError } from "../../errors.ts";
import { type ClmmOptions, type ResolvedOptions, resolveOptions } from "../clmm/options.ts";

export interface GlmmOptions extends ClmmOptions {
  /** The distribution of the outcome: "binomial", for 0 and 1 with the logit link. */
  readonly family?: "binomial";
}

/**
 * The options with their defaults.
 *
 * @throws StatsError `glmm.option` for a value that is not possible.
 */
export function resolveGlmmOptions({ family = "binomial", ...options }: GlmmOptions): ResolvedOptions {
  if (family === "binomial") return resolveOptions("glmm", options);
  throw new StatsError(
    "glmm.option",
    `Expected family "binomial"; found ${String(family)}. Use lmm for a number, clmm for ordered categories.`,
  );
}
