import { filterTable } from "@longwave/stats";
import { alikeTexts } from "../panel/duplicates.ts";
import { panelSummer } from "../panel/panel-sums.ts";
import { chosenRelation } from "../panel/where-sql.ts";
import { wideSummer } from "../panel/wide-sums.ts";
import { describedColumns, type RelationColumn } from "../relation.ts";
import { requestedColumns } from "../request.ts";
import type { Source } from "../source.ts";
import { checkPeople } from "../spread/people.ts";
import { spreadSource } from "../spread/spread-source.ts";
import { spreadRelation, type WideWords } from "../spread/wide-words.ts";
import type { Watcher } from "../watch.ts";
import { readTableAddress } from "./address.ts";
import { readTableColumns } from "./read-columns.ts";
import { openSession } from "./session.ts";
import { tableRelation } from "./table-relation.ts";
import { viewSource } from "./view-source.ts";

/**
 * A table or view of a PostgreSQL database as a source, read only; one state of the data for all that is asked.
 *
 * @param address  `postgres://host/database?table=person_wave`, or `?sums=VIEW` for sums that `shardPlan` put there.
 * @param options.watcher  is told of what takes time, and can end it.
 * @param options.wide  for a table with one row for each person: its series and waves.
 * @throws SourceError `source.database-address`, `source.database-unreachable`, `source.no-table`, `source.no-rights`,
 *   `source.wide`
 */
export async function openPostgres(
  address: string,
  { watcher, wide }: { readonly watcher?: Watcher; readonly wide?: WideWords } = {},
): Promise<Source> {
  const read = readTableAddress(address);
  const session = await openSession(read, watcher);
  try {
    if (read.sums !== undefined) return await viewSource(session, read, read.sums);
    const relation = await tableRelation(session, read);
    if (wide !== undefined) {
      await checkPeople(session, relation, wide.id);
      const source = await spreadSource(spreadRelation(relation, wide), {
        engine: session,
        read: (columns) => readTableColumns(session, relation, columns),
        close: () => session.close(),
      });
      return { ...source, isRemote: true };
    }
    return {
      name: read.shown,
      describe: async () => ({ nrows: relation.nrows, columns: describedColumns(relation) }),
      async fitData(request) {
        chosenRelation(relation, request, session.dialect);
        const columns = requestedColumns(read.shown, relation.columns, request) as readonly RelationColumn[];
        const table = await readTableColumns(session, relation, columns);
        return {
          kind: "rows",
          table: request.where === undefined ? table : filterTable(table, request.where),
        };
      },
      isRemote: true,
      panel: panelSummer(session, relation),
      wide: wideSummer(session, relation),
      alike: (column) => alikeTexts(session, relation, column),
      close: () => session.close(),
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}
