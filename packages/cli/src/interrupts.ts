import { Script } from "node:vm";
import type { Interrupts } from "./io.ts";

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof SIGNALS;
const NAMES = Object.keys(SIGNALS) as Signal[];

/** How long what was told to stop may take to do so. */
const PATIENCE_MS = 3000;

/** Where `during` finds the work it runs: a script of its own cannot see our variables. */
const WORK = Symbol.for("longwave.work");
const script = new Script('globalThis[Symbol.for("longwave.work")]()');

/** Sets what happens for a signal, and gives the way back. */
function onSignals(handle: (signal: Signal) => void): () => void {
  const handlers = NAMES.map((name) => [name, () => handle(name)] as const);
  for (const [name, handler] of handlers) process.on(name, handler);
  return () => {
    for (const [name, handler] of handlers) process.off(name, handler);
  };
}

/**
 * The signals of this process. Between two waits nothing is stopped: a file is written whole, or not at all.
 *
 * The first one stops what was named to be stopped, and the command ends by the error that this makes; with nothing to
 * stop, or after `PATIENCE_MS`, or at the second one, the process ends there and then, by `farewell`.
 *
 * @param farewell  says that the command was stopped.
 */
export function processInterrupts(farewell: () => void): Interrupts {
  const stops = new Set<() => void>();
  let code: number | undefined;
  let waiting: (() => void) | undefined;
  const leave = (): never => {
    farewell();
    return process.exit(code);
  };
  const release = onSignals((signal) => {
    const isSecond = code !== undefined;
    code = SIGNALS[signal];
    if (waiting !== undefined) {
      release();
      waiting();
      return;
    }
    if (isSecond || stops.size === 0) leave();
    for (const stop of stops) stop();
    setTimeout(leave, PATIENCE_MS).unref();
  });
  return {
    wait: () =>
      new Promise((resolve) => {
        waiting = resolve;
      }),
    onStop(stop) {
      stops.add(stop);
      return () => stops.delete(stop);
    },
    during(work) {
      try {
        return uninterrupted(work);
      } catch (error) {
        if (isInterruption(error)) code = SIGNALS.SIGINT;
        throw error;
      }
    },
    stopped: () => code,
  };
}

/** Only a script of its own can be ended in the middle, and only by Ctrl-C; the process lives on. */
function uninterrupted<T>(work: () => T): T {
  const done: T[] = [];
  const place = globalThis as { [WORK]?: () => void };
  place[WORK] = () => {
    done.push(work());
  };
  try {
    script.runInThisContext({ breakOnSigint: true });
  } finally {
    delete place[WORK];
  }
  return done[0] as T;
}

function isInterruption(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
}
