type Cell = string | number | null;

function cellText(cell: Cell): string {
  if (cell === null) return "";
  const text = String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Comma-separated text: a header and one line a row, missing cells empty, quotes where a cell needs them. */
export function csvText(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [columns, ...rows].map((row) => row.map(cellText).join(","));
  return `${lines.join("\n")}\n`;
}
