import { filterTable, type Table } from "@longwave/stats";
import { alikeTexts } from "../panel/duplicates.ts";
import { panelSummer } from "../panel/panel-sums.ts";
import { chosenRelation } from "../panel/where-sql.ts";
import { wideSummer } from "../panel/wide-sums.ts";
import { describedColumns, type RelationColumn } from "../relation.ts";
import { requestedColumns } from "../request.ts";
import type { Source } from "../source.ts";
import type { SqlEngine } from "../sql-engine.ts";
import { countLong } from "./people.ts";
import { isNamed, type SpreadRelation } from "./spread.ts";
import { storedNames, turnLong } from "./turn-long.ts";

/** What a table is read with. */
export interface TableReader {
  readonly engine: SqlEngine;
  /** Columns of the table as it is. */
  read(columns: readonly RelationColumn[]): Promise<Table>;
  close(): Promise<void>;
}

/** A table with one row for each person as a source of long data: rows are turned long in memory, sums are formed as it is. */
export async function spreadSource(
  relation: SpreadRelation,
  { engine, read, close }: TableReader,
): Promise<Source> {
  const { name, spread, stored } = relation;
  const nrows = await countLong(engine, relation, { ofPeople: false });
  return {
    name,
    layout: { id: spread.id, time: spread.time, isNamed: isNamed(relation) },
    describe: async () => ({ nrows, columns: describedColumns(relation) }),
    async fitData(request) {
      chosenRelation(relation, request, engine.dialect);
      const names = requestedColumns(name, relation.columns, request).map((column) => column.name);
      const wanted = storedNames(spread, names);
      const table = await read(stored.filter((column) => wanted.includes(column.name)));
      const long = turnLong(table, spread, names);
      return { kind: "rows", table: request.where === undefined ? long : filterTable(long, request.where) };
    },
    panel: panelSummer(engine, relation),
    wide: wideSummer(engine, relation),
    alike: async (column) => (isNamed(relation) ? alikeTexts(engine, relation, column) : []),
    close,
  };
}
