/** A cell of a CSV file; `null` and `NaN` are empty. */
export type CsvCell = string | number | null;

/**
 * Comma-separated text: a header and one line a row, lines ended by a line feed, quotes where a cell needs them.
 *
 * Words that a spreadsheet would take for a formula get an apostrophe in front (see {@link spreadsheetSafe});
 * numbers never do. RFC 4180, section 2, but for the line ends.
 */
export function csvText(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [header.map(cellText).join(",")];
  for (const row of rows) lines.push(row.map(cellText).join(","));
  return `${lines.join("\n")}\n`;
}

/**
 * Words as a spreadsheet shows them and does not compute: an apostrophe goes before a first `=`, `+`, `-`, `@`, tab or
 * carriage return. A plain number written as words ("-5") stays as it is, since it computes to itself.
 */
export function spreadsheetSafe(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function cellText(cell: CsvCell): string {
  if (cell === null || Number.isNaN(cell)) return "";
  const text = typeof cell === "number" ? String(cell) : spreadsheetSafe(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
