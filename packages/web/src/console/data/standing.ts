import type { StudySummary } from "@longwave/api";

/** Whether answers are taken from those who have joined: after the lock nothing is. */
export function takesAnswers({ phase }: Pick<StudySummary, "phase">): boolean {
  return phase === "recruiting" || phase === "running";
}

/** Whether people can be added: while recruitment is open, and not in a pause. */
export function takesPeople({ phase, pausedAt }: Pick<StudySummary, "phase" | "pausedAt">): boolean {
  return phase === "recruiting" && pausedAt === undefined;
}
