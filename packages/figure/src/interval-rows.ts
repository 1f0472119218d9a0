import type { Markish } from "@observablehq/plot";
import type { Caption, Size } from "./assemble.ts";
import {
  type AxisLayout,
  axisMarks,
  type ForestZone,
  type IntervalAxis,
  visibleZones,
  zoneMarks,
  zoneRow,
} from "./interval-axis.ts";
import { intervalMarks, type RoleStyle } from "./intervals.ts";
import { labels, sketch, strokes } from "./sketch.ts";
import { pictureText } from "./svg.ts";
import { wrapText } from "./text.ts";
import type { ColourRole } from "./tokens/index.ts";
import type { FigureContext, Interval } from "./types.ts";

/** A line of a figure of intervals: an interval, a heading above some of them, or numbers that have no place on the axis. */
export type IntervalEntry =
  | {
      readonly kind: "interval";
      readonly label: string;
      readonly interval: Interval;
      readonly numbers: string;
      readonly style: RoleStyle;
      /** Colour of the name on a wide page. */
      readonly ink: ColourRole;
      /** A word under the numbers. */
      readonly remark?: string;
    }
  | { readonly kind: "heading"; readonly label: string; readonly remark?: string }
  | { readonly kind: "text"; readonly label: string; readonly numbers: string };

export interface IntervalDrawing {
  readonly size: Size;
  readonly context: FigureContext;
  /** Room for names on a wide page, in pixels. */
  readonly nameWidth: number;
}

/** An entry with its place: `middle` is the height of its interval, `lines` its name broken to fit. */
interface PlacedEntry {
  readonly entry: IntervalEntry;
  readonly top: number;
  readonly middle: number;
  readonly lines: readonly string[];
}

/** Where everything stands, in pixels. */
interface Layout extends AxisLayout {
  readonly width: number;
  readonly rows: readonly PlacedEntry[];
  /** Entries below the axis. */
  readonly under: readonly PlacedEntry[];
}

const lineStep = 20;

/** Rows of intervals on one axis with the limits shaded; entries of text stand below the axis, in their order. */
export function drawIntervals(
  entries: readonly IntervalEntry[],
  axis: IntervalAxis,
  drawing: IntervalDrawing,
  caption: Caption,
): string {
  const layout = layOut(entries, axis, drawing);
  const { width, rows, under } = layout;
  const last = under.at(-1);
  const height =
    last === undefined ? layout.bottom + 58 : last.top + entryHeight(last.entry, last.lines, drawing.size);
  const marks = [
    ...zoneMarks(layout),
    ...axisMarks(axis, layout, drawing.context),
    ...rows.flatMap((row) => headingRule(row, width)),
    ...rows.flatMap(({ entry, middle }) =>
      entry.kind === "interval"
        ? intervalMarks(
            entry.interval,
            { y: middle, scale: layout.scale, domain: layout.domain, radius: 5.75 },
            entry.style,
          )
        : [],
    ),
    ...[...rows, ...under].flatMap((row) => wordMarks(row, layout, drawing.size)),
  ];
  const element = sketch(marks, { document: drawing.context.document, width, height });
  return pictureText([{ element }], { ...caption, width, height });
}

function layOut(entries: readonly IntervalEntry[], axis: IntervalAxis, drawing: IntervalDrawing): Layout {
  const wide = drawing.size === "wide";
  const width = wide ? 900 : 340;
  const [left, right] = wide ? [drawing.nameWidth, 690] : [22, 318];
  const onAxis = entries.filter((entry) => entry.kind !== "text");
  const domain = axisDomain(onAxis, axis.zones);
  const zones = visibleZones(axis.zones, domain);
  const scale = (value: number): number =>
    left + ((right - left) * (value - domain[0])) / (domain[1] - domain[0]);
  const top = 8 + zones.length * zoneRow;
  const rows = place(onAxis, top, drawing);
  const bottom = endOf(rows, top, drawing.size) + 4;
  const texts = entries.filter((entry) => entry.kind === "text");
  const under = place(texts, bottom + 62, drawing);
  const beside = rows.filter(({ entry }) => entry.kind === "interval");
  const zeroSpans = wide
    ? [[top, bottom] as const]
    : beside.map(({ middle }) => [middle - 12, middle + 12] as const);
  return { width, domain, scale, left, right, top, bottom, rows, under, zones, zeroSpans };
}

