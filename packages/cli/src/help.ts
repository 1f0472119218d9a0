import type { CommandDescription, OptionDescription } from "./command.ts";
import { WIDTH, wrapWords } from "./output/wrap.ts";
import { SUMMARIES } from "./summaries.ts";

/** Where what an option means starts. */
const MEANING = 30;

/** The help of the whole program. */
export function programHelp(): string {
  const lines = Object.entries(SUMMARIES).map(([name, summary]) => row(name, summary));
  return [
    ...wrapWords("longwave: run a repeated-measures study, answer its questions, publish the answer", WIDTH),
    "",
    "Use: longwave COMMAND …",
    "",
    ...lines,
    "",
    row("longwave COMMAND --help", "how one command is used, with examples"),
    row("longwave --version", "the version"),
    row("longwave COMMAND --quiet", "no bar of progress; without a terminal there is none"),
    "",
    ...wrapWords(
      "Exit codes: 0 done, 1 a fault of Longwave's, 2 something to correct in what was typed or given, 130 stopped by Ctrl-C.",
      WIDTH,
    ),
    "",
  ].join("\n");
}

/** The help of one command: use, options, examples. */
export function commandHelp(description: CommandDescription): string {
  const use = ["longwave", description.name, ...description.arguments.map(({ name }) => name)].join(" ");
  return [
    `${use} [options]`,
    "",
    ...wrapWords(`${description.summary}.`, WIDTH),
    "",
    ...description.arguments.map(({ name, help }) => row(name, help)),
    ...(description.arguments.length === 0 ? [] : [""]),
    ...description.options.map((option) => row(optionForm(option), option.help)),
    ...(description.notes ?? []).flatMap((note) => ["", ...wrapWords(note, WIDTH)]),
    "",
    "Examples:",
    ...description.examples.flatMap(({ line, what }) => [
      ...wrapWords(what, WIDTH - 4).map((part) => `  # ${part}`),
      `  ${line}`,
    ]),
    "",
  ].join("\n");
}

function optionForm({ name, value }: OptionDescription): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function row(left: string, right: string): string {
  const [first = "", ...rest] = wrapWords(right, WIDTH - MEANING);
  const head =
    left.length < MEANING - 2
      ? `  ${left.padEnd(MEANING - 2)}${first}`
      : `  ${left}\n${" ".repeat(MEANING)}${first}`;
  return [head, ...rest.map((line) => `${" ".repeat(MEANING)}${line}`)].join("\n");
}
