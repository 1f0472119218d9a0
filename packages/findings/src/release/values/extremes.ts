import type { DataColumn } from "@longwave/study";

/** An end of a number at which few people stand: values beyond `at` are told as `at`. */
export interface CodedEnd {
  readonly name: string;
  readonly end: "top" | "bottom";
  readonly at: number;
  readonly people: number;
  readonly values: number;
}

/** A column with its ends coded, and which. */
export interface Coded {
  readonly column: DataColumn;
  readonly ends: readonly CodedEnd[];
}

/**
 * A column of numbers in which every value told as highest or lowest stands for at least `fewest` people.
 *
 * The top is the greatest value that at least `fewest` people reach at one of their rows, and larger ones are told as
 * it; the bottom likewise. With fewer people than that altogether nothing is left to tell apart, and all become one.
 */
export function codeEnds(column: DataColumn, ids: readonly string[], fewest: number): Coded {
  const top = endOf(column, ids, { fewest, sign: 1 });
  const bottom = endOf(column, ids, { fewest, sign: -1 });
  if (top === undefined || bottom === undefined) return { column, ends: [] };
  const low = Math.min(bottom, top);
  const values = column.values.map((value) =>
    typeof value === "number" ? Math.min(Math.max(value, low), top) : value,
  );
  const beyond = (end: "top" | "bottom", at: number): readonly CodedEnd[] => {
    const rows = column.values.flatMap((value, row) =>
      typeof value === "number" && (end === "top" ? value > at : value < at) ? [row] : [],
    );
    const people = new Set(rows.map((row) => ids[row])).size;
    return rows.length === 0 ? [] : [{ name: column.name, end, at, people, values: rows.length }];
  };
  return { column: { ...column, values }, ends: [...beyond("top", top), ...beyond("bottom", low)] };
}

/** The most extreme value that enough people reach, each by their own most extreme one. */
function endOf(
  column: DataColumn,
  ids: readonly string[],
  { fewest, sign }: { readonly fewest: number; readonly sign: 1 | -1 },
): number | undefined {
  const furthest = new Map<string, number>();
  column.values.forEach((value, row) => {
    const id = ids[row] ?? "";
    if (typeof value !== "number") return;
    furthest.set(id, Math.max(furthest.get(id) ?? Number.NEGATIVE_INFINITY, sign * value));
  });
  const sorted = [...furthest.values()].sort((a, b) => b - a);
  const at = sorted[Math.min(fewest, sorted.length) - 1];
  return at === undefined ? undefined : sign * at;
}
