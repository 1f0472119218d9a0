import type { Markish } from "@observablehq/plot";
import { assembleForTeam, type Caption, type Size } from "../assemble.ts";
import { type ChartFrame, chartScale, heightMarks } from "../chart.ts";
import { notEnoughForTeam } from "../not-enough.ts";
import { digitsFor, formatCount, formatNumber } from "../numbers.ts";
import { dots, labels, sketch, strokes } from "../sketch.ts";
import { pictureText } from "../svg.ts";
import { isWhole, wrapText } from "../text.ts";
import type { FigureContext, Interval, TeamFigure, Words } from "../types.ts";
import { figureText } from "../words.ts";
import { evenSample } from "./sample.ts";

type PersonalSlope = Interval & { readonly reliability: number };

export interface CaterpillarData {
  /** One person's slope each; any order; at most 120 are drawn, evenly taken by rank. */
  readonly slopes: readonly PersonalSlope[];
  readonly mean: number;
  readonly lowLabel: string;
  readonly highLabel: string;
  readonly unit: string;
}

const most = { wide: 120, narrow: 60 } as const;

/**
 * Personal slopes in order with their intervals, for the study team.
 *
 * A slope whose reliability is below 0.5 is grey and has a smaller dot: that person cannot be told from the others.
 */
export function caterpillar(data: CaterpillarData, words: Words, context: FigureContext): TeamFigure {
  const text = figureText(context);
  const id = words.id ?? "caterpillar";
  const columns = [text.person, `${text.estimate} (${data.unit})`, text.interval, text.reliability];
  const slopes = data.slopes.filter(isWhole).sort((a, b) => a.estimate - b.estimate);
  if (slopes.length === 0 || !Number.isFinite(data.mean)) {
    return notEnoughForTeam(id, words, { columns, rows: [] }, context);
  }
  const digits = digitsFor(slopes);
  const number = (value: number): string => formatNumber(value, digits, context.language);
  const rows = evenSample(slopes, most.wide).map((slope, index) => [
    index + 1,
    number(slope.estimate),
    `${number(slope.lower)} ${text.to} ${number(slope.upper)}`,
    formatNumber(slope.reliability, 2, context.language),
  ]);
  const reliable = slopes.filter((slope) => slope.reliability >= 0.5).length;
  const [first, last] = [slopes[0]?.estimate ?? Number.NaN, slopes.at(-1)?.estimate ?? Number.NaN];
  const alt = `${formatCount(slopes.length, context.language)} ${text.lowPeople}: ${number(first)} ${text.to} ${number(last)}. ${text.overallMean} ${number(data.mean)}. ${text.greyBelow}: ${slopes.length - reliable} ${text.of} ${slopes.length}.`;
  return assembleForTeam({ id, alt, table: { columns, rows } }, words, (size, caption) =>
    draw({ ...data, slopes }, { size, context }, caption),
  );
}

function draw(
  data: CaterpillarData,
  drawing: { readonly size: Size; readonly context: FigureContext },
  caption: Caption,
): string {
  const text = figureText(drawing.context);
  const width = drawing.size === "wide" ? 900 : 340;
  const slopes = evenSample(data.slopes, most[drawing.size]);
  const count = formatCount(data.slopes.length, drawing.context.language);
  const key = wrapText(`${text.greyBelow}. ${slopes.length} ${text.drawnOf} ${count}.`, width - 8);
  const bottom = 390;
  const height = bottom + 36 + 20 * key.length;
  const frame: ChartFrame = {
    left: 56,
    right: width - 8,
    top: 46,
    bottom,
    x: [-1, slopes.length],
    y: limits(slopes),
  };
  const scale = chartScale(frame);
  const mean = scale.y(data.mean);
  const marks = [
    ...heightMarks(frame, data.highLabel, drawing.context),
    strokes([{ x1: frame.left, x2: frame.right, y1: scale.y(0), y2: scale.y(0) }], { stroke: "ink-3" }),
    strokes([{ x1: frame.left, x2: frame.right, y1: mean, y2: mean }], {
      stroke: "within",
      dash: "7 5",
      width: 1.75,
    }),
    ...slopeMarks(slopes, scale),
    labels([{ x: 2, y: bottom + 16, text: `\u2193 ${data.lowLabel}` }], { anchor: "start" }),
    labels(
      key.map((line, index) => ({ x: 2, y: bottom + 42 + 20 * index, text: line })),
      { anchor: "start" },
    ),
  ];
  const element = sketch(marks, { document: drawing.context.document, width, height });
  return pictureText([{ element }], { ...caption, width, height });
}

function limits(slopes: readonly PersonalSlope[]): readonly [number, number] {
  const low = Math.min(0, ...slopes.map(({ lower }) => lower));
  const high = Math.max(0, ...slopes.map(({ upper }) => upper));
  return high > low ? [low, high] : [low - 1, high + 1];
}

function slopeMarks(
  slopes: readonly PersonalSlope[],
  scale: { readonly x: (value: number) => number; readonly y: (value: number) => number },
): readonly Markish[] {
  const placed = slopes.map((slope, index) => ({
    x: scale.x(index),
    y: scale.y(slope.estimate),
    x1: scale.x(index),
    x2: scale.x(index),
    y1: scale.y(slope.lower),
    y2: scale.y(slope.upper),
    reliable: slope.reliability >= 0.5,
  }));
  const told = placed.filter(({ reliable }) => reliable);
  const grey = placed.filter(({ reliable }) => !reliable);
  return [
    strokes(grey, { stroke: "line", width: 1.5 }),
    dots(grey, { colour: "edge", shape: "circle", radius: 1.6, rimless: true }),
    strokes(told, { stroke: "within", width: 1.5 }),
    dots(told, { colour: "within", shape: "circle", radius: 2.6, rimless: true }),
  ];
}
