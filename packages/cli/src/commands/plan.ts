import { type Preregistration, preregistration, preregistrationMarkdown } from "@longwave/findings";
import { HELP_OPTION, oneOf, readArguments, type Typed } from "../arguments.ts";
import { bundleStudy, loadBundle } from "../bundle.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { loadStudy } from "../input.ts";
import { type Io, pathFrom } from "../io.ts";
import { writeFileWhole } from "../output/write-files.ts";
import { SUMMARIES } from "../summaries.ts";
import { planInit } from "./plan-init.ts";

const description: CommandDescription = {
  name: "plan",
  summary: SUMMARIES.plan,
  arguments: [
    {
      name: "ACTION",
      help: "init: write a first plan for a data file; export: write a plan as a preregistration",
    },
    {
      name: "FILE",
      help: "init: the data (CSV, CSV.gz or Parquet); export: a study text, a plan (YAML) or a bundle",
    },
  ],
  options: [
    { name: "out", value: "FILE", help: "where to write (init: plan.yaml; export: without it, printed)" },
    { name: "format", value: "md|json", help: "export: Markdown to paste, or JSON for programs (md)" },
    { name: "yes", help: "init: ask nothing; take what the columns suggest" },
    { name: "id", value: "COLUMN", help: "init: whose row it is" },
    { name: "time", value: "COLUMN", help: "init: when, or which wave" },
    { name: "outcome", value: "COLUMN", help: "init: what is asked about" },
    { name: "outcome-label", value: "WORDS", help: "init: what it is called inside a sentence" },
    { name: "exposure", value: "COLUMN", help: "init: what may go together with it" },
    { name: "exposure-label", value: "WORDS", help: "init: what that is called inside a sentence" },
    { name: "by", value: "COLUMN|none", help: "init: two groups to compare" },
    { name: "covariates", value: "A,B|none", help: "init: columns to adjust for" },
    { name: "apart", value: "'3 months'", help: "init: how far apart the waves are" },
    {
      name: "asks-about",
      value: "week",
      help: "init: how long an answer is about: day, week, two weeks, year",
    },
    { name: "expect", value: "less|more|either", help: "init: what you expect of the outcome (either)" },
    { name: "negligible", value: "N", help: "init: the largest difference too small to matter" },
    { name: "noticeable", value: "N", help: "init: the smallest difference people would notice" },
    { name: "question", value: "WORDS", help: "init: the question, as people would ask it" },
    { name: "title", value: "WORDS", help: "init: a title" },
    HELP_OPTION,
  ],
  notes: [
    "init reads the file, asks what it cannot tell and writes a plan to read and change; on a terminal an empty answer takes what stands in brackets. What change people would notice has no suggestion: analyse waits until it is filled in.",
    "export keeps the order of the OSF Preregistration form. What is a matter of judgement and not in the text is marked as not stated. The hashes of study text and plan stand at the top: a changed plan is another preregistration. A bundle (publication.json) gives its plan and the departures from it.",
  ],
  examples: [
    { line: "longwave plan init diary.csv", what: "a first plan for your own data, by a few questions" },
    {
      line: "longwave plan init diary.csv --yes --outcome pain --exposure steps --out plan.yaml",
      what: "the same without questions",
    },
    {
      line: "longwave plan export protocols/exercise-and-pain.yaml --out preregistration.md",
      what: "the flagship study as a preregistration",
    },
    {
      line: "longwave plan export report/publication.json",
      what: "the plan of a report, with what departed from it",
    },
  ],
};

/** `longwave plan init FILE` and `longwave plan export FILE`. */
export const plan: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const [action = "", file = ""] = typed.positionals;
  if (action === "init") return planInit(io, typed, file);
  if (action === "export") return planExport(io, typed, file);
  throw unknownAction(action);
}

async function planExport(io: Io, typed: Typed, file: string): Promise<void> {
  const format = oneOf(typed, "format", { words: ["md", "json"], fallback: "md" });
  const form = await formOf(io, file);
  const text = format === "md" ? preregistrationMarkdown(form) : `${JSON.stringify(form, null, 2)}\n`;
  const out = typed.text("out");
  if (out === undefined) io.stdout.write(text);
  else writeFileWhole(pathFrom(io, out), text);
}

/** The plan in a study text, or the one in a bundle with the departures it lists. */
async function formOf(io: Io, file: string): Promise<Preregistration> {
  if (!file.toLowerCase().endsWith(".json")) return preregistration((await loadStudy(io, file)).protocol);
  const publication = await loadBundle(io, file);
  return preregistration(bundleStudy(publication).protocol, publication.deviations);
}

function unknownAction(action: string): CliError {
  return new CliError(
    "cli.unknown-command",
    `Expected "init" or "export" after "longwave plan"; found "${action}". Write: longwave plan init DATA.csv, or longwave plan export PROTOCOL`,
  );
}
