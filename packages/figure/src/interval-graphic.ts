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

const box = { width: 300, left: 6, right: 294, top: 4, row: 28, namedRow: 46 } as const;

/** Width of one letter of a name at 15 units, with some to spare: there is no way to measure text here. */
const letter = 8.2;

interface Layout {
  readonly limit: number;
  readonly scale: (value: number) => number;
  /** Names stand in a line of their own when one of them has no empty side to stand on. */
  readonly stacked: boolean;
  readonly bottom: number;
  /** Height of the middle of a row's interval. */
  readonly place: (index: number) => number;
}

/** The small interval graphic of a verdict row, as SVG text 300 wide: line, dot, zero, shaded limits, labelled ends. */
export function intervalGraphic(data: IntervalGraphicData, context: FigureContext): string {
  const rows = data.rows.filter((row) => Number.isFinite(row.estimate));
  const layout = layOut(rows, data.limit);
  const { limit, scale, bottom, place } = layout;
  const marks = [
    ...zoneMarks(data.zones, layout),
    strokes(zeroLine(rows, layout), { stroke: "ink-3" }),
    ...rows.flatMap((row, index) =>
      intervalMarks(
        row,
        { y: place(index), scale, domain: [-limit, limit], radius: 4.25 },
        rowStyles[row.role],
      ),
    ),
    ...nameMarks(rows, layout),
    ...endMarks(limit, bottom + 18, context),
  ];
  const height = bottom + 28;
  const element = sketch(marks, { document: context.document, width: box.width, height });
  return imageText([{ element }], { width: box.width, height, alt: data.alt });
}

function layOut(rows: readonly ForestRow[], wanted: number): Layout {
  const limit = wanted > 0 && Number.isFinite(wanted) ? wanted : 1;
  const scale = (value: number): number =>
    box.left + ((box.right - box.left) * (value + limit)) / (2 * limit);
  const stacked = rows.length > 1 && rows.some((row) => emptySide(row, scale) === undefined);
  const step = stacked ? box.namedRow : box.row;
  const bottom = box.top + 12 + step * Math.max(1, rows.length);
  const place = (index: number): number => box.top + 6 + step * index + (stacked ? 34 : box.row / 2);
  return { limit, scale, stacked, bottom, place };
}

/** The side of a row's interval with room for its name: the right one when both have. */
function emptySide(row: ForestRow, scale: Layout["scale"]): "left" | "right" | undefined {
  const needed = row.label.length * letter + 20;
  if (box.right - scale(row.upper) >= needed && box.right - scale(0) >= needed) return "right";
  if (scale(row.lower) - box.left >= needed && scale(0) - box.left >= needed) return "left";
  return undefined;
}

function zoneMarks(
  zones: IntervalGraphicData["zones"],
  axis: Pick<Layout, "limit" | "scale" | "bottom">,
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

/** Zero, from top to axis; beside the intervals only where names stand in lines of their own. */
function zeroLine(rows: readonly ForestRow[], layout: Layout): Parameters<typeof strokes>[0] {
  const x = layout.scale(0);
  if (!layout.stacked) return [{ x1: x, x2: x, y1: box.top, y2: layout.bottom }];
  return rows.map((_, index) => ({ x1: x, x2: x, y1: layout.place(index) - 9, y2: layout.place(index) + 9 }));
}

/** Names stand on the empty side of their row, or above it, so that they never cover an interval. */
function nameMarks(rows: readonly ForestRow[], layout: Layout): readonly Markish[] {
  if (rows.length < 2) return [];
  return rows.map((row, index) => {
    const onRight = !layout.stacked && emptySide(row, layout.scale) === "right";
    const x = onRight ? box.right - 8 : box.left + 8;
    const y = layout.place(index) - (layout.stacked ? 20 : 0);
    const fill = row.role === "plain" ? "ink" : rowStyles[row.role].colour;
    return labels([{ x, y, text: row.label }], { fill, weight: 650, anchor: onRight ? "end" : "start" });
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
