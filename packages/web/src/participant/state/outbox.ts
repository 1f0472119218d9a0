import type { AnswerSubmission, AnswersReceipt } from "@longwave/api";

/** Answers on their way to the server: kept until the server says that each is saved. */
export interface Outbox {
  readonly unsent: readonly AnswerSubmission[];
  /** `waiting`: the last try failed, and another follows by itself. */
  readonly status: "idle" | "sending" | "waiting";
  /** Failed tries in a row. */
  readonly failures: number;
  /** Whether the server has kept any answer since the page was opened. */
  readonly everSaved: boolean;
}

export const emptyOutbox: Outbox = { unsent: [], status: "idle", failures: 0, everSaved: false };

/** Most answers the server takes at once. */
const mostAtOnce = 200;

/** The outbox with one more answer at its end. */
export function enqueue(outbox: Outbox, submission: AnswerSubmission): Outbox {
  return { ...outbox, unsent: [...outbox.unsent, submission] };
}

/** The answers to send now, oldest first; a correction never goes before the answer it replaces. */
export function nextBatch(outbox: Outbox): readonly AnswerSubmission[] {
  return outbox.unsent.slice(0, mostAtOnce);
}

/** The outbox while a batch is on its way. */
export function sending(outbox: Outbox): Outbox {
  return { ...outbox, status: "sending" };
}

/** The outbox after the server's answer: what it saved or refused has left; what it did not name stays. */
export function received(outbox: Outbox, receipt: AnswersReceipt): Outbox {
  const settled = new Set([...receipt.saved, ...receipt.refused].map((entry) => entry.id));
  return {
    unsent: outbox.unsent.filter((submission) => !settled.has(submission.id)),
    status: settled.size === 0 ? "waiting" : "idle",
    failures: settled.size === 0 ? outbox.failures + 1 : 0,
    everSaved: outbox.everSaved || receipt.saved.length > 0,
  };
}

/** The outbox after a try that did not reach the server: nothing leaves it. */
export function notReceived(outbox: Outbox): Outbox {
  return { ...outbox, status: "waiting", failures: outbox.failures + 1 };
}

/** The outbox ready for another try. */
export function readyAgain(outbox: Outbox): Outbox {
  return { ...outbox, status: "idle" };
}

/** Milliseconds until the next try after `failures` in a row: 1 s, doubling, at most 30 s. */
export function waitBeforeRetryMs(failures: number): number {
  return Math.min(30_000, 1000 * 2 ** Math.max(0, failures - 1));
}

/** What may be said about saving; `saved` only after the server's own answer. */
export function savingState(outbox: Outbox): "as_you_go" | "saving" | "saved" | "not_yet_sent" {
  if (outbox.failures > 0 && outbox.unsent.length > 0) return "not_yet_sent";
  if (outbox.unsent.length > 0) return "saving";
  return outbox.everSaved ? "saved" : "as_you_go";
}
