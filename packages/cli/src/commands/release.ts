import { publicCss } from "@longwave/figure/tokens";
import { makeRelease, type Release, zipped } from "@longwave/findings";
import { nearestName, readDataColumns } from "@longwave/source";
import { createRandom } from "@longwave/stats";
import type { ColumnMapping, DataColumn, Dataset, Protocol } from "@longwave/study";
import {
  HELP_OPTION,
  readArguments,
  requiredOption,
  type Typed,
  wholeNumber,
  wrongValue,
} from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { readDataset } from "../dataset.ts";
import { loadMapping, loadProtocol } from "../input.ts";
import { type Io, pathFrom } from "../io.ts";
import { mustBeReplaceable, writeFileWhole, writeFolderWhole } from "../output/write-files.ts";
import { watcherOf } from "../progress.ts";
import { SUMMARIES } from "../summaries.ts";
import { version } from "../version.ts";

/** Every release has it, and no other folder of ours. */
const MARK = "CHECKSUMS.txt";
const K = 10;
const MIN_CELL = 10;

const description: CommandDescription = {
  name: "release",
  summary: SUMMARIES.release,
  arguments: [
    { name: "PROTOCOL", help: "the study as YAML; its part release: says what others may know of people" },
    { name: "FILE", help: "CSV, CSV.gz or Parquet, one row for each person and wave" },
  ],
  options: [
    { name: "out", value: "FOLDER", help: "where to write; a name ending in .zip gives one file" },
    { name: "map", value: "MAP.yaml", help: "which column is which item, when the names or codes differ" },
    {
      name: "events",
      value: "EVENTS.csv",
      help: "sessions and rests of the same people, to be released too",
    },
    {
      name: "agreed",
      value: "COLUMN",
      help: "column that says who agreed to sharing: 1, yes or true in every row of theirs (all do)",
    },
    { name: "k", value: "N", help: `fewest people that must look alike (the protocol's, or ${K})` },
    {
      name: "min-cell",
      value: "N",
      help: `smallest count shown, and fewest people behind a value (the protocol's, or ${MIN_CELL})`,
    },
    { name: "number", value: "N", help: "number of this version (1)" },
    {
      name: "seed",
      value: "N",
      help: "draw order and dates from a seed: the same bytes again; keep it as secret as the names (chance)",
    },
    { name: "simulated", help: "label every page as made from simulated people" },
    HELP_OPTION,
  ],
  notes: [
    "Writes person.csv, person_wave.csv, a codebook, counts, README.md and a privacy report: how many people look alike, what was made coarser or hidden, and what stays open. Read the report before you hand anything on. docs/releasing-data.md explains each step.",
  ],
  examples: [
    {
      line: "longwave release protocols/exercise-and-pain.yaml answers.csv --agreed shares --out release/",
      what: "only people whose column shares says yes",
    },
    {
      line: "longwave release protocols/exercise-and-pain.yaml cohort.csv --map map.yaml --out release.zip --simulated",
      what: "simulated people from elsewhere, as one file",
    },
  ],
};

/** `longwave release PROTOCOL FILE --out FOLDER`: from rows to de-identified files for other researchers. */
export const release: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const [protocolFile = "", dataFile = ""] = typed.positionals;
  const target = {
    path: pathFrom(io, requiredOption(typed, description, "out")).replace(/[/\\]+$/, ""),
    mark: MARK,
  };
  const isZip = target.path.endsWith(".zip");
  if (!isZip) mustBeReplaceable(target);
  const protocol = await loadProtocol(io, protocolFile);
  const mapFile = typed.text("map");
  const eventsFile = typed.text("events");
  const dataset = await readDataset(io, { protocol, plan: undefined, dataFile, mapFile, eventsFile });
  const agreed = await peopleWhoAgreed(io, { typed, dataFile, mapFile, dataset });
  const made = makeRelease({ protocol, dataset, agreed, ...choices(io, typed, protocol), css: publicCss() });
  if (isZip) writeFileWhole(target.path, zipped(folderName(protocol, typed), made.files));
  else writeFolderWhole(target, made.files);
  io.stdout.write(summary(made, target.path));
}

