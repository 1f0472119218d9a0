import type { Source } from "@longwave/source";
import {
  EQUAL_SETS,
  type EqualSet,
  encodeJson,
  riclpm as fitRiclpm,
  printRiclpm,
  type RiclpmFit,
  type RiclpmOptions,
  riclpmColumnNames,
  riclpmToJson,
} from "@longwave/stats";
import { poolWide, riclpmFromSums } from "@longwave/stats/from-sums";
import { HELP_OPTION, oneOf, readArguments, type Typed, wrongValue } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import type { Io } from "../io.ts";
import { openData } from "../open-data.ts";
import { SUMMARIES } from "../summaries.ts";
import { ENGINE_OPTIONS, explainFit, fitFromSums } from "./engine.ts";
import { readSumsFiles, SIGNED_BY } from "./fit-sums-files.ts";
import { noteAlike, ON_DUPLICATE, rowChoice } from "./panel-request.ts";
import { type AskedSeries, columnsIn, listOf, readColumns, SERIES_OPTIONS, wideWay } from "./series.ts";
import { withLayout } from "./wide-data.ts";

const description: CommandDescription = {
  name: "riclpm",
  summary: SUMMARIES.riclpm,
  arguments: [
    {
      name: "FILE",
      help: "CSV, CSV.gz or Parquet: long (a row for each wave) or wide data; or postgres://host/database?table=NAME",
    },
  ],
  options: [
    ...SERIES_OPTIONS,
    { name: "id", value: "COLUMN", help: "long data: who a row is about" },
    { name: "time", value: "COLUMN", help: "long data: the number of the wave" },
    { name: "lags", value: "equal|free", help: "lagged paths over time (free)" },
    { name: "residuals", value: "equal|free", help: "what waves add, from the second wave on (free)" },
    { name: "means", value: "equal|free", help: "means over time (free)" },
    {
      name: "equal-groups",
      value: "LIST",
      help: `hold equal over groups: ${EQUAL_SETS.join(", ")}`,
    },
    { name: "no-random-intercepts", help: "leave them out: the cross-lagged panel model, for comparison" },
    { name: "growth", value: "linear", help: "add a slope over time for each person (LCM-SR)" },
    { name: "reliability", value: "0.8", help: "fix the rest of the within-person variance as error (1)" },
    { name: "se", value: "observed|expected|robust", help: "standard errors (observed)" },
    { name: "level", value: "0.95", help: "level of the intervals, between 0 and 1" },
    { name: "where", value: "EXPR", help: 'keep the rows for which EXPR is true: "wave <= 4"' },
    ON_DUPLICATE,
    ...ENGINE_OPTIONS,
    {
      name: "sums",
      help: "fit from files that longwave sums wrote: longwave riclpm --sums a.json b.json …",
    },
    SIGNED_BY,
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
    {
      line: "longwave riclpm --sums site-a.json site-b.json --lags equal",
      what: "the people of several sites together, from the sums each made with longwave sums --x … --y …",
    },
  ],
};

/** `longwave riclpm … FILE`: a random-intercept cross-lagged panel model of one file. */
export const riclpm: Command = { description, run };

/** From sums there are no columns to name: they stand in the files. */
const fromFiles: CommandDescription = {
  ...description,
  name: "riclpm --sums",
  arguments: [{ name: "SUMS.json", help: "files that longwave sums wrote, of different people", many: true }],
};

async function run(args: readonly string[], io: Io): Promise<void> {
  if (args.includes("--sums")) {
    const typed = readArguments(fromFiles, args);
    print(io, typed, await fitSeriesFiles(io, typed));
    return;
  }
  const typed = readArguments(description, args);
  const [file = ""] = typed.positionals;
  const named = readColumns(typed);
  const options = readOptions(typed, named.group);
  const source = await openData(io, file);
  try {
    const columns = columnsIn(source, named);
    const choice = rowChoice(withLayout(typed, source), columns.id);
    await noteAlike(io, source, columns.id);
    const question = {
      source,
      typed,
      way: wideWay(source, { columns, options, choice }),
    };
    if (typed.has("explain")) {
      io.stdout.write(await explainFit(question));
      return;
    }
    print(
      io,
      typed,
      (await fitFromSums(question)) ?? (await fitRows(io, source, { columns, options, choice })),
    );
  } finally {
    await source.close();
  }
}

async function fitRows(
  io: Io,
  source: Source,
  { columns, options, choice }: AskedSeries,
): Promise<RiclpmFit> {
  const data = await source.fitData({ columns: riclpmColumnNames(columns), ...choice });
  return io.interrupts.during(() => fitRiclpm(columns, data, options));
}

/** The fit of all people behind files of sums. */
async function fitSeriesFiles(io: Io, typed: Typed): Promise<RiclpmFit> {
  const files = await readSumsFiles(io, typed);
  const sums = files.map(({ file }) => {
    if (file.kind === "wide") return file.sums;
    throw new CliError(
      "cli.option-value",
      "Expected files with the sums of two series after longwave riclpm --sums; found those of a formula. Use longwave fit --sums.",
    );
  });
  const pooled = poolWide(sums);
  const { group } = pooled.plan.request;
  return riclpmFromSums(pooled, readOptions(typed, group));
}

function print(io: Io, typed: Typed, fit: RiclpmFit): void {
  io.stdout.write(typed.has("json") ? `${encodeJson(riclpmToJson(fit))}\n` : printRiclpm(fit));
}

function readOptions(typed: Typed, group: string | undefined): RiclpmOptions {
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
    equalAcrossGroups: equalSets(typed, group),
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

function equalSets(typed: Typed, group: string | undefined): EqualSet[] {
  const text = typed.text("equal-groups");
  if (text === undefined) return [];
  if (group === undefined) {
    throw wrongValue("equal-groups", "given together with --group COLUMN", `${text} without --group`);
  }
  return listOf(text).map((word) => {
    const set = EQUAL_SETS.find((candidate) => candidate === word);
    if (set === undefined) throw wrongValue("equal-groups", `a list of ${EQUAL_SETS.join(", ")}`, word);
    return set;
  });
}
