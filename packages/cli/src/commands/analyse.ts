import { publicCss } from "@longwave/figure/tokens";
import {
  describeWordWarning,
  lintProtocol,
  type Publication,
  publicationTables,
  renderPage,
  seal,
} from "@longwave/findings";
import { encodeJson } from "@longwave/stats";
import type { Dataset, Protocol } from "@longwave/study";
import { HELP_OPTION, oneOf, readArguments, requiredOption, type Typed, wholeNumber } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { readDataset } from "../dataset.ts";
import { loadProtocol } from "../input.ts";
import { type Io, pathFrom } from "../io.ts";
import { type FolderContent, mustBeReplaceable, writeFolderWhole } from "../output/write-files.ts";
import { runPlanShowing } from "../run-plan.ts";
import { SUMMARIES } from "../summaries.ts";
import { version } from "../version.ts";

const BUNDLE = "publication.json";

const description: CommandDescription = {
  name: "analyse",
  summary: SUMMARIES.analyse,
  arguments: [
    { name: "PROTOCOL", help: "the study as YAML" },
    { name: "FILE", help: "CSV, CSV.gz or Parquet, one row for each person and wave" },
  ],
  options: [
    { name: "out", value: "FOLDER", help: "where to write; an earlier report there is replaced" },
    { name: "map", value: "MAP.yaml", help: "which column is which item, when the names or codes differ" },
    { name: "seed", value: "N", help: "seed of anything drawn at random (1)" },
    { name: "language", value: "en|nb", help: "language of the findings (en)" },
    { name: "simulated", help: "label every page as made from simulated people" },
    HELP_OPTION,
  ],
  notes: [
    `Writes index.html (the findings; complete without a network or a script), ${BUNDLE} (the sealed\nbundle the page is made from) and tables/*.csv. The same input and seed give the same bytes.`,
  ],
  examples: [
    {
      line: "longwave analyse protocols/exercise-and-pain.yaml answers.csv --out report/",
      what: "data in the protocol's own names and codes",
    },
    {
      line: "longwave analyse protocols/exercise-and-pain.yaml cohort.csv --map map.yaml --out report/ --simulated",
      what: "simulated people from elsewhere, with a mapping of columns and codes",
    },
  ],
};

/** `longwave analyse PROTOCOL FILE --out FOLDER`: from a protocol and rows to the published page. */
export const analyse: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const [protocolFile = "", dataFile = ""] = typed.positionals;
  const path = pathFrom(io, requiredOption(typed, description, "out"));
  const target = { path: path.replace(/[/\\]+$/, ""), mark: BUNDLE };
  mustBeReplaceable(target);
  const protocol = await loadProtocol(io, protocolFile);
  const dataset = await readDataset(io, { protocol, dataFile, mapFile: typed.text("map") });
  const publication = await findings(io, { protocol, dataset, typed });
  writeFolderWhole(io, target, reportFiles(publication));
  io.stdout.write(summary(publication, target.path));
  for (const warning of lintProtocol(protocol))
    io.stderr.write(`${protocolFile}: ${describeWordWarning(warning)}\n`);
}

async function findings(
  io: Io,
  from: { readonly protocol: Protocol; readonly dataset: Dataset; readonly typed: Typed },
): Promise<Publication> {
  const { protocol, dataset, typed } = from;
  const draft = await runPlanShowing(io, {
    protocol,
    dataset,
    seed: wholeNumber(typed, "seed", { least: 0, most: 2 ** 32 - 1, fallback: 1 }),
    simulated: typed.has("simulated") || protocol.simulated === true,
    language: oneOf(typed, "language", { words: ["en", "nb"], fallback: "en" }),
  });
  return seal(draft, { version: version() });
}

/** The report as files; the page links to its neighbours only, so the folder can be moved or mailed. */
function reportFiles(publication: Publication): FolderContent {
  const tables = publicationTables(publication);
  const page = renderPage(publication, {
    css: publicCss(),
    links: { bundle: BUNDLE, table: (name) => `tables/${name}` },
  });
  return {
    "index.html": page,
    [BUNDLE]: `${encodeJson(publication, { indent: 2 })}\n`,
    ...Object.fromEntries(tables.map(({ name, csv }) => [`tables/${name}`, csv])),
  };
}

function summary(publication: Publication, folder: string): string {
  const { study, dataset, findings: found, notYetRun } = publication;
  const lines = [
    `${study.question}${study.simulated ? " (simulated people)" : ""}`,
    `${dataset.people} people, ${dataset.rows} rows`,
    "",
    ...found.map(({ id, label, verdict, estimate }) => {
      const numbers = estimate === null ? "" : `: ${estimate.text}`;
      return `  ${id}  ${label}: ${verdict}${numbers}`;
    }),
    ...(notYetRun.length === 0 ? [] : [`  not yet run: ${notYetRun.map(({ id }) => id).join(", ")}`]),
    "",
    `Written to ${folder}: index.html, ${BUNDLE}, tables/ (bundle ${publication.hash.slice(0, 12)})`,
  ];
  return `${lines.join("\n")}\n`;
}
