import {
  alignTable,
  indexLines,
  noteLines,
  numberCells,
  numberHeads,
  standardErrorWords,
} from "../riclpm/text.ts";
import type { GrowthFit } from "./result.ts";

/** The fit as text: growth first, then residuals, how well the model fits, and notes. */
export function printGrowth(fit: GrowthFit): string {
  const names = fit.columns.series.map(({ name }) => name).filter((name) => name !== "");
  const body = fit.parameters.map((row) => [
    `${row.lhs} ${row.op}${row.rhs === "" ? "" : ` ${row.rhs}`}`,
    ...numberCells(row),
  ]);
  const shares = fit.explained.map(({ wave, share }) => `${wave} ${(100 * share).toFixed(1)} %`);
  const lines = [
    `Linear latent growth${names.length > 1 ? ` of ${names.join(" and ")} in parallel` : ""}, time ${fit.scores.join(", ")}`,
    `People: ${fit.nobs}, patterns of missing answers: ${fit.patterns}`,
    "",
    "Intercepts (i) and slopes (s): ~1 mean, ~~ variance or covariance, ~ on a covariate",
    ...alignTable([["Parameter", ...numberHeads(fit.level)], ...body], 1),
    `Variance that growth accounts for: ${shares.join(", ")}`,
    "",
    `Fit (maximum likelihood, ${standardErrorWords(fit.se)})`,
    ...indexLines(fit),
    ...noteLines(fit.warnings),
  ];
  return `${lines.join("\n")}\n`;
}
