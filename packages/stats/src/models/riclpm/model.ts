import { StatsError } from "../../errors.ts";
import type { SemModel, SemOperator, SemParameter } from "../sem/model.ts";
import type { EqualSet, RiclpmSettings } from "./options.ts";

export const FEWEST_WAVES = 3;
export const MOST_WAVES = 12;

/** What decides the parameter table: the options, and what the data bring to it. */
export type RiclpmStructure = Partial<
  Pick<RiclpmSettings, "lags" | "residuals" | "means" | "randomIntercepts" | "growth" | "equalAcrossGroups">
> & {
  /** Labels; one empty label without groups. */
  readonly groups?: readonly string[];
  /** Design columns of the covariates on the random intercepts. */
  readonly covariates?: readonly string[];
  /** Fixed measurement-error variances; 0 by default. */
  readonly errorVariance?: { readonly x: number; readonly y: number };
  /** When each wave was, for growth; 0, 1, 2, ... by default. */
  readonly scores?: readonly number[];
};

/** Start values of one group: moments by wave and the random part. */
export interface RiclpmStarts {
  readonly meanX: readonly number[];
  readonly meanY: readonly number[];
  /** Between people: variance of x, covariance, variance of y. */
  readonly between: readonly [number, number, number];
  /** Within people at each wave, of what the wave adds: variance of x, covariance, variance of y. */
  readonly within: readonly (readonly [number, number, number])[];
  readonly own: number;
  readonly cross: number;
}

interface Builder {
  readonly structure: RiclpmStructure;
  readonly group: number;
  readonly rows: SemParameter[];
  readonly indexOf: Map<string, number>;
}

function fix(builder: Builder, row: readonly [string, SemOperator, string], value: number): void {
  const [lhs, op, rhs] = row;
  builder.rows.push({ lhs, op, rhs, group: builder.group, free: null, value });
}

/** A free parameter; rows with the same `label` are equal over time, those of an equal `set` over groups too. */
function free(
  builder: Builder,
  row: readonly [string, SemOperator, string],
  about: { readonly value: number; readonly label?: string | false; readonly set?: EqualSet },
): void {
  const [lhs, op, rhs] = row;
  const shared = about.set !== undefined && builder.structure.equalAcrossGroups?.includes(about.set);
  const name = about.label ? about.label : `${lhs}${op}${rhs}`;
  const key = shared === true ? name : `${name}@${builder.group}`;
  const index = builder.indexOf.get(key) ?? builder.indexOf.size;
  builder.indexOf.set(key, index);
  builder.rows.push({ lhs, op, rhs, group: builder.group, free: index, value: about.value });
}

function addLoadings(builder: Builder, waves: number): void {
  const { randomIntercepts = true, growth, errorVariance } = builder.structure;
  for (const series of ["x", "y"] as const) {
    for (let t = 1; t <= waves; t++) {
      if (randomIntercepts) fix(builder, [`RI${series}`, "=~", `${series}${t}`], 1);
      if (growth === "linear") fix(builder, [`S${series}`, "=~", `${series}${t}`], score(builder, t));
      fix(builder, [`w${series}${t}`, "=~", `${series}${t}`], 1);
      const error = errorVariance?.[series] ?? 0;
      if (error > 0) fix(builder, [`${series}${t}`, "~~", `${series}${t}`], error);
    }
  }
}

function score(builder: Builder, wave: number): number {
  return builder.structure.scores?.[wave - 1] ?? wave - 1;
}

function addLags(builder: Builder, waves: number, starts: RiclpmStarts): void {
  const equal = builder.structure.lags === "equal";
  const add = (to: string, from: string, path: { readonly value: number; readonly label: string }) =>
    free(builder, [to, "~", from], {
      value: path.value,
      label: equal && `lag ${path.label}`,
      set: "lags",
    });
  for (let t = 2; t <= waves; t++) {
    add(`wx${t}`, `wx${t - 1}`, { value: starts.own, label: "a" });
    add(`wx${t}`, `wy${t - 1}`, { value: starts.cross, label: "b" });
    add(`wy${t}`, `wx${t - 1}`, { value: starts.cross, label: "c" });
    add(`wy${t}`, `wy${t - 1}`, { value: starts.own, label: "d" });
  }
}

function addBetween(builder: Builder, starts: RiclpmStarts): void {
  const { randomIntercepts = true, growth, covariates = [], scores } = builder.structure;
  if (!randomIntercepts) return;
  const [vx, cov, vy] = starts.between;
  const set = "random-intercepts" as const;
  free(builder, ["RIx", "~~", "RIx"], { value: vx, set });
  free(builder, ["RIy", "~~", "RIy"], { value: vy, set });
  free(builder, ["RIx", "~~", "RIy"], { value: cov, set });
  if (growth === "linear") {
    const last = scores?.[scores.length - 1] ?? starts.meanX.length - 1;
    const share = 0.1 / (last * last);
    free(builder, ["Sx", "~~", "Sx"], { value: share * vx, set });
    free(builder, ["Sy", "~~", "Sy"], { value: share * vy, set });
    const pairs = ["Sx Sy", "RIx Sx", "RIx Sy", "RIy Sx", "RIy Sy"].map((pair) => pair.split(" "));
    for (const [one, other] of pairs) free(builder, [one, "~~", other], { value: 0, set });
  }
  for (const covariate of covariates) {
    free(builder, ["RIx", "~", covariate], { value: 0, set });
    free(builder, ["RIy", "~", covariate], { value: 0, set });
  }
}

