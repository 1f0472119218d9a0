import { parseArgs } from "node:util";
import { nearestName } from "@longwave/source";
import type { CommandDescription, OptionDescription } from "./command.ts";
import { CliError } from "./errors.ts";

/** What was typed after a command: its arguments in order, and its options by name. */
export interface Typed {
  readonly positionals: readonly string[];
  /** The text given to an option, or undefined when it was not given. */
  text(name: string): string | undefined;
  /** Whether a switch was given. */
  has(name: string): boolean;
}

/**
 * Reads what was typed after a command.
 *
 * @throws CliError `cli.unknown-option` naming the nearest one, `cli.option-value`, `cli.missing-argument`,
 *   `cli.extra-argument`
 */
export function readArguments(description: CommandDescription, args: readonly string[]): Typed {
  const options = Object.fromEntries(
    description.options.map((option) => [
      option.name,
      { type: option.value === undefined ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  const prepared = joinValues(description, args);
  const { values, positionals, tokens } = parseArgs({
    args: prepared,
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) if (token.kind === "option") checkOption(description, token);
  checkCount(description, positionals);
  return {
    positionals,
    text: (name) => (typeof values[name] === "string" ? values[name] : undefined),
    has: (name) => values[name] === true,
  };
}

/** `--where -1 < x` and `--seed -3`: a value that starts with a dash would be taken for an option. */
function joinValues(description: CommandDescription, args: readonly string[]): string[] {
  const withValue = new Set(
    description.options.filter(({ value }) => value !== undefined).map(({ name }) => `--${name}`),
  );
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] as string;
    const next = args[i + 1];
    if (withValue.has(word) && next !== undefined && /^-[^-]/.test(next)) {
      joined.push(`${word}=${next}`);
      i += 1;
    } else joined.push(word);
  }
  return joined;
}

function checkOption(
  description: CommandDescription,
  token: { readonly name: string; readonly rawName: string; readonly value?: string | undefined },
): void {
  const option = description.options.find((candidate) => candidate.name === token.name);
  if (option === undefined || token.rawName !== `--${token.name}`) {
    throw unknownOption(description, token.rawName);
  }
  if (option.value !== undefined && (token.value === undefined || token.value === "")) {
    throw new CliError(
      "cli.option-value",
      `Expected a value after --${option.name} (${option.value}); found none. Write --${option.name} ${option.value}.`,
    );
  }
  if (option.value === undefined && token.value !== undefined) {
    throw new CliError(
      "cli.option-value",
      `Expected --${option.name} alone, as it takes no value; found "${token.value}". Leave the value out.`,
    );
  }
}

function unknownOption(description: CommandDescription, typed: string): CliError {
  const names = description.options.map(({ name }) => `--${name}`);
  const nearest = nearestName(typed, names);
  const hint = nearest === undefined ? "" : `Did you mean ${nearest}? `;
  return new CliError(
    "cli.unknown-option",
    `Expected an option of "longwave ${description.name}"; found ${typed}. ${hint}"longwave ${description.name} --help" lists them.`,
  );
}

function checkCount(description: CommandDescription, positionals: readonly string[]): void {
  const expected = description.arguments.map(({ name }) => name);
  const missing = expected[positionals.length];
  if (missing !== undefined) {
    throw new CliError(
      "cli.missing-argument",
      `Expected ${missing} after "longwave ${description.name}"; found ${positionals.length === 0 ? "nothing" : `only ${positionals.join(" ")}`}. Write: longwave ${[description.name, ...expected].join(" ")}`,
    );
  }
  const extra = positionals[expected.length];
  if (extra === undefined || description.arguments.at(-1)?.many) return;
  throw new CliError(
    "cli.extra-argument",
    `Expected ${expected.length === 0 ? "no argument" : expected.join(" and ")} after "longwave ${description.name}"; found "${extra}" too. Put a formula or a path with spaces in quotation marks.`,
  );
}

/** A list in words: `a, b or c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

/** The error for an option whose value is not one it can take. */
export function wrongValue(option: string, expected: string, found: string): CliError {
  return new CliError("cli.option-value", `Expected --${option} to be ${expected}; found ${found}.`);
}

/**
 * The text given to an option that has to be there.
 *
 * @throws CliError `cli.missing-argument`
 */
export function requiredOption(typed: Typed, description: CommandDescription, name: string): string {
  const text = typed.text(name);
  if (text !== undefined) return text;
  const value = description.options.find((option) => option.name === name)?.value ?? "";
  throw new CliError(
    "cli.missing-argument",
    `Expected --${name} ${value} after "longwave ${description.name}"; found no --${name}. Say where to write.`,
  );
}

/**
 * A whole number given to an option, or `fallback` when it was not given.
 *
 * @throws CliError `cli.option-value`
 */
export function wholeNumber(
  typed: Typed,
  name: string,
  range: { readonly least: number; readonly most?: number; readonly fallback: number },
): number {
  const text = typed.text(name);
  if (text === undefined) return range.fallback;
  const value = Number(text);
  const most = range.most ?? Number.MAX_SAFE_INTEGER;
  if (/^\d+$/.test(text) && value >= range.least && value <= most) return value;
  const upTo = range.most === undefined ? "or more" : `to ${range.most}`;
  throw wrongValue(name, `a whole number, ${range.least} ${upTo}`, text);
}

/**
 * One of a few words given to an option, or `fallback` when it was not given.
 *
 * @throws CliError `cli.option-value`, naming the nearest word.
 */
export function oneOf<Word extends string>(
  typed: Typed,
  name: string,
  choice: { readonly words: readonly Word[]; readonly fallback: Word },
): Word {
  const text = typed.text(name);
  if (text === undefined) return choice.fallback;
  const word = choice.words.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  const nearest = nearestName(text, choice.words);
  const hint = nearest === undefined ? "Write one of these." : `Did you mean ${nearest}?`;
  throw new CliError(
    "cli.option-value",
    `Expected --${name} to be ${listed(choice.words)}; found ${text}. ${hint}`,
  );
}

/** The option every command has. */
export const HELP_OPTION: OptionDescription = { name: "help", help: "show this help and stop" };
