import type { WaveWindow } from "./windows.ts";

export type WaveState = "not_yet" | "open" | "started" | "completed" | "missed" | "withdrawn";

/**
 * Where one person stands with one wave at `now` (ms UTC). A finished wave stays completed; an unfinished one is missed
 * at close, or withdrawn when the person left before that.
 */
export function waveState(
  window: WaveWindow,
  progress: {
    readonly started: boolean;
    readonly finished: boolean;
    readonly withdrawnAt?: number | undefined;
  },
  now: number,
): WaveState {
  if (progress.finished) return "completed";
  const leftAt = progress.withdrawnAt ?? Number.POSITIVE_INFINITY;
  if (leftAt <= now && leftAt < window.closesAt) return "withdrawn";
  if (now >= window.closesAt) return "missed";
  if (now < window.opensAt) return "not_yet";
  return progress.started ? "started" : "open";
}
