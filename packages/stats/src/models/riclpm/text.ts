import type { Warning } from "../../warnings.ts";
import type { EstimateColumns } from "./parameters.ts";
import type { FitIndices } from "./result.ts";

/** A number with at least four significant digits; empty where there is none. */
export function formatNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return "";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e7 || size < 1e-5) return value.toExponential(3);
  if (size >= 1) return value.toFixed(size >= 1000 ? 2 : 4);
  return value.toFixed(Math.max(4, 3 - Math.floor(Math.log10(size))));
}

export function formatP(p: number | null): string {
  if (p === null || !Number.isFinite(p)) return "";
  return p < 0.0001 ? "<0.0001" : p.toFixed(4);
}

/** Columns of equal width: the first `leftColumns` aligned left, the others right. */
export function alignTable(rows: readonly (readonly string[])[], leftColumns: number): string[] {
  const widths = rows[0].map((_, j) => Math.max(...rows.map((row) => row[j].length)));
  const cell = (text: string, j: number) =>
    j < leftColumns ? text.padEnd(widths[j]) : text.padStart(widths[j]);
  return rows.map((row) => ` ${row.map(cell).join("  ").trimEnd()}`);
}

/** The heads of the columns that `numberCells` fills. */
export function numberHeads(level: number): string[] {
  const percent = `${Number((level * 100).toFixed(2))} %`;
  return ["Estimate", "Std.Error", "z", "p", `${percent} from`, "to", "Standardized"];
}

/** Estimate, standard error, z, p, interval and standardised value. */
export function numberCells(row: EstimateColumns): string[] {
  return [
    formatNumber(row.estimate),
    formatNumber(row.stdError),
    row.z === null ? "" : row.z.toFixed(3),
    formatP(row.pValue),
    formatNumber(row.lower),
    formatNumber(row.upper),
    row.standardized === null ? "" : row.standardized.toFixed(4),
  ];
}

function fixed(value: number | null, digits: number): string {
  return value === null ? "not available" : value.toFixed(digits);
}

/** Chi-square and the fit indices in three or four lines; what does not exist is not given. */
export function indexLines(fit: FitIndices): string[] {
  const likelihood = `logLik ${fit.logLik.toFixed(3)}, AIC ${fit.aic.toFixed(2)}, BIC ${fit.bic.toFixed(2)}`;
  if (fit.chiSquare === null) return ["No chi-square test and no fit indices: see the notes", likelihood];
  const scaled =
    fit.chiSquareScaled === null
      ? []
      : [
          `Scaled chi-square ${fit.chiSquareScaled.toFixed(3)}, p ${formatP(fit.pValueScaled)} (scaling factor ${fixed(fit.scalingFactor, 4)})`,
        ];
  const interval = `${fixed(fit.rmseaLower, 3)} to ${fixed(fit.rmseaUpper, 3)}`;
  return [
    `Chi-square ${fit.chiSquare.toFixed(3)} on ${fit.df} df${fit.pValue === null ? "" : `, p ${formatP(fit.pValue)}`}`,
    ...scaled,
    `CFI ${fixed(fit.cfi, 3)}, TLI ${fixed(fit.tli, 3)}, RMSEA ${fixed(fit.rmsea, 3)} (90 % ${interval}), SRMR ${fixed(fit.srmr, 3)}`,
    likelihood,
  ];
}

/** Warnings as notes, after an empty line. */
export function noteLines(warnings: readonly Warning[]): string[] {
  if (warnings.length === 0) return [];
  return ["", ...warnings.map(({ message, code }) => `Note: ${message} [${code}]`)];
}

/** How the standard errors were computed, in words. */
export function standardErrorWords(se: FitIndices["se"]): string {
  return se === "robust" ? "robust standard errors" : `standard errors from ${se} information`;
}
