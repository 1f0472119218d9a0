import { StatsError } from "../../errors.ts";
import type { SemStdErrors } from "../sem/model.ts";

/** What may be held equal over groups. */
export const EQUAL_SETS = ["lags", "residuals", "means", "first-wave", "random-intercepts"] as const;

export type EqualSet = (typeof EQUAL_SETS)[number];

/** Where the two series, the people and the waves stand in the data. */
export interface RiclpmColumns {
  /** Long data: the column of x. Wide data: its columns, wave by wave. */
  readonly x: string | readonly string[];
  readonly y: string | readonly string[];
  /** Long data: who a row is about. */
  readonly id?: string;
  /** Long data: a number for the wave; the values found, in order, are the waves. */
  readonly time?: string;
  /** One value for each person: a separate model for each group, apart from what `equalAcrossGroups` holds equal. */
  readonly group?: string;
  /** Predictors of the random intercepts, one value for each person: columns, `factor(c)`, products `a:b`. */
  readonly covariates?: readonly string[];
}

export interface RiclpmOptions {
  /** Lagged paths over time; `free` by default. */
  readonly lags?: "equal" | "free";
  /** Variances and covariance of what a wave adds, from the second wave on; `free` by default. */
  readonly residuals?: "equal" | "free";
  /** Means over time; `free` by default, and a straight line with `growth: "linear"`. */
  readonly means?: "equal" | "free" | "linear";
  /** False leaves them out: the cross-lagged panel model, for comparison. */
  readonly randomIntercepts?: boolean;
  /** `linear` adds a slope over time for each person to each series (LCM-SR). */
  readonly growth?: "none" | "linear";
  /**
   * Share of the within-person variance that is not measurement error, above 0 to 1 (1). An error variance of
   * (1 - reliability) times the observed within-person variance of each series is then fixed at every wave.
   */
  readonly reliability?: number;
  readonly equalAcrossGroups?: readonly EqualSet[];
  /** `observed` information by default. */
  readonly se?: SemStdErrors;
  /** Coverage of the intervals, a proportion (0.95). */
  readonly level?: number;
  /** False leaves out the tests that need further fits. */
  readonly tests?: boolean;
  /** Of the restarts, which are made only when the first fit fails or is improper (1). */
  readonly seed?: number;
}

/** The options with every default filled in. */
export type RiclpmSettings = Required<RiclpmOptions>;

function check(ok: boolean, expected: string, found: unknown): void {
  if (ok) return;
  throw new StatsError("riclpm.option", `Expected ${expected}; found ${String(found)}. Correct the option.`);
}

/**
 * Fills in the defaults.
 *
 * @throws StatsError `riclpm.option`
 */
export function riclpmSettings(options: RiclpmOptions): RiclpmSettings {
  const growth = options.growth ?? "none";
  const settings: RiclpmSettings = {
    lags: options.lags ?? "free",
    residuals: options.residuals ?? "free",
    means: options.means ?? (growth === "linear" ? "linear" : "free"),
    randomIntercepts: options.randomIntercepts ?? true,
    growth,
    reliability: options.reliability ?? 1,
    equalAcrossGroups: options.equalAcrossGroups ?? [],
    se: options.se ?? "observed",
    level: options.level ?? 0.95,
    tests: options.tests ?? true,
    seed: options.seed ?? 1,
  };
  checkSettings(settings);
  return settings;
}

function checkSettings(settings: RiclpmSettings): void {
  const { reliability, level, growth, randomIntercepts, means } = settings;
  check(reliability > 0 && reliability <= 1, "a reliability above 0 and at most 1, such as 0.8", reliability);
  check(level > 0 && level < 1, "a level between 0 and 1, such as 0.95", level);
  check(growth === "none" || randomIntercepts, "random intercepts beside linear growth", "none");
  check(growth === "linear" || means !== "linear", "growth linear beside linear means", growth);
  for (const set of settings.equalAcrossGroups) {
    check(EQUAL_SETS.includes(set), `equalAcrossGroups to name ${EQUAL_SETS.join(", ")}`, set);
  }
}
