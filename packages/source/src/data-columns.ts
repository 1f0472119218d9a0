import type { Column } from "@longwave/stats";
import type { DataColumn } from "@longwave/study";
import { openFile } from "./file-source.ts";
import type { ColumnDescription, Source } from "./source.ts";

const MS_PER_DAY = 86_400_000;

/**
 * Every column of a source or file as plain values, null where missing: what `datasetFromRows` of
 * @longwave/study takes. Dates become ISO text (2026-03-02, with the time when there is one).
 *
 * @throws SourceError as `openFile` does; `source.column-kind` for nested columns.
 */
export async function readDataColumns(from: Source | string): Promise<readonly DataColumn[]> {
  if (typeof from !== "string") return columnsOf(from);
  const source = await openFile(from);
  try {
    return await columnsOf(source);
  } finally {
    await source.close();
  }
}

async function columnsOf(source: Source): Promise<readonly DataColumn[]> {
  const { columns } = await source.describe();
  const { table } = await source.fitData({ columns: columns.map((column) => column.name) });
  return columns.map((description) => dataColumn(description, table.columns[description.name] as Column));
}

function dataColumn({ name, kind }: ColumnDescription, column: Column): DataColumn {
  const read = (row: number): number | string | null => {
    if (column.missing[row] === 1) return null;
    if (column.kind === "factor") return column.levels[column.codes[row] ?? 0] ?? null;
    const value = column.values[row] ?? 0;
    return kind === "date" ? isoText(value) : value;
  };
  const values = Array.from(column.missing, (_, row) => read(row));
  return { name, kind: kind === "number" ? "number" : "text", values };
}

function isoText(days: number): string {
  const iso = new Date(Math.round(days * MS_PER_DAY)).toISOString();
  return Number.isInteger(days) ? iso.slice(0, 10) : iso;
}
