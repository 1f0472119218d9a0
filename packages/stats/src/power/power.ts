import { StatsError } from "../errors.ts";
import { lmm } from "../models/lmm/fit.ts";
import { riclpmModel } from "../models/riclpm/model.ts";
import { semData } from "../models/sem/data.ts";
import { fitSem } from "../models/sem/fit.ts";
import type { SemModel } from "../models/sem/model.ts";
import { normalQuantile, twoSidedP } from "../numeric/distributions.ts";
import { createRandom, type Random } from "../random/random.ts";
import { type DrawnPanel, drawHybrid, drawPanel } from "./draw.ts";
import { type Performance, performance, type Rate, type Replicate, rateOf } from "./monte-carlo.ts";
import { panelTable } from "./panel-table.ts";
import type { HybridTruth, PanelTruth } from "./truth.ts";

/** A truth and the model that is to find it. */
export type PowerStudy =
  | { readonly model: "riclpm"; readonly truth: PanelTruth; readonly lags?: "equal" | "free" }
  | {
      readonly model: "hybrid";
      readonly truth: HybridTruth;
      /** Whether the model has a random slope of within(x); true by default. */
      readonly randomSlope?: boolean;
    };

export interface PowerOptions {
  /** People who enrol in each replicate. */
  readonly people: number;
  /** 500 by default. */
  readonly replicates?: number;
  /** A whole number; the same seed gives the same result. */
  readonly seed: number;
  /** Two-sided; 0.05 by default. */
  readonly alpha?: number;
  /** Told after each replicate how many are done. */
  readonly onProgress?: (done: number, of: number) => void;
}

export interface PowerTarget extends Performance {
  /** The path or the slope, as the model names it. */
  readonly name: string;
}

export interface PowerResult {
  readonly model: "riclpm" | "hybrid";
  readonly people: number;
  readonly replicates: number;
  readonly seed: number;
  readonly alpha: number;
  /** Replicates without an estimate: counted here and in no other figure. */
  readonly notConverged: Rate;
  /** Replicates with an improper (riclpm) or singular (hybrid) solution; they stay in all other figures. */
  readonly improper: Rate;
  readonly targets: readonly PowerTarget[];
}

/** What one replicate gave; null without convergence. */
interface Outcome {
  readonly improper: boolean;
  readonly estimates: readonly Replicate[];
}

interface Runner {
  readonly names: readonly string[];
  readonly truths: readonly (number | null)[];
  run(random: Random): Outcome | null;
}

function replicateOf(estimate: number, stdError: number, alpha: number): Replicate {
  const half = normalQuantile(1 - alpha / 2) * stdError;
  return {
    estimate,
    stdError,
    lower: estimate - half,
    upper: estimate + half,
    pValue: twoSidedP(estimate / stdError, null),
  };
}

/** The lagged paths into a wave, in the order x to x, y to x, x to y, y to y. */
function lagPaths(wave: number): readonly (readonly [string, string])[] {
  const [before, now] = [wave - 1, wave];
  return [
    [`wx${now}`, `wx${before}`],
    [`wx${now}`, `wy${before}`],
    [`wy${now}`, `wx${before}`],
    [`wy${now}`, `wy${before}`],
  ];
}

function indexOf(model: SemModel, [lhs, rhs]: readonly [string, string]): number {
  return model.parameters.find((row) => row.lhs === lhs && row.op === "~" && row.rhs === rhs)?.free ?? -1;
}

function riclpmRunner(study: Extract<PowerStudy, { model: "riclpm" }>, options: PowerOptions): Runner {
  const { truth, lags = "equal" } = study;
  const { alpha = 0.05 } = options;
  const model = riclpmModel({ lags }, truth.waves);
  const paths = lagPaths(lags === "equal" ? 2 : 3);
  const places = paths.map((path) => indexOf(model, path));
  const { autoregression, xToY, yToX } = truth;
  const known = [autoregression.x, yToX, xToY, autoregression.y];
  return {
    names: paths.map(([to, from]) => `${to} ~ ${from}`),
    truths: known.map((value) => (truth.categories === undefined ? value : null)),
    run(random) {
      const panel = drawPanel(truth, options.people, random);
      const fit = fitSem(model, semData(semRows(model, panel)), { se: "observed", level: 1 - alpha });
      const { stdErrors } = fit;
      if (!fit.converged || stdErrors === null) return null;
      return {
        improper: !fit.admissible,
        estimates: places.map((place) => replicateOf(fit.estimates[place], stdErrors[place], alpha)),
      };
    },
  };
}

function semRows(model: SemModel, { x, y }: DrawnPanel): Parameters<typeof semData>[0] {
  return { names: model.observed, columns: [...x, ...y], groups: new Int32Array(x[0].length), labels: [""] };
}

function hybridRunner(study: Extract<PowerStudy, { model: "hybrid" }>, options: PowerOptions): Runner {
  const { truth, randomSlope = true } = study;
  const random = randomSlope ? "(1 + within(x) | id)" : "(1 | id)";
  const formula = `y ~ within(x) + between(x) + ${random}`;
  const names = ["within(x)", "between(x)"];
  const known = [truth.within, truth.between];
  return {
    names,
    truths: known.map((value) => (truth.categories === undefined ? value : null)),
    run(source) {
      const table = panelTable(drawHybrid(truth, options.people, source));
      const fit = lmm(formula, { kind: "rows", table }, { level: 1 - (options.alpha ?? 0.05) });
      if (!fit.converged) return null;
      const rows = names.map((name) => fit.fixed.find(({ term }) => term === name));
      if (rows.some((row) => row === undefined)) return null;
      return {
        improper: fit.singular,
        estimates: rows.flatMap((row) =>
          row === undefined ? [] : [{ ...row, pValue: row.pValue ?? Number.NaN }],
        ),
      };
    },
  };
}

/** A replicate whose data no model can be fitted to is one without convergence, not the end of the study. */
function attempt(runner: Runner, random: Random): Outcome | null {
  try {
    return runner.run(random);
  } catch (error) {
    if (error instanceof StatsError && error.code !== "power.truth") return null;
    throw error;
  }
}

/**
 * Power, bias and coverage of a study that has not been done, by simulation from a stated truth.
 *
 * @throws StatsError `power.truth`, `power.no-replicates`
 * Morris, White & Crowther (2019), Stat. Med. 38, 2074.
 */
export function power(study: PowerStudy, options: PowerOptions): PowerResult {
  const { people, replicates = 500, seed, alpha = 0.05, onProgress } = options;
  const runner = study.model === "riclpm" ? riclpmRunner(study, options) : hybridRunner(study, options);
  const random = createRandom(seed);
  const outcomes = Array.from({ length: replicates }, (_, replicate) => {
    const outcome = attempt(runner, random.fork(`replicate ${replicate}`));
    onProgress?.(replicate + 1, replicates);
    return outcome;
  });
  const found = outcomes.filter((outcome) => outcome !== null);
  return {
    model: study.model,
    people,
    replicates,
    seed,
    alpha,
    notConverged: rateOf(replicates - found.length, replicates),
    improper: rateOf(found.filter(({ improper }) => improper).length, Math.max(1, found.length)),
    targets: runner.names.map((name, j) => ({
      name,
      ...performance(
        found.map(({ estimates }) => estimates[j]),
        runner.truths[j],
        alpha,
      ),
    })),
  };
}
