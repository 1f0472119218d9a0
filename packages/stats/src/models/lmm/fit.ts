import type { Formula } from "../../formula/formula.ts";
import { parseFormula } from "../../formula/parse.ts";
import { modelFrame } from "../../frame/model-frame.ts";
import type { FitData } from "../../table/table.ts";
import type { RandomEffects } from "../fit.ts";
import { solveCollapsed } from "./collapsed.ts";
import { describeLmm } from "./describe.ts";
import { frameFacts } from "./frame-facts.ts";
import { marginalSolution } from "./marginal/solution.ts";
import { solveNested } from "./nested/fit.ts";
import { type LmmOptions, resolveOptions } from "./options.ts";
import { lmmResiduals } from "./predict-residuals.ts";
import type { FittedRow } from "./ranef.ts";
import { lmmRanef } from "./ranef-conditional.ts";
import type { LmmFit } from "./result.ts";
import { robust } from "./robust.ts";
import { designLmm, perfectFit } from "./setup.ts";
import type { SolvedModel } from "./solution.ts";

/** A fit with what is one row for each group or observation. */
export interface LmmDetails {
  readonly fit: LmmFit;
  /** One entry for each block of random effects, in the order of `fit.random`. */
  readonly ranef: readonly RandomEffects[];
  readonly fitted: readonly FittedRow[];
}

/** A fit whose residuals of one person go together, or null when they are independent. */
function correlatedFit(formula: Formula, data: FitData, options: LmmOptions): LmmFit | null {
  const resolved = resolveOptions(options);
  const { residual } = resolved;
  if (residual === null) return null;
  const frame = modelFrame(formula, data.table, resolved);
  const design = designLmm(frame);
  const solution = marginalSolution({ frame, design, table: data.table, options: resolved, residual });
  if (solution === null || solution.sigma2 < 1e-13) throw perfectFit(frame.formula.outcome.text);
  return describeLmm(frameFacts(frame), design, solution, resolved);
}

interface Solved {
  readonly fit: LmmFit;
  readonly details: SolvedModel["details"];
}

/** A fit whose residuals are independent. */
function solve(formula: Formula, data: FitData, options: LmmOptions): Solved {
  const resolved = resolveOptions(options);
  const frame = modelFrame(formula, data.table, { ...resolved, nested: true });
  const engine = frame.factors.length > 1 ? solveNested : solveCollapsed;
  const { design, solution, details } = engine(frame, data.table, resolved.method === "reml");
  // The outcome has unit variance here: a residual this small is rounding, not data.
  if (!Number.isFinite(solution.deviance) || solution.sigma2 < 1e-13)
    throw perfectFit(frame.formula.outcome.text);
  return { fit: describeLmm(frameFacts(frame), design, solution, resolved), details };
}

/** The fit with the standard errors asked for. */
function withErrors(fit: LmmFit, data: FitData, { se = "model" }: LmmOptions): LmmFit {
  return se === "model" ? fit : robust(fit, data, se);
}

/**
 * A linear mixed model with one grouping factor or several nested ones, or ordinary regression when no term is
 * random.
 *
 * @param formula  such as `pain ~ (within(ex) + between(ex)) * male + wave + (1 + wave | id)`.
 * @throws StatsError `formula.*`, `data.*`, `lmm.*`; doubtful answers are warnings in the result.
 * Bates, Maechler, Bolker & Walker (2015), J. Stat. Softw. 67(1); degrees of freedom: Kuznetsova, Brockhoff
 * & Christensen (2017), J. Stat. Softw. 82(13).
 */
export function lmm(formula: string, data: FitData, options: LmmOptions = {}): LmmFit {
  const parsed = parseFormula(formula);
  const fit = correlatedFit(parsed, data, options) ?? solve(parsed, data, options).fit;
  return withErrors(fit, data, options);
}

/** The same fit with the conditional modes of every group and the fitted value of every row used. */
export function lmmDetails(formula: string, data: FitData, options: LmmOptions = {}): LmmDetails {
  const parsed = parseFormula(formula);
  const correlated = correlatedFit(parsed, data, options);
  if (correlated !== null) {
    const fit = withErrors(correlated, data, options);
    return { fit, ranef: lmmRanef(fit, data), fitted: lmmResiduals(fit, data) };
  }
  const { fit, details } = solve(parsed, data, options);
  return { fit: withErrors(fit, data, options), ...details() };
}
