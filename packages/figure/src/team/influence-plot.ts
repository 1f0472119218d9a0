import type { Markish } from "@observablehq/plot";
import { assembleForTeam, type Caption, type Size } from "../assemble.ts";
import { notEnoughForTeam } from "../not-enough.ts";
import { formatNumber } from "../numbers.ts";
import { boxes, dots, labels, sketch, strokes } from "../sketch.ts";
import { pictureText } from "../svg.ts";
import { textWidth } from "../text.ts";
import type { FigureContext, TeamFigure, Words } from "../types.ts";
import { figureText } from "../words.ts";

export interface InfluencePlotData {
  /** What is measured, for example "Cook's distance". */
  readonly measure: string;
  /** One person or row each; any order; the twenty largest are drawn. */
  readonly points: readonly { readonly label: string; readonly value: number }[];
  /** A customary line to look beyond; none when absent. */
  readonly threshold?: number;
}

const mostRows = 20;

/** The largest influences on a fit, one row each, for the study team: whom the answer leans on. */
export function influencePlot(data: InfluencePlotData, words: Words, context: FigureContext): TeamFigure {
  const text = figureText(context);
  const id = words.id ?? "influence-plot";
  const columns = [text.person, data.measure];
  const points = data.points
    .filter(({ value }) => Number.isFinite(value) && value >= 0)
    .sort((a, b) => b.value - a.value)
    .slice(0, mostRows);
  if (points.length === 0) return notEnoughForTeam(id, words, { columns, rows: [] }, context);
  const digits = digitsOf(points);
  const number = (value: number): string => formatNumber(value, digits, context.language);
  const rows = points.map((point) => [point.label, number(point.value)]);
  const line = data.threshold === undefined ? "" : ` ${text.threshold} ${number(data.threshold)}.`;
  const alt = `${data.measure}. ${text.largest}: ${rows.map(([label, value]) => `${label} ${value}`).join("; ")}.${line}`;
  return assembleForTeam({ id, alt, table: { columns, rows } }, words, (size, caption) =>
    draw({ ...data, points }, { size, context }, caption),
  );
}

function draw(
  data: InfluencePlotData,
  drawing: { readonly size: Size; readonly context: FigureContext },
  caption: Caption,
): string {
  const { context } = drawing;
  const width = drawing.size === "wide" ? 900 : 340;
  const [left, right] = drawing.size === "wide" ? [190, 820] : [110, 280];
  const top = 46;
  const step = 26;
  const bottom = top + step * data.points.length;
  const highest = Math.max(data.threshold ?? 0, ...data.points.map(({ value }) => value)) || 1;
  const x = (value: number): number => left + ((right - left) * value) / highest;
  const middle = (index: number): number => top + step * (index + 0.5);
  const bars = data.points.map(({ value }, index) => ({
    x1: left,
    x2: x(value),
    y1: middle(index) - 1.25,
    y2: middle(index) + 1.25,
  }));
  const marks = [
    labels([{ x: 0, y: 12, text: `${data.measure} \u2192` }], { anchor: "start" }),
    labels(
      data.points.map(({ label }, index) => ({
        x: left - 10,
        y: middle(index),
        text: shortened(label, 0.85 * (left - 14)),
      })),
      { anchor: "end" },
    ),
    boxes(bars, { fill: "mark" }),
    dots(
      data.points.map(({ value }, index) => ({ x: x(value), y: middle(index) })),
      {
        colour: "mark",
        shape: "circle",
        radius: 5,
      },
    ),
    ...valueMarks(data, { x: width, middle }, context),
    ...thresholdMarks(data, { x, top, bottom, right }, context),
  ];
  const height = bottom + 12;
  const element = sketch(marks, { document: context.document, width, height });
  return pictureText([{ element }], { ...caption, width, height });
}

/** Decimals that tell the largest values apart. */
function digitsOf(points: InfluencePlotData["points"]): number {
  const highest = Math.max(...points.map(({ value }) => value));
  return highest > 0 && highest < 0.02 ? 4 : 3;
}

/** A name that fits, also in letters wider than ours; the table has it whole. */
function shortened(label: string, room: number): string {
  if (textWidth(label) <= room) return label;
  const letters = Math.max(4, Math.floor((label.length * room) / textWidth(label)) - 1);
  return `${label.slice(0, letters)}\u2026`;
}

function valueMarks(
  data: InfluencePlotData,
  place: { readonly x: number; readonly middle: (index: number) => number },
  context: FigureContext,
): readonly Markish[] {
  const written = data.points.map(({ value }, index) => ({
    x: place.x,
    y: place.middle(index),
    text: formatNumber(value, digitsOf(data.points), context.language),
  }));
  return [labels(written, { anchor: "end", fill: "ink" })];
}

function thresholdMarks(
  data: InfluencePlotData,
  place: {
    readonly x: (value: number) => number;
    readonly top: number;
    readonly bottom: number;
    readonly right: number;
  },
  context: FigureContext,
): readonly Markish[] {
  if (data.threshold === undefined || !Number.isFinite(data.threshold)) return [];
  const x = place.x(data.threshold);
  const text = `${figureText(context).threshold} ${formatNumber(data.threshold, digitsOf(data.points), context.language)}`;
  return [
    strokes([{ x1: x, x2: x, y1: place.top - 4, y2: place.bottom }], { stroke: "ink-3", dash: "5 5" }),
    labels([{ x: Math.min(x, place.right - 60), y: place.top - 14, text }], { anchor: "middle" }),
  ];
}
