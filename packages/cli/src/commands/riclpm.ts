import {
  EQUAL_SETS,
  type EqualSet,
  encodeJson,
  riclpm as fitRiclpm,
  printRiclpm,
  type RiclpmColumns,
  type RiclpmFit,
  type RiclpmOptions,
  riclpmColumnNames,
  riclpmToJson,
} from "@longwave/stats";
import { HELP_OPTION, oneOf, readArguments, type Typed, wrongValue } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import type { Io } from "../io.ts";
import { openData } from "../open-data.ts";
import { SUMMARIES } from "../summaries.ts";

const description: CommandDescription = {
  name: "riclpm",
  summary: SUMMARIES.riclpm,
  arguments: [{ name: "FILE", help: "CSV, CSV.gz or Parquet: long (a row for each wave) or wide data" }],
  options: [
    { name: "x", value: "COLUMN", help: "the first series; wide data: its columns, x1,x2,x3" },
    { name: "y", value: "COLUMN", help: "the second series; wide data: its columns, y1,y2,y3" },
    { name: "id", value: "COLUMN", help: "long data: who a row is about" },
    { name: "time", value: "COLUMN", help: "long data: the number of the wave" },
    { name: "group", value: "COLUMN", help: "a model for each group, with tests that they are equal" },
    { name: "lags", value: "equal|free", help: "lagged paths over time (free)" },
    { name: "residuals", value: "equal|free", help: "what waves add, from the second wave on (free)" },
    { name: "means", value: "equal|free", help: "means over time (free)" },
    {
      name: "equal-groups",
      value: "LIST",
      help: `hold equal over groups: ${EQUAL_SETS.join(", ")}`,
    },
    { name: "no-random-intercepts", help: "leave them out: the cross-lagged panel model, for comparison" },
    { name: "covariates", value: "LIST", help: "predictors of the random intercepts: age,'factor(school)'" },
    { name: "growth", value: "linear", help: "add a slope over time for each person (LCM-SR)" },
    { name: "reliability", value: "0.8", help: "fix the rest of the within-person variance as error (1)" },
    { name: "se", value: "observed|expected|robust", help: "standard errors (observed)" },
    { name: "level", value: "0.95", help: "level of the intervals, between 0 and 1" },
    { name: "where", value: "EXPR", help: 'keep the rows for which EXPR is true: "wave <= 4"' },
    { name: "no-tests", help: "leave out the tests that need further fits" },
    { name: "json", help: "print one JSON object instead of the tables" },
    HELP_OPTION,
  ],
  notes: [
    "Each series is split into a person's own level and the deviation from it at each wave; the lags connect the deviations. Three to twelve waves. Everyone with an answer counts.",
  ],
  examples: [
    {
      line: "longwave riclpm --x exercise --y pain --id id --time wave --lags equal cohort.csv",
      what: "two series of long data, the same lags from wave to wave",
    },
    {
      line: "longwave riclpm --x ex --y pain --id id --time wave --group sex --lags equal --se robust cohort.csv --json",
      what: "women and men apart, with robust standard errors and tests that their lags are equal",
    },
    {
      line: "longwave riclpm --x x1,x2,x3,x4 --y y1,y2,y3,y4 --covariates age,'factor(school)' wide.csv",
      what: "wide data, with predictors of people's levels",
    },
  ],
};

/** `longwave riclpm … FILE`: a random-intercept cross-lagged panel model of one file. */
export const riclpm: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const [file = ""] = typed.positionals;
  const columns = readColumns(typed);
  const options = readOptions(typed, columns);
  const source = await openData(io, file);
  const where = typed.text("where");
  const named = riclpmColumnNames(columns);
  const data = await source
    .fitData(where === undefined ? { columns: named } : { columns: named, where })
    .finally(() => source.close());
  print(io, typed, fitRiclpm(columns, data, options));
}

function print(io: Io, typed: Typed, fit: RiclpmFit): void {
  io.stdout.write(typed.has("json") ? `${encodeJson(riclpmToJson(fit))}\n` : printRiclpm(fit));
}

/** A list at its commas, apart from those in brackets: `a,factor(b):c`. */
function listOf(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function readColumns(typed: Typed): RiclpmColumns {
  const series = (name: "x" | "y") => {
    const listed = listOf(requiredColumn(typed, name));
    return listed.length === 1 ? (listed[0] ?? "") : listed;
  };
  const named = (name: "id" | "time" | "group") => {
    const text = typed.text(name);
    return text === undefined ? {} : { [name]: text };
  };
  const covariates = typed.text("covariates");
  return {
    x: series("x"),
    y: series("y"),
    ...named("id"),
    ...named("time"),
    ...named("group"),
    ...(covariates === undefined ? {} : { covariates: listOf(covariates) }),
  };
}

function requiredColumn(typed: Typed, name: "x" | "y"): string {
  return typed.text(name) ?? missing(name);
}

function missing(name: "x" | "y"): never {
  throw new CliError(
    "cli.missing-argument",
    `Expected --${name} COLUMN after "longwave riclpm"; found no --${name}. Name the column of the series, or its columns wave by wave: --${name} ${name}1,${name}2,${name}3.`,
  );
}

function readOptions(typed: Typed, columns: RiclpmColumns): RiclpmOptions {
  const equalOrFree = { words: ["equal", "free"] as const, fallback: "free" as const };
  const growth = typed.text("growth");
  const means = typed.text("means");
  return {
    lags: oneOf(typed, "lags", equalOrFree),
    residuals: oneOf(typed, "residuals", equalOrFree),
    randomIntercepts: !typed.has("no-random-intercepts"),
    growth: oneOf(typed, "growth", { words: ["linear", "none"], fallback: "none" }),
    // With growth and nothing said, the means follow a line.
    ...(means === undefined && growth === "linear" ? {} : { means: oneOf(typed, "means", equalOrFree) }),
    reliability: proportion(typed, "reliability", 1),
    se: oneOf(typed, "se", { words: ["observed", "expected", "robust"], fallback: "observed" }),
    level: proportion(typed, "level", 0.95),
    equalAcrossGroups: equalSets(typed, columns),
    tests: !typed.has("no-tests"),
  };
}

function proportion(typed: Typed, name: "level" | "reliability", fallback: number): number {
  const text = typed.text(name);
  if (text === undefined) return fallback;
  const value = Number(text);
  const most = name === "reliability" ? value <= 1 : value < 1;
  if (value > 0 && most) return value;
  const meant = value > 1 && value <= 100 ? ` (for ${text} % write ${value / 100})` : "";
  throw wrongValue(
    name,
    name === "reliability" ? "above 0 and at most 1, such as 0.8" : "between 0 and 1, such as 0.95",
    `${text}${meant}`,
  );
}

function equalSets(typed: Typed, columns: RiclpmColumns): EqualSet[] {
  const text = typed.text("equal-groups");
  if (text === undefined) return [];
  if (columns.group === undefined) {
    throw wrongValue("equal-groups", "given together with --group COLUMN", `${text} without --group`);
  }
  return listOf(text).map((word) => {
    const set = EQUAL_SETS.find((candidate) => candidate === word);
    if (set === undefined) throw wrongValue("equal-groups", `a list of ${EQUAL_SETS.join(", ")}`, word);
    return set;
  });
}
