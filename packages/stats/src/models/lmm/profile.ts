import { StatsError } from "../../errors.ts";
import { nameKey } from "../../inference/term-names.ts";
import { normalQuantile } from "../../numeric/distributions.ts";
import { suggestName } from "../../table/nearest-name.ts";
import type { FitData } from "../../table/table.ts";
import { type Warning, warning } from "../../warnings.ts";
import { fixedEffects } from "./describe.ts";
import { type Chart, createChart, isAtZero, type ProfileTarget } from "./profile-coordinates.ts";
import { heldDeviance, linearForm } from "./profile-deviance.ts";
import { type VarianceModel, varianceModel } from "./profile-model.ts";
import { type ProfileSide, profileBound } from "./profile-root.ts";
import { type SearchState, searchNear } from "./profile-search.ts";
import type { LmmFit } from "./result.ts";

export interface ProfileOptions {
  /** Names as in the result, such as `sigma`, `sd_(Intercept)|id`, `cor_wave.(Intercept)|id`, `wave`; by default all. */
  readonly parameters?: readonly string[];
  /** The coverage, a proportion; by default that of the fit. */
  readonly level?: number;
}

export interface ProfileInterval {
  readonly parameter: string;
  /** The full maximum likelihood estimate. */
  readonly estimate: number | null;
  /** A limit of the parameter (0, -1, 1) where the profile does not rise enough before; null where it is unknown. */
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface ProfileResult {
  readonly level: number;
  /** -2 log-likelihood of the ML fit whose profile this is. */
  readonly deviance: number;
  readonly intervals: readonly ProfileInterval[];
  readonly warnings: readonly Warning[];
}

interface NamedTarget {
  readonly name: string;
  readonly target: ProfileTarget;
}

/** Standard deviations and correlations column by column, then sigma, then the fixed effects, as lme4 lists them. */
function allTargets({ design }: VarianceModel): NamedTarget[] {
  const targets: NamedTarget[] = [];
  design.blocks.forEach(({ names, group }, block) => {
    names.forEach((name, j) => {
      targets.push({ name: `sd_${name}|${group}`, target: { kind: "sd", block, effect: j } });
      names.slice(j + 1).forEach((other, step) => {
        const effects = [j, j + 1 + step] as const;
        targets.push({ name: `cor_${other}.${name}|${group}`, target: { kind: "cor", block, effects } });
      });
    });
  });
  targets.push({ name: "sigma", target: { kind: "sigma" } });
  design.names.forEach((name, index) => {
    targets.push({ name, target: { kind: "fixed", index } });
  });
  return targets;
}

function chosenTargets(model: VarianceModel, names: readonly string[] | undefined): NamedTarget[] {
  const all = allTargets(model);
  if (names === undefined) return all;
  return names.map((name) => {
    const found = all.find((target) => target.name === name || nameKey(target.name) === nameKey(name));
    if (found !== undefined) return found;
    const known = all.map((target) => target.name);
    throw new StatsError(
      "fit.unknown-term",
      `Expected a parameter called "${name}"; the model has none. ${suggestName(name, known).replace("columns", "parameters")}`,
    );
  });
}

interface Side {
  readonly limit: number;
  readonly sign: 1 | -1;
}

/** A first step of about one standard error. */
function firstStep(model: VarianceModel, target: ProfileTarget, chart: Chart, estimate: number): number {
  if (target.kind === "fixed") {
    const { l, scale } = linearForm(model, target.index);
    let variance = 0;
    const p = l.length;
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < p; j++) variance += l[i] * model.best.inverse[i * p + j] * l[j];
    }
    return scale * Math.sqrt(variance * model.best.sigma2);
  }
  if (target.kind === "cor") return 0.1 + 0.1 * (1 - Math.abs(estimate));
  if (target.kind === "sigma") return estimate / Math.sqrt(2 * model.nobs);
  return estimate > 0 ? 0.1 * estimate : 0.1 * chart.unit * Math.sqrt(model.best.sigma2);
}

function sides(target: ProfileTarget): readonly [Side, Side] {
  const [low, high] = {
    sd: [0, Number.POSITIVE_INFINITY],
    cor: [-1, 1],
    sigma: [0, Number.POSITIVE_INFINITY],
    fixed: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  }[target.kind];
  return [
    { limit: low, sign: -1 },
    { limit: high, sign: 1 },
  ];
}

/** The bounds of one target; warm starts follow the profile outwards on each side. */
function profileTarget(model: VarianceModel, { name, target }: NamedTarget, height: number): ProfileInterval {
  const chart = createChart(model, target);
  const estimate =
    target.kind === "fixed" ? fixedEffects(model.design, model.best.beta)[target.index] : chart.estimate;
  if (!Number.isFinite(estimate)) return { parameter: name, estimate: null, lower: null, upper: null };
  const bounds = sides(target).map(({ limit, sign }) => {
    if (estimate === limit) return limit;
    let state: SearchState = { x: chart.start, value: model.best.deviance, inverse: null };
    const root = (value: number): number => {
      const found = searchNear(heldDeviance(model, chart, target, value), state, (x) => isAtZero(chart, x));
      if (!Number.isFinite(found.value)) return Number.NaN;
      state = found;
      return Math.sqrt(Math.max(0, found.value - model.best.deviance));
    };
    const step = sign * firstStep(model, target, chart, estimate);
    const side: ProfileSide = { from: estimate, step, limit, height };
    return profileBound(root, side);
  });
  return { parameter: name, estimate, lower: bounds[0], upper: bounds[1] };
}

function openWarnings(intervals: readonly ProfileInterval[]): Warning[] {
  const open = intervals.filter(({ lower, upper }) => lower === null || upper === null);
  if (open.length === 0) return [];
  return [
    warning(
      "profile.not-closed",
      `Expected the likelihood to fall on both sides of every estimate; found no bound on a side of ${open.map(({ parameter }) => parameter).join(", ")} (null). A correlation with a variance of zero has no profile; otherwise the data set no limit there.`,
    ),
  ];
}

/**
 * Profile likelihood intervals of standard deviations, correlations, sigma and fixed effects, as lme4's
 * `confint(method = "profile")`: the model is fitted again by full maximum likelihood (also after REML), each
 * parameter is held at values until the deviance has risen by the chi-square quantile, all others at their best.
 *
 * @throws StatsError `profile.residual` for a residual structure, `fit.unknown-term`
 * Bates, Maechler, Bolker & Walker (2015), J. Stat. Softw. 67(1), section 5.1.
 */
export function profile(fit: LmmFit, data: FitData, options: ProfileOptions = {}): ProfileResult {
  if (fit.residual.type !== "iid") {
    throw new StatsError(
      "profile.residual",
      `Expected independent residuals, for which profiles are there; found residual ${fit.residual.type}. Use the intervals of the fit.`,
    );
  }
  const { level = fit.level, parameters } = options;
  if (!(level > 0 && level < 1)) {
    throw new StatsError(
      "lmm.option",
      `Expected level between 0 and 1; found ${String(level)}. Change the option.`,
    );
  }
  const model = varianceModel(fit, data);
  const height = normalQuantile((1 + level) / 2);
  const intervals = chosenTargets(model, parameters).map((target) => profileTarget(model, target, height));
  const shift = 2 * model.nobs * Math.log(model.design.yScale.scale);
  return {
    level,
    deviance: model.best.deviance + shift,
    intervals,
    warnings: openWarnings(intervals),
  };
}
