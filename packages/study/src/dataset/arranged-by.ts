import { reshapeWide, WAVE_COLUMN } from "../data-plan/arrange-rows.ts";
import { StudyError, type StudyProblem } from "../errors.ts";
import { suggest } from "../protocol/nearest.ts";
import type { ColumnMapping, DataColumn } from "./types.ts";

/**
 * The columns of a file as one row for each person and wave: as they are, or from one row a person as the mapping says.
 *
 * @throws StudyError `dataset.missing-column`
 */
export function arrangedBy(
  mapping: ColumnMapping | undefined,
  columns: readonly DataColumn[],
): readonly DataColumn[] {
  const wide = mapping?.wide;
  if (wide === undefined) return columns;
  const inFile = columns.map(({ name }) => name);
  const lacking = Object.entries(wide).flatMap(([name, own]) =>
    own.filter((column) => !inFile.includes(column)).map((column) => missing(name, column, inFile)),
  );
  if (lacking.length > 0) throw new StudyError(lacking);
  return reshapeWide(wide, columns).map((column) =>
    column.name === WAVE_COLUMN ? { ...column, name: "wave" } : column,
  );
}

function missing(name: string, column: string, inFile: readonly string[]): StudyProblem {
  return {
    code: "dataset.missing-column",
    path: ["wide", name],
    expected: `a column “${column}” in the file`,
    found: inFile.join(", "),
    remedy: suggest(column, inFile),
  };
}