function choices(io: Io, typed: Typed, protocol: Protocol) {
  const seeded = typed.text("seed") !== undefined;
  const seed = wholeNumber(typed, "seed", { least: 0, most: 2 ** 32 - 1, fallback: 0 });
  return {
    random: seeded ? createRandom(seed) : io.chance,
    settings: {
      k: wholeNumber(typed, "k", { least: 2, most: 1000, fallback: protocol.release?.k ?? K }),
      minCell: wholeNumber(typed, "min-cell", {
        least: 2,
        most: 1000,
        fallback: protocol.release?.minCell ?? MIN_CELL,
      }),
    },
    edition: {
      version: numberOf(typed),
      simulated: typed.has("simulated") || protocol.simulated === true,
      drawnFrom: seeded ? ("seed" as const) : ("chance" as const),
      software: version(),
    },
  };
}

function numberOf(typed: Typed): number {
  return wholeNumber(typed, "number", { least: 1, fallback: 1 });
}

function folderName(protocol: Protocol, typed: Typed): string {
  return `${protocol.id}-release-${numberOf(typed)}`;
}

interface AgreedIn {
  readonly typed: Typed;
  readonly dataFile: string;
  readonly mapFile: string | undefined;
  readonly dataset: Dataset;
}

/** Everyone in the file, or those whose every row says yes in the column given. */
async function peopleWhoAgreed(
  io: Io,
  { typed, dataFile, mapFile, dataset }: AgreedIn,
): Promise<ReadonlySet<string>> {
  const everyone = dataset.person.columns.find(({ name }) => name === "id")?.values.map(String) ?? [];
  const wanted = typed.text("agreed");
  if (wanted === undefined) return new Set(everyone);
  const columns = await readDataColumns(pathFrom(io, dataFile), { watcher: watcherOf(io) });
  const mapping = mapFile === undefined ? undefined : await loadMapping(io, mapFile);
  const ids = columnNamed(columns, idColumn(mapping))?.values ?? [];
  const answers = columnNamed(columns, wanted)?.values;
  if (answers === undefined) throw noSuchColumn(wanted, columns);
  const refused = new Set(ids.filter((_, row) => !isYes(answers[row])).map(String));
  return new Set(everyone.filter((id) => !refused.has(id)));
}

function idColumn(mapping: ColumnMapping | undefined): string {
  return mapping?.columns.id?.column ?? "id";
}

function columnNamed(columns: readonly DataColumn[], wanted: string): DataColumn | undefined {
  return columns.find(({ name }) => name === wanted);
}

function isYes(value: number | string | null | undefined): boolean {
  return value === 1 || (typeof value === "string" && /^(1|yes|true|ja)$/i.test(value.trim()));
}

function noSuchColumn(wanted: string, columns: readonly DataColumn[]) {
  const names = columns.map(({ name }) => name);
  const nearest = nearestName(wanted, names);
  const hint = nearest === undefined ? `The file has: ${names.join(", ")}` : `Did you mean ${nearest}?`;
  return wrongValue("agreed", "a column of the file", `${wanted}. ${hint}`);
}

function summary({ summary: made, hash }: Release, path: string): string {
  const { people, rows, k, unique, hidden } = made;
  const lines = [
    `${people.released} people, ${rows.personWave} rows`,
    "",
    `  who look alike: at least ${k.after} (as answered: ${k.before}; ${unique.before} people were alone)`,
    ...made.quasi.map(
      ({ name, how, hidden: values }) =>
        `  ${name}: ${how}${values === 0 ? "" : `; ${values} values hidden`}`,
    ),
    `  hidden in all: ${hidden.values} values, ${(100 * hidden.share).toFixed(1)} %`,
    ...(people.removed === 0
      ? []
      : [`  left out, as they look like too few others: ${people.removed} people`]),
    "",
    `Written to ${path} (release ${hash.slice(0, 12)}). Read privacy-report.html before you hand it on.`,
  ];
  return `${lines.join("\n")}\n`;
}
