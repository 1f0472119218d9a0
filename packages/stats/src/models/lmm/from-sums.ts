import { parseFormula } from "../../formula/parse.ts";
import { NeedsRows } from "../../panel/plan.ts";
import { productsOfScores, type ScoreRecipe, type ScoreSums } from "../../panel/scores.ts";
import { checkPanelSums, type PanelSums } from "../../panel/sums.ts";
import { collapsedSolution } from "./collapsed.ts";
import { describeLmm } from "./describe.ts";
import { findOptimum } from "./optimum.ts";
import { type LmmOptions, type ResolvedOptions, resolveOptions } from "./options.ts";
import { panelMarginalSolution } from "./panel-marginal.ts";
import { lmmScoreRecipe } from "./panel-scores.ts";
import { type PanelSetup, setupPanel } from "./panel-setup.ts";
import type { LmmFit } from "./result.ts";
import { checkClusters, type RobustType, smallSampleFactor, withRobust } from "./robust.ts";
import { perfectFit } from "./setup.ts";
import type { LmmSolution } from "./solution.ts";
import { congruence, fixedTransform, product } from "./units.ts";

function checkOptions({ df, se }: ResolvedOptions): void {
  if (df === "kenward-roger") throw new NeedsRows("Kenward and Roger's degrees of freedom");
  if (se === "model") return;
  if (se === "cr2") throw new NeedsRows("standard errors of type cr2");
  if (df !== "none")
    throw new NeedsRows(`Satterthwaite's degrees of freedom for standard errors of type ${se}`);
}

interface Solved {
  readonly setup: PanelSetup;
  readonly solution: LmmSolution;
  readonly options: ResolvedOptions;
}

/** The solution of a setup; null where the outcome is determined exactly. */
export function solvedPanel(
  setup: PanelSetup,
  sums: PanelSums,
  options: ResolvedOptions,
): LmmSolution | null {
  if (options.residual !== null) return panelMarginalSolution(setup, sums, options, options.residual);
  return collapsedSolution(setup, findOptimum(setup, options.method === "reml"));
}

/**
 * A solution from sums that leaves something unexplained.
 *
 * @throws StatsError `lmm.perfect-fit`
 */
export function checkSolved(solution: LmmSolution | null, outcome: string): LmmSolution {
  // The outcome has unit variance here: a residual this small is rounding, not data.
  if (solution === null || !Number.isFinite(solution.deviance) || solution.sigma2 < 1e-12)
    throw perfectFit(outcome);
  return solution;
}

function solved(sums: PanelSums, options: LmmOptions): Solved {
  const resolved = resolveOptions(options);
  checkOptions(resolved);
  const formula = parseFormula(checkPanelSums(sums).plan.formula);
  const setup = setupPanel(formula, sums, resolved.minRows);
  const solution = checkSolved(solvedPanel(setup, sums, resolved), formula.outcome.text);
  return { setup, solution, options: resolved };
}

/**
 * What each person adds to the equations of a fit from sums, for the second round that robust standard errors need;
 * null for those of the model, which need none.
 *
 * @throws StatsError as `lmmFromSums`
 */
export function lmmSecondRound(sums: PanelSums, options: LmmOptions = {}): ScoreRecipe | null {
  const { setup, solution, options: resolved } = solved(sums, options);
  return resolved.se === "model" ? null : lmmScoreRecipe(setup, solution, sums.plan);
}

/**
 * A linear mixed model from the sums of a panel: the fit that `lmm` gives on the rows behind them.
 *
 * @param sums  made by `reducePanel`, or by a source where the data live, for this formula.
 * @param scores  the sums of `lmmSecondRound` over the same people, for CR0 and CR1 (with df "none").
 * @throws StatsError `sums.needs-rows` for what the sums do not determine, `sums.different-shape`, `sums.other-people`,
 *   and as `lmm`.
 * Sums: our own derivation from Bates, Maechler, Bolker & Walker (2015), J. Stat. Softw. 67(1), section 3.
 */
export function lmmFromSums(sums: PanelSums, options: LmmOptions = {}, scores?: ScoreSums): LmmFit {
  const found = solved(sums, options);
  const { setup, solution, options: resolved } = found;
  const fit = describeLmm(setup.facts, setup, solution, resolved);
  if (resolved.se === "model") return fit;
  if (scores === undefined)
    throw new NeedsRows(`standard errors of type ${resolved.se} without their second round`);
  return withScores(fit, found, { type: resolved.se, cluster: sums.plan.person, scores });
}

interface SecondRound {
  readonly type: RobustType;
  /** The column that names the people. */
  readonly cluster: string;
  readonly scores: ScoreSums;
}

/** The sandwich: M is the inverse of X'V^-1 X of everybody, and its filling the products of their scores. */
function withScores(
  fit: LmmFit,
  { setup, solution }: Solved,
  { type, cluster, scores }: SecondRound,
): LmmFit {
  const nclusters = setup.patterns.reduce((sum, { pattern }) => sum + pattern.people, 0);
  checkClusters(cluster, nclusters);
  const p = setup.names.length;
  const factor = solution.sigma2 * setup.yScale.scale;
  const bread = product(fixedTransform(setup), solution.inverse, p);
  const meat = productsOfScores(scores, nclusters);
  const vcov = congruence(bread, meat, smallSampleFactor(type, nclusters) * factor * factor);
  const dfs = fit.fixed.map(() => null);
  return withRobust(fit, { type, cluster, nclusters, vcov, contrasts: null, dfs });
}
