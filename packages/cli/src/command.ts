import type { Io } from "./io.ts";

/** An option of a command; without `value` it is a switch. */
export interface OptionDescription {
  readonly name: string;
  /** How its value is shown in the help: `FILE`, `N`, `reml|ml`. */
  readonly value?: string;
  readonly help: string;
}

/** What a command is called and how it is used: its help is made from this, and nothing else. */
export interface CommandDescription {
  readonly name: string;
  readonly summary: string;
  /** The last one may stand for one or several: `many`. */
  readonly arguments: readonly { readonly name: string; readonly help: string; readonly many?: true }[];
  readonly options: readonly OptionDescription[];
  readonly examples: readonly { readonly line: string; readonly what: string }[];
  /** Sentences after the options. */
  readonly notes?: readonly string[];
}

export interface Command {
  readonly description: CommandDescription;
  run(args: readonly string[], io: Io): Promise<void>;
}

/** A command that answers a question: yes leaves the exit code 0, no makes it 1. */
export interface CheckCommand {
  readonly description: CommandDescription;
  check(args: readonly string[], io: Io): Promise<boolean>;
}
