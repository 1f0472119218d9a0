import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ReturnedCount } from "@longwave/server";
import { HELP_OPTION, readArguments } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { existingStore, STORE_OPTIONS } from "../store.ts";
import { SUMMARIES } from "../summaries.ts";

const description: CommandDescription = {
  name: "bounces",
  summary: SUMMARIES.bounces,
  arguments: [
    {
      name: "MAIL",
      help: "an mbox file, one message, a Maildir, or - for what comes in on standard input",
      many: true,
    },
  ],
  options: [...STORE_OPTIONS.filter(({ name }) => name === "data"), HELP_OPTION],
  notes: [
    "Mail servers report what they could not deliver to the address in the From line. Give this command that mailbox, or let the mail server hand each message of it over. A message that was given up becomes failed under Messages, with the mail server's reason; an address that takes no mail for good is marked under People, and nothing more is sent there until the person has another one or somebody sends a message again. All other mail is left alone. Reading the same mail twice changes nothing.",
    "With DATABASE_URL in the environment, the store is that PostgreSQL database. The server may run meanwhile.",
  ],
  examples: [
    { line: "longwave bounces --data /srv/longwave/data /var/mail/study", what: "from cron" },
    { line: "longwave bounces --data /srv/longwave/data -", what: "as the program of a mail alias" },
  ],
};

/** `longwave bounces MAIL…`: reads mail that came back. */
export const bounces: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const files = typed.positionals.flatMap((name): readonly (string | number)[] =>
    name === "-" ? [0] : filesOf(pathFrom(io, name)),
  );
  const store = existingStore(io, typed);
  const { takeReturned } = await import("@longwave/server"); // only now: help needs no server
  const found = await takeReturned(store, read(files), Date.now());
  io.stdout.write(`${sentence(found)}\n`);
}

function* read(files: readonly (string | number)[]): Generator<Buffer> {
  for (const file of files) yield readFileSync(file);
}

/** A file, or those of a Maildir: new ones and ones that were read. */
function filesOf(path: string): readonly string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined)
    throw new CliError(
      "cli.no-file",
      `Expected a mailbox in ${path}; there is none. Name an mbox file, a message, or a Maildir.`,
    );
  if (!stats.isDirectory()) return [path];
  const folders = readdirSync(path).filter((name) => name === "new" || name === "cur");
  return folders.flatMap((name) => readdirSync(join(path, name)).map((file) => join(path, name, file)));
}

function sentence({ read, failed, delayed, unknown }: ReturnedCount): string {
  const parts = [
    `${failed} came back`,
    `${delayed} ${delayed === 1 ? "is" : "are"} still being tried`,
    `${unknown} ${unknown === 1 ? "was" : "were"} known or not ours`,
  ];
  return `Read ${read} ${read === 1 ? "message" : "messages"}: ${parts.join(", ")}.`;
}
