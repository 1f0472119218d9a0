import type { DataColumn } from "@longwave/study";

/** Codes of an item that too few people gave. */
export interface RareCodes {
  readonly name: string;
  /** The codes hidden; together they stand for enough people. */
  readonly codes: readonly string[];
  readonly values: number;
  /** Whether nothing would be left to tell, so that the item is left out whole. */
  readonly isWhole: boolean;
}

/** A column with its rare codes hidden, and which; `rare` is absent when there are none. */
export interface Pooled {
  readonly column: DataColumn;
  readonly rare?: RareCodes;
}

/**
 * A column of codes without those that fewer than `fewest` people ever gave.
 *
 * One hidden code alone would give itself away by being hidden, so the next rarest are hidden with it until the hidden
 * ones stand for at least `fewest` people and are two or more. Where fewer than two codes would be left, the item says
 * nothing any more and is left out.
 */
export function hideRareCodes(column: DataColumn, ids: readonly string[], fewest: number): Pooled {
  const givers = new Map<string, Set<string>>();
  column.values.forEach((value, row) => {
    if (value === null) return;
    const people = givers.get(String(value)) ?? new Set();
    givers.set(String(value), people.add(ids[row] ?? ""));
  });
  const byRarity = [...givers].sort(([a, x], [b, y]) => x.size - y.size || (a < b ? -1 : 1));
  if ((byRarity[0]?.[1].size ?? fewest) >= fewest) return { column };
  const pool = poolOf(byRarity, fewest);
  const hidden = column.values.map((value) => value !== null && pool.has(String(value)));
  return {
    column: {
      ...column,
      values: column.values.map((value, row) => (hidden[row] ? null : value)),
      missing: hidden.map((isHidden, row) => (isHidden ? "suppressed" : (column.missing?.[row] ?? null))),
    },
    rare: {
      name: column.name,
      codes: [...pool],
      values: hidden.filter(Boolean).length,
      isWhole: givers.size - pool.size < 2,
    },
  };
}

function poolOf(byRarity: readonly (readonly [string, ReadonlySet<string>])[], fewest: number): Set<string> {
  const pool = new Set<string>();
  const people = new Set<string>();
  for (const [code, givers] of byRarity) {
    if (givers.size >= fewest && people.size >= fewest && pool.size >= 2) break;
    pool.add(code);
    for (const giver of givers) people.add(giver);
  }
  return pool;
}
