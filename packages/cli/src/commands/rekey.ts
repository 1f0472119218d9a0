import { HELP_OPTION, readArguments } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import type { Io } from "../io.ts";
import { existingStore, namedMasterKey, STORE_OPTIONS } from "../store.ts";
import { SUMMARIES } from "../summaries.ts";

const description: CommandDescription = {
  name: "rekey",
  summary: SUMMARIES.rekey,
  arguments: [],
  options: [...STORE_OPTIONS.filter(({ name }) => name === "data" || name === "master-key"), HELP_OPTION],
  notes: [
    "Stop the server first; one that still runs cannot add people any more. Every key of a person is wrapped by the new master key in one step, and the file takes the place of the old one. A command that was stopped in the middle is finished when the store is opened next. Write the keys of the next backup at once.",
    "Do this when someone who should not may have seen the master key alone. It does not help against who has a copy of the old master key and of the keys of people: these stay the same, and so does what they open.",
    "With DATABASE_URL in the environment the store is that PostgreSQL database; give the new file to every server of it.",
  ],
  examples: [
    { line: "longwave rekey --data /srv/longwave/data", what: "the master key in /srv/longwave/data.key" },
  ],
};

/** `longwave rekey`: a new master key. */
export const rekey: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const store = existingStore(io, typed);
  const { changeMasterKey } = await import("@longwave/server"); // only now: help and mistakes need no server
  const changed = await changeMasterKey({ ...store, ...namedMasterKey(io, typed) }, Date.now());
  io.stdout.write(
    `The master key ${changed.path} is a new one, for the keys of ${changed.keys} people. Copy it to a safe place.\n`,
  );
}
