import { type Column, createTable, factorColumn, numericColumn, type Table } from "@longwave/stats";
import Papa from "papaparse";
import { MISSING, numberOf, oddCell, type Writing, writingOf } from "./cells.ts";
import type { FileText } from "./decode.ts";

/** A column as the page shows it for choosing. */
export interface ColumnSummary {
  readonly name: string;
  readonly kind: "number" | "date" | "text";
  readonly distinct: number;
  readonly missing: number;
  /** The first few values, as they stand in the file. */
  readonly examples: readonly string[];
  /** Of a text column that is mostly numbers: the first cell that is none. */
  readonly odd: string | null;
}

/** How a file is written, for code that reads it elsewhere. */
export interface FileForm {
  readonly delimiter: string;
  readonly encoding: FileText["encoding"];
  readonly writing: Readonly<Record<string, Writing>>;
  /** What stands for a missing value in it, besides nothing. */
  readonly missing: readonly string[];
}

export interface TableFile {
  readonly table: Table;
  readonly columns: readonly ColumnSummary[];
  readonly form: FileForm;
}

/** Why a file could not be read: what was expected, what was found, what to do. */
export class FileProblem extends Error {}

/**
 * The table in a CSV text with a header row; separators are found by looking.
 *
 * @throws FileProblem for an empty file, a file with one column, or a repeated column name.
 */
export function readTable(text: string, encoding: FileText["encoding"] = null): TableFile {
  const parsed = Papa.parse<readonly string[]>(text.replace(/^\uFEFF/, ""), { skipEmptyLines: "greedy" });
  const [header = [], ...rows] = parsed.data;
  const names = header.map((name) => name.trim());
  checkHeader(names, rows.length);
  const { delimiter } = parsed.meta;
  const columns = names.map((name, at) =>
    readColumn(name, { cells: rows.map((row) => cellOf(row[at])), delimiter }),
  );
  return {
    table: createTable(Object.fromEntries(columns.map(({ name, column }) => [name, column]))),
    columns: columns.map(({ summary }) => summary),
    form: {
      delimiter,
      encoding,
      writing: Object.fromEntries(columns.map(({ name, writing }) => [name, writing])),
      missing: marksOfMissing(rows),
    },
  };
}

function readColumn(
  name: string,
  { cells, delimiter }: { readonly cells: readonly (string | null)[]; readonly delimiter: string },
): {
  readonly name: string;
  readonly column: Column;
  readonly summary: ColumnSummary;
  readonly writing: Writing;
} {
  const writing = writingOf(cells, delimiter);
  return { name, column: columnOf(cells, writing), summary: summaryOf(name, cells, writing), writing };
}

function marksOfMissing(rows: readonly (readonly string[])[]): string[] {
  const found = new Set<string>();
  for (const row of rows) for (const cell of row) if (MISSING.has(cell.trim())) found.add(cell.trim());
  found.delete("");
  return [...found].sort();
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

function columnOf(cells: readonly (string | null)[], writing: Writing): Column {
  return writing === "text"
    ? factorColumn(cells)
    : numericColumn(cells.map((cell) => (cell === null ? null : numberOf(cell, writing))));
}

function summaryOf(name: string, cells: readonly (string | null)[], writing: Writing): ColumnSummary {
  const present = cells.filter((cell) => cell !== null);
  const distinct = [...new Set(present)];
  return {
    name,
    kind: writing === "text" || writing === "date" ? writing : "number",
    distinct: distinct.length,
    missing: cells.length - present.length,
    examples: distinct.slice(0, 3),
    odd: writing === "text" ? oddCell(cells) : null,
  };
}
