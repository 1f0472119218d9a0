import { isAbsolute, join } from "node:path";

/** Where a command writes text; `isTTY` says whether a person is looking at it. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Everything a command may know of the world: commands take it as an argument, tests pass their own. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The folder relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks a question on the terminal and gives the line typed; undefined where nobody can be asked. */
  readonly prompt: ((question: string) => Promise<string>) | undefined;
  /** Milliseconds, for progress only: no result depends on it. */
  now(): number;
  /** Whole numbers from 0 to one less, drawn by chance that nobody can draw again. */
  readonly chance: { integer(below: number): number };
  /** Runs `work` to its end even if Ctrl-C is pressed meanwhile: files are written whole or not at all. */
  holdInterrupts<T>(work: () => T): T;
  /** Resolves when the command is asked to stop (Ctrl-C, or a termination signal). */
  untilInterrupted(): Promise<void>;
}

/** A path as typed, seen from the folder of the command: it stays short in messages. */
export function pathFrom(io: Io, path: string): string {
  return isAbsolute(path) ? path : join(io.cwd, path);
}
