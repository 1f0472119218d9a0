import type { OwnRecord } from "@longwave/api";
import type { Words } from "../text/index.ts";

/** One question over time. */
export type Measure = Extract<OwnRecord["feedback"], { kind: "record" }>["measures"][number];

/** An answer, or why there is none, in words. */
export function pointText(point: Measure["points"][number], words: Words): string {
  switch (point.state) {
    case "answered":
      return point.answer;
    case "skipped":
      return words.own.skipped;
    case "not_answered":
      return words.own.notAnswered;
    case "to_come":
      return words.own.toCome;
  }
}
