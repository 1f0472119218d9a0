import * as Plot from "@observablehq/plot";
import { notEnough } from "./not-enough.ts";
import { digitsFor, fewTicks, formatInterval, formatNumber, formatTick } from "./numbers.ts";
import { dots, labels, sketch, strokes } from "./sketch.ts";
import type { Part } from "./svg.ts";
import { pictureText, role } from "./svg.ts";
import type { Figure, FigureContext, SlopePanel, Words } from "./types.ts";
import { figureText } from "./words.ts";

export interface WithinBetweenData {
  readonly between: SlopePanel;
  readonly within: SlopePanel;
}

interface PanelStyle {
  readonly colour: "within" | "between";
  readonly shape: "circle" | "square";
  readonly signed: boolean;
  readonly dash?: string;
}

interface Place {
  readonly width: number;
  readonly height: number;
  readonly margins: {
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly left: number;
  };
}

type Range = readonly [number, number];

const styles: Readonly<Record<"between" | "within", PanelStyle>> = {
  between: { colour: "between", shape: "square", signed: false, dash: "9 7" },
  within: { colour: "within", shape: "circle", signed: true },
};

/**
 * Two panels on one scale: people compared with each other, and each person compared with their own usual.
 *
 * Cells carry counts and averages carry many answers, so no mark stands for one person; the caller leaves out
 * cells under 10. One step across and one step up are equally long in both panels, so the slopes can be compared.
 */
export function withinBetween(data: WithinBetweenData, words: Words, context: FigureContext): Figure {
  const text = figureText(context);
  const id = words.id ?? "within-between";
  const columns = [text.comparison, text.what, text.estimate, text.interval, text.answers];
  const panels = [data.between, data.within] as const;
  const digits = digitsFor(panels.map(slopeInterval));
  const table = { columns, rows: panels.flatMap((panel) => tableRows(panel, digits, context)) };
  if (panels.some((panel) => !canDraw(panel))) return notEnough(id, words, table, context);
  const shared = shareScale(data);
  const sentence = (panel: SlopePanel): string =>
    `${panel.label}: ${formatInterval(slopeInterval(panel), digits, context.language)} ${text.perPoint}`;
  const alt = `${panels.map(sentence).join("; ")}. ${panels.map((panel) => averagesSentence(panel, context)).join(" ")}`;
  const draw = (size: "wide" | "narrow"): string =>
    drawPanels(shared, { size, digits, context }, { id: `${id}-${size}`, title: words.title, alt });
  return {
    id,
    title: words.title,
    reading: words.reading,
    note: words.note,
    alt,
    wide: draw("wide"),
    narrow: draw("narrow"),
    table,
  };
}

function canDraw(panel: SlopePanel): boolean {
  const numbers = [panel.slope, panel.intercept, ...panel.xRange, ...panel.yRange];
  const hasSpan = panel.xRange[1] > panel.xRange[0] && panel.yRange[1] > panel.yRange[0];
  return numbers.every(Number.isFinite) && hasSpan && panel.cells.length + panel.averages.length > 0;
}

function slopeInterval(panel: SlopePanel): { estimate: number; lower: number; upper: number } {
  return { estimate: panel.slope, lower: panel.lower, upper: panel.upper };
}

function tableRows(panel: SlopePanel, digits: number, context: FigureContext): Figure["table"]["rows"] {
  const text = figureText(context);
  const number = (value: number, decimals: number): string => formatNumber(value, decimals, context.language);
  const range = (row: { lower: number; upper: number }, decimals: number): string =>
    `${number(row.lower, decimals)} ${text.to} ${number(row.upper, decimals)}`;
  const slope = [panel.label, text.slopePerPoint, number(panel.slope, digits), range(panel, digits), null];
  const averages = panel.averages.map((point) => [
    panel.label,
    `${text.averageAt} ${number(point.x, 1)}`,
    number(point.mean, 2),
    range(point, 2),
    point.count,
  ]);
  return [slope, ...averages];
}

