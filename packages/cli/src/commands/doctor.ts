import { existsSync } from "node:fs";
import { join } from "node:path";
import type { HealthFinding } from "@longwave/server";
import { isPostgresAddress } from "@longwave/source";
import { HELP_OPTION, readArguments } from "../arguments.ts";
import type { CheckCommand, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { MAIL_OPTION, MASTER_KEY_OPTION, mailOptions, namedMasterKey } from "../store.ts";
import { SUMMARIES } from "../summaries.ts";

const description: CommandDescription = {
  name: "doctor",
  summary: SUMMARIES.doctor,
  arguments: [{ name: "DATA", help: "the data folder of the server" }],
  options: [MASTER_KEY_OPTION, MAIL_OPTION, HELP_OPTION],
  notes: [
    "Looks at the files of the databases, room on the disk, who may read the keys, whether the master key opens them, the audit, the mail server, the clock, jobs that are stuck, and messages that failed or wait. Reads only; the server may run meanwhile. Exit code 0: nothing is wrong; 1: something is.",
    "With DATABASE_URL in the environment, the store is that PostgreSQL database. LONGWAVE_MAIL does what --mail does.",
  ],
  examples: [
    { line: "longwave doctor longwave-data", what: "from cron, say: it writes to you when it exits with 1" },
  ],
};

/** `longwave doctor DATA`: whether the store and what it needs are well. */
export const doctor: CheckCommand = { description, check };

async function check(args: readonly string[], io: Io): Promise<boolean> {
  const typed = readArguments(description, args);
  const dataDir = pathFrom(io, typed.positionals[0] ?? "");
  const { DATABASE_URL: databaseUrl = "" } = io.env;
  const isPostgres = isPostgresAddress(databaseUrl);
  if (!existsSync(isPostgres ? dataDir : join(dataDir, "longwave.sqlite"))) {
    throw new CliError(
      "cli.no-file",
      `Expected the data folder of a server; ${dataDir} is none. Name the folder given to "longwave serve --data".`,
    );
  }
  const { checkUp } = await import("@longwave/server"); // only now: help needs no server
  const location = isPostgres ? { dataDir, databaseUrl } : { dataDir };
  const order = { ...location, ...namedMasterKey(io, typed), mail: mailOptions(io, typed), at: Date.now() };
  const findings = await checkUp(order);
  io.stdout.write(findings.map(line).join(""));
  return findings.every(({ state }) => state !== "wrong");
}

const marks: Readonly<Record<HealthFinding["state"], string>> = {
  well: "well ",
  look: "look ",
  wrong: "WRONG",
};

function line({ about, state, says }: HealthFinding): string {
  return `${marks[state]}  ${about.padEnd(8)}  ${says}\n`;
}
