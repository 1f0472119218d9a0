import type { BandPoint } from "../mean-bands.ts";

export interface SpaghettiData {
  readonly waves: readonly string[];
  readonly yLabel: string;
  readonly yRange: readonly [number, number];
  /** One list of answers a person, one entry a wave; `null` is a gap. At most 60 are drawn, evenly taken. */
  readonly people: readonly (readonly (number | null)[])[];
  readonly means: readonly (Omit<BandPoint, "bands"> | null)[];
}
