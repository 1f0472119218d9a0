import type { Column } from "@longwave/stats";
import type { DataColumn } from "@longwave/study";
import { openFile } from "./file-source.ts";
import type { ColumnDescription, Source } from "./source.ts";
import type { Watcher } from "./watch.ts";

const MS_PER_DAY = 86_400_000;

/**
 * Every column of a source or file as plain values, null where missing: what `datasetFromRows` of
 * @longwave/study takes. `where` keeps rows, in the language of `filterTable`. Dates become ISO text (2026-03-02, with the time when there is one).
 *
 * @throws SourceError as `openFile` does; `source.column-kind` for nested columns.
 */
export async function readDataColumns(
  from: Source | string,
  { where, ...options }: { readonly where?: string | undefined; readonly watcher?: Watcher } = {},
): Promise<readonly DataColumn[]> {
  if (typeof from !== "string") return columnsOf(from, where);
  const source = await openFile(from, options);
  try {
    return await columnsOf(source, where);
  } finally {
    await source.close();
  }
}

async function columnsOf(source: Source, where: string | undefined): Promise<readonly DataColumn[]> {
  const { columns } = await source.describe();
  const names = columns.map((column) => column.name);
  const { table } = await source.fitData({ columns: names, ...(where === undefined ? {} : { where }) });
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
