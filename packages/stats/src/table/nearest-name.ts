import { StatsError } from "../errors.ts";
import type { Column, Table } from "./table.ts";

/** The number of single-character edits from `a` to `b` (Levenshtein distance), case ignored. */
function editDistance(a: string, b: string): number {
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  let previous = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 1; i <= left.length; i++) {
    const current = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = previous[j - 1] + (left[i - 1] === right[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[right.length];
}

/** The name among `names` that is closest in spelling, or undefined when none is within `farthest` edits. */
export function nearestName(
  name: string,
  names: readonly string[],
  farthest: number = Math.max(2, Math.floor(name.length / 2)),
): string | undefined {
  let best: string | undefined;
  let bestDistance = farthest + 1;
  for (const candidate of names) {
    const distance = editDistance(name, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A sentence that helps to find the right name: the nearest one, or the whole list. */
export function suggestName(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;
  const shown = names.slice(0, 20).join(", ");
  return `The columns are: ${shown}${names.length > 20 ? ", ..." : ""}.`;
}

/**
 * The column called `name`.
 *
 * @throws StatsError `data.unknown-column`, naming the nearest one.
 */
export function columnOf(table: Table, name: string, position?: number): Column {
  if (Object.hasOwn(table.columns, name)) return table.columns[name];
  const names = Object.keys(table.columns);
  throw new StatsError(
    "data.unknown-column",
    `Expected a column called "${name}"; there is none in the data. ${suggestName(name, names)}`,
    position,
  );
}
