import type { FigureParts } from "./types.ts";

/** The numbers of a figure as comma-separated text: a header, one line a row, missing cells empty, quotes where needed (RFC 4180). */
export function figureCsv(figure: Pick<FigureParts, "table">): string {
  const lines = [figure.table.columns, ...figure.table.rows].map((row) => row.map(cellText).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

/** Numbers keep the figure's own minus sign out, so that a spreadsheet reads them as numbers. */
function cellText(cell: string | number | null): string {
  if (cell === null) return "";
  const text = String(cell).replace(/\u2212(?=[\d.])/g, "-");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
