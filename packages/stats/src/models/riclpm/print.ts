import type { RiclpmColumns } from "./options.ts";
import type { PathParameter } from "./parameters.ts";
import type { RiclpmFit, RiclpmTest } from "./result.ts";
import {
  alignTable,
  formatNumber,
  formatP,
  indexLines,
  noteLines,
  numberCells,
  numberHeads,
  standardErrorWords,
} from "./text.ts";
import { seriesWords } from "./warn.ts";

/** Which latent variable a name is: its kind, series and wave. */
function latent(name: string): { kind: string; series: "x" | "y"; wave: number } | null {
  const match = /^(RI|S|w)([xy])(\d*)$/.exec(name);
  return match === null
    ? null
    : { kind: match[1], series: match[2] === "x" ? "x" : "y", wave: Number(match[3]) };
}

function isLag(row: PathParameter): boolean {
  return row.op === "~" && latent(row.rhs)?.kind === "w";
}

/** Whether the rows of one path are the same at every wave, so that one row says all. */
function held(rows: readonly PathParameter[]): boolean {
  const key = ({ lhs, rhs, group }: PathParameter) => `${lhs.slice(0, 2)} ${rhs.slice(0, 2)} ${group}`;
  const values = new Map(rows.map((row) => [key(row), row.free]));
  return rows.every((row) => values.get(key(row)) === row.free);
}

function named(name: string, columns: RiclpmColumns): string {
  const found = latent(name);
  return found === null ? name : seriesWords(found.series, columns);
}

function lagTable(fit: RiclpmFit): string[] {
  const lags = fit.parameters.filter(isLag);
  const equal = held(lags);
  const shown = equal ? lags.filter(({ lhs }) => latent(lhs)?.wave === 2) : lags;
  const wave = (name: string) => (equal ? "" : ` ${latent(name)?.wave ?? ""}`);
  const grouped = fit.groups.length > 0;
  const head = [...(grouped ? ["Group"] : []), "At one wave", "At the next", ...numberHeads(fit.level)];
  const body = shown.map((row) => [
    ...(grouped ? [row.group ?? ""] : []),
    `${named(row.rhs, fit.columns)}${wave(row.rhs)}`,
    `${named(row.lhs, fit.columns)}${wave(row.lhs)}`,
    ...numberCells(row),
  ]);
  return [
    `${fit.settings.randomIntercepts ? "What deviations from a person's own level were followed by" : "What was followed by what, levels of people not set apart"}${
      equal ? ", from one wave to the next" : ", wave by wave"
    }`,
    ...alignTable([head, ...body], grouped ? 3 : 2),
    ...(equal ? ["Lags are equal over time; standardised values are those of wave 1 to wave 2."] : []),
  ];
}

/** The two paths between the series as sentences, where lags are equal and there is one group. */
function sentences(fit: RiclpmFit): string[] {
  const lags = fit.parameters.filter(isLag);
  if (!fit.converged || !held(lags) || fit.groups.length > 0) return [];
  return lags
    .filter(({ lhs, rhs }) => latent(lhs)?.wave === 2 && lhs.slice(0, 2) !== rhs.slice(0, 2))
    .map((row) => sentence(row, fit));
}

function sentence(row: PathParameter, { columns, level, settings }: RiclpmFit): string {
  const [from, to] = [named(row.rhs, columns), named(row.lhs, columns)];
  const above = settings.randomIntercepts
    ? `with ${from} one unit above a person's own level`
    : `with one unit more of ${from}`;
  const interval =
    row.lower === null || row.upper === null
      ? ""
      : ` (${Number((level * 100).toFixed(2))} % interval ${formatNumber(row.lower)} to ${formatNumber(row.upper)})`;
  const direction = row.estimate < 0 ? "lower" : "higher";
  const unclear = row.lower !== null && row.upper !== null && row.lower < 0 && row.upper > 0;
  const either = unclear ? ", a difference that may go either way" : "";
  return `After a wave ${above}, ${to} was ${formatNumber(Math.abs(row.estimate))} ${direction} than the ${to} of that wave would suggest${either}${interval}.`;
}

function title(fit: RiclpmFit): string {
  const { randomIntercepts, growth } = fit.settings;
  if (!randomIntercepts) return "Cross-lagged panel model without random intercepts, for comparison";
  return growth === "linear"
    ? "Random-intercept cross-lagged panel model with linear growth (LCM-SR)"
    : "Random-intercept cross-lagged panel model";
}

