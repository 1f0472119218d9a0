import { symmetricEigen } from "../../linalg/symmetric-eigen.ts";
import { unpackInto } from "./fixed-state.ts";
import { fixedDerivative, residualGradient } from "./objective.ts";
import type { Optimum } from "./optimum.ts";
import type { SatterthwaiteParts } from "./solution.ts";

/** Twice the inverse of a Hessian, on the directions in which it curves upwards. */
export function twiceInverse(hessian: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(hessian, n);
  const out = new Float64Array(n * n);
  const largest = values.reduce((max, value) => Math.max(max, value), 0);
  for (let e = 0; e < n; e++) {
    if (values[e] <= 1e-12 * largest) continue;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) out[i * n + j] += (2 * vectors[i * n + e] * vectors[j * n + e]) / values[e];
    }
  }
  return out;
}

/** A criterion at its lowest: the free parameters' Hessian, rho2, and the gradient of rho2. */
interface Curvature {
  readonly hessian: Float64Array;
  readonly rho2: number;
  readonly nu: number;
  readonly rho2Gradient: Float64Array;
}

/**
 * Covariance of (theta, s) from the Hessian of the profiled deviance: s is profiled out as
 * D(theta, s) = ... + nu log(2 pi s^2) + rho2(theta) / s^2, so the blocks follow from the Schur complement.
 */
export function parameterCovariance({ hessian, rho2, nu, rho2Gradient }: Curvature): number[][] {
  const n = rho2Gradient.length;
  const s = Math.sqrt(rho2 / nu);
  const curvature = (4 * nu) / (s * s);
  const mixed = rho2Gradient.map((slope) => (-2 * slope) / s ** 3);
  const thetas = twiceInverse(hessian, n);
  const cross = Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum -= thetas[i * n + j] * mixed[j];
    return sum / curvature;
  });
  const last = 2 / curvature - cross.reduce((sum, value, j) => sum + value * mixed[j], 0) / curvature;
  const rows = cross.map((value, i) => [...thetas.subarray(i * n, (i + 1) * n), value]);
  return [...rows, [...cross, last]];
}

/** `A B A` of p x p matrices. */
export function sandwich(outer: Float64Array, inner: Float64Array, p: number): Float64Array {
  const half = new Float64Array(p * p);
  const out = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let k = 0; k < p; k++) {
      for (let j = 0; j < p; j++) half[i * p + j] += outer[i * p + k] * inner[k * p + j];
    }
  }
  for (let i = 0; i < p; i++) {
    for (let k = 0; k < p; k++) {
      for (let j = 0; j < p; j++) out[i * p + j] += half[i * p + k] * outer[k * p + j];
    }
  }
  return out;
}

/** What Satterthwaite's formula needs of an optimum whose A_XX^-1 is in `optimum.work.inverse`. */
export function satterthwaiteParts(optimum: Optimum): SatterthwaiteParts {
  const { criterion, work } = optimum;
  const { m } = criterion.sums;
  const p = m - 1;
  const vcovParameters = parameterCovariance({
    hessian: optimum.hessian,
    rho2: work.rho2,
    nu: criterion.nu,
    rho2Gradient: residualGradient(criterion, work),
  });
  const dInverse = Array.from(optimum.theta, (_, index) => {
    const dA = new Float64Array(p * p);
    unpackInto(dA, fixedDerivative(criterion, work, index), p, m);
    return sandwich(work.inverse, dA, p);
  });
  return { vcovParameters, dInverse };
}
