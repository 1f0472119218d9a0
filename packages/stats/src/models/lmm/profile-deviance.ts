import { solveCholeskyInto } from "../../linalg/cholesky.ts";
import type { DifferentiableFunction } from "../../optimize/newton.ts";
import { outerProduct } from "./fixed-state.ts";
import { type Chart, factorAt, type ProfileTarget, pullBackInto } from "./profile-coordinates.ts";
import type { VarianceModel } from "./profile-model.ts";
import { fixedTransform } from "./units.ts";

/** A fixed effect as `scale l'beta + shift` of the scaled coefficients. */
interface LinearForm {
  readonly l: Float64Array;
  readonly scale: number;
  readonly shift: number;
}

/** The linear form of one fixed effect. */
export function linearForm({ design }: VarianceModel, index: number): LinearForm {
  const p = design.names.length;
  const l = fixedTransform(design).slice(index * p, (index + 1) * p);
  const shift = design.hasIntercept && index === 0 ? design.yScale.shift : 0;
  return { l, scale: design.yScale.scale, shift };
}

/** rho2 = c'A c with the linear form held at `value`, and that c = (-beta, 1). */
function restricted(
  { fixed }: VarianceModel,
  { l, scale, shift }: LinearForm,
  value: number,
): { readonly rho2: number; readonly c: Float64Array } {
  const p = l.length;
  const direction = Float64Array.from(l);
  solveCholeskyInto(direction, fixed.chol, p);
  let [variance, current] = [0, 0];
  for (let j = 0; j < p; j++) {
    variance += l[j] * direction[j];
    current += l[j] * fixed.beta[j];
  }
  const gap = (value - shift) / scale - current;
  const c = Float64Array.from(fixed.c, (own, j) => (j < p ? own - (gap / variance) * direction[j] : own));
  return { rho2: fixed.rho2 + (gap * gap) / variance, c };
}

/** -2 log-likelihood with the target held at `value` (user's units) as a function of the chart's coordinates. */
export function heldDeviance(
  model: VarianceModel,
  chart: Chart,
  target: ProfileTarget,
  value: number,
): DifferentiableFunction {
  const form = target.kind === "fixed" ? linearForm(model, target.index) : null;
  const q = model.design.part.random.length;
  const local = value / chart.unit;
  return (x, gradient) => {
    const { lambda, logSigma } = factorAt(chart, q, x, local);
    const logDet = model.evaluate(lambda);
    if (!Number.isFinite(logDet)) return Number.POSITIVE_INFINITY;
    const { rho2, c } = form === null ? model.fixed : restricted(model, form, value);
    const precision = Math.exp(-2 * logSigma);
    const byPsi = model.byPsi(outerProduct(c, precision));
    const byLambda = new Float64Array(q * q);
    let slope = 2 * model.nobs - 2 * rho2 * precision;
    for (let i = 0; i < q; i++) {
      for (let j = 0; j < q; j++) {
        for (let k = 0; k < q; k++) {
          byLambda[i * q + j] += (byPsi[i * q + k] + byPsi[k * q + i]) * lambda[k * q + j];
        }
        slope -= byLambda[i * q + j] * lambda[i * q + j];
      }
    }
    pullBackInto(gradient, chart, byLambda, { x, value: local, logSigma });
    if (chart.freeSigma) gradient[chart.length - 1] = slope;
    return model.nobs * (Math.log(2 * Math.PI) + 2 * logSigma) + logDet + rho2 * precision;
  };
}
