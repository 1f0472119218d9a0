import {
  type Cell,
  type CountNetwork,
  cellOf,
  columnNode,
  endsOf,
  type Interval,
  intervalOf,
  keyOf,
  room,
  withTotals,
} from "./network.ts";

/** How a table of counts is protected. */
export interface ProtectionOptions {
  /** Counts from 1 to one less are hidden. */
  readonly threshold: number;
  /** Whether totals may be hidden too. Where other tables show the same totals, they must not. */
  readonly totals: "may-hide" | "always-shown";
}

/** A table of counts that can be shown; `null` is hidden. The last row and the last column are totals. */
export interface ProtectedTable {
  readonly shown: readonly (readonly (number | null)[])[];
  /** Cells hidden because they are small. */
  readonly small: number;
  /** Cells hidden so that the small ones cannot be worked out. */
  readonly besides: number;
}

/**
 * A two-way table of counts with small cells hidden, and further cells hidden so that none of them can be worked out
 * from the totals.
 *
 * Whoever knows that counts are not negative can narrow a hidden small cell down to an interval; it is made at least
 * `threshold` wide, where the table allows it, and never a single number. Cells are added cycle by cycle, each the
 * cheapest in cells and counts, and taken back where they turn out not to be needed.
 */
export function protectTable(
  counts: readonly (readonly number[])[],
  options: ProtectionOptions,
): ProtectedTable {
  const network = withTotals(counts);
  const small = smallCells(network, options);
  const hidden = new Set(small);
  for (const key of small) widenInto(hidden, { network, options, key });
  takeBackInto(hidden, { network, options, small });
  const shown = network.counts.map((row, r) =>
    row.map((count, c) => (hidden.has(keyOf(network, { row: r, column: c })) ? null : count)),
  );
  return { shown, small: small.length, besides: hidden.size - small.length };
}

function smallCells(network: CountNetwork, options: ProtectionOptions): readonly number[] {
  return allCells(network, options).filter((key) => {
    const count = countAt(network, key);
    return count > 0 && count < options.threshold;
  });
}

/** The cells that may be hidden. */
function allCells(network: CountNetwork, { totals }: ProtectionOptions): readonly number[] {
  const { nrows, ncols } = network;
  const keys = Array.from({ length: nrows * ncols }, (_, key) => key);
  if (totals === "may-hide") return keys;
  return keys.filter((key) => {
    const { row, column } = cellOf(network, key);
    return row < nrows - 1 && column < ncols - 1;
  });
}

function countAt(network: CountNetwork, key: number): number {
  const { row, column } = cellOf(network, key);
  return network.counts[row]?.[column] ?? 0;
}

interface Widening {
  readonly network: CountNetwork;
  readonly options: ProtectionOptions;
  readonly key: number;
}

/** Hides further cells until the interval of one small cell is wide enough, or nothing helps. */
function widenInto(hidden: Set<number>, { network, options, key }: Widening): void {
  const cell = cellOf(network, key);
  for (let needed = options.threshold; needed >= 1; needed = Math.floor(needed / 2)) {
    for (;;) {
      if (width(intervalOf(network, hidden, cell)) >= options.threshold) return;
      const cycle = cheapestCycle(hidden, { network, options, cell, needed });
      const added = cycle?.filter((each) => !hidden.has(each)) ?? [];
      if (added.length === 0) break;
      for (const each of added) hidden.add(each);
    }
  }
}

function width({ least, most }: Interval): number {
  return most - least;
}

interface CycleSearch {
  readonly network: CountNetwork;
  readonly options: ProtectionOptions;
  readonly cell: Cell;
  readonly needed: number;
}

/** The cells of the cheapest cycle along which the cell can rise by `needed`; undefined when there is none. */
function cheapestCycle(hidden: ReadonlySet<number>, search: CycleSearch): readonly number[] | undefined {
  const { network, options, cell, needed } = search;
  const { from, to } = endsOf(network, cell, "up");
  const own = keyOf(network, cell);
  const arcs = allCells(network, options)
    .filter((key) => key !== own)
    .flatMap((key) => {
      const at = cellOf(network, key);
      const column = columnNode(network, at.column);
      const cost = hidden.has(key) ? 1e-6 : costOf(network, key);
      return [
        ...(room(network, at, "fall") >= needed ? [{ from: at.row, to: column, key, cost }] : []),
        ...(room(network, at, "rise") >= needed ? [{ from: column, to: at.row, key, cost }] : []),
      ];
    });
  return cheapestPath(arcs, { from, to, nodes: network.nrows + network.ncols });
}

/** Each cell costs; a large one a little more; a total much more; a zero most, since people may know that it is one. */
function costOf(network: CountNetwork, key: number): number {
  const { row, column } = cellOf(network, key);
  const count = countAt(network, key);
  const isTotal = row === network.nrows - 1 || column === network.ncols - 1;
  const all = network.counts[network.nrows - 1]?.[network.ncols - 1] ?? 0;
  return 1 + count / (all + 1) + (isTotal ? 10 : 0) + (count === 0 ? 100 : 0);
}

interface Arc {
  readonly from: number;
  readonly to: number;
  readonly key: number;
  readonly cost: number;
}

/** Dijkstra's algorithm on a network of a few dozen nodes. */
function cheapestPath(
  arcs: readonly Arc[],
  { from, to, nodes }: { readonly from: number; readonly to: number; readonly nodes: number },
): readonly number[] | undefined {
  const cost = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY);
  const by: (Arc | undefined)[] = new Array(nodes).fill(undefined);
  const open = new Set(Array.from({ length: nodes }, (_, node) => node));
  cost[from] = 0;
  while (open.size > 0) {
    const node = [...open].reduce((best, each) => ((cost[each] ?? 0) < (cost[best] ?? 0) ? each : best));
    if (cost[node] === Number.POSITIVE_INFINITY) return undefined;
    if (node === to) break;
    open.delete(node);
    for (const arc of arcs) {
      if (arc.from !== node || (cost[node] ?? 0) + arc.cost >= (cost[arc.to] ?? 0)) continue;
      cost[arc.to] = (cost[node] ?? 0) + arc.cost;
      by[arc.to] = arc;
    }
  }
  const keys: number[] = [];
  for (let arc = by[to]; arc !== undefined; arc = arc.from === from ? undefined : by[arc.from])
    keys.push(arc.key);
  return keys;
}

interface TakingBack {
  readonly network: CountNetwork;
  readonly options: ProtectionOptions;
  readonly small: readonly number[];
}

/** Shows again, the largest first, each cell without which every small cell stays as well hidden as it is. */
function takeBackInto(hidden: Set<number>, { network, options, small }: TakingBack): void {
  const enough = new Map(
    small.map((key) => [
      key,
      Math.min(options.threshold, width(intervalOf(network, hidden, cellOf(network, key)))),
    ]),
  );
  const besides = [...hidden]
    .filter((key) => !enough.has(key))
    .sort((a, b) => countAt(network, b) - countAt(network, a));
  for (const key of besides) {
    hidden.delete(key);
    const stays = [...hidden].every(
      (each) => width(intervalOf(network, hidden, cellOf(network, each))) >= (enough.get(each) ?? 1),
    );
    if (!stays) hidden.add(key);
  }
}