function countsLine(fit: RiclpmFit): string {
  const groups = fit.groups.map(({ label, nobs }) => `${label} ${nobs}`);
  const empty = fit.leftOut.withoutAnswers;
  return [
    `People: ${fit.nobs}${groups.length > 0 ? ` (${groups.join(", ")})` : ""}`,
    `waves: ${fit.waves.length}`,
    `patterns of missing answers: ${fit.patterns}`,
    ...(empty > 0 ? [`without any answer: ${empty}`] : []),
  ].join(", ");
}

/** The first of the rows that are held equal over time, with the number of waves it stands for. */
function onceOverTime(rows: readonly PathParameter[]): { row: PathParameter; waves: number }[] {
  const found = new Map<string, { row: PathParameter; waves: number }>();
  for (const row of rows) {
    const known = found.get(`${row.free} ${row.group}`);
    if (known === undefined) found.set(`${row.free} ${row.group}`, { row, waves: 1 });
    else known.waves++;
  }
  return [...found.values()];
}

function restLines(fit: RiclpmFit): string[] {
  const rest = onceOverTime(fit.parameters.filter((row) => !isLag(row)));
  const grouped = fit.groups.length > 0;
  const head = [...(grouped ? ["Group"] : []), "Parameter", ...numberHeads(fit.level)];
  const body = rest.map(({ row, waves }) => [
    ...(grouped ? [row.group ?? ""] : []),
    `${row.lhs} ${row.op}${row.rhs === "" ? "" : ` ${row.rhs}`}${waves > 1 ? `, and ${waves - 1} more waves` : ""}`,
    ...numberCells(row),
  ]);
  return [
    "Levels, variances and covariances (RI: a person's level; w: deviation from it; ~ on, ~~ with, ~1 mean)",
    ...alignTable([head, ...body], grouped ? 2 : 1),
  ];
}

function testCells({ name, method, statistic, df, pValue, pValueMixture, note }: RiclpmTest): string[] {
  return [
    name,
    method === "wald" ? "Wald" : "likelihood ratio",
    statistic === null ? "" : statistic.toFixed(3),
    String(df),
    formatP(pValueMixture ?? pValue),
    note ?? "",
  ];
}

function testLines(fit: RiclpmFit): string[] {
  if (fit.tests.length === 0) return [];
  const head = ["Test of", "Method", "Chi-square", "df", "p", ""];
  return ["", "Tests", ...alignTable([head, ...fit.tests.map(testCells)], 2)];
}

/** How well the data tell the parameters apart: 1 is best, 10,000 is hardly. */
function conditionLine({ conditionNumber }: RiclpmFit): string[] {
  return conditionNumber === null
    ? []
    : [`Condition number of the information ${conditionNumber.toPrecision(3)}`];
}

function withinLines(fit: RiclpmFit): string[] {
  const { x, y } = fit.withinStdDev;
  const [nameX, nameY] = [seriesWords("x", fit.columns), seriesWords("y", fit.columns)];
  const error = fit.errorVariance;
  return [
    `Within-person SD: ${nameX} ${formatNumber(x)}, ${nameY} ${formatNumber(y)}`,
    ...(error === null
      ? []
      : [
          `Measurement error fixed for a reliability of ${fit.settings.reliability}: variance ${formatNumber(error.x)} of ${nameX}, ${formatNumber(error.y)} of ${nameY}`,
        ]),
  ];
}

/** The fit as text: what was followed by what, how well the model fits, the other parameters, tests and notes. */
export function printRiclpm(fit: RiclpmFit): string {
  const [nameX, nameY] = [seriesWords("x", fit.columns), seriesWords("y", fit.columns)];
  const said = sentences(fit);
  const lines = [
    `${title(fit)}: x is ${nameX}, y is ${nameY}`,
    countsLine(fit),
    ...withinLines(fit),
    "",
    ...lagTable(fit),
    ...(said.length > 0 ? ["", ...said] : []),
    "",
    `Fit (maximum likelihood, ${standardErrorWords(fit.se)})`,
    ...indexLines(fit),
    ...conditionLine(fit),
    "",
    ...restLines(fit),
    ...testLines(fit),
    ...noteLines(fit.warnings),
  ];
  return `${lines.join("\n")}\n`;
}
