import { StatsError } from "../../errors.ts";

/**
 * Standard errors of the fixed-effects model: those of the model, or clustered by person (Arellano 1987) with the
 * correction N / (N - 1) x (n - 1) / (n - k) (`arellano`), none (`arellano-hc0`) or n / (n - k) (`arellano-hc1`).
 */
export type PanelErrors = "model" | "arellano" | "arellano-hc0" | "arellano-hc1";

export interface FeOptions {
  /** A level for each person, or for each person and each time (`twoway`). */
  readonly effect?: "person" | "twoway";
  readonly se?: PanelErrors;
  /** The column that names the person; needed. */
  readonly id: string;
  /** The column with the wave number; needed by `twoway` and lag(). */
  readonly time?: string;
  /** Leave out people with fewer rows than this after rows with missing values are dropped. */
  readonly minRows?: number;
  /** The coverage of intervals, a proportion; 0.95 by default. */
  readonly level?: number;
}

export interface ResolvedFeOptions {
  readonly effect: "person" | "twoway";
  readonly se: PanelErrors;
  readonly id: string;
  readonly time: string | undefined;
  readonly minRows: number | undefined;
  readonly level: number;
}

function check(valid: boolean, expected: string, found: unknown): void {
  if (valid) return;
  throw new StatsError("fe.option", `Expected ${expected}; found ${String(found)}. Change the option.`);
}

/**
 * The options with their defaults.
 *
 * @throws StatsError `fe.option` for a value that is not possible.
 */
export function resolveFeOptions(options: FeOptions): ResolvedFeOptions {
  const { effect = "person", se = "model", level = 0.95, id, time, minRows } = options;
  const errors = ["model", "arellano", "arellano-hc0", "arellano-hc1"];
  check(effect === "person" || effect === "twoway", 'effect "person" or "twoway"', effect);
  check(errors.includes(se), `se ${errors.join(", ")}`, se);
  check(level > 0 && level < 1, "level between 0 and 1", level);
  check(typeof id === "string" && id !== "", "id, the column that names the person", id);
  check(effect === "person" || time !== undefined, 'time, the column of waves, with effect "twoway"', time);
  check(
    minRows === undefined || (Number.isInteger(minRows) && minRows >= 1),
    "minRows a whole number from 1",
    minRows,
  );
  return { effect, se, id, time, minRows, level };
}
