import type { WaveStateName } from "@longwave/api";
import { count, people } from "./en.ts";

/** Waves beside their plan. */
export const wavesWords = {
  title: "Waves against plan",
  lede: "Everyone who has joined, by where they stand. Days are those on which a wave opened on people's own calendars.",
  states: "Where people stand in every wave",
  wave: "Wave",
  waveName: (id: string): string => `Wave ${id.replace(/^w/i, "")}`,
  names: {
    not_yet: "Not yet",
    open: "Open",
    started: "Begun",
    completed: "Finished",
    missed: "Missed",
    withdrawn: "Left",
  } as Readonly<Record<WaveStateName, string>>,
  emptyTitle: "No wave has opened yet.",
  empty: "Each wave shows here from the day on which it first opens to somebody.",
  says: (name: string, completed: number, opened: number): string =>
    `${name}: ${count(completed)} finished of ${people(opened)} to whom it has opened`,
  plan: (expected: number, share: number): string =>
    `Dashed: the plan, ${Math.round(share * 100)} % of those to whom it has opened (${count(expected)} by now). Line: finished.`,
  noPlan:
    "The study text states no expected share for this wave (expectedShare), so there is no plan to stand beside. Dashed: to whom it has opened. Line: finished.",
  asTable: (name: string): string => `${name} as a table`,
  by: "By",
  opened: "Opened to",
  expected: "Planned",
} as const;
