import { choleskyInto, logDetFromCholesky } from "../../linalg/cholesky.ts";

/**
 * What the criterion needs of one Gram matrix G = Z'Z at one Lambda, with Psi = Lambda Lambda'; all q x q by rows.
 *
 * K = Lambda (I + Lambda'G Lambda)^-1 Lambda' takes part of W'V^-1 W = W'W - U'K U, with U = Z'W.
 */
export interface GroupKernel {
  /** C of I + Lambda'G Lambda = C C', which stays positive definite for singular Psi. */
  readonly factor: Float64Array;
  /** T = C^-1 Lambda', so that K = T'T. */
  readonly root: Float64Array;
  /** F = G T'. */
  readonly gramRoot: Float64Array;
  /** R = I - F T = (I + G Psi)^-1: the derivative of U'K U by Psi is (R U) (.) (R U)'. */
  readonly response: Float64Array;
  /** G - F F' = R G: the derivative of log|I + Psi G| by Psi. */
  readonly trace: Float64Array;
}

/** Buffers for q random effects. */
export function groupKernel(q: number): GroupKernel {
  const square = () => new Float64Array(q * q);
  return { factor: square(), root: square(), gramRoot: square(), response: square(), trace: square() };
}

/** Writes `I + Lambda'G Lambda` into the lower triangle of `out`; G starts at `from`. */
function capacitanceInto(out: Float64Array, lambda: Float64Array, gram: Float64Array, from: number): void {
  const q = Math.round(Math.sqrt(out.length));
  for (let i = 0; i < q; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 1 : 0;
      for (let r = i; r < q; r++) {
        for (let t = j; t < q; t++) sum += lambda[r * q + i] * gram[from + r * q + t] * lambda[t * q + j];
      }
      out[i * q + j] = sum;
    }
  }
}

/** Writes C and T of the Gram matrix at `from` and returns log|I + Psi G|; NaN where that does not exist. */
function rootInto(kernel: GroupKernel, lambda: Float64Array, gram: Float64Array, from: number): number {
  const { factor, root } = kernel;
  const q = Math.round(Math.sqrt(root.length));
  capacitanceInto(root, lambda, gram, from);
  if (!choleskyInto(factor, root, q)) return Number.NaN;
  for (let j = 0; j < q; j++) {
    for (let i = 0; i < q; i++) {
      let sum = lambda[j * q + i];
      for (let k = 0; k < i; k++) sum -= factor[i * q + k] * root[k * q + j];
      root[i * q + j] = sum / factor[i * q + i];
    }
  }
  return logDetFromCholesky(factor, q);
}

/** Writes the kernel of the Gram matrix at `from` and returns log|I + Psi G|; NaN where that does not exist. */
export function derivedInto(
  kernel: GroupKernel,
  lambda: Float64Array,
  gram: Float64Array,
  from: number,
): number {
  const { root, gramRoot, response, trace } = kernel;
  const q = Math.round(Math.sqrt(root.length));
  const logDet = rootInto(kernel, lambda, gram, from);
  for (let r = 0; r < q; r++) {
    for (let s = 0; s < q; s++) {
      let sum = 0;
      for (let t = 0; t < q; t++) sum += gram[from + r * q + t] * root[s * q + t];
      gramRoot[r * q + s] = sum;
    }
  }
  for (let r = 0; r < q; r++) {
    for (let s = 0; s < q; s++) {
      let [left, rest] = [r === s ? 1 : 0, gram[from + r * q + s]];
      for (let t = 0; t < q; t++) {
        left -= gramRoot[r * q + t] * root[t * q + s];
        rest -= gramRoot[r * q + t] * gramRoot[s * q + t];
      }
      response[r * q + s] = left;
      trace[r * q + s] = rest;
    }
  }
  return logDet;
}

/** K = T'T of each of `count` Gram matrices: count x q x q. */
export function kernelsOf(gram: Float64Array, count: number, lambda: Float64Array): Float64Array {
  const size = lambda.length;
  const q = Math.round(Math.sqrt(size));
  const kernel = groupKernel(q);
  const out = new Float64Array(count * size);
  for (let g = 0; g < count; g++) {
    rootInto(kernel, lambda, gram, g * size);
    for (let i = 0; i < q; i++) {
      for (let j = 0; j < q; j++) {
        let sum = 0;
        for (let k = 0; k < q; k++) sum += kernel.root[k * q + i] * kernel.root[k * q + j];
        out[g * size + i * q + j] = sum;
      }
    }
  }
  return out;
}