function place(
  entries: readonly IntervalEntry[],
  start: number,
  drawing: IntervalDrawing,
): readonly PlacedEntry[] {
  let top = start;
  return entries.map((entry) => {
    const room = drawing.size === "wide" && entry.kind === "interval" ? drawing.nameWidth - 16 : 270;
    const lines = wrapText(
      entry.label,
      drawing.size === "wide" && entry.kind !== "interval" ? 640 : room,
      16,
    );
    const height = entryHeight(entry, lines, drawing.size);
    const middle = drawing.size === "wide" ? top + height / 2 + 3 : top + height - 20;
    const placed = { entry, top, middle, lines };
    top += height;
    return placed;
  });
}

function endOf(rows: readonly PlacedEntry[], top: number, size: Size): number {
  const last = rows.at(-1);
  return last === undefined ? top : last.top + entryHeight(last.entry, last.lines, size);
}

function entryHeight(entry: IntervalEntry, lines: readonly string[], size: Size): number {
  const more = (lines.length - 1) * lineStep;
  if (size === "wide") {
    const remark = entry.kind === "interval" && entry.remark !== undefined ? 1 : 0;
    return (entry.kind === "text" ? 30 : 46) + Math.max(more, remark * 8);
  }
  if (entry.kind === "heading") return 42 + more + (entry.remark === undefined ? 0 : lineStep);
  if (entry.kind === "text") return (entry.numbers === "" ? 34 : 52) + more;
  return 82 + more + (entry.remark === undefined ? 0 : lineStep);
}

/** Zero, every interval and the innermost limit are always on the axis, with a little air. */
function axisDomain(
  entries: readonly IntervalEntry[],
  zones: readonly ForestZone[],
): readonly [number, number] {
  const inner = [...zones].sort((a, b) => a.upper - a.lower - (b.upper - b.lower))[0];
  const values = [0];
  for (const entry of entries) {
    if (entry.kind === "interval") values.push(entry.interval.lower, entry.interval.upper);
  }
  if (inner !== undefined) values.push(inner.lower, inner.upper);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const air = high > low ? 0.08 * (high - low) : 1;
  return [low - air, high + air];
}

/** A hairline above a heading that does not open the figure. */
function headingRule({ entry, top }: PlacedEntry, width: number): readonly Markish[] {
  if (entry.kind !== "heading") return [];
  return [strokes([{ x1: 0, x2: width, y1: top + 4, y2: top + 4 }], { stroke: "line" })];
}

function wordMarks(row: PlacedEntry, layout: Layout, size: Size): readonly Markish[] {
  return size === "wide" ? wideWords(row, layout) : narrowWords(row, layout);
}

function wideWords({ entry, middle, lines }: PlacedEntry, layout: Layout): readonly Markish[] {
  const first = middle - ((lines.length - 1) * lineStep) / 2;
  const name = lines.map((line, index) => ({ x: 0, y: first + index * lineStep, text: line }));
  const atEnd = { anchor: "end" } as const;
  const x = layout.width;
  if (entry.kind === "heading") {
    const remark = entry.remark === undefined ? [] : [{ x, y: middle + 4, text: entry.remark }];
    const low = name.map((line) => ({ ...line, y: line.y + 4 }));
    return [labels(low, { anchor: "start", fill: "ink", weight: 650, size: 17 }), labels(remark, atEnd)];
  }
  if (entry.kind === "text") {
    return [
      labels(name, { anchor: "start", fill: "ink" }),
      labels([{ x, y: middle, text: entry.numbers }], { ...atEnd, fill: "ink" }),
    ];
  }
  const up = entry.remark === undefined ? 0 : 10;
  const remark = entry.remark === undefined ? [] : [{ x, y: middle + 10, text: entry.remark }];
  return [
    labels(name, { anchor: "start", fill: entry.ink, weight: 650, size: 16 }),
    labels([{ x, y: middle - up, text: entry.numbers }], { ...atEnd, fill: "ink" }),
    labels(remark, { ...atEnd, weight: 650 }),
  ];
}

/** On a phone a row is a name, its numbers and, under them, its interval. */
function narrowWords({ entry, top, lines }: PlacedEntry, layout: Layout): readonly Markish[] {
  const x = entry.kind === "interval" ? layout.left + 6 : 0;
  const first = top + (entry.kind === "heading" ? 26 : 20);
  const name = lines.map((line, index) => ({ x, y: first + index * lineStep, text: line }));
  const next = first + lines.length * lineStep;
  const heading = entry.kind === "heading";
  const under = [
    ...(heading ? [] : [{ x, y: next, text: entry.numbers }]),
    ...(entry.kind === "text" || entry.remark === undefined
      ? []
      : [{ x, y: heading ? next : next + lineStep, text: entry.remark }]),
  ];
  return [
    labels(name, {
      anchor: "start",
      fill: "ink",
      weight: entry.kind === "text" ? 400 : 650,
      size: heading ? 17 : 16,
    }),
    labels(under, { anchor: "start", fill: "ink" }),
  ];
}
