import type { ExportOutcome } from "@longwave/server";
import { HELP_OPTION, readArguments, requiredOption } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { mustBeReplaceable, writeFolderWhole } from "../output/write-files.ts";
import { MASTER_KEY_OPTION } from "../store.ts";
import { noStudy, serverData } from "../study-data.ts";
import { SUMMARIES } from "../summaries.ts";
import { version } from "../version.ts";

/** Every export has it, and so has no other folder of ours. */
const MARK = "load.R";

const description: CommandDescription = {
  name: "export",
  summary: SUMMARIES.export,
  arguments: [
    { name: "DATA", help: "the data folder of the server, or postgres://host/database" },
    { name: "STUDY", help: "name of the study, as in the address of its page" },
  ],
  options: [
    { name: "out", value: "FOLDER", help: "where to write" },
    { name: "before-lock", help: "also while the study still takes answers; the files say so" },
    MASTER_KEY_OPTION,
    HELP_OPTION,
  ],
  notes: [
    "Writes person, person_wave, event and message as CSV and Parquet, codebook.csv, codes.csv, README.md and load.R, which reads them into R with labels, factors and the reasons for what is missing. All tables are of one moment, and the server may run meanwhile. Names, addresses and free words are in none of them; they are personal data all the same. docs/data-out.md explains each file.",
    "That the data were taken is written down in the study. A database password comes from PGPASSWORD or pgpass.",
  ],
  examples: [
    {
      line: "longwave export longwave-data exercise-and-pain --out data/",
      what: "the data of a locked study, from the server's folder",
    },
    {
      line: "longwave export postgres://db.example.org/longwave exercise-and-pain --out data/",
      what: "from PostgreSQL",
    },
  ],
};

/** `longwave export DATA STUDY --out FOLDER`: the tables of a study for other programs. */
export const exportData: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const [data = "", study = ""] = typed.positionals;
  const target = {
    path: pathFrom(io, requiredOption(typed, description, "out")).replace(/[/\\]+$/, ""),
    mark: MARK,
  };
  mustBeReplaceable(target);
  const location = serverData(io, data, typed);
  const { exportStudy } = await import("@longwave/server"); // only now: help and mistakes need no server
  const outcome = await exportStudy(
    location,
    { study, at: Date.now(), software: version() },
    { beforeLock: typed.has("before-lock"), actor: "command-line" },
  );
  const made = madeOf(outcome, study);
  writeFolderWhole(target, made.files);
  const { rows, upToSeq } = made;
  io.stdout.write(
    `${rows.person} people, ${rows.person_wave} forms, ${rows.event} sessions and rests, ${rows.message} messages, up to answer ${upToSeq}.\n` +
      `Written to ${target.path}. In R: source("load.R"); study <- load_study()\n`,
  );
}

function madeOf(outcome: ExportOutcome, study: string): Extract<ExportOutcome, { kind: "made" }>["made"] {
  if (outcome.kind === "made") return outcome.made;
  if (outcome.kind === "not-locked") {
    throw new CliError(
      "cli.not-locked",
      `Expected a study whose data are locked; ${study} still takes answers. Lock it first, or add --before-lock if nobody will look at results.`,
    );
  }
  throw noStudy(study, outcome.studies);
}
