import { StatsError } from "../../errors.ts";
import type { ResidualType } from "./result.ts";

/** The residual structures besides independent ones. */
export type CorrelatedType = Exclude<ResidualType, "iid">;

/** A residual structure as asked for; `time` is the column that places a person's rows (the model's time by default). */
export type ResidualOption = "iid" | { readonly type: ResidualType; readonly time?: string };

export interface ResolvedResidual {
  readonly type: CorrelatedType;
  readonly time: string;
}

const TYPES: readonly string[] = ["iid", "ar1", "car1", "toeplitz", "unstructured", "variances"];

/**
 * The residual structure with its time column; null when residuals are independent.
 *
 * @throws StatsError `lmm.option` for a structure that does not exist, `lmm.residual-time` without a time.
 */
export function resolveResidual(
  option: ResidualOption | undefined,
  modelTime: string | undefined,
): ResolvedResidual | null {
  if (option === undefined || option === "iid") return null;
  const { type, time = modelTime } = option;
  if (!TYPES.includes(type)) {
    throw new StatsError(
      "lmm.option",
      `Expected a residual structure of ${TYPES.join(", ")}; found ${String(type)}. Change the option.`,
    );
  }
  if (type === "iid") return null;
  if (time === undefined) {
    throw new StatsError(
      "lmm.residual-time",
      `Expected the column that places the rows of a person in time, for residuals of type ${type}; found none. Name it (--residual '${type}(COLUMN)' or --time COLUMN).`,
    );
  }
  return { type, time };
}
