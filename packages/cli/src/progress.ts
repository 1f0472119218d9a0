import type { Watcher } from "@longwave/source";
import type { Io } from "./io.ts";

const QUIET_MS = 1000;
const REDRAW_MS = 200;
const CELLS = 24;
const WIPE = "\r\u001b[K";

/** How far some work has come, and what is known of it. */
interface Standing {
  readonly doing: string;
  /** From 0 to 1; undefined where nobody knows. */
  readonly share: number | undefined;
  readonly elapsedMs: number;
  readonly size?: { readonly amount: number; readonly unit: string } | undefined;
}

/** A bar for whoever looks at standard error, wiped at the end. */
interface Bar {
  draw(standing: Standing): void;
  clear(): void;
}

/** Nothing is drawn before the second second: what is soon done needs no bar. */
function barOn(io: Io, startedAt: number): Bar {
  let drawn = false;
  return {
    draw(standing) {
      if (io.isQuiet || io.stderr.isTTY !== true || io.now() - startedAt < QUIET_MS) return;
      const line = barText(standing).slice(0, (io.stderr.columns || 80) - 1);
      io.stderr.write(`${WIPE}${line}`);
      drawn = true;
    },
    clear() {
      if (drawn) io.stderr.write(WIPE);
      drawn = false;
    },
  };
}

/** `[######----] 25 % adding up, 1.2 M rows/s, 6 s left`; without a share a piece that moves, and the seconds so far. */
export function barText({ doing, share, elapsedMs, size }: Standing): string {
  const seconds = elapsedMs / 1000;
  if (share === undefined) {
    const place = Math.round(elapsedMs / REDRAW_MS) % (CELLS - 3);
    return `[${"-".repeat(place)}####${"-".repeat(CELLS - 4 - place)}] ${doing}, ${inTime(seconds)} so far`;
  }
  const full = Math.round(CELLS * Math.min(1, share));
  const bar = `[${"#".repeat(full)}${"-".repeat(CELLS - full)}] ${Math.floor(100 * share)} % ${doing}`;
  if (share <= 0 || seconds === 0) return bar;
  const rate = size === undefined ? "" : `, ${perSecond((share * size.amount) / seconds)} ${size.unit}/s`;
  return `${bar}${rate}, ${inTime((seconds * (1 - share)) / share)} left`;
}

function perSecond(rate: number): string {
  if (rate >= 1e6) return `${(rate / 1e6).toFixed(1)} M`;
  return rate >= 10 ? Math.round(rate).toLocaleString("en") : rate.toFixed(1);
}

function inTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 100) return `${whole} s`;
  return whole < 5940 ? `${Math.round(whole / 60)} min` : `${(whole / 3600).toFixed(1)} h`;
}

/** Shows how far a long command has come. */
export interface ProgressLine {
  show(done: number, total: number, doing: string): void;
  clear(): void;
}

/**
 * A progress bar on standard error for work in steps: only when a person looks at it, and only from the second second
 * on.
 *
 * @param unit  what steps are called in a rate; without it no rate is given, as the steps differ.
 */
export function progressLine(io: Io, unit?: string): ProgressLine {
  const startedAt = io.now();
  const bar = barOn(io, startedAt);
  return {
    show(done, total, doing) {
      const share = total === 0 ? 0 : done / total;
      const size = unit === undefined ? undefined : { amount: total, unit };
      const steps = unit === undefined ? `${done}/${total} ${doing}` : doing;
      bar.draw({ doing: steps, share, elapsedMs: io.now() - startedAt, size });
    },
    clear: bar.clear,
  };
}

/** Lets Ctrl-C in between two pieces of work that wait for nothing. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Draws a bar for the questions that a source asks a database, and ends them on Ctrl-C. */
export function watcherOf(io: Io): Watcher {
  const bar = barOn(io, io.now());
  let depth = 0;
  return {
    begin(question) {
      depth += 1;
      const isOutermost = depth === 1;
      const startedAt = io.now();
      const draw = () => bar.draw({ ...question, share: question.share(), elapsedMs: io.now() - startedAt });
      const endDrawing = isOutermost ? io.every(REDRAW_MS, draw) : () => undefined;
      const endStopping = io.interrupts.onStop(question.stop);
      return () => {
        depth -= 1;
        endDrawing();
        endStopping();
        if (isOutermost) bar.clear();
      };
    },
  };
}