function averagesSentence(panel: SlopePanel, context: FigureContext): string {
  const first = panel.averages[0];
  const last = panel.averages.at(-1);
  if (first === undefined || last === undefined || first === last) return "";
  const number = (value: number): string => formatNumber(value, 1, context.language);
  const at = (point: { x: number; mean: number }): string => `${number(point.mean)} (${number(point.x)})`;
  return `${panel.yLabel} (${panel.xLabel}): ${at(first)} ${figureText(context).to} ${at(last)}.`;
}

function shareScale(data: WithinBetweenData): WithinBetweenData {
  const span = (ranges: readonly Range[]): number => Math.max(...ranges.map(([low, high]) => high - low));
  const xSpan = span([data.between.xRange, data.within.xRange]);
  const ySpan = span([data.between.yRange, data.within.yRange]);
  const stretch = (panel: SlopePanel): SlopePanel => ({
    ...panel,
    xRange: widen(panel.xRange, xSpan),
    yRange: widen(panel.yRange, ySpan),
  });
  return { between: stretch(data.between), within: stretch(data.within) };
}

/** A range made `span` long: upwards when it starts at zero, else to both sides. */
function widen([low, high]: Range, span: number): Range {
  const extra = span - (high - low);
  return low >= 0 ? [low, high + extra] : [low - extra / 2, high + extra / 2];
}

interface Drawing {
  readonly size: "wide" | "narrow";
  readonly digits: number;
  readonly context: FigureContext;
}

interface PanelDrawing extends Drawing {
  readonly place: Place;
}

function drawPanels(
  data: WithinBetweenData,
  drawing: Drawing,
  frame: { readonly id: string; readonly title: string; readonly alt: string },
): string {
  const wide = drawing.size === "wide";
  const place: Place = wide
    ? { width: 436, height: 452, margins: { top: 92, right: 14, bottom: 62, left: 34 } }
    : { width: 340, height: 396, margins: { top: 92, right: 14, bottom: 62, left: 30 } };
  const between = { element: drawPanel(data.between, styles.between, { ...drawing, place }) };
  const within = { element: drawPanel(data.within, styles.within, { ...drawing, place }) };
  const gap = wide ? 900 - 2 * place.width : 26;
  const second: Part = wide ? { ...within, x: place.width + gap } : { ...within, y: place.height + gap };
  const width = wide ? 900 : place.width;
  const height = wide ? place.height : 2 * place.height + gap;
  return pictureText([between, second], { ...frame, width, height });
}

function drawPanel(panel: SlopePanel, style: PanelStyle, drawing: PanelDrawing): Element {
  const { place, context } = drawing;
  const marks = [
    ...gridMarks(panel),
    cellMarks(panel, style),
    ...axisMarks(panel, style, context),
    slopeMark(panel, style),
    strokes(
      panel.averages.map((point) => ({ x1: point.x, x2: point.x, y1: point.lower, y2: point.upper })),
      { stroke: style.colour, width: 2.25 },
    ),
    dots(
      panel.averages.map((point) => ({ x: point.x, y: point.mean })),
      { colour: style.colour, shape: style.shape, hollow: true },
    ),
    ...nameMarks(panel, style, drawing),
  ];
  return sketch(marks, { document: context.document, ...place, x: panel.xRange, y: panel.yRange });
}

function gridMarks(panel: SlopePanel): readonly Plot.Markish[] {
  const [x1, x2] = panel.xRange;
  const lines = fewTicks(panel.yRange).map((y) => ({ x1, x2, y1: y, y2: y }));
  return [strokes(lines, { stroke: "grid" })];
}

