import { type Difference, type Publication, type Verification, verifyPublication } from "@longwave/findings";
import { HELP_OPTION, readArguments, type Typed, wholeNumber } from "../arguments.ts";
import { bundleStudy, loadBundle } from "../bundle.ts";
import type { CheckCommand, CommandDescription } from "../command.ts";
import { readDataset } from "../dataset.ts";
import { loadStudy, type Study } from "../input.ts";
import type { Io } from "../io.ts";
import { runPlanShowing } from "../run-plan.ts";
import { SUMMARIES } from "../summaries.ts";
import { version } from "../version.ts";

const description: CommandDescription = {
  name: "verify",
  summary: SUMMARIES.verify,
  arguments: [
    { name: "BUNDLE", help: "the publication.json of a report or a publication page" },
    { name: "FILE", help: "the data: CSV, CSV.gz or Parquet, one row for each person and wave" },
  ],
  options: [
    {
      name: "protocol",
      value: "STUDY.yaml",
      help: "run this study text or plan instead of the one in the bundle; a plan also says which column is which",
    },
    { name: "map", value: "MAP.yaml", help: "which column is which item, when the names or codes differ" },
    {
      name: "events",
      value: "EVENTS.csv",
      help: "the sessions and rests, when the report was made with them",
    },
    { name: "seed", value: "N", help: "run with this seed instead of the bundle's" },
    { name: "all", help: "list every difference, not the first twenty" },
    HELP_OPTION,
  ],
  notes: [
    "Checks the seal, runs the plan again with the bundle's seed and language, and compares: numbers to 1e-9, texts exactly. Exit code 0: the same; 1: something differs; 2: a mistake in what was typed or in a file.",
  ],
  examples: [
    { line: "longwave verify report/publication.json answers.csv", what: "a report of `longwave analyse`" },
    {
      line: "longwave verify publication.json answers.csv --protocol study.yaml",
      what: "a bundle beside the study text you have",
    },
    {
      line: "longwave verify report/publication.json diary.csv --protocol plan.yaml",
      what: "a report on your own data, by your own plan",
    },
  ],
};

/** `longwave verify BUNDLE FILE`: whether a bundle's plan, run again on the data, says the same. */
export const verify: CheckCommand = { description, check };

async function check(args: readonly string[], io: Io): Promise<boolean> {
  const typed = readArguments(description, args);
  const [bundleFile = "", dataFile = ""] = typed.positionals;
  const publication = await loadBundle(io, bundleFile);
  const study = await studyOf(io, publication, typed);
  const { protocol } = study;
  const dataset = await readDataset(io, {
    ...study,
    dataFile,
    mapFile: typed.text("map"),
    eventsFile: typed.text("events"),
  });
  const { lockedAt } = publication.plan;
  const draft = await runPlanShowing(io, {
    protocol,
    dataset,
    seed: wholeNumber(typed, "seed", { least: 0, most: 2 ** 32 - 1, fallback: publication.seed }),
    language: publication.language,
    simulated: publication.study.simulated,
    scope: publication.scope ?? "confirmatory",
    ...(lockedAt === undefined ? {} : { planLockedAt: lockedAt }),
  });
  const verification = verifyPublication(publication, { draft, version: version() });
  io.stdout.write(report(publication, verification, typed.has("all")));
  return verification.same;
}

async function studyOf(io: Io, publication: Publication, typed: Typed): Promise<Study> {
  const path = typed.text("protocol");
  if (path !== undefined) return loadStudy(io, path);
  return bundleStudy(publication);
}

const MOST_SHOWN = 20;

function report(publication: Publication, found: Verification, all: boolean): string {
  const { dataset, hash } = publication;
  const head = `Bundle ${hash.slice(0, 12)}: ${dataset.people} people, ${dataset.rows} rows`;
  if (found.same) {
    return `${head}\nSame: the seal holds, and the plan run again gives every number (to 1e-9) and every sentence.\n`;
  }
  const shown = all ? found.results : found.results.slice(0, MOST_SHOWN);
  const more = found.results.length - shown.length;
  const lines = [
    head,
    "Different:",
    ...section("What the bundle was made from", found.origins),
    ...section("What the bundle says", shown),
    ...(more > 0 ? [`  and ${more} more (--all lists them)`] : []),
    ...(found.notes.length > 0 ? ["", ...found.notes] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function section(title: string, differences: readonly Difference[]): readonly string[] {
  if (differences.length === 0) return [];
  return [
    "",
    title,
    ...differences.flatMap(({ what, inBundle, here }) => [
      `  ${what}`,
      `    in the bundle  ${inBundle}`,
      `    run again      ${here}`,
    ]),
  ];
}
