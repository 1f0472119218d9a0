import type { Client, Problem } from "@longwave/api";
import { ApiError, createClient } from "@longwave/api";

/** The typed client of the server behind this page. */
export const api: Client = createClient({ fetch: (address, init) => fetch(address, init) });

/** Why something failed: a problem in the server's words, or no connection (`undefined`). */
export interface Failure {
  readonly problem: Problem | undefined;
}

/** A failure from whatever was thrown. */
export function failureOf(thrown: unknown): Failure {
  return { problem: thrown instanceof ApiError ? thrown.problem : undefined };
}

/** Whether a failure means that nobody is signed in. */
export function isSignedOut(failure: Failure): boolean {
  return failure.problem?.code === "staff.not-signed-in";
}
