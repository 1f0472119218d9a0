import { openFile } from "@longwave/source";
import {
  encodeJson,
  type FitData,
  fitToJson,
  formulaColumns,
  type LmmOptions,
  lmm,
  lmmDetails,
  printFit,
  type RandomEffects,
} from "@longwave/stats";
import { HELP_OPTION, oneOf, readArguments, type Typed, wholeNumber, wrongValue } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { type Io, pathFrom } from "../io.ts";
import { csvText } from "../output/csv.ts";
import { writeFileWhole } from "../output/write-files.ts";
import { SUMMARIES } from "../summaries.ts";

const description: CommandDescription = {
  name: "fit",
  summary: SUMMARIES.fit,
  arguments: [
    { name: "FORMULA", help: "'outcome ~ predictors + (terms | group)', in quotation marks" },
    { name: "FILE", help: "CSV, CSV.gz or Parquet, one row for each person and occasion" },
  ],
  options: [
    { name: "method", value: "reml|ml", help: "criterion (reml)" },
    { name: "df", value: "satterthwaite|none", help: "degrees of freedom (satterthwaite); none: normal" },
    { name: "level", value: "0.95", help: "level of the intervals, between 0 and 1" },
    {
      name: "where",
      value: "EXPR",
      help: 'keep the rows for which EXPR is true: "group == 1 and age >= 18"',
    },
    { name: "min-rows", value: "N", help: "keep people with at least N rows after dropping missing values" },
    { name: "time", value: "COLUMN", help: "order of a person's rows; lag() needs it" },
    { name: "id", value: "COLUMN", help: "who a row is about, when the formula has no (… | id)" },
    { name: "json", help: "print one JSON object instead of the table" },
    { name: "ranef", value: "FILE", help: "write the random effects of each group as CSV" },
    { name: "fitted", value: "FILE", help: "write fitted values and residuals as CSV" },
    HELP_OPTION,
  ],
  notes: [
    "within(x) is a person's deviation from their own mean of x, between(x) that mean, lag(x) the value at the\noccasion before, factor(x) a number as categories. Text columns are categories already.",
  ],
  examples: [
    {
      line: 'longwave fit "pain ~ week + (1 + week | id)" trial.csv',
      what: "a growth curve with a random slope",
    },
    {
      line: 'longwave fit "pain ~ (within(ex) + between(ex)) * male + wave + (1 | id)" cohort.parquet --json',
      what: "within and between people, for women and men, as JSON",
    },
    {
      line: "longwave fit \"pain ~ time + (1 | id)\" trial.csv --where 'group == 1' --method ml --ranef people.csv",
      what: "some of the rows, by maximum likelihood, with each person's random intercept in a file",
    },
  ],
};

/** `longwave fit FORMULA FILE`: one model on one file. */
export const fit: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const [formula = "", file = ""] = typed.positionals;
  const options = fitOptions(typed);
  const data = await readRows(io, { formula, file, typed, options });
  const ranefFile = typed.text("ranef");
  const fittedFile = typed.text("fitted");
  if (ranefFile === undefined && fittedFile === undefined) {
    print(io, typed, lmm(formula, data, options));
    return;
  }
  const details = lmmDetails(formula, data, options);
  if (ranefFile !== undefined) writeFileWhole(io, pathFrom(io, ranefFile), ranefCsv(details.ranef));
  if (fittedFile !== undefined) {
    const rows = details.fitted.map(({ row, fitted, residual }) => [row + 1, fitted, residual]);
    writeFileWhole(io, pathFrom(io, fittedFile), csvText(["row", "fitted", "residual"], rows));
  }
  print(io, typed, details.fit);
}

function print(io: Io, typed: Typed, result: ReturnType<typeof lmm>): void {
  io.stdout.write(typed.has("json") ? `${encodeJson(fitToJson(result))}\n` : endLine(printFit(result)));
}

function endLine(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

function fitOptions(typed: Typed): LmmOptions {
  const time = typed.text("time");
  const id = typed.text("id");
  return {
    method: oneOf(typed, "method", { words: ["reml", "ml"], fallback: "reml" }),
    df: oneOf(typed, "df", { words: ["satterthwaite", "none"], fallback: "satterthwaite" }),
    level: readLevel(typed.text("level")),
    minRows: wholeNumber(typed, "min-rows", { least: 1, fallback: 1 }),
    ...(time === undefined ? {} : { time }),
    ...(id === undefined ? {} : { id }),
  };
}

function readLevel(text: string | undefined): number {
  if (text === undefined) return 0.95;
  const level = Number(text);
  if (level > 0 && level < 1) return level;
  const meant = level > 1 && level < 100 ? ` (for ${text} % write ${level / 100})` : "";
  throw wrongValue("level", "between 0 and 1, such as 0.95", `${text}${meant}`);
}

/** The formula is read before the file: a typing mistake should not wait for a large file. */
async function readRows(
  io: Io,
  asked: {
    readonly formula: string;
    readonly file: string;
    readonly typed: Typed;
    readonly options: LmmOptions;
  },
): Promise<FitData> {
  const { formula, file, typed, options } = asked;
  const named = [options.time, options.id].filter((name) => name !== undefined);
  const columns = [...new Set([...formulaColumns(formula), ...named])];
  const where = typed.text("where");
  const source = await openFile(pathFrom(io, file));
  try {
    return await source.fitData(where === undefined ? { columns } : { columns, where });
  } finally {
    await source.close();
  }
}

function ranefCsv(blocks: readonly RandomEffects[]): string {
  const rows = blocks.flatMap((block) =>
    block.levels.flatMap((level, index) =>
      block.terms.map((term, at) => [
        block.group,
        level,
        term,
        block.modes[index]?.[at] ?? null,
        block.conditionalStdDev[index]?.[at] ?? null,
      ]),
    ),
  );
  return csvText(["group", "level", "term", "mode", "conditionalStdDev"], rows);
}
