import { createTable, numericColumn, type Table } from "@longwave/stats";
import { indicator, valueAt } from "../support.ts";

const MONTHS = [2, 3, 5, 8];

/** BtheB has one row for each person; this has one for each person and month, with its categories as 0 and 1. */
export function bthebLong(table: Table): Table {
  const rows = Array.from({ length: table.nrows * MONTHS.length }, (_, i) => ({
    person: Math.floor(i / MONTHS.length),
    month: MONTHS[i % MONTHS.length] ?? 0,
  }));
  const coded = {
    drug: indicator(table, "drug", "Yes").values,
    length: indicator(table, "length", ">6m").values,
    treatment: indicator(table, "treatment", "TAU").values,
  };
  const column = (value: (row: (typeof rows)[number]) => number) => numericColumn(rows.map(value));
  return createTable({
    id: column(({ person }) => person),
    month: column(({ month }) => month),
    bdi: column(({ person, month }) => valueAt(table, `bdi.${month}m`, person)),
    pre: column(({ person }) => valueAt(table, "bdi.pre", person)),
    drug: column(({ person }) => coded.drug[person] ?? 0),
    length: column(({ person }) => coded.length[person] ?? 0),
    treatment: column(({ person }) => coded.treatment[person] ?? 0),
  });
}
