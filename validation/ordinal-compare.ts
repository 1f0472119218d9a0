import type { CategoricalFit, RandomEffects } from "@longwave/stats";
import type { Comparison } from "./case.ts";
import { absolute, relative } from "./support.ts";

/** One fit of R; estimates are thresholds first, then effects in the order of the formula. */
export interface RecordedFit {
  readonly nodes?: number;
  readonly logLik: number;
  readonly sd?: number | readonly number[];
  readonly estimate: Readonly<Record<string, number>>;
  readonly stdError?: Readonly<Record<string, number | null>>;
}

/** Conditional modes and standard deviations, of the first groups or of the first and last few. */
export interface RecordedModes {
  readonly nodes: number;
  readonly mode: readonly number[];
  readonly stdDev: readonly number[];
}

export interface Tolerances {
  readonly estimate: number;
  readonly stdError: number;
  /** Ours must be at least this near below R's log-likelihood; two-sided unless `better`. */
  readonly logLik: number;
  readonly better?: boolean;
}

/** A tolerance in units of the number, or of 1 for numbers below 1: estimates near 0 have no relative error. */
function near(quantity: string, ours: number, reference: number, tolerance: number): Comparison {
  const allowed = tolerance * Math.max(1, Math.abs(reference));
  return absolute(quantity, [ours, reference], allowed);
}

function standardErrors(fit: CategoricalFit, recorded: RecordedFit, tolerance: number): Comparison[] {
  const names = Object.keys(recorded.estimate);
  const rows = [...fit.thresholds, ...fit.fixed];
  return rows.flatMap(({ term, stdError }, k) => {
    const reference = recorded.stdError?.[names[k] ?? ""] ?? null;
    if (reference === null) return [];
    return [relative(`${term} standard error`, [stdError, reference], tolerance)];
  });
}

/** Estimates, standard errors, standard deviations and the log-likelihood of a fit beside R's. */
export function compareFit(fit: CategoricalFit, recorded: RecordedFit, tolerances: Tolerances): Comparison[] {
  const references = Object.values(recorded.estimate);
  const sd = typeof recorded.sd === "number" ? [recorded.sd] : (recorded.sd ?? []);
  const ours = fit.random.flatMap((block) => block.stdDev);
  return [
    {
      quantity: "log-likelihood",
      ours: fit.logLik,
      reference: recorded.logLik,
      tolerance: tolerances.logLik,
      scale: "absolute",
      ...(tolerances.better === true ? { atLeast: true } : {}),
    },
    ...[...fit.thresholds, ...fit.fixed].map(({ term, estimate }, k) =>
      near(`${term} estimate`, estimate, references[k] ?? Number.NaN, tolerances.estimate),
    ),
    ...standardErrors(fit, recorded, tolerances.stdError),
    ...sd.map((reference, k) =>
      near(`standard deviation ${k + 1}`, ours[k] ?? Number.NaN, reference, tolerances.estimate),
    ),
  ];
}

/** The modes of the first groups, or of the first and the last when there are more than recorded. */
export function compareModes(
  ranef: RandomEffects | undefined,
  recorded: RecordedModes,
  options: { readonly tolerance: number; readonly ends: boolean },
): Comparison[] {
  const count = recorded.mode.length;
  const last = ranef?.modes.length ?? 0;
  const { tolerance, ends } = options;
  return recorded.mode.flatMap((mode, k) => {
    const place = ends && k >= count / 2 ? last - count + k : k;
    const name = `group ${ranef?.levels[place]}`;
    const stdDev = recorded.stdDev[k] ?? Number.NaN;
    return [
      near(`mode of ${name}`, ranef?.modes[place]?.[0] ?? Number.NaN, mode, tolerance),
      near(
        `conditional SD of ${name}`,
        ranef?.conditionalStdDev[place]?.[0] ?? Number.NaN,
        stdDev,
        tolerance,
      ),
    ];
  });
}
