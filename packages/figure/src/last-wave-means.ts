import type { Markish } from "@observablehq/plot";
import { assemble, type Caption, type Size } from "./assemble.ts";
import { type ChartFrame, type ChartScale, chartScale, heightMarks } from "./chart.ts";
import type { BandPoint } from "./mean-bands.ts";
import { notEnough } from "./not-enough.ts";
import { formatCount, formatNumber } from "./numbers.ts";
import { dots, labels, polyline, sketch, strokes } from "./sketch.ts";
import { pictureText } from "./svg.ts";
import { spreadApart, wrapText } from "./text.ts";
import type { Figure, FigureContext, Words } from "./types.ts";
import { figureText } from "./words.ts";

/** People whose last answer was at the same wave. */
export interface LastWaveGroup {
  /** For example "Wave 3"; the wave of the last answer. */
  readonly label: string;
  readonly people: number;
  /** Means of the outcome by waves before the last one: 0 is the last, 1 the one before it. */
  readonly points: readonly (Omit<BandPoint, "bands"> & { readonly before: number })[];
  /** The last wave of the study: these people stayed. */
  readonly stayed: boolean;
}

export interface LastWaveMeansData {
  readonly yLabel: string;
  readonly groups: readonly LastWaveGroup[];
}

/** Means of the outcome before people's last answer, one line for each last wave, lined up at the end: who left, after what. */
export function lastWaveMeans(data: LastWaveMeansData, words: Words, context: FigureContext): Figure {
  const text = figureText(context);
  const id = words.id ?? "last-wave-means";
  const columns = [text.lastAnswer, text.people, text.wavesBefore, text.mean, text.interval, text.answers];
  const groups = data.groups.filter((group) => group.points.some(({ mean }) => Number.isFinite(mean)));
  const table = { columns, rows: groups.flatMap((group) => tableRows(group, context)) };
  if (groups.length === 0) return notEnough(id, words, table, context);
  const alt = groups.map((group) => sentence(group, context)).join(" ");
  return assemble({ id, alt, table }, words, (size, caption) =>
    draw(groups, data.yLabel, { size, context }, caption),
  );
}

function backwards(group: LastWaveGroup): LastWaveGroup["points"] {
  return group.points.filter(({ mean }) => Number.isFinite(mean)).sort((a, b) => b.before - a.before);
}

function tableRows(group: LastWaveGroup, context: FigureContext): Figure["table"]["rows"] {
  const { to } = figureText(context);
  const number = (value: number): string => formatNumber(value, 2, context.language);
  return backwards(group).map((point) => [
    group.label,
    group.people,
    point.before,
    number(point.mean),
    `${number(point.lower)} ${to} ${number(point.upper)}`,
    point.count,
  ]);
}

function nameOf(group: LastWaveGroup, context: FigureContext): string {
  return `${group.label} \u00b7 ${formatCount(group.people, context.language)}`;
}

function sentence(group: LastWaveGroup, context: FigureContext): string {
  const text = figureText(context);
  const means = backwards(group).map(({ mean }) => formatNumber(mean, 2, context.language));
  const stayed = group.stayed ? ` (${text.stayed})` : "";
  return `${text.lastAnswer} ${nameOf(group, context)}${stayed}: ${means.join(", ")}.`;
}

interface Drawing {
  readonly size: Size;
  readonly context: FigureContext;
}

const leaverShapes = ["circle", "diamond", "square"] as const;
const leaverDashes = ["2 5", "7 5", "12 5", "12 4 2 4"] as const;

function draw(groups: readonly LastWaveGroup[], yLabel: string, drawing: Drawing, caption: Caption): string {
  const wide = drawing.size === "wide";
  const width = wide ? 900 : 340;
  const height = 400;
  const text = figureText(drawing.context);
  const points = groups.flatMap(backwards);
  const furthest = Math.max(1, ...points.map(({ before }) => before));
  const frame: ChartFrame = {
    left: 38,
    right: wide ? 690 : 208,
    top: wide ? 46 : 64,
    bottom: height - 62,
    x: [-furthest - 0.3, 0.3],
    y: heightRange(points),
  };
  const scale = chartScale(frame);
  const ticks = Array.from({ length: furthest + 1 }, (_, before) => ({
    x: scale.x(-before),
    y: frame.bottom + 18,
    text: before === 0 ? text.lastOne : String(before),
  }));
  const across = { x: 2, y: frame.bottom + 44, text: text.wavesBefore };
  const marks = [
    ...heightMarks(frame, yLabel, drawing.context),
    labels(ticks, { size: 14 }),
    labels([across], { anchor: "start" }),
    ...groups.flatMap((group, index) => lineMarks(group, { index, of: groups.length, scale })),
    ...nameMarks(groups, { frame, drawing }),
  ];
  const element = sketch(marks, { document: drawing.context.document, width, height });
  return pictureText([{ element }], { ...caption, width, height });
}

