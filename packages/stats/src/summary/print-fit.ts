import type { Coefficient, RandomBlock } from "../models/fit.ts";
import type { LmmFit } from "../models/lmm/result.ts";

/** A number with at least four significant digits, without exponents for everyday sizes. */
function formatNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return "";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e7 || size < 1e-5) return value.toExponential(3);
  if (size >= 1) return value.toFixed(size >= 1000 ? 2 : 4);
  return value.toFixed(Math.max(4, 3 - Math.floor(Math.log10(size))));
}

function formatP(p: number | null): string {
  if (p === null || !Number.isFinite(p)) return "";
  return p < 0.0001 ? "<0.0001" : p.toFixed(4);
}

/** Columns of equal width: the first `leftColumns` aligned left, the others right. */
function alignTable(rows: readonly (readonly string[])[], leftColumns: number): string[] {
  const widths = rows[0].map((_, j) => Math.max(...rows.map((row) => row[j].length)));
  const cell = (text: string, j: number) =>
    j < leftColumns ? text.padEnd(widths[j]) : text.padStart(widths[j]);
  return rows.map((row) => ` ${row.map(cell).join("  ").trimEnd()}`);
}

function randomRows(block: RandomBlock, width: number): string[][] {
  return block.terms.map((term, i) => {
    const correlations = Array.from({ length: width }, (_, j) => {
      if (j >= i) return "";
      const value = block.correlation[i][j];
      return Number.isFinite(value) ? value.toFixed(3) : "";
    });
    const variance = formatNumber(block.covariance[i][i]);
    return [i === 0 ? block.group : "", term, variance, formatNumber(block.stdDev[i]), ...correlations];
  });
}

function randomTable(fit: LmmFit): string[] {
  const width = Math.max(0, ...fit.random.map((block) => block.terms.length - 1));
  const corr = Array.from({ length: width }, (_, j) => (j === 0 ? "Corr" : ""));
  const padding = corr.map(() => "");
  const rows = [
    ["Group", "Term", "Variance", "Std.Dev.", ...corr],
    ...fit.random.flatMap((block) => randomRows(block, width)),
    ["Residual", "", formatNumber(fit.sigma * fit.sigma), formatNumber(fit.sigma), ...padding],
  ];
  return alignTable(rows, 2);
}

function coefficientRow(row: Coefficient): string[] {
  const df = row.df === null ? "" : row.df.toFixed(1);
  return [
    row.term,
    formatNumber(row.estimate),
    formatNumber(row.stdError),
    df,
    row.statistic.toFixed(3),
    formatP(row.pValue),
    formatNumber(row.lower),
    formatNumber(row.upper),
  ];
}

function fixedTable(fit: LmmFit): string[] {
  const statistic = fit.dfMethod === "none" ? "z" : "t";
  const percent = `${Number((fit.level * 100).toFixed(2))} %`;
  const header = ["Term", "Estimate", "Std.Error", "df", statistic, "p", `${percent} from`, "to"];
  const rows = [header, ...fit.fixed.map(coefficientRow)];
  // Without degrees of freedom the column would be empty.
  const shown = fit.dfMethod === "none" ? rows.map((row) => row.filter((_, j) => j !== 3)) : rows;
  return alignTable(shown, 1);
}

function countsLine(fit: LmmFit): string {
  const groups = Object.entries(fit.ngroups).map(([name, count]) => `, ${name}: ${count}`);
  const { read, used, droppedMissing } = fit.rows;
  const short = read - used - droppedMissing;
  const dropped = droppedMissing > 0 ? `; ${droppedMissing} of ${read} rows dropped for missing values` : "";
  const filtered = short > 0 ? `; ${short} rows of people with too few rows left out` : "";
  return `Rows: ${fit.nobs}${groups.join("")}${dropped}${filtered}`;
}

function title(fit: LmmFit): string {
  const method = fit.method === "reml" ? "REML" : "maximum likelihood";
  return fit.estimator === "lmm" ? `Linear mixed model, ${method}` : `Linear regression, ${method}`;
}

function dfLine(fit: LmmFit): string {
  if (fit.dfMethod === "none") return "normal tests and intervals";
  return fit.estimator === "lmm" ? "Satterthwaite degrees of freedom" : "t on residual degrees of freedom";
}

/** The fit as text that a user of lme4 reads at once. */
export function printFit(fit: LmmFit): string {
  const criterion = fit.method === "reml" ? "REML deviance" : "deviance";
  const within = Object.entries(fit.withinStdDev).filter(([, value]) => Number.isFinite(value));
  const lines = [
    title(fit),
    `Formula: ${fit.formula}`,
    countsLine(fit),
    `logLik ${fit.logLik.toFixed(3)}, ${criterion} ${fit.deviance.toFixed(3)}, AIC ${fit.aic.toFixed(2)}, BIC ${fit.bic.toFixed(2)}`,
    "",
    ...(fit.random.length > 0 ? ["Random effects"] : ["Residual"]),
    ...randomTable(fit),
    "",
    `Fixed effects (${dfLine(fit)})`,
    ...fixedTable(fit),
    ...(within.length > 0 ? ["", `People with at least two rows: ${fit.groupsWithTwoRows}`] : []),
    ...within.map(([term, value]) => `Within-person SD of ${term}: ${formatNumber(value)}`),
    ...(fit.warnings.length > 0
      ? ["", ...fit.warnings.map(({ message, code }) => `Note: ${message} [${code}]`)]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}
