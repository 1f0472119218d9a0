import type { RowCounts } from "../fit.ts";
import { semData } from "../sem/data.ts";
import type { SemGroupData, SemRows } from "../sem/model.ts";
import type { LeftOut, RiclpmSetup } from "./setup.ts";

/** A checked panel of two series as moments: all that a fit needs of it, whether or not its rows are at hand. */
export interface ReducedPanel {
  readonly waves: readonly number[];
  readonly groups: readonly string[];
  readonly covariates: readonly string[];
  /** x at each wave, y at each wave, covariates: the order of the moments. */
  readonly names: readonly string[];
  readonly data: readonly SemGroupData[];
  readonly rows: RowCounts;
  readonly withinStdDev: { readonly x: number; readonly y: number };
  readonly leftOut: LeftOut;
  /** The rows, which robust standard errors need; null where there are only sums. */
  readonly sem: SemRows | null;
}

/** Names of x and y wave by wave, then of the covariates. */
export function variableNames(waves: number, covariates: readonly string[]): string[] {
  const series = ["x", "y"].flatMap((name) => Array.from({ length: waves }, (_, t) => `${name}${t + 1}`));
  return [...series, ...covariates];
}

/** The moments of each group and pattern of missing values of rows at hand. */
export function reducedRows(setup: RiclpmSetup): ReducedPanel {
  const { waves, groups, covariates, rows, withinStdDev, leftOut, sem } = setup;
  const data = semData(sem, { fixedCovariates: covariates });
  return { waves, groups, covariates, names: sem.names, data, rows, withinStdDev, leftOut, sem };
}
