import type { DataTable } from "@longwave/study";
import { columnOf, idsOf } from "../values/table.ts";
import { type ProtectedTable, protectTable } from "./protect-table.ts";

/** A table of counts that comes with a release: rows by columns with totals, small cells hidden. */
export interface ReleaseTable {
  /** File name without ending. */
  readonly name: string;
  readonly title: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly counts: ProtectedTable;
}

/** What people are counted by: a category for each person. */
export interface CountedBy {
  readonly name: string;
  readonly categories: readonly string[];
  /** The categories in the order in which they are shown; others come after. */
  readonly order: readonly string[];
}

/**
 * Who is in the release and who answered when, by group. Categories of too few people are pooled first, in the same way
 * in every table, so that all totals may be shown and no two tables say different things about one of them.
 */
export function releaseTables(
  variables: readonly CountedBy[],
  answered: readonly CountedBy[],
  minCell: number,
): readonly ReleaseTable[] {
  const pooled = variables.map((variable) => pool(variable, minCell));
  const [group, ...others] = pooled;
  if (group === undefined) return [];
  const make = (row: CountedBy, column: CountedBy, name: string): ReleaseTable =>
    tableOf({ row: pool(row, minCell), column, name, minCell });
  return [
    ...others.map((row) => make(row, group, `characteristics-${fileName(row.name)}`)),
    ...pooled.flatMap((column) =>
      answered.map((wave) =>
        make(wave, column, `answered-${fileName(wave.name)}-by-${fileName(column.name)}`),
      ),
    ),
  ];
}

interface TableParts {
  readonly row: CountedBy;
  readonly column: CountedBy;
  readonly name: string;
  readonly minCell: number;
}

function tableOf({ row, column, name, minCell }: TableParts): ReleaseTable {
  const rows = shownOrder(row);
  const columns = shownOrder(column);
  const counts = rows.map(() => columns.map(() => 0));
  row.categories.forEach((category, p) => {
    const line = counts[rows.indexOf(category)];
    const place = columns.indexOf(column.categories[p] ?? "");
    if (line !== undefined) line[place] = (line[place] ?? 0) + 1;
  });
  return {
    name,
    title: `${row.name} by ${column.name}`,
    rows,
    columns,
    counts: protectTable(counts, { threshold: minCell, totals: "always-shown" }),
  };
}

/** The label of what is pooled. */
const POOLED = "others together";

/** Categories of too few people become one, with the next smallest until they are enough. */
function pool(variable: CountedBy, minCell: number): CountedBy {
  const counts = new Map<string, number>();
  for (const category of variable.categories) counts.set(category, (counts.get(category) ?? 0) + 1);
  const bySize = [...counts].sort(([a, x], [b, y]) => x - y || byText(a, b));
  const pooled = new Set<string>();
  let people = 0;
  for (const [category, count] of bySize) {
    if (count >= minCell && (people === 0 || people >= minCell)) break;
    pooled.add(category);
    people += count;
  }
  if (pooled.size < 2) return variable;
  return {
    ...variable,
    categories: variable.categories.map((category) => (pooled.has(category) ? POOLED : category)),
  };
}

/** Whether each person answered at a wave. */
export function answeredAt(
  personWave: DataTable,
  people: readonly string[],
  wave: number,
): readonly string[] {
  const waves = columnOf(personWave, "wave").values;
  const present = new Set(idsOf(personWave).filter((_, row) => waves[row] === wave));
  return people.map((id) => (present.has(id) ? "answered" : "did not answer"));
}

function fileName(name: string): string {
  return name.replaceAll("_", "-");
}

function shownOrder({ categories, order }: CountedBy): readonly string[] {
  const there = new Set(categories);
  const known = [...new Set(order)].filter((category) => there.has(category));
  return [...known, ...[...there].filter((category) => !order.includes(category)).sort(byText)];
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
