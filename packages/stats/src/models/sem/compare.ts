import { StatsError } from "../../errors.ts";
import { multiply, transpose } from "../../linalg/dense.ts";
import { chiSquareUpper } from "../../numeric/chi-square.ts";
import type { Matrix } from "../fit.ts";
import { invertInformation } from "./information.ts";
import type { SemFit } from "./model.ts";

/** A chi-square test of nested fits or of constraints. */
export interface SemTest {
  readonly chiSquare: number;
  readonly df: number;
  readonly pValue: number;
  /** What the difference was divided by: 1 unless both fits are robust. */
  readonly scalingFactor: number;
}

function tested(chiSquare: number, df: number, scalingFactor: number): SemTest {
  return { chiSquare, df, pValue: chiSquareUpper(chiSquare, df), scalingFactor };
}

function notNested(found: string): StatsError {
  return new StatsError(
    "sem.not-nested",
    `Expected two converged fits to the same rows, the first with more free parameters; found ${found}. Compare a model with the same model under constraints.`,
  );
}

/** The factor of the difference from those of the two tests; null where it is not positive. */
function differenceScale(free: SemFit, constrained: SemFit): number | null {
  if (free.se !== "robust" || constrained.se !== "robust") return 1;
  const own = free.df === 0 ? 1 : free.scalingFactor;
  if (own === null || constrained.scalingFactor === null) return null;
  const scale = (constrained.df * constrained.scalingFactor - free.df * own) / (constrained.df - free.df);
  return scale > 0 ? scale : null;
}

/**
 * The likelihood-ratio test of a constrained fit against a freer one; scaled when both have robust errors.
 *
 * @returns null where a test does not exist: no robust scale, or one that is negative.
 * @throws StatsError `sem.not-nested`
 * Satorra & Bentler (2001), Psychometrika 66, 507-514 (the scaled difference).
 */
export function semLrt(free: SemFit, constrained: SemFit): SemTest | null {
  const df = constrained.df - free.df;
  if (!free.converged || !constrained.converged) throw notNested("one that did not converge");
  if (free.nobs !== constrained.nobs) throw notNested(`${free.nobs} and ${constrained.nobs} rows`);
  if (!(df > 0)) throw notNested(`${free.nparameters} and ${constrained.nparameters} free parameters`);
  const difference = 2 * (free.logLik - constrained.logLik);
  if (difference < -1e-6 * Math.abs(free.logLik))
    throw notNested("a constrained fit with the larger likelihood");
  const scale = differenceScale(free, constrained);
  return scale === null ? null : tested(Math.max(0, difference) / scale, df, scale);
}

/**
 * The Wald test that each row of `constraints` times the estimates is zero.
 *
 * @param constraints  one row for each constraint, one weight for each free parameter.
 * @returns null where the fit has no covariance of its estimates or the constraints repeat each other.
 * @throws StatsError `sem.model` for rows of another length.
 */
export function semWald(fit: SemFit, constraints: Matrix): SemTest | null {
  const n = fit.nparameters;
  const wrong = constraints.find((row) => row.length !== n);
  if (wrong !== undefined || constraints.length === 0) {
    throw new StatsError(
      "sem.model",
      `Expected at least one constraint with a weight for each of ${n} parameters; found ${wrong?.length ?? "none"}. Write one number for each free parameter.`,
    );
  }
  if (fit.vcov === null) return null;
  const rank = constraints.length;
  const weights = Float64Array.from(constraints.flat());
  const vcov = Float64Array.from(fit.vcov.flat());
  const half = multiply(weights, vcov, { n: rank, k: n, m: n });
  const covariance = multiply(half, transpose(weights, rank, n), { n: rank, k: n, m: rank });
  const value = multiply(weights, Float64Array.from(fit.estimates), { n: rank, k: n, m: 1 });
  const inverse = invertInformation(covariance, rank)?.inverse;
  if (inverse === undefined) return null;
  const solved = multiply(inverse, value, { n: rank, k: rank, m: 1 });
  return tested(
    value.reduce((sum, element, i) => sum + element * solved[i], 0),
    rank,
    1,
  );
}
