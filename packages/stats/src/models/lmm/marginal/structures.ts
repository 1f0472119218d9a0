import type { CorrelatedType } from "../residual-options.ts";
import type { Positions } from "./positions.ts";

/** R at one value of its unconstrained parameters; two rows of a person are told by their positions. */
export interface ResidualState {
  variance(a: number): number;
  covariance(a: number, b: number): number;
  /** Derivatives by parameter k. */
  varianceSlope(k: number, a: number): number;
  covarianceSlope(k: number, a: number, b: number): number;
}

/** A residual structure with unconstrained parameters: every x gives a positive definite R. */
export interface ResidualModel {
  readonly type: CorrelatedType;
  readonly count: number;
  /** Where a search may begin. */
  readonly starts: readonly Float64Array[];
  /**
   * What makes R^-1 cheap row by row: rows that are not neighbours go together only through those between them
   * (markov: R^-1 is banded), or not at all (diagonal); null for neither.
   */
  readonly rowwise: "markov" | "diagonal" | null;
  at(x: Float64Array): ResidualState;
}

const one = () => 1;
const zero = () => 0;

/** Correlations with unit variances. */
function correlated(
  covariance: ResidualState["covariance"],
  covarianceSlope: ResidualState["covarianceSlope"],
): ResidualState {
  return { variance: one, varianceSlope: zero, covariance, covarianceSlope };
}

/** rho^distance with rho = tanh(x); distances are whole, so that rho may be negative. */
function ar1(): ResidualModel {
  const at = ([x]: Float64Array): ResidualState => {
    const rho = Math.tanh(x);
    const byX = 1 - rho * rho;
    return correlated(
      (a, b) => rho ** Math.abs(a - b),
      (_, a, b) => {
        const distance = Math.abs(a - b);
        return distance === 0 ? 0 : distance * rho ** (distance - 1) * byX;
      },
    );
  };
  const starts = [0, 0.42, 1.1].map((x) => Float64Array.of(x));
  return { type: "ar1", count: 1, starts, rowwise: "markov", at };
}

/** The logistic function without overflow. */
function logistic(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** -log of the logistic function. */
export function minusLogLogistic(x: number): number {
  return x >= 0 ? Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)) - x;
}

/** phi^distance with phi = logistic(x): exp(-rate distance), rate = -log phi. */
function car1(): ResidualModel {
  const at = ([x]: Float64Array): ResidualState => {
    const rate = minusLogLogistic(x);
    const rateByX = -logistic(-x);
    return correlated(
      (a, b) => Math.exp(-rate * Math.abs(a - b)),
      (_, a, b) => {
        const distance = Math.abs(a - b);
        return -distance * Math.exp(-rate * distance) * rateByX;
      },
    );
  };
  const starts = [-0.8, 0.8, -2.5].map((x) => Float64Array.of(x));
  return { type: "car1", count: 1, starts, rowwise: "markov", at };
}

/** Autocorrelations at 0 ... longest with their derivatives by x, longest + 1 by count. */
export interface Autocorrelations {
  readonly values: Float64Array;
  readonly slopes: Float64Array;
}

/**
 * The autocorrelations whose partial autocorrelations are tanh(x): any x gives a positive definite Toeplitz matrix.
 *
 * Durbin-Levinson recursion (Brockwell & Davis 1991, Time Series, section 5.2; Barndorff-Nielsen & Schou 1973),
 * differentiated forwards.
 */
export function toeplitzCorrelations(x: Float64Array): Autocorrelations {
  const n = x.length;
  const values = new Float64Array(n + 1);
  values[0] = 1;
  const slopes = new Float64Array((n + 1) * n);
  let phi = new Float64Array(n + 1);
  let phiSlopes = new Float64Array((n + 1) * n);
  let left = 1;
  const leftSlopes = new Float64Array(n);
  for (let k = 1; k <= n; k++) {
    const partial = Math.tanh(x[k - 1]);
    const byX = 1 - partial * partial;
    let value = partial * left;
    for (let j = 1; j < k; j++) value += phi[j] * values[k - j];
    values[k] = value;
    for (let s = 0; s < n; s++) {
      let slope = partial * leftSlopes[s] + (s === k - 1 ? byX * left : 0);
      for (let j = 1; j < k; j++) {
        slope += phiSlopes[j * n + s] * values[k - j] + phi[j] * slopes[(k - j) * n + s];
      }
      slopes[k * n + s] = slope;
    }
    const nextPhi = phi.slice();
    const nextSlopes = phiSlopes.slice();
    nextPhi[k] = partial;
    nextSlopes.fill(0, k * n, (k + 1) * n);
    nextSlopes[k * n + k - 1] = byX;
    for (let j = 1; j < k; j++) {
      nextPhi[j] = phi[j] - partial * phi[k - j];
      for (let s = 0; s < n; s++) {
        nextSlopes[j * n + s] =
          phiSlopes[j * n + s] - partial * phiSlopes[(k - j) * n + s] - (s === k - 1 ? byX * phi[k - j] : 0);
      }
    }
    phi = nextPhi;
    phiSlopes = nextSlopes;
    const shrink = 1 - partial * partial;
    for (let s = 0; s < n; s++) {
      leftSlopes[s] = leftSlopes[s] * shrink - (s === k - 1 ? 2 * partial * byX * left : 0);
    }
    left *= shrink;
  }
  return { values, slopes };
}

