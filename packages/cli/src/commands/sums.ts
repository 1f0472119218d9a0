import { type Source, sumsFileText, type WideWords } from "@longwave/source";
import { formulaColumns } from "@longwave/stats";
import {
  type FlooredSums,
  type FlooredWide,
  type WidePattern,
  type WidePlan,
  wideWithFloor,
  withFloor,
} from "@longwave/stats/from-sums";
import { HELP_OPTION, readArguments, type Typed } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { openData } from "../open-data.ts";
import { alignColumns } from "../output/align.ts";
import { writeFileWhole } from "../output/write-files.ts";
import { SUMMARIES } from "../summaries.ts";
import { answerRequest, FLOOR, floorOf, privateKey, REQUEST, ROUND, writtenTo } from "./answer-request.ts";
import { personOf } from "./fit-from-sums.ts";
import { noteAlike, noteMixed, ON_DUPLICATE, panelRequest, rowChoice } from "./panel-request.ts";
import { columnsIn, readColumns, SERIES_OPTIONS, wideQuestion } from "./series.ts";
import { noteUnnamed, readWide, WIDE_OPTIONS, withLayout } from "./wide-data.ts";

const FILE = {
  name: "FILE",
  help: "CSV, CSV.gz or Parquet, one row for each person and occasion, or for each person; or postgres://host/database?table=NAME",
} as const;

const description: CommandDescription = {
  name: "sums",
  summary: SUMMARIES.sums,
  arguments: [
    {
      name: "FORMULA",
      help: "'outcome ~ predictors + (terms | group)', the same words at every site; none with --x and --y",
    },
    FILE,
  ],
  options: [
    ...SERIES_OPTIONS,
    {
      name: "time",
      value: "COLUMN",
      help: "the column that says at which wave a row is; needed in long data",
    },
    { name: "id", value: "COLUMN", help: "who a row is about, when the formula has no (… | id)" },
    { name: "where", value: "EXPR", help: 'keep the rows for which EXPR is true: "age >= 18"' },
    ...WIDE_OPTIONS,
    ON_DUPLICATE,
    { name: "min-cell", value: "N", help: `keep back groups of fewer than N people (${FLOOR})` },
    { name: "out", value: "FILE", help: "write the sums; without it nothing is written" },
    { name: "sign", value: "KEY.pem", help: "sign the file with a private key (Ed25519)" },
    ROUND,
    HELP_OPTION,
  ],
  notes: [
    "Prints what leaves the house: for each set of waves how many people and how many numbers, and what the floor keeps back. The file is JSON to read through before it is sent. It holds sums over people and no row of anyone; longwave fit --sums pools the files of several sites to the model that one table of all their people would give. Sums of two exports that differ by one person give that person away: export once.",
  ],
  examples: [
    {
      line: 'longwave sums "pain ~ within(ex) + between(ex) + factor(wave) + (1 | id)" cohort.parquet --time wave',
      what: "what would leave, without writing anything",
    },
    {
      line: 'longwave sums "pain ~ within(ex) + between(ex) + factor(wave) + (1 | id)" cohort.parquet --time wave --out site-a.json',
      what: "one site's sums, for longwave fit --sums site-a.json site-b.json",
    },
    {
      line: "longwave sums --round 2 request.json cohort.parquet --out site-a-2.json",
      what: "the same site's answer to a request of longwave fit --sums … --request, for robust standard errors",
    },
    {
      line: "longwave sums --x exercise --y pain --id id --time wave cohort.parquet --out site-a.json",
      what: "one site's sums of two series, for longwave riclpm --sums site-a.json site-b.json",
    },
  ],
};

/** `longwave sums FORMULA FILE`: what a mixed model needs of a table, as sums over people. */
export const sums: Command = { description, run };

/** Two series have no formula. */
const ofSeries: CommandDescription = { ...description, name: "sums --x … --y …", arguments: [FILE] };

/** The second round has its formula in the request. */
const ofRound: CommandDescription = { ...description, name: "sums --round 2", arguments: [REQUEST, FILE] };

