import { createTable, numericColumn } from "../table/columns.ts";
import type { Table } from "../table/table.ts";
import type { DrawnPanel } from "./draw.ts";

/** Drawn people as a long table: id, wave (from 1), x, y; nothing for the waves after a person has left. */
export function panelTable({ x, y }: DrawnPanel): Table {
  const waves = x.length;
  const rows = { id: [] as number[], wave: [] as number[], x: [] as number[], y: [] as number[] };
  for (let person = 0; person < x[0].length; person++) {
    for (let wave = 0; wave < waves; wave++) {
      if (Number.isNaN(y[wave][person])) continue;
      rows.id.push(person + 1);
      rows.wave.push(wave + 1);
      rows.x.push(x[wave][person]);
      rows.y.push(y[wave][person]);
    }
  }
  return createTable({
    id: numericColumn(rows.id),
    wave: numericColumn(rows.wave),
    x: numericColumn(rows.x),
    y: numericColumn(rows.y),
  });
}
