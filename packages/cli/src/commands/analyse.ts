import { relative } from "node:path";
import { publicCss } from "@longwave/figure/tokens";
import {
  bibtexFile,
  citationBibtex,
  citationCff,
  citationFile,
  type Deviation,
  describeWordWarning,
  figureDrawing,
  individualReport,
  layTexts,
  lintProtocol,
  type Publication,
  previewDrawing,
  previewFile,
  publicationTables,
  renderIndividualReport,
  renderPage,
  renderStrobeHtml,
  renderStrobeMarkdown,
  replicationFile,
  replicationRows,
  replicationScript,
  seal,
  strobeList,
  withDeviations,
} from "@longwave/findings";
import { svgToPng } from "@longwave/picture";
import { datasetSource } from "@longwave/source";
import { encodeJson } from "@longwave/stats";
import { type Dataset, type Protocol, readingLevel } from "@longwave/study";
import { parseHTML } from "linkedom";
import {
  HELP_OPTION,
  oneOf,
  readArguments,
  requiredOption,
  type Typed,
  wholeNumber,
  wrongValue,
} from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { readDataset } from "../dataset.ts";
import { loadStudy } from "../input.ts";
import { type Io, pathFrom } from "../io.ts";
import {
  type FolderContent,
  mustBeReplaceable,
  writeFileWhole,
  writeFolderWhole,
} from "../output/write-files.ts";
import { pause, progressLine } from "../progress.ts";
import { runPlanShowing } from "../run-plan.ts";
import { smallerThanBefore } from "../smaller-data.ts";
import { SUMMARIES } from "../summaries.ts";
import { version } from "../version.ts";

const BUNDLE = "publication.json";
const STROBE = { html: "strobe.html", markdown: "strobe.md" } as const;