function toeplitz(longest: number): ResidualModel {
  const at = (x: Float64Array): ResidualState => {
    const { values, slopes } = toeplitzCorrelations(x);
    return correlated(
      (a, b) => values[Math.abs(a - b)],
      (k, a, b) => slopes[Math.abs(a - b) * longest + k],
    );
  };
  const starts = [0, 0.42].map((first) => {
    const x = new Float64Array(longest);
    x[0] = first;
    return x;
  });
  return { type: "toeplitz", count: longest, starts, rowwise: null, at };
}

/** The places of x in the lower factor of an unstructured R, by rows without the first element, which is 1. */
function factorPlaces(waves: number): { row: number; column: number }[] {
  const places: { row: number; column: number }[] = [];
  for (let row = 1; row < waves; row++) {
    for (let column = 0; column <= row; column++) places.push({ row, column });
  }
  return places;
}

function lowerOf(x: Float64Array, waves: number): Float64Array {
  const lower = new Float64Array(waves * waves);
  lower[0] = 1;
  factorPlaces(waves).forEach(({ row, column }, k) => {
    lower[row * waves + column] = row === column ? Math.exp(x[k]) : x[k];
  });
  return lower;
}

/** R = L L' with the logarithms of the diagonal of L free and L[0][0] = 1 (sigma^2 is the first wave's variance). */
function unstructured(waves: number): ResidualModel {
  const places = factorPlaces(waves);
  const at = (x: Float64Array): ResidualState => {
    const lower = lowerOf(x, waves);
    const product = new Float64Array(waves * waves);
    for (let i = 0; i < waves; i++) {
      for (let j = 0; j < waves; j++) {
        for (let k = 0; k < waves; k++) product[i * waves + j] += lower[i * waves + k] * lower[j * waves + k];
      }
    }
    const slope = (k: number, a: number, b: number) => {
      const { row, column } = places[k];
      const own = row === column ? lower[row * waves + column] : 1;
      return (
        own * ((a === row ? lower[b * waves + column] : 0) + (b === row ? lower[a * waves + column] : 0))
      );
    };
    return {
      variance: (a) => product[a * waves + a],
      covariance: (a, b) => product[a * waves + b],
      varianceSlope: (k, a) => slope(k, a, a),
      covarianceSlope: slope,
    };
  };
  return {
    type: "unstructured",
    count: places.length,
    starts: [new Float64Array(places.length)],
    rowwise: null,
    at,
  };
}

/** Independent rows whose variance at wave w > 0 is exp(2 x[w - 1]); sigma^2 is the first wave's. */
function variances(waves: number): ResidualModel {
  const at = (x: Float64Array): ResidualState => {
    const values = Float64Array.from({ length: waves }, (_, w) => (w === 0 ? 1 : Math.exp(2 * x[w - 1])));
    return {
      variance: (a) => values[a],
      covariance: zero,
      varianceSlope: (k, a) => (a === k + 1 ? 2 * values[a] : 0),
      covarianceSlope: zero,
    };
  };
  const count = waves - 1;
  return { type: "variances", count, starts: [new Float64Array(count)], rowwise: "diagonal", at };
}

/** The structure asked for, over the positions that the rows have. */
export function residualModel(type: CorrelatedType, { values, waves }: Positions): ResidualModel {
  const longest = values.reduce((most, value) => Math.max(most, value), 0);
  switch (type) {
    case "ar1":
      return ar1();
    case "car1":
      return car1();
    case "toeplitz":
      return toeplitz(longest);
    case "unstructured":
      return unstructured(waves.length);
    case "variances":
      return variances(waves.length);
  }
}
