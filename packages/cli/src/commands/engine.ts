import type { Source, StreamSql } from "@longwave/source";
import { NeedsRows } from "@longwave/stats/from-sums";
import { oneOf, type Typed } from "../arguments.ts";
import type { OptionDescription } from "../command.ts";
import { CliError } from "../errors.ts";

const ENGINES = ["auto", "rows", "sums"] as const;

// Below this a file is read as fast as it is added up.
const ROWS_WORTH_IT = 200_000;

/** The options of a command that can let the database add up. */
export const ENGINE_OPTIONS: readonly OptionDescription[] = [
  {
    name: "engine",
    value: "auto|rows|sums",
    help: "read the rows, or let the database add them up (auto: what pays); sums need --time in long data",
  },
  { name: "explain", help: "print how the data would be read, with the SQL, and fit nothing" },
];

/** What a database would be asked, and the size of its answer. */
export interface SumsQuery {
  readonly nrows: number;
  /** True where the file keeps these sums, so that nothing is added up. */
  readonly isKept: boolean;
  /** A statement whose rows are added up as they come, in place of the other one. */
  readonly pass?: StreamSql;
  readonly sql: string;
  /** Numbers of each person. */
  readonly numbers: number;
  readonly waves: number;
  /** Rows of the answer at most, what each stands for, and numbers in each. */
  readonly sets: number;
  readonly setName: string;
  readonly width: number;
  /** What is asked after the sums of everybody; null where these are enough. */
  readonly second: SecondQuery | null;
}

/** Scores added up at the estimates, or the sums of each person. */
type SecondQuery =
  | { readonly kind: "scores"; readonly text: string; readonly width: number }
  | {
      readonly kind: "people";
      readonly text: string;
      readonly people: number;
      readonly width: number;
      /** What looks at each person. */
      readonly why: string;
      readonly passes: number;
    };

/** A fit from sums: how it is asked for. */
export interface SumsWay<Fit> {
  query(): Promise<SumsQuery>;
  fit(): Promise<Fit>;
}

/** What a command asks of a source; `way` is a text where rows are needed, and says why. */
export interface EngineQuestion<Fit> {
  readonly source: Source;
  readonly typed: Typed;
  readonly way: SumsWay<Fit> | string;
}

/** Sums pay for a large file; a database always adds up where the rows are. */
async function isWorthIt(source: Source): Promise<boolean> {
  return source.isRemote === true || (await source.describe()).nrows >= ROWS_WORTH_IT;
}

/**
 * The fit from sums formed where the data live, or null when it is to be made from rows.
 *
 * @throws CliError `cli.option-value` for `--engine sums` where rows are needed.
 */
export async function fitFromSums<Fit>({ source, typed, way }: EngineQuestion<Fit>): Promise<Fit | null> {
  const engine = oneOf(typed, "engine", { words: ENGINES, fallback: "auto" });
  if (engine === "rows" || (engine === "auto" && !(await isWorthIt(source)))) return null;
  if (typeof way === "string") return refused(engine, way);
  try {
    return await way.fit();
  } catch (error) {
    if (error instanceof NeedsRows) return refused(engine, error.why);
    throw error;
  }
}

function refused(engine: "auto" | "sums", why: string): null {
  if (engine === "auto") return null;
  throw new CliError(
    "cli.option-value",
    `Expected a model that sums over people determine, with --engine sums; found ${why}. Use --engine auto or rows.`,
  );
}

/** What would be done, without doing it: the plan, the statement, and the size of what comes back. */
export async function explainFit<Fit>({ source, way }: EngineQuestion<Fit>): Promise<string> {
  const plan = typeof way === "string" ? way : await queryOrWhy(way);
  if (typeof plan === "string") {
    return `Plan     rows: every row that the model needs is read, once\nBecause  ${plan}\n`;
  }
  const auto = (await isWorthIt(source)) ? "" : " (by default rows are read here: the table is small)";
  return [
    `Plan     ${plan.second?.kind === "people" ? "sums of each person" : "sums"}: ${source.name} ${plan.isKept ? "keeps them" : "adds up"}, the model is fitted from the sums${auto}`,
    `Rows     ${plan.nrows.toLocaleString("en")} in the table, none of which leaves it`,
    `People   each gives ${plan.numbers} numbers, from ${plan.waves} waves`,
    `Back     at most ${plan.sets.toLocaleString("en")} sets of ${plan.setName} with ${plan.width} numbers each, ${size(plan.sets * plan.width)}`,
    ...passLine(plan),
    ...secondLine(plan),
    "",
    ...statements(plan),
    ...secondText(plan),
    "",
  ].join("\n");
}

async function queryOrWhy<Fit>(way: SumsWay<Fit>): Promise<SumsQuery | string> {
  try {
    return await way.query();
  } catch (error) {
    if (error instanceof NeedsRows) return error.why;
    throw error;
  }
}

/** What is added up as it comes is held a few thousand rows at a time. */
function passLine({ pass }: SumsQuery): string[] {
  if (pass === undefined) return [];
  return [
    `Pass     one if people come in ascending order: ${pass.width} numbers for each row, added up as they come`,
  ];
}

function statements({ isKept, pass, sql }: SumsQuery): string[] {
  if (isKept) return ["-- Kept since the cube was made; it would be", sql];
  if (pass === undefined) return [sql];
  return [pass.text, "", "-- In its place where people do not come in ascending order", sql];
}

function secondLine({ second }: SumsQuery): string[] {
  if (second === null) return [];
  const { width } = second;
  if (second.kind === "scores") {
    return [
      `Then     robust standard errors: a second statement with the estimates gives ${width} numbers, ${size(width)}`,
    ];
  }
  const { people, why, passes } = second;
  return [
    `Because  ${why}`,
    `Then     sums of each person, one after the other${passes > 1 ? ", and once more" : ""}: ${people.toLocaleString("en")} people with ${width} numbers each, ${size(people * width)}`,
  ];
}

function secondText({ second }: SumsQuery): string[] {
  if (second === null) return [];
  const title =
    second.kind === "scores"
      ? "-- The second statement; numbers that only the fit gives are written …"
      : "-- The second statement";
  return ["", title, second.text];
}

function size(numbers: number): string {
  const kilobytes = Math.ceil((numbers * 8) / 1000);
  return kilobytes < 1000 ? `${kilobytes} kB` : `${(kilobytes / 1000).toFixed(1)} MB`;
}
