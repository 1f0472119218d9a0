import type { Coefficient, RandomBlock } from "../models/fit.ts";
import type { FormulaFit } from "./formula-fit.ts";

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

function randomTable({ random = [], sigma = null, variances }: FormulaFit): string[] {
  const width = Math.max(0, ...random.map((block) => block.terms.length - 1));
  const corr = Array.from({ length: width }, (_, j) => (j === 0 ? "Corr" : ""));
  const padding = corr.map(() => "");
  const single = (name: string, term: string, variance: number) => [
    [name, term, formatNumber(variance), formatNumber(Math.sqrt(variance)), ...padding],
  ];
  // Random-effects regression has its variances apart from the rows that it transforms.
  const person = variances === undefined ? [] : single("Person", "(Intercept)", variances.person);
  const rest = variances === undefined && sigma !== null ? sigma * sigma : variances?.residual;
  const residual = rest === undefined ? [] : single("Residual", "", rest);
  const rows = [
    ["Group", "Term", "Variance", "Std.Dev.", ...corr],
    ...random.flatMap((block) => randomRows(block, width)),
    ...person,
    ...residual,
  ];
  return alignTable(rows, 2);
}

function formatFixed(value: number | null, digits: number): string {
  return value === null || !Number.isFinite(value) ? "" : value.toFixed(digits);
}

/** An estimate without a standard error is where a search stopped, not a result: the row stays empty. */
function coefficientRow(row: Coefficient): string[] {
  return [
    row.term,
    Number.isFinite(row.stdError) ? formatNumber(row.estimate) : "",
    formatNumber(row.stdError),
    formatFixed(row.df, 1),
    formatFixed(row.statistic, 3),
    formatP(row.pValue),
    formatNumber(row.lower),
    formatNumber(row.upper),
  ];
}

function coefficientTable(rows: readonly Coefficient[], level: number): string[] {
  // Without degrees of freedom the column would be empty.
  const normal = rows.every(({ df }) => df === null);
  const percent = `${Number((level * 100).toFixed(2))} %`;
  const header = ["Term", "Estimate", "Std.Error", "df", normal ? "z" : "t", "p", `${percent} from`, "to"];
  const cells = [header, ...rows.map(coefficientRow)];
  return alignTable(normal ? cells.map((row) => row.filter((_, j) => j !== 3)) : cells, 1);
}

function countsLine(fit: FormulaFit): string {
  const groups = Object.entries(fit.ngroups).map(([name, count]) => `, ${name}: ${count}`);
  const { read, used, droppedMissing } = fit.rows;
  const short = read - used - droppedMissing;
  const dropped = droppedMissing > 0 ? `; ${droppedMissing} of ${read} rows dropped for missing values` : "";
  const filtered = short > 0 ? `; ${short} rows of people with too few rows left out` : "";
  return `Rows: ${fit.nobs}${groups.join("")}${dropped}${filtered}`;
}

const METHODS: Readonly<Record<string, string>> = { reml: "REML", ml: "maximum likelihood" };

const MODELS: Readonly<Record<string, string>> = {
  lmm: "Linear mixed model",
  lm: "Linear regression",
  fe: "Fixed-effects (within) regression",
  re: "Random-effects regression (Swamy and Arora)",
  gee: "Generalised estimating equations",
  glm: "Generalised linear model",
  clmm: "Cumulative logit mixed model",
  clm: "Cumulative logit model",
  glmm: "Logistic mixed model",
  personal: "One person's series",
  pooled: "Pooled over imputations",
};

function title(fit: FormulaFit): string {
  const { method, family, correlation, nodes, pooledEstimator } = fit;
  const parts = [
    MODELS[fit.estimator] ?? fit.estimator,
    ...(pooledEstimator === undefined ? [] : [(MODELS[pooledEstimator] ?? pooledEstimator).toLowerCase()]),
    ...(method === undefined ? [] : [METHODS[method] ?? method]),
    ...(family === undefined ? [] : [family]),
    ...(correlation === undefined ? [] : [`working correlation ${correlation}`]),
    ...(nodes === undefined
      ? []
      : [nodes === 1 ? "Laplace approximation" : `quadrature with ${nodes} nodes`]),
  ];
  return parts.join(", ");
}

const ROBUST = "cluster-robust standard errors";

const STANDARD_ERRORS: Readonly<Record<string, string>> = {
  cr0: `${ROBUST} CR0`,
  cr1: `${ROBUST} CR1`,
  cr2: `${ROBUST} CR2`,
  robust: "robust standard errors",
  arellano: "Arellano's clustered standard errors",
  "arellano-hc0": "Arellano's clustered standard errors, uncorrected",
  "arellano-hc1": "Arellano's clustered standard errors, HC1",
  "mancl-derouen": "robust standard errors by Mancl and DeRouen",
  "kauermann-carroll": "robust standard errors by Kauermann and Carroll",
};

const DEGREES: Readonly<Record<string, string>> = {
  satterthwaite: "Satterthwaite degrees of freedom",
  "kenward-roger": "Kenward-Roger degrees of freedom",
  residual: "t on residual degrees of freedom",
  pooled: "degrees of freedom of Barnard and Rubin",
  people: "t on people less one",
  none: "normal tests and intervals",
};

