import { localDateOf } from "../schedule/rest-moments.ts";
import type { Protocol } from "./types.ts";

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

/** How far it is to the last day on which the data of a study may be kept; `keepUntil` as YYYY-MM-DD. */
export type RetentionState =
  | { readonly kind: "none" }
  | { readonly kind: "ahead" | "soon" | "over"; readonly keepUntil: string };

/**
 * Where a study stands at a moment (ms UTC): `soon` within 30 days of its last day and on that day, `over` after it,
 * on the calendar of the study's own time zone.
 */
export function retentionState(
  { retention, messages }: Pick<Protocol, "retention" | "messages">,
  now: number,
): RetentionState {
  if (retention === undefined) return { kind: "none" };
  const { keepUntil } = retention;
  const today = localDateOf(now, messages.timeZone ?? "UTC");
  const daysLeft = (Date.parse(keepUntil) - Date.parse(today)) / DAY_MS;
  if (daysLeft < 0) return { kind: "over", keepUntil };
  return { kind: daysLeft <= SOON_DAYS ? "soon" : "ahead", keepUntil };
}
