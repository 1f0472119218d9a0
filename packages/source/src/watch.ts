import { SourceError } from "./errors.ts";

/** What a database is asked for, in words, and of how much where that is known. */
export interface About {
  /** As in "adding up": what somebody who waits is told. */
  readonly doing: string;
  readonly size?: { readonly amount: number; readonly unit: "rows" | "MB" };
}

/** A question that a database is working on. */
export interface Question extends About {
  /** How far it is, from 0 to 1; undefined where the database does not say. */
  share(): number | undefined;
  /** Ends it: whoever asked gets `source.query-cancelled`. */
  stop(): void;
}

/** Is told of each question while it is worked on, and can end it. */
export interface Watcher {
  /** @returns what is called when the question has been answered, or has failed. */
  begin(question: Question): () => void;
}

/** Does some work in sight of a watcher. */
export async function watched<T>(
  watcher: Watcher | undefined,
  question: Question,
  work: () => Promise<T>,
): Promise<T> {
  const end = watcher?.begin(question);
  try {
    return await work();
  } finally {
    end?.();
  }
}

/** The question that takes longest, in words. */
export function addingUp(rows: number): About {
  return { doing: "adding up", size: { amount: rows, unit: "rows" } };
}

/** The refusal of an answer that somebody did not wait for. */
export function cancelled(place: string): SourceError {
  return new SourceError(
    "source.query-cancelled",
    `Expected the query on ${place} to run to its end; it was cancelled. Nothing was changed; run it again when there is time.`,
  );
}
