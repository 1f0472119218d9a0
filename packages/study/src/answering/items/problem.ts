import type { AnswerProblem, AnswerValue, CheckedAnswer } from "../form.ts";

/** A refused answer with its problem in three parts. */
export function refuse(problem: AnswerProblem): CheckedAnswer {
  return { ok: false, problem };
}

/** An accepted answer, as it will be stored. */
export function accept(value: AnswerValue): CheckedAnswer {
  return { ok: true, payload: { kind: "value", value } };
}

/** A received value in words short enough for a message. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return value.length > 40 ? `“${value.slice(0, 40)}…”` : `“${value}”`;
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (!Array.isArray(value)) return "something that is not an answer";
  if (value.length > 12) return `a list of ${value.length}`;
  return `[${value.map(show).join(", ")}]`;
}
