import { StatsError } from "../../errors.ts";
import { createRandom } from "../../random/random.ts";
import { fitSem } from "../sem/fit.ts";
import type { SemFit, SemGroupData, SemModel } from "../sem/model.ts";
import { type RiclpmStarts, type RiclpmStructure, riclpmModel } from "./model.ts";
import type { RiclpmSettings } from "./options.ts";
import type { ReducedPanel } from "./reduced.ts";
import type { Restarts } from "./result.ts";
import {
  determinedPair,
  jitteredRecipe,
  type PanelMoments,
  panelMoments,
  type StartRecipe,
  startsFrom,
} from "./starts.ts";

/** A panel reduced to what every fit to it shares. */
export interface RiclpmProblem {
  readonly setup: ReducedPanel;
  readonly settings: RiclpmSettings;
  readonly data: readonly SemGroupData[];
  readonly moments: readonly PanelMoments[];
  readonly errorVariance: { readonly x: number; readonly y: number } | null;
}

/** A parameter table and its fit. */
export interface Estimated {
  readonly model: SemModel;
  readonly fit: SemFit;
}

const RESTARTS = 3;

/**
 * What every fit to a panel shares, from the moments of each group and pattern of missing values.
 *
 * @throws StatsError `riclpm.determined`
 */
export function riclpmProblem(setup: ReducedPanel, settings: RiclpmSettings): RiclpmProblem {
  const share = 1 - settings.reliability;
  const { x, y } = setup.withinStdDev;
  const { data } = setup;
  const variables = setup.names.length;
  const moments = data.map((group) => panelMoments(group, setup.waves.length, variables));
  for (const [group, found] of moments.entries()) checkDetermined(found, setup.groups[group]);
  return {
    setup,
    settings,
    data,
    moments,
    errorVariance: share > 0 ? { x: share * x * x, y: share * y * y } : null,
  };
}

function checkDetermined(moments: PanelMoments, group: string): void {
  const pair = determinedPair(moments);
  if (pair === null) return;
  throw new StatsError(
    "riclpm.determined",
    `Expected answers that do not determine each other; found ${pair.join(" and ")} on one straight line${group === "" ? "" : ` in group ${group}`}. Give another measure, or leave one of the waves out.`,
  );
}

/** The parameter table of the problem, with some settings changed. */
export function problemModel(
  problem: RiclpmProblem,
  change: Partial<RiclpmSettings> = {},
  recipe?: StartRecipe,
): SemModel {
  const { setup, errorVariance } = problem;
  const settings = { ...problem.settings, ...change };
  const starts = problem.moments.map(
    (moments): RiclpmStarts => startsFrom(moments, settings.randomIntercepts, recipe),
  );
  const structure: RiclpmStructure = {
    ...settings,
    groups: setup.groups,
    covariates: setup.covariates,
    scores: waveScores(setup.waves),
    ...(errorVariance === null ? {} : { errorVariance }),
  };
  return riclpmModel(structure, setup.waves.length, starts);
}

/** Time of each wave from the first, in mean gaps: 0, 1, 2, ... for equal gaps. */
function waveScores(waves: readonly number[]): number[] {
  const gap = (waves[waves.length - 1] - waves[0]) / (waves.length - 1);
  return waves.map((wave) => (wave - waves[0]) / gap);
}

/** Fits a parameter table to the problem's data. */
export function estimate(problem: RiclpmProblem, model: SemModel): Estimated {
  const { se, level } = problem.settings;
  const { sem } = problem.setup;
  return { model, fit: fitSem(model, problem.data, sem === null ? { se, level } : { se, level, rows: sem }) };
}

function isGood({ converged, admissible }: SemFit): boolean {
  return converged && admissible;
}

/** The better of two fits: one that converged, then the larger likelihood by more than rounding. */
function better(one: Estimated, other: Estimated): Estimated {
  if (one.fit.converged !== other.fit.converged) return one.fit.converged ? one : other;
  return other.fit.logLik > one.fit.logLik + 1e-7 ? other : one;
}

/**
 * Fits the model asked for; tries again from three other starts when the first fit did not converge or is
 * improper, and keeps the largest likelihood.
 */
export function estimateWithRestarts(problem: RiclpmProblem): Estimated & { restarts: Restarts | null } {
  const first = estimate(problem, problemModel(problem));
  if (isGood(first.fit)) return { ...first, restarts: null };
  const random = createRandom(problem.settings.seed).fork("riclpm restarts");
  const tries = [first];
  for (let attempt = 0; attempt < RESTARTS; attempt++) {
    tries.push(estimate(problem, problemModel(problem, {}, jitteredRecipe(random))));
  }
  const reached = tries.filter(({ fit }) => fit.converged).map(({ fit }) => fit.logLik);
  const spread = reached.length > 1 ? Math.max(...reached) - Math.min(...reached) : null;
  return { ...tries.reduce(better), restarts: { tried: RESTARTS, spread } };
}
