import { type Column, createTable, factorColumn, numericColumn, type Table } from "@longwave/stats";
import Papa from "papaparse";

/** A column as the page shows it for choosing. */
export interface ColumnSummary {
  readonly name: string;
  readonly kind: "number" | "text";
  readonly distinct: number;
  readonly missing: number;
  /** The first few values, as they stand in the file. */
  readonly examples: readonly string[];
}

export interface TableFile {
  readonly table: Table;
  readonly columns: readonly ColumnSummary[];
}

/** Why a file could not be read: what was expected, what was found, what to do. */
export class FileProblem extends Error {}

/** Texts that stand for a missing value in files people bring. */
const MISSING = new Set(["", "NA", "NaN", "nan", "N/A", "null", "NULL", "."]);

/**
 * The table in a CSV text with a header row; separators are found by looking.
 *
 * @throws FileProblem for an empty file, a file with one column, or a repeated column name.
 */
export function readTable(text: string): TableFile {
  const parsed = Papa.parse<readonly string[]>(text.replace(/^\uFEFF/, ""), { skipEmptyLines: "greedy" });
  const [header = [], ...rows] = parsed.data;
  const names = header.map((name) => name.trim());
  checkHeader(names, rows.length);
  const columns = names.map((name, at): readonly [string, Column, ColumnSummary] => {
    const cells = rows.map((row) => cellOf(row[at]));
    return [name, columnOf(cells), summaryOf(name, cells)];
  });
  return {
    table: createTable(Object.fromEntries(columns.map(([name, column]) => [name, column]))),
    columns: columns.map(([, , summary]) => summary),
  };
}

function checkHeader(names: readonly string[], rows: number): void {
  if (names.length === 0 || rows === 0) {
    throw new FileProblem(
      "Expected a header row and rows of answers; found an empty file. Choose the file that holds the answers.",
    );
  }
  if (names.length < 3) {
    throw new FileProblem(
      `Expected at least three columns (person, exposure, outcome); found ${names.length}: ${names.join(", ")}. Check that the file is a CSV with a header row.`,
    );
  }
  const unnamed = names.indexOf("");
  if (unnamed >= 0) {
    throw new FileProblem(
      `Expected a name for every column; found none for column ${unnamed + 1}. Name it in the first row.`,
    );
  }
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated === undefined) return;
  throw new FileProblem(
    `Expected each column name once; found "${repeated}" twice. Rename one of the two columns.`,
  );
}

function cellOf(cell: string | undefined): string | null {
  const value = (cell ?? "").trim();
  return MISSING.has(value) ? null : value;
}

function isNumber(cell: string | null): boolean {
  return cell === null || Number.isFinite(Number(cell));
}

function columnOf(cells: readonly (string | null)[]): Column {
  return cells.every(isNumber)
    ? numericColumn(cells.map((cell) => (cell === null ? null : Number(cell))))
    : factorColumn(cells);
}

function summaryOf(name: string, cells: readonly (string | null)[]): ColumnSummary {
  const present = cells.filter((cell) => cell !== null);
  const distinct = [...new Set(present)];
  return {
    name,
    kind: cells.every(isNumber) ? "number" : "text",
    distinct: distinct.length,
    missing: cells.length - present.length,
    examples: distinct.slice(0, 3),
  };
}
