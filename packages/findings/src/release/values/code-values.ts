import {
  type Dataset,
  type DataTable,
  dependentsOf,
  eventItems,
  type PlacedItem,
  type Protocol,
  rescored,
  waveItems,
} from "@longwave/study";
import { type CodedEnd, codeEnds } from "./extremes.ts";
import { hideRareCodes, type RareCodes } from "./rare-codes.ts";
import { columnOf, idsOf, withColumns } from "./table.ts";

/** Tables whose answers are told without ends and codes of too few people, and what was done for that. */
export interface CodedValues {
  readonly personWave: DataTable;
  readonly event: DataTable;
  readonly ends: readonly CodedEnd[];
  readonly rare: readonly RareCodes[];
}

// A span of minutes told to the minute is nearly a signature of a session.
const ROUNDED_TO = 5;

/**
 * Answers with their ends coded (numbers) and their rare codes hidden (choices without an order); what is computed from
 * them is computed anew. `names` are the items that will be told as they are; others are left alone.
 */
export function codeValues(
  protocol: Protocol,
  tables: Pick<Dataset, "personWave" | "event">,
  { names, fewest }: { readonly names: ReadonlySet<string>; readonly fewest: number },
): CodedValues {
  const wave = codeTable(
    tables.personWave,
    [...waveItems(protocol).values()].filter(({ item }) => names.has(item.id)),
    fewest,
  );
  const event = codeTable(rounded(tables.event, protocol), [...eventItems(protocol).values()], fewest);
  const changed = new Set([...wave.ends.map(({ name }) => name), ...wave.rare.map(({ name }) => name)]);
  const follow = dependentsOf(protocol, changed);
  return {
    personWave: follow.size === 0 ? wave.table : rescored(protocol, wave.table, follow),
    event: event.table,
    ends: [...wave.ends, ...event.ends],
    rare: [...wave.rare, ...event.rare],
  };
}

interface CodedTable {
  readonly table: DataTable;
  readonly ends: readonly CodedEnd[];
  readonly rare: readonly RareCodes[];
}

function codeTable(table: DataTable, items: readonly PlacedItem[], fewest: number): CodedTable {
  const ids = idsOf(table);
  const ends: CodedEnd[] = [];
  const rare: RareCodes[] = [];
  const columns = items.flatMap(({ item }) => {
    const column = columnOf(table, item.id);
    if (item.kind === "integer" || item.kind === "number") {
      const coded = codeEnds(column, ids, fewest);
      ends.push(...coded.ends);
      return [coded.column];
    }
    if (item.level !== "nominal" || item.kind === "multi_choice" || item.kind === "text") return [];
    const pooled = hideRareCodes(column, ids, fewest);
    if (pooled.rare !== undefined) rare.push(pooled.rare);
    return [pooled.column];
  });
  return { table: withColumns(table, columns), ends, rare };
}

/** Minutes and other counts of a session, and the minutes between its ratings, in steps. */
function rounded(table: DataTable, protocol: Protocol): DataTable {
  const items = [...eventItems(protocol).values()].map(({ item }) => item);
  const names = [
    ...items.filter(({ kind }) => kind === "integer" || kind === "number").map(({ id }) => id),
    ...items
      .map(({ id }) => `${id}_minutes`)
      .filter((name) => table.columns.some((own) => own.name === name)),
  ];
  const columns = names.map((name) => {
    const column = columnOf(table, name);
    const values = column.values.map((value) =>
      typeof value === "number" ? ROUNDED_TO * Math.round(value / ROUNDED_TO) : value,
    );
    return { ...column, values };
  });
  return withColumns(table, columns);
}
