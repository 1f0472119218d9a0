import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import { time, type WaveStateName, waveStateName } from "./shared.ts";

/** How many of a wave had been opened to, and had finished it, by the end of a day (UTC). */
export interface WaveDay {
  readonly day: string;
  readonly opened: number;
  readonly completed: number;
}

/**
 * One wave beside its plan: everyone who has joined by where they stand in it, and day by day how many it had opened to
 * by their own calendars and how many had finished. Days on which neither moved are left out.
 */
export interface WaveAgainstPlan {
  readonly wave: string;
  readonly states: Readonly<Record<WaveStateName, number>>;
  /** The share of those it opens to whom the study text expects to finish; absent where it says none. */
  readonly expectedShare?: number;
  readonly days: readonly WaveDay[];
}

/** The waves of a study beside their plan. */
export interface WavesPage {
  readonly asOf: number;
  readonly waves: readonly WaveAgainstPlan[];
}

const count = z.int().min(0);
const states = z.record(waveStateName, count);

const wavesPage: z.ZodType<WavesPage> = z.object({
  asOf: time,
  waves: z.array(
    z.object({
      wave: z.string(),
      states,
      expectedShare: z.number().exactOptional(),
      days: z.array(z.object({ day: z.string(), opened: count, completed: count })),
    }),
  ),
});

/** The row of the contract for waves beside their plan. */
export interface WavesEndpoints {
  readonly waves: Endpoint<"/api/studies/:study/waves", unknown, unknown, WavesPage>;
}

/** Endpoint of waves beside their plan. */
export const wavesEndpoints: WavesEndpoints = {
  waves: {
    who: "staff",
    needs: "study.read",
    method: "GET",
    path: "/api/studies/:study/waves",
    summary: "Every wave beside its plan: where people stand in it, and who had finished it day by day.",
    answer: { kind: "json", status: 200, schema: wavesPage },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
};
