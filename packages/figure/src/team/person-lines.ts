import { assembleForTeam, type Caption, type Size } from "../assemble.ts";
import { type ChartFrame, type ChartScale, chartScale, heightMarks } from "../chart.ts";
import { notEnoughForTeam } from "../not-enough.ts";
import { fewTicks, formatCount, formatNumber, formatTick } from "../numbers.ts";
import { dots, labels, polyline, sketch } from "../sketch.ts";
import { pictureText } from "../svg.ts";
import { wrapText } from "../text.ts";
import type { FigureContext, TeamFigure, Words } from "../types.ts";
import { figureText } from "../words.ts";
import { evenSample } from "./sample.ts";

/** A person's own line over the range they were seen in, through their own means. */
export interface PersonLine {
  readonly x1: number;
  readonly x2: number;
  readonly mean: { readonly x: number; readonly y: number };
  readonly slope: number;
}

export interface PersonLinesData {
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  /** At most 60 are drawn, evenly taken. */
  readonly people: readonly PersonLine[];
  /** How many people they were taken from; all that are given by default. */
  readonly total?: number;
  /** The line between people. */
  readonly between: { readonly slope: number; readonly intercept: number };
  /** The within-person line of the typical person, through a point. */
  readonly typical: { readonly slope: number; readonly x: number; readonly y: number };
}

const mostLines = 60;

/** People's own means and lines with the two slopes that the model tells apart: each thin line is a person, so for the study team. */
export function personLines(data: PersonLinesData, words: Words, context: FigureContext): TeamFigure {
  const text = figureText(context);
  const id = words.id ?? "person-lines";
  const number = (value: number): string => formatNumber(value, 3, context.language);
  const table = {
    columns: [text.what, text.slopePerPoint],
    rows: [
      [text.betweenLine, number(data.between.slope)],
      [text.typicalLine, number(data.typical.slope)],
    ],
  };
  const people = data.people.filter(({ x1, x2, mean, slope }) =>
    [x1, x2, mean.x, mean.y, slope].every(Number.isFinite),
  );
  if (people.length === 0) return notEnoughForTeam(id, words, { ...table, rows: [] }, context);
  const lines = evenSample(people, mostLines);
  const total = formatCount(data.total ?? people.length, context.language);
  const drawn = `${lines.length} ${text.drawnOf} ${total}`;
  const alt = `${table.rows.map(([what, slope]) => `${what} ${slope}`).join(". ")}. ${drawn}.`;
  return assembleForTeam({ id, alt, table }, words, (size, caption) =>
    draw({ ...data, people: lines }, drawn, { size, context }, caption),
  );
}

function draw(
  data: PersonLinesData,
  drawn: string,
  drawing: { readonly size: Size; readonly context: FigureContext },
  caption: Caption,
): string {
  const { context } = drawing;
  const text = figureText(context);
  const width = drawing.size === "wide" ? 900 : 340;
  const frame: ChartFrame = {
    left: 44,
    right: width - 12,
    top: 46,
    bottom: 400,
    x: data.xRange,
    y: data.yRange,
  };
  const scale = chartScale(frame);
  const key = wrapText(
    `${text.ownLine}. ${text.ownMeans}. ${text.typicalLine}. ${text.betweenLine}. ${drawn}.`,
    width - 8,
  );
  const ticks = fewTicks(frame.x).map((value) => ({
    x: scale.x(value),
    y: frame.bottom + 18,
    text: formatTick(value, { language: context.language ?? "en" }),
  }));
  const marks = [
    ...heightMarks(frame, data.yLabel, context),
    labels(ticks, { size: 14 }),
    ...personMarks(data, scale),
    ...slopeMarks(data, scale),
    labels([{ x: frame.right, y: frame.bottom + 42, text: `${data.xLabel} \u2192` }], { anchor: "end" }),
    labels(
      key.map((line, index) => ({ x: 2, y: frame.bottom + 70 + 20 * index, text: line })),
      { anchor: "start" },
    ),
  ];
  const height = frame.bottom + 66 + 20 * key.length;
  const element = sketch(marks, { document: context.document, width, height });
  return pictureText([{ element }], { ...caption, width, height });
}

function personMarks({ people }: PersonLinesData, scale: ChartScale) {
  const lines = people.map(({ x1, x2, mean, slope }) =>
    polyline(
      [x1, x2].map((x) => ({ x: scale.x(x), y: scale.y(mean.y + slope * (x - mean.x)) })),
      { stroke: "within", width: 1, opacity: 0.45 },
    ),
  );
  const means = people.map(({ mean }) => ({ x: scale.x(mean.x), y: scale.y(mean.y) }));
  return [...lines, dots(means, { colour: "between", shape: "circle", radius: 2, rimless: true })];
}

function slopeMarks({ between, typical, xRange }: PersonLinesData, scale: ChartScale) {
  const reach = (xRange[1] - xRange[0]) / 5;
  const own = [typical.x - reach, typical.x + reach].map((x) => ({
    x: scale.x(x),
    y: scale.y(typical.y + typical.slope * (x - typical.x)),
  }));
  const across = xRange.map((x) => ({ x: scale.x(x), y: scale.y(between.intercept + between.slope * x) }));
  return [
    polyline(across, { stroke: "between", width: 3, dash: "9 6" }),
    polyline(own, { stroke: "within", width: 4 }),
  ];
}
