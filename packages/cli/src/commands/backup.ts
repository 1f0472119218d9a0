import { isPostgresAddress } from "@longwave/source";
import { HELP_OPTION, readArguments, requiredOption } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { type Io, pathFrom } from "../io.ts";
import { MASTER_KEY_OPTION, namedMasterKey } from "../store.ts";
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
      help: "also keep the keys: those of people, the master key, those of links and sign-ins, in a file of their own; store it elsewhere",
    },
    MASTER_KEY_OPTION,
    HELP_OPTION,
  ],
  notes: [
    "The server may run meanwhile: each database is copied as it was at one moment, and the copy is checked before it counts. Letters in the folder outbox are left out. Names, addresses and answers in it can be read with the keys alone: without --keys they are not kept, and nothing in the backup will tell what anyone answered.",
    "Let every night's --keys replace the one before: the newest keys open every older backup, but for people erased since. An old file of keys opens them too: keep none longer than 35 days.",
    "PostgreSQL is backed up by pg_dump, which has to be on this machine; put it back with pg_restore. With --keys the keys of people, the schema longwave_keys, go into a dump of their own; the master key and the other key files are not in it. The password comes from PGPASSWORD or pgpass.",
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
  const named = typed.text("keys");
  const keys = named === undefined ? undefined : pathFrom(io, named);
  const without =
    " Without the keys nothing personal in it can be read, and they are not in it: add --keys FILE.";
  const kept = keys === undefined ? without : ` Keys: ${keys}; keep them elsewhere.`;
  if (isPostgresAddress(data)) {
    await backupPostgres(data, out, keys);
    io.stdout.write(`Written to ${out}. Put it back with pg_restore.${kept}\n`);
    return;
  }
  const order = { dataDir: pathFrom(io, data), out, at: Date.now(), software: version() };
  const made = await backupStore({
    ...order,
    ...namedMasterKey(io, typed),
    ...(keys === undefined ? {} : { keys }),
  });
  const lines = made.studies.map(
    ({ id, people, answers }) => `  ${id}: ${people} people, ${answers} answers\n`,
  );
  io.stdout.write(`${lines.join("")}Written to ${out}, and checked.${kept}\n`);
}
