import type { Problem } from "@longwave/api";
import { problem } from "@longwave/api";
import { Refusal } from "../errors.ts";

/** What is told of an error: refusals speak for themselves, a full disk has a name, of all else nothing is shown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem;
  return isStorageFull(error) ? storageFull : failed;
}

/** The codes of SQLite and PostgreSQL for a disk, or a limit on the size of the database, that has been reached. */
function isStorageFull(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && (error.code === "SQLITE_FULL" || error.code === "53100")
  );
}

const storageFull: Problem = problem("server.storage-full", {
  expected: "room to keep what was sent",
  found: "a full disk: nothing of this request has been kept, and all that was acknowledged before is there",
  remedy: "Send it again later; tell the person who runs the server to make room.",
});

const failed: Problem = problem("server.failed", {
  expected: "to do what was asked",
  found: "an error on the server, which has written it down",
  remedy: "Try again; if it goes on, tell the person who runs the server when it happened.",
});
