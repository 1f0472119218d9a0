import type { Markish } from "@observablehq/plot";
import { intervalMarks, rowStyles } from "./intervals.ts";
import { formatTick } from "./numbers.ts";
import { boxes, labels, sketch, strokes } from "./sketch.ts";
import { imageText } from "./svg.ts";
import type { FigureContext, ForestRow } from "./types.ts";

export interface IntervalGraphicData {
  readonly rows: readonly ForestRow[];
  /** The axis runs from `-limit` to `+limit`. */
  readonly limit: number;
  readonly zones: readonly { readonly lower: number; readonly upper: number }[];
  readonly alt: string;
}

const box = { width: 300, left: 6, right: 294, top: 4, row: 28 } as const;

/** The small interval graphic of a verdict row, as SVG text 300 wide: line, dot, zero, shaded limits, labelled ends. */
export function intervalGraphic(data: IntervalGraphicData, context: FigureContext): string {
  const limit = data.limit > 0 && Number.isFinite(data.limit) ? data.limit : 1;
  const rows = data.rows.filter((row) => Number.isFinite(row.estimate));
  const bottom = box.top + 12 + box.row * Math.max(1, rows.length);
  const scale = (value: number): number =>
    box.left + ((box.right - box.left) * (value + limit)) / (2 * limit);
  const place = (index: number): number => box.top + 6 + box.row * (index + 0.5);
  const marks = [
    ...zoneMarks(data.zones, { limit, scale, bottom }),
    strokes([{ x1: scale(0), x2: scale(0), y1: box.top, y2: bottom }], { stroke: "ink-3" }),
    ...rows.flatMap((row, index) =>
      intervalMarks(
        row,
        { y: place(index), scale, domain: [-limit, limit], radius: 4.25 },
        rowStyles[row.role],
      ),
    ),
    ...nameMarks(rows, { scale, place }),
    ...endMarks(limit, bottom + 18, context),
  ];
  const height = bottom + 28;
  const element = sketch(marks, { document: context.document, width: box.width, height });
  return imageText([{ element }], { width: box.width, height, alt: data.alt });
}

function zoneMarks(
  zones: IntervalGraphicData["zones"],
  axis: { readonly limit: number; readonly scale: (value: number) => number; readonly bottom: number },
): readonly Markish[] {
  const widestFirst = [...zones].sort((a, b) => b.upper - b.lower - (a.upper - a.lower));
  const frame = { x1: box.left, x2: box.right, y1: axis.bottom, y2: axis.bottom };
  const shades = widestFirst.map((zone, index) => {
    const x1 = axis.scale(Math.max(-axis.limit, zone.lower));
    const x2 = axis.scale(Math.min(axis.limit, zone.upper));
    const innermost = index === widestFirst.length - 1;
    return boxes([{ x1, x2, y1: box.top, y2: axis.bottom }], { fill: innermost ? "zone-2" : "zone" });
  });
  return [...shades, strokes([frame], { stroke: "edge" })];
}

/** Names stand on the empty side of the row, so that they never cover an interval. */
function nameMarks(
  rows: readonly ForestRow[],
  at: { readonly scale: (value: number) => number; readonly place: (index: number) => number },
): readonly Markish[] {
  if (rows.length < 2) return [];
  return rows.map((row, index) => {
    const onLeft = row.estimate > 0;
    const x = onLeft ? box.left + 8 : box.right - 8;
    const fill = row.role === "plain" ? "ink" : rowStyles[row.role].colour;
    return labels([{ x, y: at.place(index), text: row.label }], {
      fill,
      weight: 650,
      anchor: onLeft ? "start" : "end",
    });
  });
}

function endMarks(limit: number, y: number, context: FigureContext): readonly Markish[] {
  const text = (value: number): string =>
    formatTick(value, { signed: true, language: context.language ?? "en" });
  return [
    labels([{ x: box.left - 4, y, text: text(-limit) }], { anchor: "start" }),
    labels([{ x: box.width / 2, y, text: "0" }]),
    labels([{ x: box.right + 4, y, text: text(limit) }], { anchor: "end" }),
  ];
}
