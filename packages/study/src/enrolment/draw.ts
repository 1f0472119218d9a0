import { sha256 } from "../canonical/sha256.ts";

/** Someone who could be invited: what names them in the frame, and the group the draw keeps in proportion. */
export interface FrameEntry {
  /** Theirs alone in the frame, such as an address. */
  readonly key: string;
  readonly stratum: string;
}

/** How many of a group were in the frame, and how many of them were drawn. */
export interface DrawnStratum {
  readonly stratum: string;
  readonly frame: number;
  readonly drawn: number;
}

/** A random sample of a frame. */
export interface Draw {
  /** Places in the frame, ascending. */
  readonly drawn: readonly number[];
  /** In the order of their names. */
  readonly strata: readonly DrawnStratum[];
}

/**
 * Draws a sample without replacement, in proportion to the size of each stratum, largest remainders first.
 *
 * Within a stratum the people with the smallest SHA-256 of seed and key are drawn: everybody has the same chance, the
 * order of the frame does not matter, and anyone with the frame and the seed can draw the same people again.
 *
 * @param number  how many to draw; the whole frame when it holds no more.
 * Cochran (1977), Sampling Techniques, 3rd ed., section 5.5 (proportional allocation).
 */
export function drawSample(
  frame: readonly FrameEntry[],
  { number, seed }: { readonly number: number; readonly seed: string },
): Draw {
  const ranked = frame.map(({ key, stratum }, place) => ({
    ...{ place, stratum },
    rank: sha256(JSON.stringify([seed, key])),
  }));
  const members = new Map<string, typeof ranked>();
  for (const entry of ranked) {
    const own = members.get(entry.stratum);
    if (own) own.push(entry);
    else members.set(entry.stratum, [entry]);
  }
  const names = [...members.keys()].sort();
  const sizes = names.map((name) => members.get(name)?.length ?? 0);
  const shares = allocate(sizes, Math.min(number, frame.length));
  const drawn = names.flatMap((name, s) => [...(members.get(name) ?? [])].sort(byRank).slice(0, shares[s]));
  return {
    drawn: drawn.map(({ place }) => place).sort((a, b) => a - b),
    strata: names.map((stratum, s) => ({ stratum, frame: sizes[s] ?? 0, drawn: shares[s] ?? 0 })),
  };
}

function byRank(a: { readonly rank: string }, b: { readonly rank: string }): number {
  return a.rank < b.rank ? -1 : 1;
}

/** Whole numbers in proportion to `sizes` that add up to `number`: Hamilton's method, ties in the order given. */
function allocate(sizes: readonly number[], number: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total === 0) return [];
  const shares = sizes.map((size) => Math.floor((size * number) / total));
  const left = number - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = sizes
    .map((size, s) => ({ s, remainder: (size * number) % total }))
    .sort((a, b) => b.remainder - a.remainder || a.s - b.s);
  for (const { s } of byRemainder.slice(0, left)) shares[s] = (shares[s] ?? 0) + 1;
  return shares;
}
