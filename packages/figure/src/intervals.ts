import type { Markish } from "@observablehq/plot";
import type { MarkShape } from "./sketch.ts";
import { dots, strokes } from "./sketch.ts";
import type { ColourRole } from "./tokens/index.ts";
import type { ForestRow, Interval } from "./types.ts";

/** How an interval is drawn. */
export interface RoleStyle {
  readonly colour: ColourRole;
  readonly shape: MarkShape;
  readonly hollow?: boolean;
}

/** Colour and shape of each kind of row; the label is the third cue, so any one may be lost. */
export const rowStyles: Readonly<Record<ForestRow["role"], RoleStyle>> = {
  everyone: { colour: "within", shape: "square" },
  women: { colour: "women", shape: "circle" },
  men: { colour: "men", shape: "diamond" },
  plain: { colour: "mark", shape: "circle" },
};

export interface IntervalPlace {
  /** Height of the row's middle, in pixels. */
  readonly y: number;
  /** Data value to pixel. */
  readonly scale: (value: number) => number;
  readonly domain: readonly [number, number];
  /** Size of the mark, in pixels. */
  readonly radius: number;
}

/** One interval with end strokes and its mark; a part beyond the axis becomes an arrowhead at the edge. */
export function intervalMarks(row: Interval, place: IntervalPlace, style: RoleStyle): readonly Markish[] {
  if (![row.estimate, row.lower, row.upper].every(Number.isFinite)) return [];
  const { y, scale, domain } = place;
  const left = scale(Math.min(Math.max(row.lower, domain[0]), domain[1]));
  const right = scale(Math.max(Math.min(row.upper, domain[1]), domain[0]));
  const stroke = style.colour;
  const ends = [
    ...endStroke(left, y, row.lower < domain[0] ? 1 : 0),
    ...endStroke(right, y, row.upper > domain[1] ? -1 : 0),
  ];
  const seen = row.estimate >= domain[0] && row.estimate <= domain[1];
  return [
    strokes([{ x1: left, x2: right, y1: y, y2: y }], { stroke, width: 3.25 }),
    strokes(ends, { stroke, width: 2.25 }),
    ...(seen
      ? [
          dots([{ x: scale(row.estimate), y }], {
            colour: style.colour,
            shape: style.shape,
            radius: markRadius(right - left, place.radius),
            rimless: style.hollow !== true && right - left < tight,
            hollow: style.hollow === true,
          }),
        ]
      : []),
  ];
}

/** An interval shorter than this, in pixels, has no line left to see beside a mark with a rim. */
const tight = 26;

function endStroke(
  x: number,
  y: number,
  arrow: -1 | 0 | 1,
): readonly { x1: number; x2: number; y1: number; y2: number }[] {
  if (arrow === 0) return [{ x1: x, x2: x, y1: y - 7.5, y2: y + 7.5 }];
  return [
    { x1: x, x2: x + arrow * 7, y1: y, y2: y - 6 },
    { x1: x, x2: x + arrow * 7, y1: y, y2: y + 6 },
  ];
}

/** A mark that leaves the ends of a tight interval visible, but is never too small to tell its shape. */
function markRadius(length: number, wanted: number): number {
  return Math.min(wanted, Math.max(3.5, length / 2 - 2.5));
}
