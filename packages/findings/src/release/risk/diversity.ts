import type { DataTable } from "@longwave/study";
import type { Classes } from "../people/classes.ts";
import type { ClassSizes, Diversity, SeriesReport } from "../types.ts";
import { columnOf, idsOf } from "../values/table.ts";

const EDGES: readonly number[] = [1, 2, 5, 10, 20, 50, 100, 200];

/** Classes and people by the size of the class, in bands without empty ones. */
export function classSizes({ sizes }: Classes): readonly ClassSizes[] {
  return EDGES.flatMap((from, place) => {
    const next = EDGES[place + 1];
    const inside = sizes.filter((size) => size >= from && (next === undefined || size < next));
    if (inside.length === 0) return [];
    const people = inside.reduce((sum, size) => sum + size, 0);
    return [{ from, ...(next === undefined ? {} : { to: next - 1 }), classes: inside.length, people }];
  });
}

/**
 * Spread of each person's first known value of a variable within the classes; classes where nobody has a value are
 * passed over. l-diversity in its simplest form: Machanavajjhala and others (2007), ACM Trans. Knowl. Discov. Data 1(1).
 */
export function diversityOf(
  personWave: DataTable,
  { name, label }: { readonly name: string; readonly label: string },
  { people, classes }: { readonly people: readonly string[]; readonly classes: Classes },
): Diversity | undefined {
  const first = firstValues(personWave, name);
  const seen = classes.sizes.map(() => new Set<number | string>());
  const members = classes.sizes.map(() => 0);
  people.forEach((id, p) => {
    const value = first.get(id);
    const place = classes.classOf[p] ?? 0;
    if (value === undefined) return;
    seen[place]?.add(value);
    members[place] = (members[place] ?? 0) + 1;
  });
  const counts = seen.flatMap(({ size }, place) =>
    size === 0 ? [] : [{ size, people: members[place] ?? 0 }],
  );
  if (counts.length === 0) return undefined;
  const sorted = counts.map(({ size }) => size).sort((a, b) => a - b);
  const uniform = counts.filter(({ size }) => size === 1);
  return {
    name,
    label,
    least: sorted[0] ?? 0,
    median: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
    uniformClasses: uniform.length,
    uniformPeople: uniform.reduce((sum, each) => sum + each.people, 0),
  };
}

function firstValues(table: DataTable, name: string): ReadonlyMap<string, number | string> {
  const ids = idsOf(table);
  const first = new Map<string, number | string>();
  columnOf(table, name).values.forEach((value, row) => {
    const id = ids[row] ?? "";
    if (value !== null && !first.has(id)) first.set(id, value);
  });
  return first;
}

/** How many people have answers to `names` over all their waves that nobody else gave. */
export function uniqueSeries(personWave: DataTable, names: readonly string[]): SeriesReport {
  const ids = idsOf(personWave);
  const waves = columnOf(personWave, "wave").values;
  const columns = names.map((name) => columnOf(personWave, name).values);
  const series = new Map<string, string>();
  ids.forEach((id, row) => {
    const told = columns.map((values) => values[row] ?? "").join(",");
    series.set(id, `${series.get(id) ?? ""};${waves[row]}:${told}`);
  });
  const counts = new Map<string, number>();
  for (const text of series.values()) counts.set(text, (counts.get(text) ?? 0) + 1);
  return { names, people: series.size, unique: [...counts.values()].filter((count) => count === 1).length };
}
