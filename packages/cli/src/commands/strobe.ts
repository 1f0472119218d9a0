import { renderStrobeHtml, renderStrobeMarkdown, strobeList } from "@longwave/findings";
import { HELP_OPTION, oneOf, readArguments } from "../arguments.ts";
import { loadBundle } from "../bundle.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { writeFileWhole } from "../output/write-files.ts";
import { SUMMARIES } from "../summaries.ts";

const description: CommandDescription = {
  name: "strobe",
  summary: SUMMARIES.strobe,
  arguments: [{ name: "BUNDLE", help: "the publication.json of a report or a publication page" }],
  options: [
    { name: "format", value: "html|md", help: "a page that a word processor opens, or Markdown (html)" },
    { name: "out", value: "FILE", help: "where to write; without it the text is printed" },
    { name: "page", value: "ADDRESS", help: "address of the findings page, for a link at each item" },
    HELP_OPTION,
  ],
  notes: [
    "The 22 items for cohort studies (von Elm and others 2007). Facts are filled from the locked plan, the data and the results; what is a matter of judgement is marked and left to the authors. Groups under ten people are not shown.",
  ],
  examples: [{ line: "longwave strobe report/publication.json --out strobe.html", what: "for a manuscript" }],
};

/** `longwave strobe BUNDLE`: the reporting list of a publication. */
export const strobe: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const [bundleFile = ""] = typed.positionals;
  const list = strobeList(await loadBundle(io, bundleFile));
  if (list === undefined) throw tooEarly(bundleFile);
  const format = oneOf(typed, "format", { words: ["html", "md"], fallback: "html" });
  const page = typed.text("page");
  const text = format === "html" ? renderStrobeHtml(list, page) : renderStrobeMarkdown(list, page);
  const out = typed.text("out");
  if (out === undefined) io.stdout.write(text);
  else writeFileWhole(pathFrom(io, out), text);
}

function tooEarly(path: string): CliError {
  return new CliError(
    "cli.not-a-bundle",
    `Expected a bundle that holds the facts of the reporting list; ${path} is an early one without them. Run the analysis again with this version.`,
  );
}
