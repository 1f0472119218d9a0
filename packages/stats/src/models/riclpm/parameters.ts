import { normalQuantile, twoSidedP } from "../../numeric/distributions.ts";
import type { SemFit, SemModel, SemOperator } from "../sem/model.ts";
import { type Standardized, standardizedRows } from "./standardized.ts";

/** One estimated parameter, with lavaan's operators; what does not exist is null. */
export interface PathParameter {
  readonly lhs: string;
  readonly op: SemOperator;
  /** Empty for an intercept. */
  readonly rhs: string;
  /** The label of the group, null without groups. */
  readonly group: string | null;
  readonly estimate: number;
  readonly stdError: number | null;
  readonly z: number | null;
  readonly pValue: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly standardized: number | null;
  readonly standardizedStdError: number | null;
  readonly standardizedLower: number | null;
  readonly standardizedUpper: number | null;
  /** Index into the estimates and their covariance; parameters held equal share it. */
  readonly free: number;
}

function wald(estimate: number, stdError: number | null, half: number) {
  if (stdError === null || !(stdError > 0)) {
    return { stdError: null, z: null, pValue: null, lower: null, upper: null };
  }
  const z = estimate / stdError;
  return {
    stdError,
    z,
    pValue: twoSidedP(z, null),
    lower: estimate - half * stdError,
    upper: estimate + half * stdError,
  };
}

function standardizedColumns({ estimate, stdError }: Standardized, half: number) {
  const known = estimate !== null && stdError !== null;
  return {
    standardized: estimate,
    standardizedStdError: stdError,
    standardizedLower: known ? estimate - half * stdError : null,
    standardizedUpper: known ? estimate + half * stdError : null,
  };
}

/** The free rows of a fitted parameter table, in its order, with normal tests and intervals. */
export function pathParameters(model: SemModel, fit: SemFit): PathParameter[] {
  const rows = model.parameters.filter(({ free }) => free !== null);
  const standardized = standardizedRows(model, fit, rows);
  const half = normalQuantile(1 - (1 - fit.level) / 2);
  return rows.map(({ lhs, op, rhs, group, free }, r) => {
    const index = free ?? 0;
    const estimate = fit.estimates[index];
    const label = model.groups[group];
    return {
      lhs,
      op,
      rhs,
      group: label === "" ? null : label,
      estimate,
      ...wald(estimate, fit.stdErrors?.[index] ?? null, half),
      ...standardizedColumns(standardized[r], half),
      free: index,
    };
  });
}
