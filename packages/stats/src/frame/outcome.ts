import { StatsError } from "../errors.ts";
import { takeObserved } from "../table/columns.ts";
import type { Column, FactorColumn } from "../table/table.ts";
import { factorOf, requireNumbers } from "./variables.ts";

/**
 * What the outcome of a model is: a number; one of several ordered categories (levels of a text column in their
 * order, or numeric codes in numeric order); or one of two (numbers 0 and 1, or a column with two levels, of
 * which the second counts as 1).
 */
export type OutcomeKind = "number" | "category" | "binary";

/** The outcome over the rows of the table: its values are codes from 0 where it is a category. */
export interface OutcomeColumn {
  readonly column: Column;
  /** Null for a number. */
  readonly levels: readonly string[] | null;
}

/**
 * The outcome over all rows, as the model needs it.
 *
 * @throws StatsError `data.text-needs-numbers`, `data.not-binary`
 */
export function outcomeColumn(column: Column, name: string, kind: OutcomeKind): OutcomeColumn {
  if (kind === "number") return { column: requireNumbers(column, name, "as the outcome"), levels: null };
  const factor = factorOf(column);
  if (kind === "binary") {
    const levels = column.kind === "numeric" ? ["0", "1"] : column.levels;
    checkBinary(factor, levels, name);
    return { column, levels };
  }
  return { column: factor, levels: factor.levels };
}

function checkBinary(factor: FactorColumn, levels: readonly string[], name: string): void {
  const unexpected = factor.levels.filter((level) => !levels.includes(level));
  if (levels.length === 2 && unexpected.length === 0) return;
  const found = factor.levels.slice(0, 5).map((level) => `"${level}"`);
  const more = factor.levels.length > found.length ? ` and ${factor.levels.length - found.length} more` : "";
  throw new StatsError(
    "data.not-binary",
    `Expected an outcome of 0 and 1, or a text column with two levels; found "${name}" with ${found.join(", ") || "no value"}${more}. Recode it, or use a model for that kind of outcome (clmm for ordered categories).`,
  );
}

/** The outcome of the rows used: numbers, or the codes of its categories. */
export function outcomeValues({ column }: OutcomeColumn, kept: Int32Array): Float64Array {
  const taken = takeObserved(column, kept);
  return taken.kind === "numeric" ? taken.values : Float64Array.from(taken.codes);
}
