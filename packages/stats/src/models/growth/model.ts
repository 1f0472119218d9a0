import { StatsError } from "../../errors.ts";
import type { SemModel, SemParameter } from "../sem/model.ts";

/** One series of a growth model, with its start values. */
export interface GrowthPart {
  /** `ix` and `sx`, or `i` and `s`. */
  readonly intercept: string;
  readonly slope: string;
  /** Observed variables, wave by wave. */
  readonly waves: readonly string[];
  /** For each time-varying covariate its observed variables, wave by wave. */
  readonly timeVarying: readonly (readonly string[])[];
  readonly start: {
    readonly level: number;
    readonly slope: number;
    readonly levelVariance: number;
    readonly slopeVariance: number;
    readonly residual: readonly number[];
  };
}

export interface GrowthStructure {
  readonly parts: readonly GrowthPart[];
  readonly scores: readonly number[];
  readonly covariates: readonly string[];
  readonly residuals: "equal" | "free";
}

type Row = Pick<SemParameter, "lhs" | "op" | "rhs" | "value"> & { readonly label?: string | null };

function loadings({ intercept, slope, waves }: GrowthPart, scores: readonly number[]): SemParameter[] {
  const fixed = (lhs: string, rhs: string, value: number): SemParameter => {
    return { lhs, op: "=~", rhs, group: 0, free: null, value };
  };
  return waves.flatMap((wave, t) => [fixed(intercept, wave, 1), fixed(slope, wave, scores[t])]);
}

function partRows(part: GrowthPart, { covariates, residuals }: GrowthStructure): Row[] {
  const { intercept, slope, waves, timeVarying, start } = part;
  const latent = [intercept, slope];
  return [
    ...latent.flatMap((lhs) => covariates.map((rhs): Row => ({ lhs, op: "~", rhs, value: 0 }))),
    ...waves.flatMap((lhs, t) =>
      timeVarying.map((names): Row => ({ lhs, op: "~", rhs: names[t], value: 0 })),
    ),
    { lhs: intercept, op: "~~", rhs: intercept, value: start.levelVariance },
    { lhs: slope, op: "~~", rhs: slope, value: start.slopeVariance },
    ...waves.map((wave, t): Row => {
      const label = residuals === "equal" ? `residual ${intercept}` : null;
      return { lhs: wave, op: "~~", rhs: wave, value: start.residual[t], label };
    }),
    { lhs: intercept, op: "~1", rhs: "", value: start.level },
    { lhs: slope, op: "~1", rhs: "", value: start.slope },
  ];
}

function covariances(latent: readonly string[]): Row[] {
  return latent.flatMap((lhs, i) =>
    latent.slice(i + 1).map((rhs): Row => ({ lhs, op: "~~", rhs, value: 0 })),
  );
}

function numbered(rows: readonly Row[]): SemParameter[] {
  const indexOf = new Map<string, number>();
  return rows.map(({ lhs, op, rhs, value, label }) => {
    const key = label ?? `${lhs}${op}${rhs}`;
    const free = indexOf.get(key) ?? indexOf.size;
    indexOf.set(key, free);
    return { lhs, op, rhs, group: 0, free, value };
  });
}

/**
 * The parameter table of linear latent growth: for each series an intercept and a slope, with means, variances
 * and all their covariances.
 *
 * @throws StatsError `growth.waves` with fewer than three waves.
 * McArdle & Epstein (1987), Child Dev. 58, 110-133.
 */
export function growthModel(structure: GrowthStructure): SemModel {
  const { parts, scores, covariates } = structure;
  if (scores.length < 3) {
    throw new StatsError(
      "growth.waves",
      `Expected at least 3 waves; found ${scores.length}. Two points always lie on a line: describe the difference between them instead.`,
    );
  }
  const latent = parts.flatMap(({ intercept, slope }) => [intercept, slope]);
  const rows = [...parts.flatMap((part) => partRows(part, structure)), ...covariances(latent)];
  const fixedCovariates = [
    ...new Set([...covariates, ...parts.flatMap(({ timeVarying }) => timeVarying.flat())]),
  ];
  return {
    observed: [...parts.flatMap(({ waves }) => waves), ...fixedCovariates],
    latent,
    groups: [""],
    parameters: [...parts.flatMap((part) => loadings(part, scores)), ...numbered(rows)],
    fixedCovariates,
  };
}
