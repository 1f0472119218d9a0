import type { ExpressionValue } from "../answering/index.ts";
import type { MissingReason } from "../dataset/types.ts";

/** A value in the grid: a code, or the list of places ticked. */
export type CellValue = ExpressionValue | readonly (number | string)[];

/**
 * Answers laid out by variable: the value of person `p` at wave `w` stands at `p * waves.length + w`.
 *
 * `done` tells which cells are answered waves. `reasons` says why a value is missing.
 */
export interface Grid {
  readonly people: readonly string[];
  readonly waves: readonly string[];
  readonly done: readonly boolean[];
  readonly values: Map<string, CellValue[]>;
  readonly reasons: Map<string, (MissingReason | undefined)[]>;
}

/** The columns of a variable, made empty when it has none yet. */
export function columnOf(
  grid: Grid,
  name: string,
): { values: CellValue[]; reasons: (MissingReason | undefined)[] } {
  const values = grid.values.get(name);
  const reasons = grid.reasons.get(name);
  if (values !== undefined && reasons !== undefined) return { values, reasons };
  const size = grid.done.length;
  const made = {
    values: new Array<CellValue>(size).fill(undefined),
    reasons: new Array<MissingReason | undefined>(size).fill(undefined),
  };
  grid.values.set(name, made.values);
  grid.reasons.set(name, made.reasons);
  return made;
}
