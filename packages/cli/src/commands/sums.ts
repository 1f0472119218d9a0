import { sumsFileText } from "@longwave/source";
import { type FlooredSums, type PanelPattern, type PanelSums, withFloor } from "@longwave/stats";
import { HELP_OPTION, readArguments, type Typed, wholeNumber } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { openData } from "../open-data.ts";
import { alignColumns } from "../output/align.ts";
import { writeFileWhole } from "../output/write-files.ts";
import { SUMMARIES } from "../summaries.ts";

const FLOOR = 10;

const description: CommandDescription = {
  name: "sums",
  summary: SUMMARIES.sums,
  arguments: [
    { name: "FORMULA", help: "'outcome ~ predictors + (terms | group)', the same words at every site" },
    {
      name: "FILE",
      help: "CSV, CSV.gz or Parquet, one row for each person and occasion; or postgres://host/database?table=NAME",
    },
  ],
  options: [
    { name: "time", value: "COLUMN", help: "the column that says at which wave a row is; needed" },
    { name: "id", value: "COLUMN", help: "who a row is about, when the formula has no (… | id)" },
    { name: "where", value: "EXPR", help: 'keep the rows for which EXPR is true: "age >= 18"' },
    { name: "min-cell", value: "N", help: `keep back groups of fewer than N people (${FLOOR})` },
    { name: "out", value: "FILE", help: "write the sums; without it nothing is written" },
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
  ],
};

/** `longwave sums FORMULA FILE`: what a mixed model needs of a table, as sums over people. */
export const sums: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const floor = wholeNumber(typed, "min-cell", { least: 1, fallback: FLOOR });
  const made = withFloor(await sumUp(io, typed), floor);
  if (made.sums.patterns.length === 0) throw nothingLeft(made, floor);
  const text = sumsFileText(made, floor);
  const out = typed.text("out");
  if (out !== undefined) writeFileWhole(io, pathFrom(io, out), text);
  io.stdout.write(preview(made, { floor, bytes: text.length, out }));
}

async function sumUp(io: Io, typed: Typed): Promise<PanelSums> {
  const [formula = "", file = ""] = typed.positionals;
  const [time, person, where] = [typed.text("time"), typed.text("id"), typed.text("where")];
  if (time === undefined) {
    throw new CliError(
      "cli.missing-argument",
      'Expected --time COLUMN after "longwave sums", the column that says at which wave a row is; found none. Add it.',
    );
  }
  const source = await openData(io, file);
  try {
    if (source.panel === undefined) throw new Error(`${source.name} cannot add up`);
    const request = { formula, time };
    return await source.panel.sums({
      ...request,
      ...(person === undefined ? {} : { person }),
      ...(where === undefined ? {} : { where }),
    });
  } finally {
    await source.close();
  }
}

function nothingLeft({ lost }: FlooredSums, floor: number): CliError {
  return new CliError(
    "cli.option-value",
    `Expected groups of at least ${floor} people; found none among ${lost.people} people in ${lost.patterns} sets of waves. Nothing was written. Use fewer or coarser categories, or a smaller --min-cell where your rules allow it.`,
  );
}

function waveNames({ plan }: PanelSums, { waves }: PanelPattern): string {
  return waves.map((wave) => plan.waves[wave]).join(", ");
}

interface Written {
  readonly floor: number;
  readonly bytes: number;
  readonly out: string | undefined;
}

/** What leaves the house, in words and numbers. */
function preview({ sums: made, lost }: FlooredSums, { floor, bytes, out }: Written): string {
  const rows = made.patterns.map((pattern) => [
    waveNames(made, pattern),
    pattern.people.toLocaleString("en"),
    pattern.products.length.toLocaleString("en"),
  ]);
  const kilobytes = Math.ceil(bytes / 1000).toLocaleString("en");
  const noFloor = "No floor is kept: sums of very few people say what each answered. Send them to nobody.";
  const kept =
    floor === 1
      ? noFloor
      : lost.patterns === 0
        ? `Nothing is kept back: no group has fewer than ${floor} people.`
        : `Kept back: ${lost.people.toLocaleString("en")} people with ${lost.rows.toLocaleString("en")} rows in ${lost.patterns} sets of waves, where a group has fewer than ${floor} people.`;
  const end =
    out === undefined
      ? "Nothing was written; add --out FILE."
      : `Written to ${out}: read it before it is sent.`;
  return [
    `Sums for ${made.plan.formula}`,
    `by ${made.plan.person} and ${made.plan.time}; ${made.plan.cells.length} numbers a person at most, ${kilobytes} kB`,
    "",
    ...alignColumns([["Waves", "People", "Sums"], ...rows]),
    "",
    kept,
    end,
    "",
  ].join("\n");
}
