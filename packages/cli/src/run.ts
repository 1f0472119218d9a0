import { nearestName } from "@longwave/source";
import type { CheckCommand, Command } from "./command.ts";
import { CliError, isUsersMistake } from "./errors.ts";
import { commandHelp, programHelp } from "./help.ts";
import type { Io } from "./io.ts";
import type { CommandName } from "./summaries.ts";
import { version } from "./version.ts";

/** Exit codes: done (or yes); no, or a fault of ours; a mistake of the user's. */
export const EXIT = { done: 0, no: 1, fault: 1, mistake: 2 } as const;

/** What is said when Ctrl-C ended a command. */
export const STOPPED = "stopped. Nothing half done was left behind.";

/** Commands are loaded when they are asked for: `longwave fit` should not wait for the server to load. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<Command | CheckCommand>>> = {
  fit: async () => (await import("./commands/fit.ts")).fit,
  sums: async () => (await import("./commands/sums.ts")).sums,
  cube: async () => (await import("./commands/cube.ts")).cube,
  shard: async () => (await import("./commands/shard.ts")).shard,
  riclpm: async () => (await import("./commands/riclpm.ts")).riclpm,
  power: async () => (await import("./commands/power.ts")).power,
  analyse: async () => (await import("./commands/analyse.ts")).analyse,
  verify: async () => (await import("./commands/verify.ts")).verify,
  check: async () => (await import("./commands/check.ts")).check,
  plan: async () => (await import("./commands/plan.ts")).plan,
  release: async () => (await import("./commands/release.ts")).release,
  export: async () => (await import("./commands/export.ts")).exportData,
  import: async () => (await import("./commands/import.ts")).importData,
  strobe: async () => (await import("./commands/strobe.ts")).strobe,
  simulate: async () => (await import("./commands/simulate.ts")).simulate,
  serve: async () => (await import("./commands/serve.ts")).serve,
  rekey: async () => (await import("./commands/rekey.ts")).rekey,
  audit: async () => (await import("./commands/audit.ts")).audit,
  backup: async () => (await import("./commands/backup.ts")).backup,
  restore: async () => (await import("./commands/restore.ts")).restore,
  bounces: async () => (await import("./commands/bounces.ts")).bounces,
  doctor: async () => (await import("./commands/doctor.ts")).doctor,
  "sign-in": async () => (await import("./commands/sign-in.ts")).signIn,
};

/**
 * Runs the command line `args` (without the program's name).
 *
 * @returns the exit code: 0 done, 1 a check that says no or a fault of Longwave's, 2 something the user can correct,
 *   130 ended by Ctrl-C.
 */
export async function main(args: readonly string[], world: Io): Promise<number> {
  const [name, ...typed] = args;
  const rest = typed.filter((word) => word !== "--quiet");
  const io: Io = rest.length < typed.length ? { ...world, isQuiet: true } : world;
  try {
    if (name === undefined || name === "--help" || name === "-h" || name === "help") {
      io.stdout.write(programHelp());
      return EXIT.done;
    }
    if (name === "--version" || name === "-v") {
      io.stdout.write(`${version()}\n`);
      return EXIT.done;
    }
    const command = await findCommand(name);
    if (rest.includes("--help") || rest.includes("-h")) {
      io.stdout.write(commandHelp(command.description));
      return EXIT.done;
    }
    if ("check" in command) return (await command.check(rest, io)) ? EXIT.done : EXIT.no;
    await command.run(rest, io);
    return EXIT.done;
  } catch (error) {
    return explain(error, name ?? "", io);
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

async function findCommand(name: string): Promise<Command | CheckCommand> {
  if (isCommand(name)) return COMMANDS[name]();
  const names = Object.keys(COMMANDS);
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? "" : `Did you mean "${nearest}"? `;
  throw new CliError(
    "cli.unknown-command",
    `Expected a command (${names.join(", ")}); found "${name}". ${hint}"longwave --help" says what each does.`,
  );
}

function explain(error: unknown, name: string, io: Io): number {
  const about = name.startsWith("-") ? "longwave" : `longwave ${name}`;
  const stopped = io.interrupts.stopped();
  if (stopped !== undefined) {
    io.stderr.write(`${about}: ${STOPPED}\n`);
    return stopped;
  }
  if (isUsersMistake(error)) {
    io.stderr.write(`${about}: ${error.message}\n`);
    return EXIT.mistake;
  }
  const message = error instanceof Error ? error.message : String(error);
  io.stderr.write(`${about}: a fault of Longwave's, not yours: ${message}\n`);
  if (io.env.LONGWAVE_DEBUG === "1" && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  else io.stderr.write("Set LONGWAVE_DEBUG=1 to see where, and please report it.\n");
  return EXIT.fault;
}
