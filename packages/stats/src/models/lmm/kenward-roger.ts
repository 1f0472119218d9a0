import { StatsError } from "../../errors.ts";
import { choleskyInto, inverseFromCholeskyInto } from "../../linalg/cholesky.ts";
import { multiply, toRows } from "../../linalg/dense.ts";
import { type FixedState, unpackInto } from "./fixed-state.ts";
import { derivativesByPsi, type PsiDerivatives } from "./nested/derivatives.ts";
import type { Elimination } from "./nested/eliminate.ts";
import type { PlacedElement } from "./nested/solution.ts";
import type { Tree } from "./nested/tree.ts";
import type { KenwardRogerParts } from "./solution.ts";

function notIdentified(): StatsError {
  return new StatsError(
    "lmm.kenward-roger",
    "Expected variances that the data tell apart, for Kenward-Roger; found that some can be traded for each other. Use df satterthwaite, or a simpler random part.",
  );
}

/** Psi = Lambda Lambda', q x q. */
function psiOf(lambda: Float64Array, q: number): Float64Array {
  const out = new Float64Array(q * q);
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      for (let k = 0; k < q; k++) out[i * q + j] += lambda[i * q + k] * lambda[j * q + k];
    }
  }
  return out;
}

/** P, Q + Q' and tr(Sigma^-1 G Sigma^-1 G) of all variance parameters, in units of the residual variance. */
interface Moments {
  /** dA_XX by each parameter, the residual variance last: p x p. */
  readonly first: readonly Float64Array[];
  readonly second: (r: number, s: number) => Float64Array;
  readonly traces: (r: number, s: number) => number;
}

function combine(parts: readonly (readonly [number, Float64Array])[]): Float64Array {
  const out = new Float64Array(parts[0][1].length);
  for (const [weight, part] of parts) for (let e = 0; e < out.length; e++) out[e] += weight * part[e];
  return out;
}

/**
 * Derivatives by the elements of sigma^2 Psi and by sigma^2, from those by Psi at sigma^2 = 1:
 * A = W'Sigma^-1 W and log|Sigma| are functions of Sigma = sigma^2 V(Gamma / sigma^2).
 */
function moments(
  derivatives: PsiDerivatives,
  psi: readonly number[],
  base: { readonly a: Float64Array; readonly nobs: number },
): Moments {
  const n = psi.length;
  const { a, aSecond, logDet, logDetSecond } = derivatives;
  const along = (parts: readonly Float64Array[]) =>
    combine([[0, base.a], ...psi.map((value, e) => [value, parts[e]] as const)]);
  const slope = along(a);
  const mixed = aSecond.map((row) => along(row));
  const logMixed = logDetSecond.map((row) => row.reduce((sum, value, e) => sum + value * psi[e], 0));
  const weighted = (values: readonly number[]) => values.reduce((sum, value, e) => sum + value * psi[e], 0);
  const second = (r: number, s: number): Float64Array => {
    if (r < n && s < n) return aSecond[r][s];
    if (r === n && s === n) {
      return combine([
        [2, base.a],
        [4, slope],
        [1, along(mixed)],
      ]);
    }
    const e = Math.min(r, s);
    return combine([
      [-2, a[e]],
      [-1, mixed[e]],
    ]);
  };
  const traces = (r: number, s: number): number => {
    if (r < n && s < n) return -logDetSecond[r][s];
    if (r === n && s === n) return base.nobs - 2 * weighted(logDet) - weighted(logMixed);
    const e = Math.min(r, s);
    return logDet[e] + logMixed[e];
  };
  const first = [
    ...a,
    combine([
      [-1, base.a],
      [-1, slope],
    ]),
  ];
  return { first, second, traces };
}

function trace(a: Float64Array, b: Float64Array, p: number): number {
  let sum = 0;
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) sum += a[i * p + j] * b[j * p + i];
  return sum;
}

function unpacked(packed: Float64Array, p: number): Float64Array {
  const out = new Float64Array(p * p);
  unpackInto(out, packed, p, p + 1);
  return out;
}

/** W = 2 I_E^-1, the covariance of the variance parameters from their expected information under REML. */
function covarianceOfParameters(information: Float64Array, n: number): Float64Array {
  const scale = Array.from({ length: n }, (_, i) => Math.sqrt(Math.abs(information[i * n + i])));
  const scaled = information.map((value, e) => value / (scale[Math.floor(e / n)] * scale[e % n]));
  const lower = new Float64Array(n * n);
  if (!choleskyInto(lower, scaled, n)) throw notIdentified();
  const inverse = new Float64Array(n * n);
  inverseFromCholeskyInto(inverse, lower, n);
  return inverse.map((value, e) => (2 * value) / (scale[Math.floor(e / n)] * scale[e % n]));
}

/**
 * What Kenward and Roger's adjustment needs, in scaled coordinates and in units of the residual variance.
 *
 * Sigma is linear in its parameters, the elements of sigma^2 Psi and sigma^2, so P, Q and the traces are
 * derivatives of X'Sigma^-1 X and log|Sigma|. Kenward & Roger (1997), Biometrics 53, 983-997, section 2;
 * expected information as in pbkrtest (Halekoh & Hojsgaard 2014, J. Stat. Softw. 59(9)).
 *
 * A variance of zero and a correlation of one stay among the parameters, as in pbkrtest: that they were estimated
 * at a limit does not mean that they are known.
 *
 * @throws StatsError `lmm.kenward-roger` when variances are not identified.
 */
export function kenwardRogerParts(
  tree: Tree,
  state: Elimination,
  fixed: FixedState,
  variances: { readonly lambda: Float64Array; readonly elements: readonly PlacedElement[] },
): KenwardRogerParts {
  const p = tree.m - 1;
  const { elements } = variances;
  const psi = psiOf(variances.lambda, tree.q);
  const n = elements.length + 1;
  const values = elements.map(({ at }) => psi[at.row * tree.q + at.column]);
  const derivatives = derivativesByPsi(tree, state, elements, 2);
  const { first, second, traces } = moments(derivatives, values, { a: state.a, nobs: tree.nobs });
  const size = { n: p, k: p, m: p };
  const phi = fixed.inverse;
  const firstX = first.map((packed) => unpacked(packed, p));
  const phiP = firstX.map((matrix) => multiply(phi, matrix, size));
  const information = new Float64Array(n * n);
  const twiceQ = first.map((_, r) => first.map((__, s) => unpacked(second(r, s), p)));
  for (let r = 0; r < n; r++) {
    for (let s = 0; s < n; s++) {
      information[r * n + s] = traces(r, s) - trace(phi, twiceQ[r][s], p) + trace(phiP[r], phiP[s], p);
    }
  }
  const w = covarianceOfParameters(information, n);
  const middle = new Float64Array(p * p);
  for (let r = 0; r < n; r++) {
    for (let s = 0; s < n; s++) {
      const pPhiP = multiply(firstX[r], phiP[s], size);
      for (let e = 0; e < middle.length; e++) middle[e] += w[r * n + s] * (twiceQ[r][s][e] / 2 - pPhiP[e]);
    }
  }
  const adjustment = multiply(multiply(phi, middle, size), phi, size).map((value) => 2 * value);
  const dInverse = phiP.map((matrix) => multiply(matrix, phi, size).map((value) => -value));
  return { vcovParameters: toRows(w, n, n), dInverse, adjustment };
}
