import { parseFormula } from "../../formula/parse.ts";
import { type ModelFrame, modelFrame } from "../../frame/model-frame.ts";
import type { FitData } from "../../table/table.ts";
import { describeCategorical } from "./describe.ts";
import { findOptimum } from "./optimum.ts";
import { type ClmmOptions, resolveOptions } from "./options.ts";
import type { ClmmFit } from "./result.ts";
import { setupCategorical } from "./setup.ts";

/**
 * A cumulative logit model of an ordered outcome with a random intercept, or a random intercept and one slope, of
 * one group; without a random term, cumulative logit regression.
 *
 * P(outcome <= k) = 1 / (1 + exp(-(threshold_k - eta))), so that a positive effect goes with higher categories.
 * Levels are those of a text column in their order, or numeric codes in numeric order; `levels` says which.
 * The integral over the random effects is adaptive Gauss-Hermite quadrature with 9 nodes for each effect.
 *
 * @param formula  such as `pain ~ within(ex) + between(ex) + wave + (1 | id)`.
 * @throws StatsError `formula.*`, `data.*`, `clmm.*`; doubtful answers are warnings in the result.
 * McCullagh (1980), J. R. Stat. Soc. B 42, 109-142; Hedeker & Gibbons (1994), Biometrics 50, 933-944.
 */
export function clmm(formula: string, data: FitData, options: ClmmOptions = {}): ClmmFit {
  const resolved = resolveOptions("clmm", options);
  const frame: ModelFrame = modelFrame(parseFormula(formula), data.table, {
    ...resolved,
    outcome: "category",
  });
  const setup = setupCategorical(frame, "clmm");
  const optimum = findOptimum(setup, resolved.nodes);
  return {
    estimator: setup.random === null ? "clm" : "clmm",
    ...describeCategorical(frame, setup, optimum, resolved),
  };
}
