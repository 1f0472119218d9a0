import type { RiclpmColumns } from "./options.ts";
import type { LaggedPath, PathParameter } from "./parameters.ts";
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

function named(name: string, columns: RiclpmColumns): string {
  const found = latent(name);
  return found === null ? name : seriesWords(found.series, columns);
}

/** A table with a column for the group where there are groups. */
function groupedTable(
  fit: RiclpmFit,
  heads: readonly string[],
  rows: readonly { readonly group: string | null; readonly cells: readonly string[] }[],
): string[] {
  const grouped = fit.groups.length > 0;
  const head = [...(grouped ? ["Group"] : []), ...heads, ...numberHeads(fit.level)];
  const body = rows.map(({ group, cells }) => [...(grouped ? [group ?? ""] : []), ...cells]);
  return alignTable([head, ...body], heads.length + (grouped ? 1 : 0));
}

function pathLines(fit: RiclpmFit): string[] {
  const equal = fit.paths.every((path) => path.equal);
  const rows = fit.paths.map((path) => ({
    group: path.group,
    cells: [seriesWords(path.from, fit.columns), seriesWords(path.to, fit.columns), ...numberCells(path)],
  }));
  const what = fit.settings.randomIntercepts
    ? "What deviations from a person's own level were followed by, from one wave to the next"
    : "What was followed by what from one wave to the next, levels of people not set apart";
  return [
    `${what}${equal ? "" : ", averaged over waves"}`,
    ...groupedTable(fit, ["At one wave", "At the next"], rows),
    ...(equal ? ["Lags are equal over time; standardised values are averaged over waves."] : []),
  ];
}

/** The paths of each wave, where they are free. */
function waveLines(fit: RiclpmFit): string[] {
  if (fit.paths.every((path) => path.equal)) return [];
  const cell = (name: string) => `${named(name, fit.columns)} ${latent(name)?.wave ?? ""}`;
  const rows = fit.parameters
    .filter(isLag)
    .map((row) => ({ group: row.group, cells: [cell(row.rhs), cell(row.lhs), ...numberCells(row)] }));
  return ["", "The same, wave by wave", ...groupedTable(fit, ["At one wave", "At the next"], rows)];
}

/** The paths between the series as sentences. */
function sentences(fit: RiclpmFit): string[] {
  if (!fit.converged) return [];
  return ["", ...fit.paths.filter(({ from, to }) => from !== to).map((path) => sentence(path, fit))];
}

function sentence(path: LaggedPath, { columns, level, settings }: RiclpmFit): string {
  const [from, to] = [seriesWords(path.from, columns), seriesWords(path.to, columns)];
  const start = path.group === null ? "After" : `${path.group}: after`;
  const above = settings.randomIntercepts
    ? `with ${from} one unit above a person's own level`
    : `with one unit more of ${from}`;
  const known = path.lower !== null && path.upper !== null;
  const range = known ? `${formatNumber(path.lower)} to ${formatNumber(path.upper)}` : "";
  const interval = known ? ` (${Number((level * 100).toFixed(2))} % interval ${range})` : "";
  const size = `${formatNumber(Math.abs(path.estimate))} ${path.estimate < 0 ? "lower" : "higher"}`;
  const unclear = known && Number(path.lower) < 0 && Number(path.upper) > 0;
  const either = unclear ? ", a difference that may go either way" : "";
  const average = path.equal ? "" : " on average";
  return `${start} a wave ${above}, ${to} was${average} ${size} than the ${to} of that wave would suggest${either}${interval}.`;
}

function title(fit: RiclpmFit): string {
  const { randomIntercepts, growth } = fit.settings;
  if (!randomIntercepts) return "Cross-lagged panel model without random intercepts, for comparison";
  return growth === "linear"
    ? "Random-intercept cross-lagged panel model with linear growth (LCM-SR)"
    : "Random-intercept cross-lagged panel model";
}

/** What the data call waves 1, 2, 3, ..., where they call them something else. */
function waveNames({ waves, columns }: RiclpmFit): string {
  const other = waves.some((wave, t) => wave !== t + 1);
  return other ? ` (1 to ${waves.length} are ${columns.time} = ${waves.join(", ")})` : "";
}

function countsLine(fit: RiclpmFit): string {
  const groups = fit.groups.map(({ label, nobs }) => `${label} ${nobs}`);
  const empty = fit.leftOut.withoutAnswers;
  return [
    `People: ${fit.nobs}${groups.length > 0 ? ` (${groups.join(", ")})` : ""}`,
    `waves: ${fit.waves.length}${waveNames(fit)}`,
    `patterns of missing answers: ${fit.patterns}`,
    ...(empty > 0 ? [`without any answer: ${empty}`] : []),
    ...(fit.rows.droppedMissing > 0 ? [`rows without a person or a wave: ${fit.rows.droppedMissing}`] : []),
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
  const rows = onceOverTime(fit.parameters.filter((row) => !isLag(row))).map(({ row, waves }) => {
    const name = `${row.lhs} ${row.op}${row.rhs === "" ? "" : ` ${row.rhs}`}`;
    const more = waves > 1 ? `, and ${waves - 1} more waves` : "";
    return { group: row.group, cells: [`${name}${more}`, ...numberCells(row)] };
  });
  return [
    "Levels, variances and covariances (RI: a person's level; w: deviation from it; ~ on, ~~ with, ~1 mean)",
    ...groupedTable(fit, ["Parameter"], rows),
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
  const lines = [
    `${title(fit)}: x is ${nameX}, y is ${nameY}`,
    countsLine(fit),
    ...withinLines(fit),
    "",
    ...pathLines(fit),
    ...sentences(fit),
    ...waveLines(fit),
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
