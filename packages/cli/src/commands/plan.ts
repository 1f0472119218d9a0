import { preregistration, preregistrationMarkdown } from "@longwave/findings";
import { HELP_OPTION, oneOf, readArguments } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { loadProtocol } from "../input.ts";
import { type Io, pathFrom } from "../io.ts";
import { writeFileWhole } from "../output/write-files.ts";
import { SUMMARIES } from "../summaries.ts";

const description: CommandDescription = {
  name: "plan",
  summary: SUMMARIES.plan,
  arguments: [
    { name: "ACTION", help: "export: write the plan in the order of the OSF Preregistration form" },
    { name: "PROTOCOL", help: "the study as YAML" },
  ],
  options: [
    { name: "format", value: "md|json", help: "Markdown to paste, or JSON for programs (md)" },
    { name: "out", value: "FILE", help: "where to write; without it the text is printed" },
    HELP_OPTION,
  ],
  notes: [
    "What is a matter of judgement and not in the study text is marked as not stated. The hashes of study text and plan stand at the top: a changed plan is another preregistration.",
  ],
  examples: [
    {
      line: "longwave plan export protocols/exercise-and-pain.yaml --out preregistration.md",
      what: "the flagship study",
    },
  ],
};

/** `longwave plan export PROTOCOL`: the plan of a study as a preregistration. */
export const plan: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const [action = "", protocolFile = ""] = typed.positionals;
  if (action !== "export") throw unknownAction(action);
  const format = oneOf(typed, "format", { words: ["md", "json"], fallback: "md" });
  const form = preregistration(await loadProtocol(io, protocolFile));
  const text = format === "md" ? preregistrationMarkdown(form) : `${JSON.stringify(form, null, 2)}\n`;
  const out = typed.text("out");
  if (out === undefined) io.stdout.write(text);
  else writeFileWhole(io, pathFrom(io, out), text);
}

function unknownAction(action: string): CliError {
  return new CliError(
    "cli.unknown-command",
    `Expected "export" after "longwave plan"; found "${action}". Write: longwave plan export PROTOCOL`,
  );
}
