import type { PanelPlan } from "@longwave/stats/from-sums";

/** The places of the waves that a number has bits for, ascending. */
export function wavesIn(bits: number, { waves }: Pick<PanelPlan, "waves">): number[] {
  return [...waves.keys()].filter((wave) => (bits & (1 << wave)) !== 0);
}
