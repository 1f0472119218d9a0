import { existsSync } from "node:fs";
import { HELP_OPTION, readArguments, requiredOption, type Typed } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { MASTER_KEY_OPTION, namedMasterKey } from "../store.ts";
import { SUMMARIES } from "../summaries.ts";

const description: CommandDescription = {
  name: "restore",
  summary: SUMMARIES.restore,
  arguments: [{ name: "FILE", help: "a backup made by longwave backup" }],
  options: [
    { name: "data", value: "FOLDER", help: "where to; a new or empty folder" },
    {
      name: "replaces",
      value: "FOLDER",
      help: "the data folder whose place it takes, with its server stopped: who left since then stays out, and what was sent is not sent again",
    },
    {
      name: "without-list",
      help: "there is no such folder any more: nobody can say who has left since the backup",
    },
    {
      name: "keys",
      value: "FILE",
      help: "the keys made with the backup or later (those of the folder replaced)",
    },
    MASTER_KEY_OPTION,
    {
      name: "yes",
      help: "go on without asking when studies have fewer people or answers than in the folder replaced",
    },
    HELP_OPTION,
  ],
  notes: [
    "The backup is checked against its hashes, and its tables are brought up to this version. Everyone who left or was erased since the backup leaves again, as the folder replaced has it. Messages that waited when the backup was made become uncertain: they are shown, and never sent by themselves.",
    "Who was erased has no key any more: with keys made after the backup they stay erased even without the folder replaced. Keys made before the backup lack those of people added since, and are refused.",
    "The folder replaced is left as it is. Once the restored one runs, delete it: it still holds what it held.",
  ],
  examples: [
    {
      line: "longwave restore monday.tar.gz --data new-data --replaces longwave-data",
      what: "then start the server with --data new-data",
    },
    {
      line: "longwave restore monday.tar.gz --data longwave-data --without-list --keys keys.tar.gz",
      what: "on a new machine, after the old one was lost",
    },
  ],
};

/** `longwave restore FILE --data FOLDER`: a backup as a data folder again. */
export const restore: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const backup = pathFrom(io, typed.positionals[0] ?? "");
  if (!existsSync(backup)) {
    throw new CliError("cli.no-file", `Expected a backup in ${backup}; there is none. Check its name.`);
  }
  const dataDir = pathFrom(io, requiredOption(typed, description, "data")).replace(/[/\\]+$/, "");
  const { restoreStore } = await import("@longwave/server"); // only now: help and mistakes need no server
  const restored = await restoreStore({
    backup,
    dataDir,
    at: Date.now(),
    ...namedMasterKey(io, typed),
    ...pathsOf(io, typed),
    agrees: (shrinking) => agrees(io, typed, shrinking),
  });
  if (restored === undefined) throw new CliError("cli.smaller-data", notAgreed);
  const { departures, erasedSince, uncertain, hasKeys, manifest } = restored;
  io.stdout.write(
    [
      `Restored to ${dataDir}, as of ${new Date(manifest.madeAt).toISOString()}.`,
      `  left since, and left again: ${departures}`,
      ...(erasedSince === 0
        ? []
        : [`  erased, since their keys have been destroyed after the backup: ${erasedSince}`]),
      `  messages that may have been sent: ${uncertain}${uncertain === 0 ? "" : ", see Messages in the console"}`,
      ...(hasKeys ? [] : ["  no key of links: every link in use has ended; send new ones from the console"]),
      ...(typed.has("without-list")
        ? ["  nobody could say who has left since without being erased: find out before anything is sent"]
        : []),
      `Start it with: longwave serve --data ${dataDir}`,
      "",
    ].join("\n"),
  );
}

const notAgreed =
  "Expected a backup at least as large as the folder it replaces, or a yes; it is smaller and was not agreed to. Nothing was changed. Look for a newer backup, or add --yes.";

function pathsOf(io: Io, typed: Typed): { readonly replaces?: string; readonly keys?: string } {
  const [replaces, keys] = [typed.text("replaces"), typed.text("keys")];
  if ((replaces === undefined) === !typed.has("without-list")) {
    throw new CliError(
      "cli.missing-argument",
      `Expected --replaces FOLDER, so that whoever has left since stays out, or --without-list where that folder is lost; found ${replaces === undefined ? "neither" : "both"}. Give one.`,
    );
  }
  return {
    ...(replaces === undefined ? {} : { replaces: pathFrom(io, replaces) }),
    ...(keys === undefined ? {} : { keys: pathFrom(io, keys) }),
  };
}

interface Size {
  readonly people: number;
  readonly answers: number;
}

async function agrees(
  io: Io,
  typed: Typed,
  shrinking: readonly { readonly id: string; readonly now: Size; readonly backup: Size }[],
): Promise<boolean> {
  const says = ({ people, answers }: Size) => `${people} people, ${answers} answers`;
  for (const { id, now, backup } of shrinking) {
    io.stderr.write(`${id}: ${says(now)} now; ${says(backup)} in the backup. The others would be lost.\n`);
  }
  if (typed.has("yes")) return true;
  const answer = await io.prompt?.('Go on all the same? Type "yes": ');
  return answer?.trim().toLowerCase() === "yes";
}
