import type { AnswerSubmission } from "@longwave/api";

/** Answers to one session or rest, all given at one moment. */
export function answersTo(
  id: string,
  values: Readonly<Record<string, number | string>>,
  answeredAt: number,
  event = "session_log",
): readonly AnswerSubmission[] {
  return Object.entries(values).map(([item, value]) => ({
    id: crypto.randomUUID(),
    wave: `${event}/${id}`,
    item,
    payload: { kind: "value" as const, value },
    answeredAt,
  }));
}
