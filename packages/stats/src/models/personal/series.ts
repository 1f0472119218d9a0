import { StatsError } from "../../errors.ts";
import { groupRows } from "../../frame/groups.ts";
import { normalQuantile } from "../../numeric/distributions.ts";
import { createTable, takeRows } from "../../table/columns.ts";
import { columnOf } from "../../table/nearest-name.ts";
import type { Column, FitData, Table } from "../../table/table.ts";
import { type Warning, warning } from "../../warnings.ts";
import { FEW_OCCASIONS, personal } from "./fit.ts";
import { derSimonianLaird, groupSlope, remlTau2, shrink } from "./meta.ts";
import type { PersonalOptions } from "./options.ts";
import type { PersonalFit } from "./result.ts";

export interface PersonalSeriesOptions extends PersonalOptions {
  readonly id: string;
  /** The coefficient whose differences between people are asked about. */
  readonly term: string;
  /** How the variance between people is estimated; restricted maximum likelihood by default. */
  readonly between?: "reml" | "dersimonian-laird";
}

/** Under this reliability a personal slope says more about chance than about the person. */
const LOWEST_RELIABILITY = 0.5;

/** One person's slope, alone and drawn towards the group. */
export interface PersonalSlope {
  readonly id: string;
  readonly nobs: number;
  readonly estimate: number;
  readonly stdError: number;
  readonly reliability: number;
  readonly shrunken: number;
  readonly shrunkenStdError: number;
  readonly lower: number;
  readonly upper: number;
  /** False below reliability 0.5 or 14 occasions: show what holds for most people instead. */
  readonly personal: boolean;
}

/** Series of several people: each one's slope, and the group's. */
export interface PersonalSeriesResult {
  readonly term: string;
  readonly level: number;
  readonly group: {
    readonly estimate: number;
    readonly stdError: number;
    readonly lower: number;
    readonly upper: number;
    readonly tau2: number;
    readonly method: "reml" | "dersimonian-laird";
    readonly q: number;
    readonly dfQ: number;
  };
  readonly people: readonly PersonalSlope[];
  /** People whose series could not be fitted, with the code of the reason. */
  readonly leftOut: readonly { readonly id: string; readonly nobs: number; readonly code: string }[];
  readonly warnings: readonly Warning[];
}

interface OneSeries {
  readonly id: string;
  readonly table: Table;
}

/** One table for each person, in order of id. */
function splitPeople(table: Table, name: string): OneSeries[] {
  const column = columnOf(table, name);
  const { codes, count } = groupRows(column);
  const rows: number[][] = Array.from({ length: count }, () => []);
  codes.forEach((code, row) => {
    if (code >= 0) rows[code].push(row);
  });
  const keyOf = (row: number) => (column.kind === "numeric" ? column.values[row] : column.codes[row]);
  rows.sort((a, b) => keyOf(a[0]) - keyOf(b[0]));
  return rows.map((own) => {
    const taken = Int32Array.from(own);
    const columns: Record<string, Column> = {};
    for (const [key, value] of Object.entries(table.columns)) columns[key] = takeRows(value, taken);
    const id =
      column.kind === "numeric" ? String(column.values[own[0]]) : column.levels[column.codes[own[0]]];
    return { id, table: createTable(columns) };
  });
}

interface Fitted {
  readonly id: string;
  readonly fit: PersonalFit;
  readonly estimate: number;
  readonly variance: number;
}

interface LeftOut {
  readonly id: string;
  readonly nobs: number;
  readonly code: string;
}

/** The slope of one person, or why there is none; a formula or a column that is wrong is wrong for all. */
function fitPerson(formula: string, one: OneSeries, options: PersonalSeriesOptions): Fitted | LeftOut {
  const { term, between: _between, id: _id, ...own } = options;
  try {
    const fit = personal(formula, { kind: "rows", table: one.table }, own);
    const slope = fit.fixed.find((row) => row.term === term);
    if (slope === undefined) {
      const code = fit.dropped.includes(term) ? "personal.rank-deficient" : "fit.unknown-term";
      return { id: one.id, nobs: fit.nobs, code };
    }
    if (!fit.converged || !(slope.stdError > 0)) {
      return { id: one.id, nobs: fit.nobs, code: "personal.not-converged" };
    }
    return { id: one.id, fit, estimate: slope.estimate, variance: slope.stdError ** 2 };
  } catch (error) {
    if (!(error instanceof StatsError) || !isPersonal(error.code)) throw error;
    return { id: one.id, nobs: one.table.nrows, code: error.code };
  }
}

function isPersonal(code: string): boolean {
  const own = ["personal.too-few-rows", "personal.constant-outcome", "personal.perfect-fit"];
  return own.includes(code) || code === "data.no-rows" || code === "data.lag-no-pairs";
}

function leftOutWarning(leftOut: readonly LeftOut[]): Warning[] {
  if (leftOut.length === 0) return [];
  const shown = leftOut.slice(0, 5).map(({ id, code }) => `${id} (${code})`);
  return [
    warning(
      "personal.people-left-out",
      `Expected a slope for every person; found none for ${leftOut.length}: ${shown.join(", ")}${leftOut.length > 5 ? ", ..." : ""}. They take no part in the group's numbers; look at their rows.`,
    ),
  ];
}

/**
 * A model for each person's own series, and each one's slope drawn towards the group's by empirical Bayes.
 *
 * Two steps: every series is fitted alone (`personal`), then the slopes are combined as in a random-effects
 * meta-analysis. Standard errors of the first step are taken as known, which favours people with short series;
 * a slope is marked as personal only from 14 occasions and reliability 0.5.
 *
 * @throws StatsError `personal.series`, `fit.unknown-term`, and what is wrong for every person
 */
export function personalSeries(
  formula: string,
  data: FitData,
  options: PersonalSeriesOptions,
): PersonalSeriesResult {
  const { level = 0.95, term, between = "reml" } = options;
  const results = splitPeople(data.table, options.id).map((one) => fitPerson(formula, one, options));
  const fitted = results.filter((result) => "fit" in result);
  const leftOut = results.filter((result) => "code" in result);
  if (fitted.length < 2) {
    throw new StatsError(
      "personal.series",
      `Expected at least two people with a slope "${term}"; found ${fitted.length} of ${results.length}${leftOut.length > 0 ? ` (first reason: ${leftOut[0].code})` : ""}. Check the term and the id column.`,
    );
  }
  const slopes = {
    estimates: fitted.map(({ estimate }) => estimate),
    variances: fitted.map(({ variance }) => variance),
  };
  const tau2 = between === "reml" ? remlTau2(slopes) : derSimonianLaird(slopes);
  const group = groupSlope(slopes, tau2);
  const z = normalQuantile((1 + level) / 2);
  return {
    term,
    level,
    group: {
      ...group,
      lower: group.estimate - z * group.stdError,
      upper: group.estimate + z * group.stdError,
      method: between,
      dfQ: fitted.length - 1,
    },
    people: fitted.map(({ id, fit, estimate, variance }) => {
      const own = shrink(estimate, variance, group);
      return {
        id,
        nobs: fit.nobs,
        estimate,
        stdError: Math.sqrt(variance),
        reliability: own.reliability,
        shrunken: own.estimate,
        shrunkenStdError: own.stdError,
        lower: own.estimate - z * own.stdError,
        upper: own.estimate + z * own.stdError,
        personal: own.reliability >= LOWEST_RELIABILITY && fit.nobs >= FEW_OCCASIONS,
      };
    }),
    leftOut,
    warnings: leftOutWarning(leftOut),
  };
}
