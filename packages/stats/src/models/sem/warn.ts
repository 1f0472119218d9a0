import { type Warning, warning } from "../../warnings.ts";
import type { SemFit, SemImproper } from "./model.ts";

function reasonText({ group, kind, variables, value }: SemImproper): string {
  const where = group === "" ? "" : ` in group "${group}"`;
  const size = Number(value.toPrecision(4));
  if (kind === "negative-variance") return `variance of ${variables[0]} ${size}${where}`;
  if (kind === "correlation-beyond-one") return `correlation of ${variables.join(" and ")} ${size}${where}`;
  return `covariance matrix of the latent variables with eigenvalue ${size}${where}`;
}

function optimumWarnings(fit: Omit<SemFit, "warnings">): Warning[] {
  if (!fit.converged) {
    const found = `a search that ended after ${fit.iterations} iterations with a gradient of ${fit.gradientNorm.toPrecision(3)} standard errors`;
    return [
      warning(
        "sem.not-converged",
        `Expected the largest likelihood; found ${found}. Do not report these numbers: simplify the model, or look for variables with almost no variance.`,
      ),
    ];
  }
  if (fit.conditionNumber !== null) return [];
  return [
    warning(
      "sem.not-identified",
      "Expected information about every parameter; found a singular information matrix, so that no standard error or test exists. Fix parameters or set them equal.",
    ),
  ];
}

function saturatedWarning({ logLikSaturated }: Omit<SemFit, "warnings">): Warning[] {
  if (logLikSaturated !== null) return [];
  return [
    warning(
      "sem.saturated-not-identified",
      "Expected every pair of variables observed together in more rows than there are variables; found a pair or a group that is not, so that the test of fit does not exist. Estimates can still be read.",
    ),
  ];
}

function improperWarning({ improper }: Omit<SemFit, "warnings">): Warning[] {
  if (improper.length === 0) return [];
  const found = improper.slice(0, 4).map(reasonText).join("; ");
  const more = improper.length > 4 ? ` and ${improper.length - 4} more` : "";
  return [
    warning(
      "sem.improper",
      `Expected variances that are not negative and correlations within one; found ${found}${more}. The solution is reported as it is: the model may be wrong or the data too few.`,
    ),
  ];
}

function rowsWarning({ droppedEmpty, droppedCovariate }: Omit<SemFit, "warnings">): Warning[] {
  if (droppedEmpty + droppedCovariate === 0) return [];
  return [
    warning(
      "sem.rows-dropped",
      `Expected something observed for everybody; found ${droppedEmpty} rows with nothing observed and ${droppedCovariate} that miss a covariate. They are left out.`,
    ),
  ];
}

/** What a reader of the fit must know, the gravest first. */
export function semWarnings(fit: Omit<SemFit, "warnings">): Warning[] {
  return [...optimumWarnings(fit), ...improperWarning(fit), ...saturatedWarning(fit), ...rowsWarning(fit)];
}
