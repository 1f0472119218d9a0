import type { Table } from "@longwave/stats";

/** How many people have at least two rows in which none of `columns` is missing: those a model can use. */
export function peopleWithTwoCompleteRows(table: Table, columns: readonly string[], person: string): number {
  const group = table.columns[person];
  if (group === undefined) return 0;
  const identity = group.kind === "numeric" ? group.values : group.codes;
  const masks = columns.flatMap((name) => table.columns[name]?.missing ?? []);
  const rows = new Map<number, number>();
  for (let row = 0; row < table.nrows; row += 1) {
    const id = identity[row];
    if (id === undefined || masks.some((missing) => missing[row] === 1)) continue;
    rows.set(id, (rows.get(id) ?? 0) + 1);
  }
  return [...rows.values()].filter((count) => count >= 2).length;
}
