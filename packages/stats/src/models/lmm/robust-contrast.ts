import { quadraticForm } from "../../inference/satterthwaite-df.ts";
import { termIndex } from "../../inference/term-names.ts";
import { waldRow } from "../../inference/wald.ts";
import { multiply, transpose } from "../../linalg/dense.ts";
import type { FitData } from "../../table/table.ts";
import type { Coefficient } from "../fit.ts";
import type { LmmFit } from "./result.ts";
import { type RobustType, robustSandwich } from "./robust.ts";
import { robustDfs } from "./robust-df.ts";
import { congruence } from "./units.ts";

/**
 * One linear combination of fixed effects with a cluster-robust standard error: what `contrast(robust(fit, data),
 * weights)` gives, without the degrees of freedom of every other contrast, which are most of the work.
 *
 * @param weights  weight by term.
 * @throws StatsError `fit.unknown-term`, and what `robust` throws.
 */
export function robustContrast(
  fit: LmmFit,
  data: FitData,
  weights: Readonly<Record<string, number>>,
  options: { readonly type?: RobustType; readonly level?: number } = {},
): Coefficient {
  const l = new Float64Array(fit.fixed.length);
  for (const [term, weight] of Object.entries(weights)) l[termIndex(fit, term)] += weight;
  const { model, meat, forms, back } = robustSandwich(fit, data, options.type ?? "cr2");
  const p = l.length;
  const vcov = congruence(back, meat, model.design.yScale.scale ** 2);
  const direction = multiply(transpose(back, p, p), l, { n: p, k: p, m: 1 });
  const [df = null] = fit.dfMethod === "none" ? [] : robustDfs(forms, [direction]);
  const estimate = fit.fixed.reduce((sum, row, j) => sum + l[j] * row.estimate, 0);
  const term = Object.keys(weights).join(" + ");
  const stdError = Math.sqrt(quadraticForm(vcov, l));
  return waldRow({ term, estimate, stdError, df }, options.level ?? fit.level);
}
