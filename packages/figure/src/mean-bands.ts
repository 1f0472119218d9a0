import type { ForestRow } from "./types.ts";

/** A mean with its 95 % interval, the number of answers, and the bounds between which shares of them lie. */
export interface BandPoint {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  /** Widest first, for example the middle 80 % and the middle 50 % of answers. */
  readonly bands: readonly { readonly lower: number; readonly upper: number }[];
}

export interface BandGroup {
  readonly label: string;
  readonly role: ForestRow["role"];
  /** One entry a wave, in order; `null` for a wave with fewer than ten answers, which is a gap. */
  readonly points: readonly (BandPoint | null)[];
}

export interface MeanBandsData {
  readonly waves: readonly string[];
  readonly yLabel: string;
  readonly yRange: readonly [number, number];
  /** What the bands hold, widest first, as shares of answers: `[0.8, 0.5]`. */
  readonly shares: readonly number[];
  readonly groups: readonly BandGroup[];
}
