import type { Source } from "@longwave/source";
import {
  encodeJson,
  type FitData,
  fitToJson,
  formulaColumns,
  printFit,
  type RandomEffects,
  type RowFit,
  ranef,
  residuals,
} from "@longwave/stats";
import { HELP_OPTION, readArguments, type Typed } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { openData } from "../open-data.ts";
import { writeFileWhole } from "../output/write-files.ts";
import { SUMMARIES } from "../summaries.ts";
import { ENGINE_OPTIONS, explainFit, fitFromSums } from "./engine.ts";
import { type CommandFit, ESTIMATORS, namedColumns, prepareFit, readEstimator } from "./estimators.ts";
import { personOf, type SumsQuestion, sumsWay } from "./fit-from-sums.ts";
import { fitSumsFiles, REQUEST_OPTION, SIGNED_BY } from "./fit-sums-files.ts";
import { noteAlike, noteMixed, ON_DUPLICATE, rowChoice } from "./panel-request.ts";
import { noteUnnamed, readWide, WIDE_OPTIONS, withLayout } from "./wide-data.ts";

const description: CommandDescription = {
  name: "fit",
  summary: SUMMARIES.fit,
  arguments: [
    { name: "FORMULA", help: "'outcome ~ predictors + (terms | group)', in quotation marks" },
    {
      name: "FILE",
      help: "CSV, CSV.gz or Parquet, one row for each person and occasion, or with --wide for each person; postgres://host/database?table=NAME; or a locked study of a server: longwave-data?study=NAME",
    },
  ],
  options: [
    {
      name: "estimator",
      value: ESTIMATORS.join("|"),
      help: "the model (lmm; by --family when that is given)",
    },
    { name: "family", value: "gaussian|binomial|ordinal", help: "what the outcome is (gaussian)" },
    { name: "method", value: "reml|ml", help: "lmm: criterion (reml)" },
    {
      name: "df",
      value: "satterthwaite|kenward-roger|none",
      help: "lmm: degrees of freedom (satterthwaite); none: normal",
    },
    {
      name: "residual",
      value: "'ar1(COLUMN)'",
      help: "lmm: residuals of one person: iid, ar1, car1, toeplitz, unstructured, variances",
    },
    {
      name: "se",
      value: "TYPE",
      help: "lmm: model, cr0, cr1, cr2; fe, re: model, arellano, arellano-hc0, arellano-hc1; gee: robust, model, mancl-derouen, kauermann-carroll",
    },
    { name: "corr", value: "TYPE", help: "gee: independence, exchangeable (default), ar1, unstructured" },
    { name: "effect", value: "person|twoway", help: "fe: levels of people, or of people and times (person)" },
    { name: "nodes", value: "9", help: "clmm, glmm: points of the quadrature, 1 to 25; 1 is Laplace's" },
    { name: "weights", value: "COLUMN", help: "gee, glm: a weight above 0 for each row" },
    { name: "level", value: "0.95", help: "level of the intervals, between 0 and 1" },
    {
      name: "where",
      value: "EXPR",
      help: 'keep the rows for which EXPR is true: "group == 1 and age >= 18"',
    },
    { name: "min-rows", value: "N", help: "keep people with at least N rows after dropping missing values" },
    { name: "time", value: "COLUMN", help: "the wave; lag(), correlated residuals and gee's ar1 need it" },
    { name: "id", value: "COLUMN", help: "who a row is about, when the formula has no (… | id)" },
    ...WIDE_OPTIONS,
    ON_DUPLICATE,
    ...ENGINE_OPTIONS,
    {
      name: "sums",
      help: "fit from files that longwave sums wrote: longwave fit --sums a.json b.json …",
    },
    SIGNED_BY,
    REQUEST_OPTION,
    { name: "json", help: "print one JSON object instead of the table" },
    { name: "ranef", value: "FILE", help: "write the random effects of each group as CSV" },
    { name: "fitted", value: "FILE", help: "write fitted values and residuals as CSV" },
    HELP_OPTION,
  ],
  notes: [
    "within(x) is a person's deviation from their own mean of x, between(x) that mean, lag(x) the value at the occasion before, factor(x) a number as categories. Text columns are categories already.",
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
    {
      line: "longwave fit \"pain ~ within(ex) + between(ex) + (1 | id)\" cohort.csv --residual 'ar1(wave)' --se cr2",
      what: "residuals that go together from wave to wave, and standard errors that hold if they do not",
    },
    {
      line: 'longwave fit "pain ~ within(ex) + between(ex)" cohort.csv --estimator gee --id person --corr exchangeable',
      what: "averages over the population by estimating equations",
    },
    {
      line: 'longwave fit "pain ~ within(ex) + between(ex) + factor(wave) + (1 | id)" "postgres://db.example.org/study?table=person_wave" --time wave',
      what: "a table in a database, which adds up its rows itself; the password comes from PGPASSWORD or ~/.pgpass",
    },
    {
      line: 'longwave fit "pain ~ within(ex) + wave + (1 | id)" wide.csv --wide pain,ex',
      what: "one row for each person, with columns pain_0, pain_3, ex_0, ex_3",
    },
    {
      line: "longwave fit --sums site-a.json site-b.json",
      what: "the people of several sites together, from the sums each made with longwave sums",
    },
    {
      line: "longwave fit --sums site-a.json site-b.json --se cr1 --df none --request request.json",
      what: "the same with a question to the sites, whose answers (longwave sums --round 2) make standard errors robust",
    },
    {
      line: "longwave fit --sums site-a.json site-b.json site-a-2.json site-b-2.json --se cr1 --df none",
      what: "and with their answers",
    },
    {
      line: 'longwave fit "grade ~ within(ex) + between(ex) + (1 | id)" cohort.csv --family ordinal',
      what: "an outcome in ordered categories",
    },
  ],
};

