import type { ForestZone } from "./forest.ts";
import type { Interval } from "./types.ts";

/** Change over a session of one type, over a matched time of rest in the same people, and their difference. */
export interface SessionType {
  readonly label: string;
  readonly session: Interval & { readonly count: number };
  readonly rest: Interval & { readonly count: number };
  readonly difference: Interval;
}

export interface SessionsAgainstRestData {
  readonly types: readonly SessionType[];
  readonly zones: readonly ForestZone[];
  readonly lowLabel: string;
  readonly highLabel: string;
  readonly unit: string;
}