function cellMarks(panel: SlopePanel, style: PanelStyle): Plot.Markish {
  const inside = panel.cells.filter(
    (cell) =>
      cell.x0 < panel.xRange[1] &&
      cell.x1 > panel.xRange[0] &&
      cell.y0 < panel.yRange[1] &&
      cell.y1 > panel.yRange[0],
  );
  const most = Math.max(1, ...inside.map((cell) => cell.count));
  const cells = inside.map((cell) => ({
    x1: Math.max(cell.x0, panel.xRange[0]),
    x2: Math.min(cell.x1, panel.xRange[1]),
    y1: Math.max(cell.y0, panel.yRange[0]),
    y2: Math.min(cell.y1, panel.yRange[1]),
    opacity: 0.06 + 0.34 * Math.sqrt(Math.max(0, cell.count) / most),
  }));
  return Plot.rect(cells, {
    x1: "x1",
    x2: "x2",
    y1: "y1",
    y2: "y2",
    fill: role(style.colour),
    fillOpacity: "opacity",
    inset: 0.75,
    rx: 1.5,
  });
}

function axisMarks(panel: SlopePanel, style: PanelStyle, context: FigureContext): readonly Plot.Markish[] {
  const [x1, x2] = panel.xRange;
  const [y1, y2] = panel.yRange;
  const tick = (value: number): string =>
    formatTick(value, { signed: style.signed, language: context.language ?? "en" });
  const across = fewTicks(panel.xRange).map((x) => ({ x, y: y1, text: tick(x) }));
  const upwards = fewTicks(panel.yRange).map((y) => ({ x: x1, y, text: tick(y) }));
  const zero = style.signed ? [strokes([{ x1: 0, x2: 0, y1, y2 }], { stroke: "ink-3" })] : [];
  return [
    ...zero,
    labels(across, { dy: 18 }),
    labels(upwards, { anchor: "end", dx: -8 }),
    labels([{ x: x2, y: y1, text: `${panel.xLabel} \u2192` }], { anchor: "end", dy: 44 }),
    labels([{ x: x1, y: y2, text: `\u2191 ${panel.yLabel}` }], { anchor: "start", dx: -28, dy: -22 }),
  ];
}

function slopeMark(panel: SlopePanel, style: PanelStyle): Plot.Markish {
  const [x1, x2] = visibleSpan(panel);
  const height = (x: number): number => panel.intercept + panel.slope * x;
  return strokes([{ x1, x2, y1: height(x1), y2: height(x2) }], {
    stroke: style.colour,
    width: 3,
    ...(style.dash === undefined ? {} : { dash: style.dash }),
  });
}

/** The part of the horizontal range where the line stays inside the panel and near the data. */
function visibleSpan(panel: SlopePanel): Range {
  const edges = panel.cells
    .flatMap((cell) => [cell.x0, cell.x1])
    .concat(panel.averages.map((point) => point.x));
  const low = Math.max(panel.xRange[0], Math.min(...edges));
  const high = Math.min(panel.xRange[1], Math.max(...edges));
  if (panel.slope === 0) return [low, high];
  const crossings = panel.yRange.map((y) => (y - panel.intercept) / panel.slope).sort((a, b) => a - b);
  const [first = low, last = high] = crossings;
  return [Math.max(low, first), Math.min(high, last)];
}

/** The panel's name and slope stand above its frame, in the colour of its line, where no cell can be under them. */
function nameMarks(panel: SlopePanel, style: PanelStyle, drawing: PanelDrawing): readonly Plot.Markish[] {
  const { digits, context } = drawing;
  const x = panel.xRange[0];
  const y = panel.yRange[1];
  const slope = `${formatInterval(slopeInterval(panel), digits, context.language)} ${figureText(context).perPoint}`;
  const shared = { fill: style.colour, anchor: "start", dx: -28 } as const;
  return [
    labels([{ x, y, text: panel.label }], { ...shared, weight: 700, size: 18, dy: -76 }),
    labels([{ x, y, text: slope }], { ...shared, weight: 550, size: 16, dy: -53 }),
  ];
}
