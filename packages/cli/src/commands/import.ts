import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ImportOutcome, ImportReport } from "@longwave/server";
import { readDataColumns } from "@longwave/source";
import { readPanel, type StudyProblem } from "@longwave/study";
import { HELP_OPTION, readArguments } from "../arguments.ts";
import type { CheckCommand, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { loadMapping } from "../input.ts";
import { type Io, pathFrom } from "../io.ts";
import { problemsText } from "../output/mistakes.ts";
import { WIDTH, wrapWords } from "../output/wrap.ts";
import { watcherOf } from "../progress.ts";
import { MASTER_KEY_OPTION } from "../store.ts";
import { noStudy, serverData } from "../study-data.ts";
import { SUMMARIES } from "../summaries.ts";

const description: CommandDescription = {
  name: "import",
  summary: SUMMARIES.import,
  arguments: [
    { name: "DATA", help: "the data folder of the server, or postgres://host/database" },
    { name: "STUDY", help: "name of the study, as in the address of its page" },
    { name: "FILE", help: "CSV, CSV.gz or Parquet: a row for each person and wave, or for each person" },
  ],
  options: [
    { name: "map", value: "MAP.yaml", help: "which column is which, and what its codes stand for" },
    { name: "write", help: "import it; without this the file is only read and reported" },
    { name: "again", help: "also a file that was imported before, or answers that correct those there" },
    MASTER_KEY_OPTION,
    HELP_OPTION,
  ],
  notes: [
    "Reads the whole file first and says what it holds: people, forms, answers, what would be left alone; unknown codes, values off the scale and rows that stand twice, each with how often. With any of these nothing is imported. Exit code 0: nothing stands in the way; 1: something does.",
    "With --write everything is imported in one transaction, or nothing. The study must take answers. Each answer says that it came from a file and holds the file's SHA-256; the study's audit names it too. Nobody is written to, and people have no link until you make one. The ids of the file stay people's names in every export: give codes, never names or addresses.",
    "Free words are not imported. docs/your-own-data.md describes the mapping.",
  ],
  examples: [
    {
      line: "longwave import longwave-data our-study panel.csv --map map.yaml",
      what: "what does the file hold?",
    },
    { line: "longwave import longwave-data our-study panel.csv --map map.yaml --write", what: "import it" },
  ],
};

/** `longwave import DATA STUDY FILE`: a panel that exists already, into a study. */
export const importData: CheckCommand = { description, check };

async function check(args: readonly string[], io: Io): Promise<boolean> {
  const typed = readArguments(description, args);
  const [data = "", study = "", file = ""] = typed.positionals;
  const location = serverData(io, data, typed);
  const mapFile = typed.text("map");
  const mapping = mapFile === undefined ? undefined : await loadMapping(io, mapFile);
  const columns = await readDataColumns(pathFrom(io, file), { watcher: watcherOf(io) });
  const { importPanel } = await import("@longwave/server"); // only now: help and mistakes need no server
  const outcome = await importPanel(location, {
    study,
    at: Date.now(),
    actor: "command-line",
    fileHash: createHash("sha256")
      .update(await readFile(pathFrom(io, file)))
      .digest("hex"),
    write: typed.has("write"),
    again: typed.has("again"),
    read: (protocol) => readPanel({ protocol, columns, ...(mapping === undefined ? {} : { mapping }) }),
    onProgress: progressOn(io),
  });
  return told(io, outcome, { study, file });
}

function progressOn(io: Io): (done: number, total: number) => void {
  return (done, total) => {
    if (io.isQuiet === true || io.stderr.isTTY !== true) return;
    io.stderr.write(`\r${done} of ${total} answers${done === total ? "\n" : ""}`);
  };
}

function told(
  io: Io,
  outcome: ImportOutcome,
  { study, file }: { readonly study: string; readonly file: string },
): boolean {
  switch (outcome.kind) {
    case "no-study":
      throw noStudy(study, outcome.studies);
    case "not-open":
      throw new CliError(
        "cli.not-open",
        `Expected a study that takes answers; ${study} is in the phase ${outcome.phase}. Open it first; after the lock nothing is imported.`,
      );
    case "imported-before":
      throw new CliError(
        "cli.imported-before",
        `Expected a file that ${study} does not have; ${file} was imported before. Add --again if you mean it: what is there already stays, and answers that differ become corrections.`,
      );
    case "problems":
      io.stdout.write(problemsText(`${file} cannot be imported`, byCount(outcome.problems)));
      return false;
    case "left":
      io.stdout.write(
        `${file} cannot be imported: ${outcome.people.length} of its people have left the study (${outcome.people.slice(0, 5).join(", ")}). Take their rows out.\n`,
      );
      return false;
    case "differs":
    case "checked":
    case "done":
      io.stdout.write(reportText(outcome, file));
      return outcome.kind !== "differs";
  }
}

function byCount(problems: readonly StudyProblem[]): readonly StudyProblem[] {
  return [...problems].sort((a, b) => a.path.join(".").localeCompare(b.path.join("."), "en"));
}

function reportText(
  { kind, report }: { readonly kind: "differs" | "checked" | "done"; readonly report: ImportReport },
  file: string,
): string {
  const last = {
    differs: `${report.different} answers differ from those in the study. Nothing was imported. Add --again to have them correct the others.`,
    checked: "Nothing was imported. Add --write to import it.",
    done: "Imported. People have no link until you make one in the console.",
  }[kind];
  const waves = report.waves.map(({ wave, forms }) => `${wave} ${forms}`).join(", ");
  const alone =
    report.leftAlone.length === 0
      ? []
      : [`Left alone, as no question has this name: ${report.leftAlone.join(", ")}.`];
  return [
    `${file}: ${report.newPeople} new people, ${report.knownPeople} who are in the study already.`,
    `Forms: ${waves}.`,
    `${report.answers} answers, of which ${report.skipped} skipped and ${report.late} late; ${report.same} are there already.`,
    ...alone,
    last,
    "",
  ]
    .flatMap((line) => wrapWords(line, WIDTH))
    .join("\n");
}
