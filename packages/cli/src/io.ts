import { isAbsolute, join } from "node:path";

/** Where a command writes text; `isTTY` says whether a person is looking at it. */
export interface Output {
  readonly isTTY?: boolean;
  /** The width of the terminal, where it says one. */
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Everything a command may know of the world: commands take it as an argument, tests pass their own. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The folder relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True where no bar of progress is wanted (`--quiet`). */
  readonly isQuiet?: boolean;
  /** Asks a question on the terminal and gives the line typed; undefined where nobody can be asked. */
  readonly prompt: ((question: string) => Promise<string>) | undefined;
  /** Milliseconds, for progress only: no result depends on it. */
  now(): number;
  /** Does something again and again until what it returns is called; for progress only. */
  every(ms: number, work: () => void): () => void;
  /** Whole numbers from 0 to one less, drawn by chance that nobody can draw again. */
  readonly chance: { integer(below: number): number };
  /** Ctrl-C and how commands end by it. */
  readonly interrupts: Interrupts;
}

/** Ctrl-C, and a termination signal, which is the same from afar. */
export interface Interrupts {
  /** Resolves when the command is asked to stop: for one that runs until then. */
  wait(): Promise<void>;
  /** Says what has to be stopped while it runs; what is returned ends that. */
  onStop(stop: () => void): () => void;
  /** Runs long work that never waits for anything; Ctrl-C ends it where it is, and `stopped` is true then. */
  during<T>(work: () => T): T;
  /** The exit code of the signal that came, if one came. */
  stopped(): number | undefined;
}

/** A path as typed, seen from the folder of the command: it stays short in messages. */
export function pathFrom(io: Io, path: string): string {
  return isAbsolute(path) ? path : join(io.cwd, path);
}
