import { parseFormula } from "../../formula/parse.ts";
import { modelFrame } from "../../frame/model-frame.ts";
import type { FitData } from "../../table/table.ts";
import { describeCategorical } from "../clmm/describe.ts";
import { findOptimum } from "../clmm/optimum.ts";
import { setupCategorical } from "../clmm/setup.ts";
import { type GlmmOptions, resolveGlmmOptions } from "./options.ts";
import type { GlmmFit } from "./result.ts";

/**
 * A logistic mixed model of a yes/no outcome with a random intercept, or a random intercept and one slope, of one
 * group; without a random term, logistic regression.
 *
 * The outcome is 0 and 1, or a text column with two levels of which the second counts as 1. The integral over the
 * random effects is adaptive Gauss-Hermite quadrature with 9 nodes for each effect.
 *
 * @throws StatsError `formula.*`, `data.*`, `glmm.*`; doubtful answers are warnings in the result.
 * Pinheiro & Bates (1995), J. Comput. Graph. Stat. 4, 12-35.
 */
export function glmm(formula: string, data: FitData, options: GlmmOptions = {}): GlmmFit {
  const resolved = resolveGlmmOptions(options);
  const frame = modelFrame(parseFormula(formula), data.table, { ...resolved, outcome: "binary" });
  const setup = setupCategorical(frame, "glmm");
  const optimum = findOptimum(setup, resolved.nodes);
  return {
    estimator: setup.random === null ? "glm" : "glmm",
    family: "binomial",
    ...describeCategorical(frame, setup, optimum, resolved),
  };
}