/** What leaves the house, and how it is shown. */
interface Made {
  readonly floored: FlooredSums | FlooredWide;
  /** Of what, and by which columns. */
  readonly title: string;
  readonly numbers: number;
  /** What people have in common who are added up, and how many numbers say it. */
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

async function run(args: readonly string[], io: Io): Promise<void> {
  if (args.some((word) => /^--round(=|$)/.test(word))) return answerRequest(io, readArguments(ofRound, args));
  const isSeries = args.some((word) => /^--[xy](=|$)/.test(word));
  const typed = readArguments(isSeries ? ofSeries : description, args);
  const floor = floorOf(typed);
  const made = await (isSeries ? sumSeries(io, typed, floor) : sumFormula(io, typed, floor));
  if (made.rows.length === 0) throw nothingLeft(made.floored, floor);
  const text = sumsFileText(made.floored, floor, await privateKey(io, typed));
  const out = typed.text("out");
  if (out !== undefined) writeFileWhole(pathFrom(io, out), text);
  io.stdout.write(preview(made, { floor, bytes: text.length, out }));
}

interface Opened {
  readonly file: string;
  readonly wide?: WideWords | undefined;
}

async function withSource<T>(
  io: Io,
  { file, wide }: Opened,
  use: (source: Source) => Promise<T>,
): Promise<T> {
  const source = await openData(io, file, wide);
  try {
    noteUnnamed(io, source);
    return await use(source);
  } finally {
    await source.close();
  }
}

async function sumFormula(io: Io, typed: Typed, floor: number): Promise<Made> {
  const [formula = "", file = ""] = typed.positionals;
  const wide = readWide(typed, personOf(typed, formula));
  const sums = await withSource(io, { file, wide }, async (source) => {
    const request = panelRequest(withLayout(typed, source), formula, personOf(typed, formula));
    if (request === null) throw noTime();
    await noteAlike(io, source, personOf(typed, formula));
    await noteMixed(io, source, formulaColumns(formula));
    if (source.panel === undefined) throw new Error(`${source.name} cannot add up`);
    return source.panel.sums(request);
  });
  const floored = withFloor(sums, floor);
  const { plan, patterns } = floored.sums;
  return {
    floored,
    title: `Sums for ${plan.formula}\nby ${plan.person} and ${plan.time}`,
    numbers: plan.cells.length,
    heads: ["Waves", "People", "Sums"],
    rows: patterns.map(({ waves, people, products }) => [
      waves.map((wave) => plan.waves[wave]).join(", "),
      ...[people, products.length].map((count) => count.toLocaleString("en")),
    ]),
  };
}

function noTime(): CliError {
  return new CliError(
    "cli.missing-argument",
    'Expected --time COLUMN after "longwave sums", the column that says at which wave a row is; found none. Add it.',
  );
}

async function sumSeries(io: Io, typed: Typed, floor: number): Promise<Made> {
  const [file = ""] = typed.positionals;
  const columns = readColumns(typed);
  const sums = await withSource(io, { file }, async (source) => {
    const own = columnsIn(source, columns);
    if (typeof own.x === "string" && own.time === undefined) throw noTime();
    await noteAlike(io, source, own.id);
    if (source.wide === undefined) throw new Error(`${source.name} cannot add up`);
    return source.wide.sums(wideQuestion(own, rowChoice(typed, own.id)));
  });
  const floored = wideWithFloor(sums, floor);
  const { plan, patterns } = floored.sums;
  const by = [plan.request.id, plan.request.time].filter((name) => name !== undefined).join(" and ");
  return {
    floored,
    title: `Sums of ${plan.request.series.map(String).join(" and ")}\nby ${by === "" ? "row" : by}`,
    numbers: plan.variables.length,
    heads: [...plan.request.series.map((_, s) => (s === 0 ? "x at" : "y at")), "Group", "People", "Sums"],
    rows: patterns.map((pattern) => [
      ...plan.request.series.map((_, s) => wavesAnswered(plan, pattern, s)),
      plan.groups[pattern.group] ?? "unknown",
      ...[pattern.people, pattern.sum.length + pattern.products.length].map((n) => n.toLocaleString("en")),
    ]),
  };
}

function wavesAnswered({ variables, waves }: WidePlan, { observed }: WidePattern, series: number): string {
  const own = observed.flatMap((v) => {
    const variable = variables[v];
    return variable?.kind === "answer" && variable.series === series ? [waves[variable.wave]] : [];
  });
  return own.length === 0 ? "none" : own.join(", ");
}

function nothingLeft({ lost }: Pick<FlooredSums, "lost">, floor: number): CliError {
  return new CliError(
    "cli.option-value",
    `Expected groups of at least ${floor} people; found none among ${lost.people} people in ${lost.patterns} sets of waves or answers. Nothing was written. Use fewer or coarser categories, or a smaller --min-cell where your rules allow it.`,
  );
}

interface Written {
  readonly floor: number;
  readonly bytes: number;
  readonly out: string | undefined;
}

/** What leaves the house, in words and numbers. */
function preview(made: Made, { floor, bytes, out }: Written): string {
  const { lost } = made.floored;
  const kilobytes = Math.ceil(bytes / 1000).toLocaleString("en");
  const noFloor = "No floor is kept: sums of very few people say what each answered. Send them to nobody.";
  const kept =
    floor === 1
      ? noFloor
      : lost.patterns === 0
        ? `Nothing is kept back: no group has fewer than ${floor} people.`
        : `Kept back: ${lost.people.toLocaleString("en")} people with ${lost.rows.toLocaleString("en")} rows in ${lost.patterns} sets of ${made.heads.length > 3 ? "answers" : "waves"}, where a group has fewer than ${floor} people.`;
  return [
    `${made.title}; ${made.numbers} numbers a person at most, ${kilobytes} kB`,
    "",
    ...alignColumns([made.heads, ...made.rows]),
    "",
    kept,
    writtenTo(out),
    "",
  ].join("\n");
}
