import type { Markish } from "@observablehq/plot";
import type { ChartScale } from "./chart.ts";
import type { RoleStyle } from "./intervals.ts";
import { dots, polyline, strokes } from "./sketch.ts";

/** A mean with the ends of its 95 % interval. */
export interface MeanPoint {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** Means joined only between neighbouring waves, with the strokes of their intervals. */
export function meanMarks(
  points: readonly (MeanPoint | null)[],
  scale: ChartScale,
  style: RoleStyle,
): readonly Markish[] {
  const runs = runsOf(points);
  const places = runs.flat().map(({ index, point }) => ({ x: scale.x(index), y: scale.y(point.mean) }));
  const spans = runs.flat().map(({ index, point }) => {
    const x = scale.x(index);
    return { x1: x, x2: x, y1: scale.y(point.lower), y2: scale.y(point.upper) };
  });
  return [
    ...runs.map((run) =>
      polyline(
        run.map(({ index, point }) => ({ x: scale.x(index), y: scale.y(point.mean) })),
        { stroke: style.colour, width: 2.5 },
      ),
    ),
    strokes(spans, { stroke: style.colour, width: 2.25 }),
    dots(places, { colour: style.colour, shape: style.shape, radius: 5, hollow: true }),
  ];
}

/** Neighbouring entries that are there, kept together: a gap is never bridged. */
export function runsOf<T>(
  entries: readonly (T | null)[],
): readonly (readonly { index: number; point: T }[])[] {
  const runs: { index: number; point: T }[][] = [];
  entries.forEach((point, index) => {
    if (point === null) return;
    const last = runs.at(-1);
    if (last !== undefined && last.at(-1)?.index === index - 1) last.push({ index, point });
    else runs.push([{ index, point }]);
  });
  return runs;
}