const description: CommandDescription = {
  name: "analyse",
  summary: SUMMARIES.analyse,
  arguments: [
    { name: "PLAN", help: "a study as YAML, or a plan for your own data (longwave plan init)" },
    { name: "FILE", help: "CSV, CSV.gz or Parquet, one row for each person and wave" },
  ],
  options: [
    { name: "out", value: "FOLDER", help: "where to write; an earlier report there is replaced" },
    { name: "map", value: "MAP.yaml", help: "which column is which item, when the names or codes differ" },
    {
      name: "events",
      value: "EVENTS.csv",
      help: "sessions logged and rests: one row each, with the person, which of the two, and the answers",
    },
    { name: "seed", value: "N", help: "seed of anything drawn at random (1)" },
    { name: "language", value: "en|nb", help: "language of the findings (en)" },
    {
      name: "rows",
      value: "ROWS.csv",
      help: "also write the rows the models use, for replication.R: people's answers, so not into the folder",
    },
    {
      name: "individual",
      value: "FILE.html",
      help: "also write figures of single people for the study team: not for publication, so not into the folder",
    },
    { name: "confirmatory", help: "only the planned answers, without sensitivity and exploratory analyses" },
    {
      name: "smaller-data",
      value: "REASON",
      help: "replace a report made from more people or rows; the reason is listed in the new one",
    },
    { name: "simulated", help: "label every page as made from simulated people" },
    HELP_OPTION,
  ],
  notes: [
    `Writes index.html (the findings; complete without a network or a script), ${BUNDLE} (the sealed bundle the page is made from), ${replicationFile} (the same models in R), ${citationFile} and ${bibtexFile} (how to cite it), ${previewFile} (the picture for a link to it), strobe.html and strobe.md (the reporting list), tables/*.csv and figures/*.png and *.svg. The same input and seed give the same bytes.`,
  ],
  examples: [
    {
      line: "longwave analyse plan.yaml diary.csv --out report/",
      what: "your own data, by a plan of your own",
    },
    {
      line: "longwave analyse protocols/exercise-and-pain.yaml answers.csv --events sessions.csv --out report/",
      what: "with the sessions people logged",
    },
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

/** `longwave analyse PLAN FILE --out FOLDER`: from a study text or a plan, and rows, to the published page. */
export const analyse: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const [protocolFile = "", dataFile = ""] = typed.positionals;
  const path = pathFrom(io, requiredOption(typed, description, "out"));
  const target = { path: path.replace(/[/\\]+$/, ""), mark: BUNDLE };
  mustBeReplaceable(target);
  const rows = outsidePath(io, typed, { option: "rows", folder: target.path });
  const individual = outsidePath(io, typed, { option: "individual", folder: target.path });
  const study = await loadStudy(io, protocolFile);
  const { protocol } = study;
  const dataset = await readDataset(io, {
    ...study,
    dataFile,
    mapFile: typed.text("map"),
    eventsFile: typed.text("events"),
  });
  const smaller = await smallerThanBefore(io, { folder: target.path, protocol, dataset, typed });
  const publication = await findings(io, { protocol, dataset, typed, smaller });
  writeFolderWhole(target, await reportFiles(io, publication));
  if (rows !== undefined) writeFileWhole(rows, replicationRows(protocol, dataset));
  if (individual !== undefined) {
    writeFileWhole(individual, await individualPage({ protocol, dataset, typed }));
  }
  io.stdout.write(summary(publication, target.path));
  for (const warning of lintProtocol(protocol))
    io.stderr.write(`${protocolFile}: ${describeWordWarning(warning)}\n`);
  io.stderr.write(hardToRead(publication));
}

/** A line when what a lay reader meets first is harder to read than a text for everyone should be; else nothing. */
function hardToRead(publication: Publication): string {
  const { score, limit, measure } = readingLevel(layTexts(publication), publication.language);
  if (score <= limit) return "";
  return `The answers are hard to read: expected at most ${limit} (${measure}), found ${score.toFixed(1)}. Shorten the labels and names in the study text.\n`;
}

/** Where single people's answers go: a file outside the report, which may be mailed or published as it is. */
function outsidePath(
  io: Io,
  typed: Typed,
  { option, folder }: { readonly option: string; readonly folder: string },
): string | undefined {
  const text = typed.text(option);
  if (text === undefined) return undefined;
  const path = pathFrom(io, text);
  if (relative(folder, path).startsWith("..")) return path;
  throw wrongValue(option, "a file outside the report, as it holds people's answers", text);
}

interface Subject {
  readonly protocol: Protocol;
  readonly dataset: Dataset;
  readonly typed: Typed;
}

/** Figures of single people, as a page of its own that is no part of the report. */
async function individualPage({ protocol, dataset, typed }: Subject): Promise<string> {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const report = await individualReport({
    protocol,
    dataset,
    document,
    source: datasetSource(dataset),
    seed: seedOf(typed),
    simulated: isSimulated(typed, protocol),
  });
  return renderIndividualReport(report, { css: publicCss() });
}

function seedOf(typed: Typed): number {
  return wholeNumber(typed, "seed", { least: 0, most: 2 ** 32 - 1, fallback: 1 });
}

function isSimulated(typed: Typed, protocol: Protocol): boolean {
  return typed.has("simulated") || protocol.simulated === true;
}

async function findings(
  io: Io,
  { protocol, dataset, typed, smaller }: Subject & { readonly smaller: readonly Deviation[] },
): Promise<Publication> {
  const draft = await runPlanShowing(io, {
    protocol,
    dataset,
    seed: seedOf(typed),
    simulated: isSimulated(typed, protocol),
    language: oneOf(typed, "language", { words: ["en", "nb"], fallback: "en" }),
    scope: typed.has("confirmatory") ? "confirmatory" : "all",
  });
  return seal(withDeviations(draft, smaller), { version: version() });
}

/** The report as files; the page links to its neighbours only, so the folder can be moved or mailed. */
async function reportFiles(io: Io, publication: Publication): Promise<FolderContent> {
  const tables = publicationTables(publication);
  const script = replicationScript(publication);
  const list = strobeList(publication);
  const page = renderPage(publication, {
    css: publicCss(),
    links: {
      bundle: BUNDLE,
      replication: replicationFile,
      citation: citationFile,
      bibtex: bibtexFile,
      reporting: STROBE,
      table: (name) => `tables/${name}`,
      figure: figurePath,
    },
  });
  return {
    "index.html": page,
    [BUNDLE]: `${encodeJson(publication, { indent: 2 })}\n`,
    [citationFile]: citationCff(publication),
    [bibtexFile]: citationBibtex(publication),
    ...(script === undefined ? {} : { [replicationFile]: script }),
    ...(list === undefined
      ? {}
      : {
          [STROBE.html]: renderStrobeHtml(list, "index.html"),
          [STROBE.markdown]: renderStrobeMarkdown(list, "index.html"),
        }),
    ...Object.fromEntries(tables.map(({ name, csv }) => [`tables/${name}`, csv])),
    [previewFile]: await svgToPng(previewDrawing(publication)),
    ...(await figureFiles(io, publication)),
  };
}

async function figureFiles(io: Io, { figures }: Publication): Promise<FolderContent> {
  const files: Record<string, string | Uint8Array> = {};
  const bar = progressLine(io, "figures");
  for (const [done, figure] of figures.entries()) {
    bar.show(done, figures.length, "drawing the figures");
    await pause();
    const drawing = figureDrawing(figure);
    files[figurePath(figure.id, "svg")] = drawing;
    files[figurePath(figure.id, "png")] = await svgToPng(drawing);
  }
  bar.clear();
  return files;
}

function figurePath(id: string, kind: "svg" | "png"): string {
  return `figures/${id}.${kind}`;
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
    `Written to ${folder}: index.html, ${BUNDLE}, ${replicationFile}, ${citationFile}, ${bibtexFile}, ${previewFile}, strobe.html, strobe.md, tables/, figures/ (bundle ${publication.hash.slice(0, 12)})`,
  ];
  return `${lines.join("\n")}\n`;
}