/** The limits of all intervals, with a little air. */
function heightRange(points: readonly { lower: number; upper: number }[]): readonly [number, number] {
  const ends = points.flatMap(({ lower, upper }) => [lower, upper]).filter(Number.isFinite);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const air = high > low ? 0.08 * (high - low) : 0.5;
  return [low - air, high + air];
}

/** Lines a little apart, so that their intervals do not lie on each other. */
function lineMarks(
  group: LastWaveGroup,
  place: { readonly index: number; readonly of: number; readonly scale: ChartScale },
): readonly Markish[] {
  const { index, of, scale } = place;
  const aside = 5 * (index - (of - 1) / 2);
  const points = backwards(group).map((point) => ({
    x: scale.x(-point.before) + aside,
    y: scale.y(point.mean),
    y1: scale.y(point.lower),
    y2: scale.y(point.upper),
  }));
  const colour = group.stayed ? "ink" : "mark";
  const shape = leaverShapes[index % leaverShapes.length] ?? "circle";
  const dash = leaverDashes[index % leaverDashes.length] ?? "2 5";
  return [
    polyline(points, { stroke: colour, width: group.stayed ? 3 : 2, ...(group.stayed ? {} : { dash }) }),
    strokes(
      points.map(({ x, y1, y2 }) => ({ x1: x, x2: x, y1, y2 })),
      { stroke: colour, width: 1.75 },
    ),
    dots(points, { colour, shape, radius: 4.5, hollow: !group.stayed, rimless: true }),
  ];
}

function nameLines(group: LastWaveGroup, drawing: Drawing): readonly string[] {
  const stayed = group.stayed ? `, ${figureText(drawing.context).stayed}` : "";
  if (drawing.size === "wide") return [`${nameOf(group, drawing.context)}${stayed}`];
  return [...wrapText(group.label, 104), `${formatCount(group.people, drawing.context.language)}${stayed}`];
}

/** Names at the end of the lines, moved apart, with a thin line to the end they belong to. */
function nameMarks(
  groups: readonly LastWaveGroup[],
  place: { readonly frame: ChartFrame; readonly drawing: Drawing },
): readonly Markish[] {
  const { frame, drawing } = place;
  const text = figureText(drawing.context);
  const scale = chartScale(frame);
  const ends = groups.map((group) => scale.y(backwards(group).at(-1)?.mean ?? Number.NaN));
  const heights = spreadApart(ends, drawing.size === "wide" ? 24 : 42, [frame.top, frame.bottom]);
  const x = frame.right + 14;
  const lines = groups.flatMap((group, index) => {
    const words = nameLines(group, drawing);
    const first = (heights[index] ?? 0) - 9 * (words.length - 1);
    return words.map((word, line) => ({ x, y: first + 18 * line, text: word, stayed: group.stayed }));
  });
  const heading = `${text.lastAnswer} \u00b7 ${text.lowPeople}`;
  const heads = drawing.size === "wide" ? [heading] : wrapText(heading, 116, 14);
  const above = heads.map((head, line) => ({
    x,
    y: frame.top - 20 - 18 * (heads.length - 1 - line),
    text: head,
  }));
  const leaders = ends.map((end, index) => ({
    x1: frame.right - 2,
    x2: x - 4,
    y1: end,
    y2: heights[index] ?? end,
  }));
  return [
    labels(above, { anchor: "start", size: 14 }),
    strokes(leaders, { stroke: "edge" }),
    labels(
      lines.filter(({ stayed }) => stayed),
      { anchor: "start", fill: "ink", weight: 650 },
    ),
    labels(
      lines.filter(({ stayed }) => !stayed),
      { anchor: "start" },
    ),
  ];
}
