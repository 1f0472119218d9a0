import type { RowChoice, Source, WideQuery, WideQuestion } from "@longwave/source";
import type { RiclpmColumns, RiclpmFit, RiclpmOptions } from "@longwave/stats";
import { riclpmFromPeople, riclpmFromSums } from "@longwave/stats/from-sums";
import type { Typed } from "../arguments.ts";
import type { OptionDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import type { SumsQuery, SumsWay } from "./engine.ts";

/** The options that name two series of a file. */
export const SERIES_OPTIONS: readonly OptionDescription[] = [
  { name: "x", value: "COLUMN", help: "the first series; wide data: its columns, x1,x2,x3" },
  { name: "y", value: "COLUMN", help: "the second series; wide data: its columns, y1,y2,y3" },
  { name: "group", value: "COLUMN", help: "a model for each group, with tests that they are equal" },
  { name: "covariates", value: "LIST", help: "predictors of the random intercepts: age,'factor(school)'" },
];

/** A list at its commas, apart from those in brackets: `a,factor(b):c`. */
export function listOf(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Where two series stand in the data, as it was typed. */
export function readColumns(typed: Typed): RiclpmColumns {
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

/** The same columns, with those for the person and the wave where the data say them. */
export function columnsIn({ layout }: Source, columns: RiclpmColumns): RiclpmColumns {
  if (layout === undefined || typeof columns.x !== "string") return columns;
  return { ...columns, id: columns.id ?? layout.id, time: columns.time ?? layout.time };
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

/** What is to be summed for two series. */
export function wideQuestion({ x, y, ...rest }: RiclpmColumns, choice: RowChoice): WideQuestion {
  return { request: { series: [x, y], ...rest }, ...choice };
}

/** Series, how they are modelled, and which rows are used. */
export interface AskedSeries {
  readonly columns: RiclpmColumns;
  readonly options: RiclpmOptions;
  readonly choice: RowChoice;
}

/** How the fit can be had from sums, or why rows are needed. */
export function wideWay(
  { wide }: Source,
  { columns, options, choice }: AskedSeries,
): SumsWay<RiclpmFit> | string {
  if (wide === undefined) return "data in memory already";
  if (typeof columns.x === "string" && (columns.id === undefined || columns.time === undefined))
    return "no --id and --time, which say whose and at which wave a row is";
  if (typeof columns.x !== typeof columns.y) return "one series of long and one of wide data";
  const question = wideQuestion(columns, choice);
  if (options.se !== "robust") {
    return {
      query: async () => described(await wide.query(question), null),
      fit: async () => riclpmFromSums(await wide.sums(question), options),
    };
  }
  return {
    async query() {
      const first = await wide.query(question);
      const { sql: text, people, width } = await wide.peopleQuery(question, first.plan);
      const why = "--se robust, the squared scores of each person at every fit";
      return described(first, { kind: "people", text, people, width, why, passes: 1 });
    },
    async fit() {
      const sums = await wide.sums(question);
      return riclpmFromPeople(sums, options, (take) => wide.people(question, sums.plan, take));
    },
  };
}

/** People who miss the same are summed together: the sets of answers are no more than there are rows. */
function described({ plan, sql, width, nrows, isKept }: WideQuery, second: SumsQuery["second"]): SumsQuery {
  const answers = plan.variables.filter(({ kind }) => kind === "answer").length;
  return {
    nrows,
    isKept,
    sql,
    numbers: plan.variables.length,
    waves: plan.waves.length,
    sets: Math.min(2 ** answers * plan.groups.length, nrows),
    setName: "answers",
    width,
    second,
  };
}
