import type { Markish } from "@observablehq/plot";
import { intervalMarks, rowStyles } from "./intervals.ts";
import { notEnough } from "./not-enough.ts";
import { digitsFor, fewTicks, formatInterval, formatNumber, formatTick } from "./numbers.ts";
import { boxes, labels, sketch, strokes } from "./sketch.ts";
import { pictureText } from "./svg.ts";
import type { Figure, FigureContext, ForestRow, Words } from "./types.ts";
import { figureText } from "./words.ts";

export interface ForestZone {
  readonly lower: number;
  readonly upper: number;
  readonly label: string;
}

/** Rows under one heading, for example those by age, with the p-value of the interaction. */
export interface ForestSection {
  readonly label: string;
  readonly rows: readonly ForestRow[];
  readonly interactionP?: number;
}

export interface ForestData {
  readonly rows: readonly ForestRow[];
  /** Drawn under `rows`, in order. */
  readonly sections?: readonly ForestSection[];
  /** Shaded limits, each labelled in words; any order. */
  readonly zones: readonly ForestZone[];
  /** What left of zero means, for example "less pain". */
  readonly lowLabel: string;
  readonly highLabel: string;
  readonly unit: string;
}

/** One interval a row on one axis, with the limits shaded and the numbers written beside each row. */
export function forest(data: ForestData, words: Words, context: FigureContext): Figure {
  const text = figureText(context);
  const id = words.id ?? "forest";
  const columns = [text.group, `${text.estimate} (${data.unit})`, text.interval];
  const rows = data.rows.filter((row) => [row.estimate, row.lower, row.upper].every(Number.isFinite));
  if (rows.length === 0) return notEnough(id, words, { columns, rows: [] }, context);
  const digits = digitsFor(rows);
  const numbers = rows.map((row) => formatInterval(row, digits, context.language));
  const alt = `${rows.map((row, index) => `${row.label} ${numbers[index]}`).join("; ")}. ${data.unit}.`;
  const draw = (size: "wide" | "narrow"): string =>
    drawForest(
      { ...data, rows },
      { size, numbers, context },
      { id: `${id}-${size}`, title: words.title, alt },
    );
  const number = (value: number): string => formatNumber(value, digits, context.language);
  return {
    id,
    title: words.title,
    reading: words.reading,
    note: words.note,
    alt,
    wide: draw("wide"),
    narrow: draw("narrow"),
    table: {
      columns,
      rows: rows.map((row) => [
        row.label,
        number(row.estimate),
        `${number(row.lower)} ${text.to} ${number(row.upper)}`,
      ]),
    },
  };
}

interface Drawing {
  readonly size: "wide" | "narrow";
  readonly numbers: readonly string[];
  readonly context: FigureContext;
}

/** Where everything stands, in pixels. */
interface Layout {
  readonly width: number;
  readonly height: number;
  readonly domain: readonly [number, number];
  readonly scale: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly middles: readonly number[];
  readonly zones: readonly ForestZone[];
}

const zoneRow = 24;
/** On a phone a row is a name, its numbers and, under them, its interval. */
const narrowStep = 82;

function drawForest(
  data: ForestData,
  drawing: Drawing,
  frame: { readonly id: string; readonly title: string; readonly alt: string },
): string {
  const layout = layOut(data, drawing.size);
  const { width, height } = layout;
  const marks = [
    ...zoneMarks(layout),
    ...axisMarks(data, layout, drawing.context),
    ...data.rows.flatMap((row, index) =>
      intervalMarks(
        row,
        { y: layout.middles[index] ?? 0, scale: layout.scale, domain: layout.domain, radius: 5.75 },
        rowStyles[row.role],
      ),
    ),
    ...wordMarks(data, layout, drawing),
  ];
  const element = sketch(marks, { document: drawing.context.document, width, height });
  return pictureText([{ element }], { ...frame, width, height });
}

