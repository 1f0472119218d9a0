import type { Warning } from "../../warnings.ts";
import type { Matrix, RowCounts } from "../fit.ts";
import type { PathParameter } from "../riclpm/parameters.ts";
import type { FitIndices } from "../riclpm/result.ts";
import type { SemImproper } from "../sem/model.ts";
import type { GrowthColumns } from "./options.ts";

/** How much of one wave's variance the growth of people accounts for (its R-squared; the ICC without slopes). */
export interface WaveShare {
  readonly wave: string;
  /** Between 0 and 1 in a proper solution. */
  readonly share: number;
}

/** A fitted latent growth model, as plain data. */
export interface GrowthFit extends FitIndices {
  readonly model: "growth";
  readonly columns: GrowthColumns;
  /** Time of each wave. */
  readonly scores: readonly number[];
  readonly converged: boolean;
  readonly admissible: boolean;
  readonly improper: readonly SemImproper[];
  readonly nparameters: number;
  readonly conditionNumber: number | null;
  readonly parameters: readonly PathParameter[];
  /** Of the free parameters, in the order of `PathParameter.free`. */
  readonly vcov: Matrix | null;
  readonly explained: readonly WaveShare[];
  /** People without an answer, and people who miss a covariate. */
  readonly leftOut: { readonly withoutAnswers: number; readonly withoutCovariate: number };
  readonly rows: RowCounts;
  readonly warnings: readonly Warning[];
}
