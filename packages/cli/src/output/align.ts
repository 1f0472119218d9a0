/** Columns of equal width for a terminal: the first aligned left, the others right. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, j) => Math.max(...rows.map((row) => (row[j] ?? "").length)));
  return rows.map((row) => {
    const cells = row.map((text, j) =>
      j === 0 ? text.padEnd(widths[j] ?? 0) : text.padStart(widths[j] ?? 0),
    );
    return ` ${cells.join("  ").trimEnd()}`;
  });
}
