import { StatsError } from "../errors.ts";

/** A stream of random numbers that is the same for the same seed, on every machine. */
export interface Random {
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform on the whole numbers 0 to `below - 1`. */
  integer(below: number): number;
  /** An independent stream named by `label`; it does not depend on how much of this one was used. */
  fork(label: string): Random;
}

/** Steele, Lea & Flood's mixer as 32 bits: spreads a seed over the state of the generator. */
function splitMix(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}

/** FNV-1a of a text, 32 bits. */
function hashText(text: string, seed: number): number {
  let hash = seed >>> 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

function rotateLeft(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

/** xoshiro128**: Blackman & Vigna (2021), ACM Trans. Math. Softw. 47(4), article 36. */
function xoshiro(seeds: readonly number[]): () => number {
  const state = Uint32Array.from(seeds);
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotateLeft(state[3], 11);
    return result;
  };
}

function checkBelow(below: number): void {
  if (Number.isInteger(below) && below >= 1 && below <= 2 ** 32) return;
  throw new StatsError(
    "random.argument",
    `Expected a whole number from 1 to 2^32; found ${below}. integer(n) gives 0 to n - 1.`,
  );
}

/** Marsaglia's polar method: pairs of normals from points in the unit disc. */
function normalSource(uniform: () => number): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
}

/**
 * A seeded stream of random numbers.
 *
 * @throws StatsError `random.argument` when the seed is not a whole number of at most 53 bits.
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) {
    throw new StatsError(
      "random.argument",
      `Expected a whole number as seed; found ${seed}. Use for example 1.`,
    );
  }
  return fromState(seed, hashText(String(seed), 0x811c9dc5));
}

function fromState(seed: number, salt: number): Random {
  const low = splitMix(seed % 2 ** 32);
  const high = splitMix(Math.floor(seed / 2 ** 32) ^ salt);
  const next = xoshiro([low() ^ high(), low() ^ high(), low() ^ high(), (low() ^ high()) | 1]);
  const uniform = () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
  return {
    uniform,
    normal: normalSource(uniform),
    integer(below) {
      checkBelow(below);
      // Values past the largest multiple of `below` would make small numbers likelier: draw again.
      const limit = 2 ** 32 - (2 ** 32 % below);
      let value = next();
      while (value >= limit) value = next();
      return value % below;
    },
    fork: (label) => fromState(seed, hashText(label, Math.imul(salt, 0x01000193) ^ 0x5bd1e995)),
  };
}
