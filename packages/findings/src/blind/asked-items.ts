import type { DataColumn, Dataset, ItemText, Protocol } from "@longwave/study";

/** One question of the waves, with its column in the person-wave table. */
export interface AskedItem {
  readonly item: ItemText;
  readonly column: DataColumn;
}

/** The questions asked in waves that have a column, in the protocol's order; free words have none. */
export function askedItems(protocol: Protocol, dataset: Dataset): readonly AskedItem[] {
  const columns = new Map(dataset.personWave.columns.map((column) => [column.name, column]));
  return protocol.instruments
    .filter(({ trigger }) => trigger === undefined)
    .flatMap(({ items }) => items)
    .flatMap((item) => {
      const column = columns.get(item.id);
      return column === undefined ? [] : [{ item, column }];
    });
}
