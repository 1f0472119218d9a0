import type { CommandDescription, OptionDescription } from "./command.ts";
import { SUMMARIES } from "./summaries.ts";

const WIDTH = 30;

/** The help of the whole program. */
export function programHelp(): string {
  const lines = Object.entries(SUMMARIES).map(([name, summary]) => row(name, summary));
  return [
    "longwave: run a repeated-measures study, answer its questions, publish the answer",
    "",
    "Use: longwave COMMAND …",
    "",
    ...lines,
    "",
    row("longwave COMMAND --help", "how one command is used, with examples"),
    row("longwave --version", "the version"),
    "",
    "Exit codes: 0 done, 1 a fault of Longwave's, 2 something to correct in what was typed or given.",
    "",
  ].join("\n");
}

/** The help of one command: use, options, examples. */
export function commandHelp(description: CommandDescription): string {
  const use = ["longwave", description.name, ...description.arguments.map(({ name }) => name)].join(" ");
  return [
    `${use} [options]`,
    "",
    `${description.summary}.`,
    "",
    ...description.arguments.map(({ name, help }) => row(name, help)),
    ...(description.arguments.length === 0 ? [] : [""]),
    ...description.options.map((option) => row(optionForm(option), option.help)),
    ...(description.notes ?? []).flatMap((note) => ["", note]),
    "",
    "Examples:",
    ...description.examples.flatMap(({ line, what }) => [`  # ${what}`, `  ${line}`]),
    "",
  ].join("\n");
}

function optionForm({ name, value }: OptionDescription): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function row(left: string, right: string): string {
  return left.length < WIDTH - 2
    ? `  ${left.padEnd(WIDTH - 2)}${right}`
    : `  ${left}\n${" ".repeat(WIDTH)}${right}`;
}