/** `longwave fit FORMULA FILE`: one model on one table. */
export const fit: Command = { description, run };

/** From sums there is no formula to type: it stands in the files. */
const fromFiles: CommandDescription = {
  ...description,
  name: "fit --sums",
  arguments: [{ name: "SUMS.json", help: "files that longwave sums wrote, of different people", many: true }],
};

async function run(args: readonly string[], io: Io): Promise<void> {
  if (args.includes("--sums")) {
    const typed = readArguments(fromFiles, args);
    print(io, typed, await fitSumsFiles(io, typed));
    return;
  }
  const typed = readArguments(description, args);
  const [formula = "", file = ""] = typed.positionals;
  const estimator = readEstimator(typed, formula);
  prepareFit(estimator, typed);
  const source = await openData(io, file, readWide(typed, personOf(typed, formula)));
  try {
    await fitSource(io, { source, formula, estimator, typed: withLayout(typed, source) });
  } finally {
    await source.close();
  }
}

async function fitSource(io: Io, asked: SumsQuestion): Promise<void> {
  const { source, formula, estimator, typed } = asked;
  noteUnnamed(io, source);
  await noteAlike(io, source, personOf(typed, formula));
  await noteMixed(io, source, formulaColumns(formula));
  const question = { source, typed, way: sumsWay(asked) };
  if (typed.has("explain")) {
    io.stdout.write(await explainFit(question));
    return;
  }
  const summed = await fitFromSums(question);
  if (summed?.ranef) await writeRanef(io, typed, summed.ranef);
  print(io, typed, summed?.fit ?? (await fitRows(io, asked, prepareFit(estimator, typed))));
}

function print(io: Io, typed: Typed, result: CommandFit): void {
  io.stdout.write(typed.has("json") ? `${encodeJson(fitToJson(result))}\n` : printFit(result));
}

async function fitRows(
  io: Io,
  { source, formula, typed }: SumsQuestion,
  fitTo: (formula: string, data: FitData) => CommandFit,
): Promise<CommandFit> {
  const data = await readRows(source, formula, typed);
  const result = io.interrupts.during(() => fitTo(formula, data));
  await writeRows(io, typed, { result, data });
  return result;
}

/** The files asked for beside the result: random effects, fitted values. */
async function writeRows(
  io: Io,
  typed: Typed,
  { result, data }: { readonly result: CommandFit; readonly data: FitData },
): Promise<void> {
  const fittedFile = typed.text("fitted");
  if (typed.text("ranef") !== undefined) await writeRanef(io, typed, ranef(result as RowFit, data));
  if (fittedFile === undefined) return;
  const { csvText } = await study();
  const rows = residuals(result as RowFit, data).map(({ row, fitted, residual }) => [
    row + 1,
    fitted,
    residual,
  ]);
  writeFileWhole(pathFrom(io, fittedFile), csvText(["row", "fitted", "residual"], rows));
}

async function writeRanef(io: Io, typed: Typed, effects: readonly RandomEffects[]): Promise<void> {
  const { csvText } = await study();
  const heads = ["group", "level", "term", "mode", "conditionalStdDev"];
  writeFileWhole(pathFrom(io, typed.text("ranef") ?? ""), csvText(heads, ranefRows(effects)));
}

/** A fifth of what a fit would load, for those who ask for files. */
function study() {
  return import("@longwave/study");
}

async function readRows(source: Source, formula: string, typed: Typed): Promise<FitData> {
  const columns = [...new Set([...formulaColumns(formula), ...namedColumns(typed)])];
  const where = typed.text("where");
  const data = await source.fitData({ columns, ...rowChoice(typed, personOf(typed, formula)) });
  if (where !== undefined) checkSomeRows(data, { where, file: source.name });
  return data;
}

function checkSomeRows(
  data: FitData,
  { where, file }: { readonly where: string; readonly file: string },
): void {
  if (data.kind !== "rows" || data.table.nrows > 0) return;
  throw new CliError(
    "cli.option-value",
    `Expected rows for which ${where}; found none in ${file}. Correct the condition after --where.`,
  );
}

function ranefRows(blocks: readonly RandomEffects[]): (string | number | null)[][] {
  return blocks.flatMap((block) =>
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
}
