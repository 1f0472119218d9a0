import type { SlopePanel } from "@longwave/figure";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Range = readonly [number, number];

/** Cells with fewer answers than this are left out, so that nobody can be picked out. */
const FEWEST_IN_CELL = 10;

/** Counts of points on a grid of `steps` over both ranges; cells under ten are left out, points outside too. */
export function countCells(
  points: readonly Point[],
  ranges: { readonly x: Range; readonly y: Range },
  steps: { readonly x: number; readonly y: number },
): SlopePanel["cells"] {
  const counts = new Map<number, number>();
  const place = (value: number, [from, to]: Range, n: number): number =>
    value === to ? n - 1 : Math.floor(((value - from) / (to - from)) * n);
  for (const point of points) {
    const column = place(point.x, ranges.x, steps.x);
    const row = place(point.y, ranges.y, steps.y);
    if (column < 0 || column >= steps.x || row < 0 || row >= steps.y) continue;
    const key = row * steps.x + column;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const edge = ([from, to]: Range, n: number, index: number): number => from + ((to - from) * index) / n;
  return [...counts]
    .filter(([, count]) => count >= FEWEST_IN_CELL)
    .sort(([a], [b]) => a - b)
    .map(([key, count]) => {
      const [row, column] = [Math.floor(key / steps.x), key % steps.x];
      return {
        x0: edge(ranges.x, steps.x, column),
        x1: edge(ranges.x, steps.x, column + 1),
        y0: edge(ranges.y, steps.y, row),
        y1: edge(ranges.y, steps.y, row + 1),
        count,
      };
    });
}

/** The value below which a share of sorted numbers lies, interpolated; NaN for none. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) return Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * Mean of y with its 95 % interval (normal) in up to `bins` bins of x with about equally many points; equal
 * values of x are never parted, and bins under ten are left out.
 */
export function averageByBins(points: readonly Point[], bins: number): SlopePanel["averages"] {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const xs = sorted.map((point) => point.x);
  const inner = Array.from({ length: bins - 1 }, (_, index) => quantile(xs, (index + 1) / bins));
  const groups = new Map<number, Point[]>();
  for (const point of sorted) {
    const bin = inner.filter((cut) => point.x > cut).length;
    const group = groups.get(bin);
    if (group) group.push(point);
    else groups.set(bin, [point]);
  }
  return [...groups.values()].filter((group) => group.length >= FEWEST_IN_CELL).map(averageOf);
}

function averageOf(group: readonly Point[]): SlopePanel["averages"][number] {
  const count = group.length;
  const meanX = group.reduce((sum, point) => sum + point.x, 0) / count;
  const mean = group.reduce((sum, point) => sum + point.y, 0) / count;
  const squares = group.reduce((sum, point) => sum + (point.y - mean) ** 2, 0);
  const stdError = Math.sqrt(squares / (count - 1) / count);
  return { x: meanX, mean, lower: mean - 1.96 * stdError, upper: mean + 1.96 * stdError, count };
}
