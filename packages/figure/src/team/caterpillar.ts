import type { Interval } from "../types.ts";

export interface CaterpillarData {
  /** One person's slope each; any order; at most 120 are drawn, evenly taken by rank. */
  readonly slopes: readonly (Interval & { readonly reliability: number })[];
  readonly mean: number;
  readonly lowLabel: string;
  readonly highLabel: string;
  readonly unit: string;
}
