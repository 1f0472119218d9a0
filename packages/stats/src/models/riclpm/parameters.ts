import { normalQuantile, twoSidedP } from "../../numeric/distributions.ts";
import type { SemFit, SemModel, SemOperator, SemParameter } from "../sem/model.ts";
import { quadraticForm, type Standardized, standardizedMean, standardizedSystem } from "./standardized.ts";

/** An estimate with its normal test and interval, raw and standardised; what does not exist is null. */
export interface EstimateColumns {
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
}

/** One estimated parameter, with lavaan's operators. */
export interface PathParameter extends EstimateColumns {
  readonly lhs: string;
  readonly op: SemOperator;
  /** Empty for an intercept. */
  readonly rhs: string;
  /** The label of the group, null without groups. */
  readonly group: string | null;
  /** Index into the estimates and their covariance; parameters held equal share it. */
  readonly free: number;
}

/** The mean over waves of the paths from one series to the next wave of another or of itself. */
export interface LaggedPath extends EstimateColumns {
  readonly from: "x" | "y";
  readonly to: "x" | "y";
  readonly group: string | null;
  /** Whether the path is the same at every wave, so that the estimate is that path itself. */
  readonly equal: boolean;
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
  const rows = freeRows(model);
  const system = standardizedSystem(model, fit, rows);
  const half = halfWidth(fit);
  return rows.map(({ lhs, op, rhs, group, free }, r) => {
    const index = free ?? 0;
    const estimate = fit.estimates[index];
    return {
      lhs,
      op,
      rhs,
      group: labelOf(model, group),
      estimate,
      ...wald(estimate, fit.stdErrors?.[index] ?? null, half),
      ...standardizedColumns(standardizedMean(system, [r]), half),
      free: index,
    };
  });
}

function freeRows(model: SemModel): SemParameter[] {
  return model.parameters.filter(({ free }) => free !== null);
}

function halfWidth({ level }: SemFit): number {
  return normalQuantile(1 - (1 - level) / 2);
}

function labelOf(model: SemModel, group: number): string | null {
  return model.groups[group] === "" ? null : model.groups[group];
}

const ENDS = ["x", "y"] as const;

/** The lagged paths of each group, averaged over waves: what happens on the average from one wave to the next. */
export function laggedPaths(model: SemModel, fit: SemFit): LaggedPath[] {
  const rows = freeRows(model).filter(({ op, rhs }) => op === "~" && /^w[xy]\d+$/.test(rhs));
  const system = standardizedSystem(model, fit, rows);
  return model.groups.flatMap((_, group) =>
    ENDS.flatMap((from) =>
      ENDS.map((to): LaggedPath => {
        const at = rows.flatMap((row, r) =>
          row.group === group && row.rhs[1] === from && row.lhs[1] === to ? [r] : [],
        );
        const free = at.map((r) => rows[r].free ?? 0);
        const averaged = averagedPath(fit, free, standardizedMean(system, at));
        return { from, to, group: labelOf(model, group), ...averaged, equal: new Set(free).size === 1 };
      }),
    ),
  );
}

/** What the two series share at later waves beyond the paths: the correlation of their residuals, averaged over waves. */
export interface LaterCorrelation {
  readonly group: string | null;
  readonly estimate: number;
  /** Null where a variance it needs is not positive. */
  readonly stdError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** The residual correlation of the two series within a person at later waves, of each group that has one. */
export function laterCorrelations(model: SemModel, fit: SemFit): LaterCorrelation[] {
  const rows = freeRows(model).filter(isLaterCovariance);
  const system = standardizedSystem(model, fit, rows);
  const half = halfWidth(fit);
  return model.groups.flatMap((_, group): LaterCorrelation[] => {
    const at = rows.flatMap((row, r) => (row.group === group ? [r] : []));
    const { estimate, stdError } = standardizedMean(system, at);
    if (at.length === 0 || estimate === null) return [];
    const { lower, upper } = wald(estimate, stdError, half);
    return [{ group: labelOf(model, group), estimate, stdError, lower, upper }];
  });
}

/** `wx3 ~~ wy3`: the first wave has no earlier one, so its covariance is no residual. */
function isLaterCovariance({ op, lhs, rhs }: SemParameter): boolean {
  const [, wave] = /^w[xy]([2-9]|\d\d+)$/.exec(lhs) ?? [];
  return op === "~~" && wave !== undefined && rhs === `w${lhs[1] === "x" ? "y" : "x"}${wave}`;
}

function averagedPath(fit: SemFit, free: readonly number[], standardized: Standardized): EstimateColumns {
  const half = halfWidth(fit);
  const estimate = free.reduce((sum, index) => sum + fit.estimates[index], 0) / free.length;
  const gradient = fit.estimates.map((_, j) => free.filter((index) => index === j).length / free.length);
  const stdError = fit.vcov === null ? null : Math.sqrt(quadraticForm(gradient, fit.vcov));
  return { estimate, ...wald(estimate, stdError, half), ...standardizedColumns(standardized, half) };
}
