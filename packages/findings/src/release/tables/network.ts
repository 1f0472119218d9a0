/**
 * A two-way table with its totals as a network of rows and columns, to see what can be worked out about hidden cells.
 *
 * Totals count as cells with the sign turned, so that every row and every column sums to zero. Whatever values of the
 * hidden cells fit the shown ones differ from the true ones by flows around cycles of hidden cells; how far one cell
 * can move is then a greatest flow. Fischetti & Salazar (1999), Math. Program. 84, section 2, for the model.
 */
export interface CountNetwork {
  readonly nrows: number;
  readonly ncols: number;
  /** Counts with totals: the last row and the last column. */
  readonly counts: readonly (readonly number[])[];
}

/** Where a cell stands; the last row and column are totals. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The least and the most a hidden cell can be, for someone who sees all that is not hidden. */
export interface Interval {
  readonly least: number;
  readonly most: number;
}

/** The table with a row and a column of totals. */
export function withTotals(counts: readonly (readonly number[])[]): CountNetwork {
  const rows = counts.map((row) => [...row, sum(row)]);
  const totals = (rows[0] ?? []).map((_, column) => sum(rows.map((row) => row[column] ?? 0)));
  const all = [...rows, totals];
  return { nrows: all.length, ncols: totals.length, counts: all };
}

/** What is left of the unknown in one cell: exact, by the greatest flows through the other hidden cells. */
export function intervalOf(network: CountNetwork, hidden: ReadonlySet<number>, cell: Cell): Interval {
  const value = network.counts[cell.row]?.[cell.column] ?? 0;
  const others = new Set([...hidden].filter((key) => key !== keyOf(network, cell)));
  const up = greatestFlow(network, others, cell, "up");
  const down = greatestFlow(network, others, cell, "down");
  return { least: value - Math.min(value, down), most: value + up };
}

/** A cell as one number. */
export function keyOf({ ncols }: CountNetwork, { row, column }: Cell): number {
  return row * ncols + column;
}

/** The cell of a number. */
export function cellOf({ ncols }: CountNetwork, key: number): Cell {
  return { row: Math.floor(key / ncols), column: key % ncols };
}

/** Whether a cell is a total of rows or of columns, but not the total of all: its sign is turned. */
function isTurned(network: CountNetwork, { row, column }: Cell): boolean {
  return (row === network.nrows - 1) !== (column === network.ncols - 1);
}

/**
 * How far a hidden cell may move along a cycle in one direction: a count cannot fall below zero and may rise without
 * limit. `fall` is for the signed value, which falls when a turned count rises.
 */
export function room(network: CountNetwork, cell: Cell, direction: "rise" | "fall"): number {
  const falls = isTurned(network, cell) ? direction === "rise" : direction === "fall";
  return falls ? (network.counts[cell.row]?.[cell.column] ?? 0) : Number.POSITIVE_INFINITY;
}

/** The node of a column among those of rows and columns. */
export function columnNode({ nrows }: CountNetwork, column: number): number {
  return nrows + column;
}

/**
 * Where the flow that balances a cell starts and ends. To let a signed value rise, its row has to fall elsewhere: from
 * the row to the column; to let it fall, from the column to the row.
 */
export function endsOf(
  network: CountNetwork,
  cell: Cell,
  way: "up" | "down",
): { readonly from: number; readonly to: number } {
  const rises = isTurned(network, cell) ? way === "down" : way === "up";
  const column = columnNode(network, cell.column);
  return rises ? { from: cell.row, to: column } : { from: column, to: cell.row };
}

function greatestFlow(
  network: CountNetwork,
  hidden: ReadonlySet<number>,
  cell: Cell,
  way: "up" | "down",
): number {
  const { from, to } = endsOf(network, cell, way);
  const size = network.nrows + network.ncols;
  const left = capacities(network, hidden, size);
  let total = 0;
  for (;;) {
    const path = shortestPath(left, from, to);
    if (path === undefined) return total;
    const step = Math.min(...path.map(([a, b]) => left[a * size + b] ?? 0));
    if (step === Number.POSITIVE_INFINITY) return step;
    for (const [a, b] of path) {
      left[a * size + b] = (left[a * size + b] ?? 0) - step;
      left[b * size + a] = (left[b * size + a] ?? 0) + step;
    }
    total += step;
  }
}

/** Room of each hidden cell: from its row to its column it falls, from its column to its row it rises. */
function capacities(network: CountNetwork, hidden: ReadonlySet<number>, size: number): Float64Array {
  const left = new Float64Array(size * size);
  for (const key of hidden) {
    const cell = cellOf(network, key);
    const column = columnNode(network, cell.column);
    left[cell.row * size + column] = room(network, cell, "fall");
    left[column * size + cell.row] = room(network, cell, "rise");
  }
  return left;
}

function shortestPath(
  left: Float64Array,
  from: number,
  to: number,
): readonly (readonly [number, number])[] | undefined {
  const size = Math.sqrt(left.length);
  const before = new Int32Array(size).fill(-1);
  const queue = [from];
  before[from] = from;
  for (let node = queue.shift(); node !== undefined && before[to] === -1; node = queue.shift()) {
    for (let next = 0; next < size; next += 1) {
      if (before[next] !== -1 || (left[node * size + next] ?? 0) <= 0) continue;
      before[next] = node;
      queue.push(next);
    }
  }
  if (before[to] === -1) return undefined;
  const path: (readonly [number, number])[] = [];
  for (let node = to; node !== from; node = before[node] ?? from) path.unshift([before[node] ?? from, node]);
  return path;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
