import { csvText } from "./csv.ts";
import { type ExportEdition, exportReadme } from "./export-readme.ts";
import { loadR } from "./load-r.ts";
import { dataTableCsv } from "./table-csv.ts";
import type { ExportColumn, ExportTable } from "./types.ts";

/**
 * The files of an export that are text, by name: each table as CSV, the codebook, its codes, `load.R` and README.md.
 */
export function exportFiles(
  tables: readonly ExportTable[],
  edition: ExportEdition,
): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(tables.map((table) => [`${table.name}.csv`, dataTableCsv(table)])),
    "codebook.csv": codebookCsv(tables),
    "codes.csv": codesCsv(tables),
    "load.R": loadR,
    "README.md": exportReadme(tables, edition),
  };
}

/** What each column is, how many values it has, and how many are missing for which reason. */
function codebookCsv(tables: readonly ExportTable[]): string {
  // Only a study that was amended has questions of some versions.
  const amended = tables.some(({ columns }) => columns.some(({ entry }) => entry.versions !== undefined));
  const rows = tables.flatMap((table) =>
    table.columns.map((column) => {
      const { label, level, unit, rule, instrument, source, versions } = column.entry;
      const values = column.values.filter((value) => value !== null).length;
      const about = [unit, rule, instrument, source].map((part) => part ?? null);
      const spans = amended ? [versions?.since ?? 1, versions?.until ?? null] : [];
      return [
        table.name,
        column.name,
        label,
        column.type,
        level,
        values,
        missingIn(column),
        ...about,
        ...spans,
      ];
    }),
  );
  const head = "table name label type level values missing unit rule instrument source".split(" ");
  return csvText(amended ? [...head, "since_version", "until_version"] : head, rows);
}

function missingIn({ missing = [] }: ExportColumn): string | null {
  const counts = new Map<string, number>();
  for (const reason of missing) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const parts = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, n]) => `${reason}: ${n}`);
  return parts.length === 0 ? null : parts.join("; ");
}

/** One line for each code of each column, in the order of the study's text. */
function codesCsv(tables: readonly ExportTable[]): string {
  const rows = tables.flatMap((table) =>
    table.columns.flatMap(({ name, entry }) =>
      (entry.coding ?? []).map(({ value, label }) => [table.name, name, value, label]),
    ),
  );
  return csvText(["table", "name", "value", "label"], rows);
}