function addResiduals(builder: Builder, waves: number, starts: RiclpmStarts): void {
  for (let t = 1; t <= waves; t++) {
    const [vx, cov, vy] = starts.within[t - 1];
    const equal = builder.structure.residuals === "equal" && t > 1;
    const set = t === 1 ? ("first-wave" as const) : ("residuals" as const);
    free(builder, [`wx${t}`, "~~", `wx${t}`], { value: vx, label: equal && "residual x", set });
    free(builder, [`wy${t}`, "~~", `wy${t}`], { value: vy, label: equal && "residual y", set });
    free(builder, [`wx${t}`, "~~", `wy${t}`], { value: cov, label: equal && "residual xy", set });
  }
}

function addMeans(builder: Builder, waves: number, starts: RiclpmStarts): void {
  const { means } = builder.structure;
  const set = "means" as const;
  for (const series of ["x", "y"] as const) {
    const values = series === "x" ? starts.meanX : starts.meanY;
    if (means === "linear") {
      const slope = (values[waves - 1] - values[0]) / score(builder, waves);
      free(builder, [`RI${series}`, "~1", ""], { value: values[0], set });
      free(builder, [`S${series}`, "~1", ""], { value: slope, set });
      continue;
    }
    for (let t = 1; t <= waves; t++) {
      const label = means === "equal" && `mean ${series}`;
      free(builder, [`${series}${t}`, "~1", ""], { value: values[t - 1], label, set });
    }
  }
}

/** Starts without data: variances of 1, own lags of 0.2. */
function plainStarts(waves: number): RiclpmStarts {
  const zeros = new Array<number>(waves).fill(0);
  return {
    meanX: zeros,
    meanY: zeros,
    between: [1, 0, 1],
    within: zeros.map(() => [1, 0, 1] as const),
    own: 0.2,
    cross: 0,
  };
}

function latentNames(structure: RiclpmStructure, waves: number): string[] {
  const between = (structure.randomIntercepts ?? true) ? ["RIx", "RIy"] : [];
  const slopes = structure.growth === "linear" ? ["Sx", "Sy"] : [];
  return [...between, ...slopes, ...wave(waves, "wx"), ...wave(waves, "wy")];
}

function wave(waves: number, name: string): string[] {
  return Array.from({ length: waves }, (_, t) => `${name}${t + 1}`);
}

/** Distinct moments of the waves' variables in one group, given the covariates. */
function countMoments(waves: number, covariates: number): number {
  const variables = 2 * waves;
  return (variables * (variables + 3)) / 2 + variables * covariates;
}

/**
 * The parameter table of a random-intercept cross-lagged panel model, or of one without random intercepts.
 *
 * Variables are `x1 … xT, y1 … yT`, latent `RIx RIy wx1 … wyT` (`Sx Sy` with growth). The table can be fitted to
 * any moments: data, or a population's.
 *
 * @param waves  3 to 12.
 * @param starts  one for each group, from data; plain values otherwise.
 * @throws StatsError `riclpm.waves`, `riclpm.not-identified`
 * Hamaker, Kuiper & Grasman (2015), Psychol. Methods 20, 102; Mulder & Hamaker (2021), Struct. Equ. Modeling 28, 638.
 */
export function riclpmModel(
  structure: RiclpmStructure,
  waves: number,
  starts: readonly RiclpmStarts[] = [],
): SemModel {
  if (!Number.isInteger(waves) || waves < FEWEST_WAVES || waves > MOST_WAVES) {
    throw new StatsError(
      "riclpm.waves",
      `Expected ${FEWEST_WAVES} to ${MOST_WAVES} waves; found ${waves}. Three waves are the fewest that identify random intercepts beside lags.`,
    );
  }
  const groups = structure.groups ?? [""];
  const covariates = structure.covariates ?? [];
  const rows: SemParameter[] = [];
  const indexOf = new Map<string, number>();
  for (let group = 0; group < groups.length; group++) {
    const builder: Builder = { structure, group, rows, indexOf };
    const from = starts[group] ?? plainStarts(waves);
    addLoadings(builder, waves);
    addLags(builder, waves, from);
    addBetween(builder, from);
    addResiduals(builder, waves, from);
    addMeans(builder, waves, from);
  }
  checkCount(indexOf.size, groups.length * countMoments(waves, covariates.length), waves);
  return {
    observed: [...wave(waves, "x"), ...wave(waves, "y"), ...covariates],
    latent: latentNames(structure, waves),
    groups,
    parameters: rows,
    fixedCovariates: covariates,
  };
}

function checkCount(parameters: number, moments: number, waves: number): void {
  if (parameters <= moments) return;
  throw new StatsError(
    "riclpm.not-identified",
    `Expected at most ${moments} parameters, as many as ${waves} waves have means, variances and covariances; found ${parameters}. Hold lags or residuals equal over time, or leave growth out.`,
  );
}

/** The model with some of its parameters fixed at zero, and the others numbered anew. */
export function fixedAtZero(model: SemModel, isFixed: (row: SemParameter) => boolean): SemModel {
  const numbers = new Map<number, number>();
  const parameters = model.parameters.map((row) => {
    if (row.free === null) return row;
    if (isFixed(row)) return { ...row, free: null, value: 0 };
    const free = numbers.get(row.free) ?? numbers.size;
    numbers.set(row.free, free);
    return { ...row, free };
  });
  return { ...model, parameters };
}
