import { parseFormula } from "../../formula/parse.ts";
import { NeedsRows } from "../../panel/plan.ts";
import { checkPanelSums, type PanelSums } from "../../panel/sums.ts";
import { collapsedSolution } from "./collapsed.ts";
import { describeLmm } from "./describe.ts";
import { findOptimum } from "./optimum.ts";
import { type LmmOptions, type ResolvedOptions, resolveOptions } from "./options.ts";
import { panelMarginalSolution } from "./panel-marginal.ts";
import { type PanelSetup, setupPanel } from "./panel-setup.ts";
import type { LmmFit } from "./result.ts";
import { perfectFit } from "./setup.ts";
import type { LmmSolution } from "./solution.ts";

function checkOptions({ df, se }: ResolvedOptions): void {
  if (se !== "model") throw new NeedsRows(`standard errors of type ${se}`);
  if (df === "kenward-roger") throw new NeedsRows("Kenward and Roger's degrees of freedom");
}

function solve(setup: PanelSetup, sums: PanelSums, options: ResolvedOptions): LmmSolution | null {
  if (options.residual !== null) return panelMarginalSolution(setup, sums, options, options.residual);
  return collapsedSolution(setup, findOptimum(setup, options.method === "reml"));
}

/**
 * A linear mixed model from the sums of a panel: the fit that `lmm` gives on the rows behind them.
 *
 * @param sums  made by `reducePanel`, or by a source where the data live, for this formula.
 * @throws StatsError `sums.needs-rows` for what the sums do not determine, `sums.different-shape`, and as `lmm`.
 * Sums: our own derivation from Bates, Maechler, Bolker & Walker (2015), J. Stat. Softw. 67(1), section 3.
 */
export function lmmFromSums(sums: PanelSums, options: LmmOptions = {}): LmmFit {
  const resolved = resolveOptions(options);
  checkOptions(resolved);
  const formula = parseFormula(checkPanelSums(sums).plan.formula);
  const setup = setupPanel(formula, sums, resolved.minRows);
  const solution = solve(setup, sums, resolved);
  // The outcome has unit variance here: a residual this small is rounding, not data.
  if (solution === null || !Number.isFinite(solution.deviance) || solution.sigma2 < 1e-12)
    throw perfectFit(formula.outcome.text);
  return describeLmm(setup.facts, setup, solution, resolved);
}
