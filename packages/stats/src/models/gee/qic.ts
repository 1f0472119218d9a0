import { type Family, meanOf } from "../glm/family.ts";
import { linearPredictor } from "../glm/objective.ts";
import type { GeeSolution } from "./objective.ts";
import type { GeeSetup } from "./setup.ts";

/** Pan's criterion and its parts, as geepack 1.3.9 defines them. */
export interface Qic {
  readonly qic: number;
  readonly qicu: number;
  /** trace(model-based information with independence times robust covariance). */
  readonly cic: number;
  readonly quasiLik: number;
}

/** sum -(y - mean)^2 / 2 for gaussian (no scale), the log-likelihood of independent rows for binomial. */
function quasiLikelihood({ rows }: GeeSetup, family: Family, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < rows.nobs; i++) {
    const eta = linearPredictor(rows.x, b, i);
    const mean = meanOf(family, eta);
    if (family === "gaussian") sum -= (rows.y[i] - mean) ** 2 / 2;
    else sum -= Math.log1p(Math.exp(-Math.abs(eta))) + Math.max(0, rows.y[i] === 1 ? -eta : eta);
  }
  return sum * rows.yScale.scale * rows.yScale.scale;
}

/**
 * QIC of Pan (2001), Biometrics 57, 120-125, with geepack's conventions: the scale is left out of the quasi
 * likelihood, and the information is that of the independence model at its own coefficients and scale.
 *
 * @param robust  robust covariance of the scaled coefficients, p x p.
 */
export function qicOf(setup: GeeSetup, family: Family, solution: GeeSolution, robust: Float64Array): Qic {
  return qicFrom(setup.rows.p, quasiLikelihood(setup, family, solution.b), solution, robust);
}

/** The same from a quasi likelihood that is known. */
export function qicFrom(p: number, quasiLik: number, solution: GeeSolution, robust: Float64Array): Qic {
  const { independence, independencePhi } = solution;
  let trace = 0;
  for (let e = 0; e < robust.length; e++) trace += independence.information[e] * robust[e];
  const cic = trace / independencePhi;
  return { qic: -2 * (quasiLik - cic), qicu: -2 * (quasiLik - p), cic, quasiLik };
}
