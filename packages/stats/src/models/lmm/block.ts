import { lowerFactor } from "../../linalg/lower-factor.ts";
import type { Block } from "./setup.ts";

/** The elements of a q x q matrix that belong to a block. */
export function blockOf(matrix: Float64Array, q: number, { start, names }: Block): Float64Array {
  const n = names.length;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) out[i * n + j] = matrix[(start + i) * q + start + j];
  return out;
}

/** Each block in its standard form: lower triangular, diagonal not negative, zero columns where singular. */
export function standardLambda(lambda: Float64Array, q: number, blocks: readonly Block[]): Float64Array {
  const out = new Float64Array(q * q);
  for (const block of blocks) {
    const n = block.names.length;
    const lower = lowerFactor(blockOf(lambda, q, block), n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) out[(block.start + i) * q + block.start + j] = lower[i * n + j];
    }
  }
  return out;
}
