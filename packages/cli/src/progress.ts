import type { Io } from "./io.ts";

const QUIET_MS = 1000;
const CELLS = 24;

/** Shows how far a long command has come. */
export interface ProgressLine {
  show(done: number, total: number, doing: string): void;
  clear(): void;
}

/**
 * A progress bar on standard error: only when a person looks at it, and only from the second second on.
 */
export function progressLine(io: Io): ProgressLine {
  const startedAt = io.now();
  let drawn = false;
  return {
    show(done, total, doing) {
      if (io.stderr.isTTY !== true || io.now() - startedAt < QUIET_MS) return;
      const full = total === 0 ? 0 : Math.round((CELLS * done) / total);
      io.stderr.write(`\r\u001b[K[${"#".repeat(full)}${"-".repeat(CELLS - full)}] ${done}/${total} ${doing}`);
      drawn = true;
    },
    clear() {
      if (drawn) io.stderr.write("\r\u001b[K");
      drawn = false;
    },
  };
}
