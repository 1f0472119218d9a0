import { isPostgresAddress } from "@longwave/source";
import { HELP_OPTION, readArguments, requiredOption } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { type Io, pathFrom } from "../io.ts";
import { SUMMARIES } from "../summaries.ts";
import { version } from "../version.ts";

const description: CommandDescription = {
  name: "backup",
  summary: SUMMARIES.backup,
  arguments: [{ name: "DATA", help: "the data folder of the server, or postgres://host/database" }],
  options: [
    {
      name: "out",
      value: "FILE",
      help: "the backup; an earlier one of that name is replaced when the new one is whole",
    },
    {
      name: "keys",
      value: "FILE",
      help: "also keep the keys of links and sign-ins, in a file of their own; store it elsewhere",
    },
    HELP_OPTION,
  ],
  notes: [
    "The server may run meanwhile: each database is copied as it was at one moment, and the copy is checked before it counts. Letters in the folder outbox are left out. A backup holds names, addresses and answers, and a person who is erased later stays in it: keep it as safe as the folder, delete it after 35 days, and restore it with --replaces.",
    "PostgreSQL is backed up by pg_dump, which has to be on this machine; put it back with pg_restore. The password comes from PGPASSWORD or pgpass.",
  ],
  examples: [
    {
      line: "longwave backup longwave-data --out monday.tar.gz --keys keys.tar.gz",
      what: "every night, from cron",
    },
    { line: "longwave backup postgres://db.example.org/longwave --out monday.dump", what: "PostgreSQL" },
  ],
};

/** `longwave backup DATA --out FILE`: one file, made while the server runs. */
export const backup: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const [data = ""] = typed.positionals;
  const out = pathFrom(io, requiredOption(typed, description, "out"));
  const { backupPostgres, backupStore } = await import("@longwave/server"); // only now: help needs no server
  if (isPostgresAddress(data)) {
    await backupPostgres(data, out);
    io.stdout.write(`Written to ${out}. Put it back with pg_restore.\n`);
    return;
  }
  const keys = typed.text("keys");
  const order = { dataDir: pathFrom(io, data), out, at: Date.now(), software: version() };
  const made = await backupStore(keys === undefined ? order : { ...order, keys: pathFrom(io, keys) });
  const lines = made.studies.map(
    ({ id, people, answers }) => `  ${id}: ${people} people, ${answers} answers\n`,
  );
  io.stdout.write(
    `${lines.join("")}Written to ${out}, and checked.${keys === undefined ? " The keys of links are not in it: keep the *.key files too, elsewhere." : ` Keys: ${keys}; keep them elsewhere.`}\n`,
  );
}
