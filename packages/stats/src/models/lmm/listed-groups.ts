import type { GroupingFactor } from "../../frame/grouping-factors.ts";
import type { ModelFrame } from "../../frame/model-frame.ts";
import { compareCodePoints } from "../../table/columns.ts";
import { columnOf } from "../../table/nearest-name.ts";
import type { Column, Table } from "../../table/table.ts";

function labelOf(column: Column, row: number): string {
  return column.kind === "numeric" ? String(column.values[row]) : column.levels[column.codes[row]];
}

/** The groups of a factor in the order in which they are listed: column by column, numbers by size. */
export function listedGroups(
  { kept }: ModelFrame,
  table: Table,
  { columns: names, grouping }: GroupingFactor,
): { labels: string[]; order: number[] } {
  const columns = names.map((name) => columnOf(table, name));
  const rowOf: number[] = [];
  const { codes } = grouping;
  for (let i = kept.length - 1; i >= 0; i--) rowOf[codes[i]] = kept[i];
  const labels = rowOf.map((row) => columns.map((column) => labelOf(column, row)).join(":"));
  const compare = (a: number, b: number): number => {
    for (const column of columns) {
      const [left, right] = [labelOf(column, rowOf[a]), labelOf(column, rowOf[b])];
      const order = column.kind === "numeric" ? Number(left) - Number(right) : compareCodePoints(left, right);
      if (order !== 0) return order;
    }
    return 0;
  };
  return { labels, order: [...labels.keys()].sort(compare) };
}
