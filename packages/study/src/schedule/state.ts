import type { WaveWindow } from "./windows.ts";

export type WaveState = "not_yet" | "open" | "started" | "completed" | "missed";

/** Where one person stands with one wave at `now` (ms UTC). A finished wave stays completed; an unfinished one is missed at close. */
export function waveState(
  window: WaveWindow,
  progress: { readonly started: boolean; readonly finished: boolean },
  now: number,
): WaveState {
  if (progress.finished) return "completed";
  if (now >= window.closesAt) return "missed";
  if (now < window.opensAt) return "not_yet";
  return progress.started ? "started" : "open";
}