function layOut(data: ForestData, size: "wide" | "narrow"): Layout {
  const wide = size === "wide";
  const width = wide ? 900 : 340;
  const [left, right] = wide ? [190, 690] : [22, 318];
  const domain = axisDomain(data);
  const zones = visibleZones(data.zones, domain);
  const top = 8 + zones.length * zoneRow;
  const step = wide ? 46 : narrowStep;
  const middles = data.rows.map((_, index) => top + (wide ? 26 : narrowStep - 20) + index * step);
  const bottom = (middles.at(-1) ?? top) + 24;
  const scale = (value: number): number =>
    left + ((right - left) * (value - domain[0])) / (domain[1] - domain[0]);
  return { width, height: bottom + 58, domain, scale, left, right, top, bottom, middles, zones };
}

/** Zero, every interval and the innermost limit are always on the axis, with a little air. */
function axisDomain(data: ForestData): readonly [number, number] {
  const inner = [...data.zones].sort((a, b) => a.upper - a.lower - (b.upper - b.lower))[0];
  const values = [0, ...data.rows.flatMap((row) => [row.lower, row.upper])];
  if (inner !== undefined) values.push(inner.lower, inner.upper);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const air = high > low ? 0.08 * (high - low) : 1;
  return [low - air, high + air];
}

/** Widest first, cut to the axis. */
function visibleZones(
  zones: readonly ForestZone[],
  domain: readonly [number, number],
): readonly ForestZone[] {
  return [...zones]
    .sort((a, b) => b.upper - b.lower - (a.upper - a.lower))
    .map((zone) => ({
      ...zone,
      lower: Math.max(zone.lower, domain[0]),
      upper: Math.min(zone.upper, domain[1]),
    }))
    .filter((zone) => zone.upper > zone.lower);
}

function zoneMarks(layout: Layout): readonly Markish[] {
  const { zones, scale, top, bottom, left, right } = layout;
  return zones.flatMap((zone, index) => {
    const [x1, x2] = [scale(zone.lower), scale(zone.upper)];
    const innermost = index === zones.length - 1;
    const y = 14 + index * zoneRow;
    const x = Math.min(Math.max((x1 + x2) / 2, left + 96), right - 96);
    const under = y + 11;
    return [
      boxes([{ x1, x2, y1: top, y2: bottom }], { fill: innermost ? "zone-2" : "zone" }),
      strokes([{ x1, x2, y1: under, y2: under }], { stroke: innermost ? "ink-3" : "edge", width: 1.25 }),
      labels([{ x, y, text: zone.label }]),
    ];
  });
}

function axisMarks(data: ForestData, layout: Layout, context: FigureContext): readonly Markish[] {
  const { scale, top, bottom, domain, left, right } = layout;
  const zero = scale(0);
  const ticks = fewTicks(domain).map((value) => ({
    x: scale(value),
    y: bottom + 17,
    text: formatTick(value, { signed: true, language: context.language ?? "en" }),
  }));
  return [
    strokes([{ x1: left, x2: right, y1: bottom, y2: bottom }], { stroke: "grid" }),
    strokes([{ x1: zero, x2: zero, y1: top, y2: bottom }], { stroke: "ink-3", width: 1.25 }),
    labels(ticks),
    labels([{ x: left, y: bottom + 42, text: `\u2190 ${data.lowLabel}` }], { anchor: "start" }),
    labels([{ x: right, y: bottom + 42, text: `${data.highLabel} \u2192` }], { anchor: "end" }),
  ];
}

function wordMarks(data: ForestData, layout: Layout, drawing: Drawing): readonly Markish[] {
  return data.rows.flatMap((row, index) => {
    const middle = layout.middles[index] ?? 0;
    const colour = row.role === "plain" ? "ink" : rowStyles[row.role].colour;
    const name = { weight: 650, size: 16, anchor: "start" } as const;
    const numbers = drawing.numbers[index] ?? "";
    if (drawing.size === "wide") {
      return [
        labels([{ x: 0, y: middle, text: row.label }], { ...name, fill: colour }),
        labels([{ x: layout.width, y: middle, text: numbers }], { fill: "ink", anchor: "end" }),
      ];
    }
    const x = layout.left + 6;
    return [
      labels([{ x, y: middle - 42, text: row.label }], { ...name, fill: "ink" }),
      labels([{ x, y: middle - 22, text: numbers }], { fill: "ink", anchor: "start" }),
    ];
  });
}