function inferenceWords(fit: FormulaFit): string {
  const normal = fit.fixed.every(({ df }) => df === null);
  const ordinary = fit.dfMethod === undefined || (fit.estimator === "lm" && fit.se === "model");
  const clustered = fit.se?.startsWith("arellano") === true;
  const other = fit.estimator === "pooled" ? "pooled" : ordinary ? "residual" : fit.dfMethod;
  const degrees = normal ? "none" : clustered ? "people" : other;
  const words = [STANDARD_ERRORS[fit.se ?? ""], DEGREES[degrees ?? ""]];
  return words.filter((word) => word !== undefined).join(", ");
}

function likelihoodLine({ logLik, deviance, aic, bic, method }: FormulaFit): string[] {
  if (logLik === null || deviance === null) return [];
  const criterion = method === "reml" ? "REML deviance" : "deviance";
  const parts = [`logLik ${logLik.toFixed(3)}`, `${criterion} ${deviance.toFixed(3)}`];
  if (aic !== null) parts.push(`AIC ${aic.toFixed(2)}`);
  if (bic !== null) parts.push(`BIC ${bic.toFixed(2)}`);
  return [parts.join(", ")];
}

function variancePart(fit: FormulaFit): string[] {
  const { random = [], sigma = null, variances } = fit;
  if (random.length === 0 && sigma === null) return [];
  const hasRandom = random.length > 0 || variances !== undefined;
  return ["", hasRandom ? "Random effects" : "Residual", ...randomTable(fit)];
}

/** A number with its interval, where there is one. */
function withInterval(value: number, lower: number | null, upper: number | null): string {
  const known = lower !== null && upper !== null && Number.isFinite(lower) && Number.isFinite(upper);
  return known
    ? `${formatNumber(value)} (${formatNumber(lower)} to ${formatNumber(upper)})`
    : formatNumber(value);
}

/** How the residuals of one person go together: one line, or one for each pair and wave. */
function residualPart({ residual, level }: FormulaFit): string[] {
  if (residual === undefined || residual.type === "iid") return [];
  const { parameters, lower, upper, stdDevRatio, time } = residual;
  const numbers = parameters.map((value, k) => withInterval(value, lower[k] ?? null, upper[k] ?? null));
  const percent = `${Number((level * 100).toFixed(2))} %`;
  const interval = numbers.some((text) => text.includes("(")) ? `, ${percent} interval` : "";
  const ratio = stdDevRatio?.map(formatNumber).join(", ");
  return [
    `Residual structure ${residual.type}(${time}): ${residual.unit}${interval}: ${numbers.join(", ")}`,
    ...(ratio === undefined ? [] : [`Residual SD of each ${time} relative to the first: ${ratio}`]),
  ];
}

function correlationPart({ alpha = [], alphaTerms = [], scale }: FormulaFit): string[] {
  const lines = alpha.map(
    (value, i) => `Working correlation ${alphaTerms[i] ?? "alpha"}: ${formatNumber(value)}`,
  );
  if (scale !== undefined) lines.push(`Scale: ${formatNumber(scale)}`);
  return lines.length === 0 ? [] : ["", ...lines];
}

function withinPart(fit: FormulaFit): string[] {
  // What is constant within people has no within-person SD to report.
  const within = Object.entries(fit.withinStdDev).filter(([, value]) => Number.isFinite(value) && value > 0);
  if (within.length === 0) return [];
  return [
    "",
    `People with at least two rows: ${fit.groupsWithTwoRows}`,
    ...within.map(([term, value]) => `Within-person SD of ${term}: ${formatNumber(value)}`),
  ];
}

/** What is missing, coefficient by coefficient, in a fit pooled over imputations. */
function pooledPart({ fixed, m, imputationsWanted }: FormulaFit): string[] {
  if (m === undefined) return [];
  const rows = fixed.map((row) => [
    row.term,
    formatFixed(row.fmi ?? null, 3),
    formatNumber(row.monteCarloError ?? null),
  ]);
  return [
    "",
    `Imputations: ${m}; enough for a Monte-Carlo error of a tenth of each standard error: ${imputationsWanted}`,
    ...alignTable([["Term", "Missing information", "Monte-Carlo error"], ...rows], 1),
  ];
}

function thresholdPart({ thresholds = [], level, levels = [] }: FormulaFit): string[] {
  if (thresholds.length === 0) return [];
  return ["", `Thresholds (levels in order: ${levels.join(", ")})`, ...coefficientTable(thresholds, level)];
}

/** The fit as text that a user of R's packages reads at once. */
export function printFit(fit: FormulaFit): string {
  const lines = [
    title(fit),
    `Formula: ${fit.formula}`,
    countsLine(fit),
    ...likelihoodLine(fit),
    ...variancePart(fit),
    ...residualPart(fit),
    ...correlationPart(fit),
    "",
    `Fixed effects (${inferenceWords(fit)})`,
    ...coefficientTable(fit.fixed, fit.level),
    ...thresholdPart(fit),
    ...pooledPart(fit),
    ...withinPart(fit),
    ...(fit.warnings.length > 0
      ? ["", ...fit.warnings.map(({ message, code }) => `Note: ${message} [${code}]`)]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}
