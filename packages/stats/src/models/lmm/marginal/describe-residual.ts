import { normalQuantile } from "../../../numeric/distributions.ts";
import { pairIndex } from "../residual.ts";
import type { ResolvedResidual } from "../residual-options.ts";
import type { ResidualStructure } from "../result.ts";
import type { Positions } from "./positions.ts";
import { minusLogLogistic, type ResidualModel, toeplitzCorrelations } from "./structures.ts";

/** A scale on which a parameter has no limits: the interval is made there and brought back. */
interface Scale {
  readonly to: (value: number) => number;
  readonly from: (value: number) => number;
}

const FISHER: Scale = { to: Math.atanh, from: Math.tanh };
const LOG: Scale = { to: Math.log, from: Math.exp };

/** One parameter as a function of x, with the scale of its interval. */
interface Natural {
  readonly scale: Scale;
  readonly at: (x: Float64Array) => number;
}

/** The correlation of two times one unit apart is phi^(1 / step), phi the correlation one step apart. */
function car1Parameter(step: number): Natural {
  return {
    at: ([x]) => Math.exp(-minusLogLogistic(x) / step),
    scale: {
      // -log(phi) of one step is -step log(parameter); its logit is x itself.
      to: (value) => -Math.log(Math.expm1(-Math.log(value) * step)),
      from: (x) => Math.exp(-minusLogLogistic(x) / step),
    },
  };
}

function unstructuredParameters(
  model: ResidualModel,
  waves: number,
): { correlations: Natural[]; ratios: Natural[] } {
  const correlations: Natural[] = [];
  for (let a = 0; a < waves; a++) {
    for (let b = a + 1; b < waves; b++) {
      correlations[pairIndex(a, b, waves)] = {
        scale: FISHER,
        at: (x) => {
          const state = model.at(x);
          return state.covariance(a, b) / Math.sqrt(state.variance(a) * state.variance(b));
        },
      };
    }
  }
  const ratios = Array.from({ length: waves }, (_, w) => ({
    scale: LOG,
    at: (x: Float64Array) => Math.sqrt(model.at(x).variance(w)),
  }));
  return { correlations, ratios };
}

function naturalParameters(model: ResidualModel, { step, waves }: Positions): Natural[] {
  switch (model.type) {
    case "ar1":
      return [{ scale: FISHER, at: ([x]) => Math.tanh(x) }];
    case "car1":
      return [car1Parameter(step)];
    case "toeplitz":
      return Array.from({ length: model.count }, (_, k) => ({
        scale: FISHER,
        at: (x: Float64Array) => toeplitzCorrelations(x).values[k + 1],
      }));
    case "unstructured":
      return unstructuredParameters(model, waves.length).correlations;
    case "variances":
      return unstructuredParameters(model, waves.length).ratios;
  }
}

function units(model: ResidualModel, time: string, step: number): string {
  const apart = step === 1 ? "neighbouring values" : `values ${step} apart`;
  switch (model.type) {
    case "ar1":
      return `correlation of ${apart} of ${time}`;
    case "car1":
      return `correlation of two rows one unit of ${time} apart`;
    case "toeplitz":
      return `correlations at 1, 2, ... steps${step === 1 ? "" : ` of ${step}`} of ${time}`;
    case "unstructured":
      return `correlations of values of ${time}: (1,2), (1,3), ..., (2,3), ...`;
    case "variances":
      return `SD at each value of ${time}, relative to the first`;
  }
}

/** The gradient of a parameter by x on the scale of its interval, by central differences. */
function scaledGradient({ scale, at }: Natural, x: Float64Array): Float64Array {
  return x.map((value, k) => {
    const h = 1e-5 * Math.max(1, Math.abs(value));
    const moved = (by: number) => scale.to(at(x.map((other, j) => (j === k ? other + by : other))));
    return (moved(h) - moved(-h)) / (2 * h);
  });
}

function interval(
  natural: Natural,
  x: Float64Array,
  covariance: Float64Array,
  z: number,
): [number | null, number | null] {
  const slope = scaledGradient(natural, x);
  const n = x.length;
  let variance = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) variance += slope[i] * covariance[i * n + j] * slope[j];
  const centre = natural.scale.to(natural.at(x));
  const half = z * Math.sqrt(variance);
  if (!(half > 0) || !Number.isFinite(centre + half)) return [null, null];
  return [natural.scale.from(centre - half), natural.scale.from(centre + half)];
}

/** A correlation this near to 1, or a share of variance this near to 0, is the limit. */
const LIMIT = 1e-4;

/** What of R ran to its limit, in words; null when nothing did. */
function residualLimit(model: ResidualModel, x: Float64Array): string | null {
  const state = model.at(x);
  switch (model.type) {
    case "ar1":
      return 1 - Math.abs(Math.tanh(x[0])) < LIMIT ? "a correlation of 1 or -1" : null;
    case "car1":
      if (state.covariance(0, 1) < LIMIT) return "a correlation of 0";
      return 1 - state.covariance(0, 1) < LIMIT / 100 ? "a correlation of 1" : null;
    case "toeplitz":
      return x.some((value) => 1 - Math.abs(Math.tanh(value)) < LIMIT) ? "a correlation of 1 or -1" : null;
    case "unstructured":
    case "variances":
      return x.some((value) => Math.abs(value) > -Math.log(LIMIT)) ? "the variance of a wave" : null;
  }
}

interface Estimated {
  readonly model: ResidualModel;
  readonly positions: Positions;
  readonly residual: ResolvedResidual;
  /** The parameters of R, and their covariance by rows. */
  readonly x: Float64Array;
  readonly covariance: Float64Array;
  readonly level: number;
}

/**
 * The residual structure on its natural scale, in the units of the data.
 *
 * Intervals are the delta method's on Fisher's z (correlations), the logit of the correlation one step apart
 * (car1) or the logarithm (ratios of SDs), as nlme's are (Pinheiro & Bates 2000, section 2.4.3).
 */
export function describeResidual({
  model,
  positions,
  residual,
  x,
  covariance,
  level,
}: Estimated): ResidualStructure {
  const naturals = naturalParameters(model, positions);
  const z = normalQuantile((1 + level) / 2);
  const intervals = naturals.map((natural) => interval(natural, x, covariance, z));
  const { waves, step } = positions;
  const ratios = model.type === "unstructured" ? unstructuredParameters(model, waves.length).ratios : null;
  return {
    type: model.type,
    time: residual.time,
    waves: waves.length > 0 ? waves : null,
    step: model.type === "ar1" || model.type === "toeplitz" ? step : null,
    parameters: naturals.map(({ at }) => at(x)),
    lower: intervals.map(([lower]) => lower),
    upper: intervals.map(([, upper]) => upper),
    stdDevRatio: ratios?.map(({ at }) => at(x)) ?? null,
    range: model.type === "car1" ? step / minusLogLogistic(x[0]) : null,
    atLimit: residualLimit(model, x),
    unit: units(model, residual.time, step),
  };
}
