import type { BandPoint } from "./mean-bands.ts";

/** People whose last answer was at the same wave. */
export interface LastWaveGroup {
  /** For example "Wave 3"; the wave of the last answer. */
  readonly label: string;
  readonly people: number;
  /** Means of the outcome by waves before the last one: 0 is the last, 1 the one before it. */
  readonly points: readonly (Omit<BandPoint, "bands"> & { readonly before: number })[];
  /** The last wave of the study: these people stayed. */
  readonly stayed: boolean;
}

export interface LastWaveMeansData {
  readonly yLabel: string;
  readonly groups: readonly LastWaveGroup[];
}
