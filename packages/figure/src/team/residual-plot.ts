import { assembleForTeam, type Caption, type Size } from "../assemble.ts";
import { type ChartFrame, chartScale, heightMarks } from "../chart.ts";
import { notEnoughForTeam } from "../not-enough.ts";
import { fewTicks, formatCount, formatNumber, formatTick } from "../numbers.ts";
import { dots, labels, type Point, sketch, strokes } from "../sketch.ts";
import { pictureText } from "../svg.ts";
import type { FigureContext, TeamFigure, Words } from "../types.ts";
import { figureText } from "../words.ts";
import { evenSample } from "./sample.ts";

export interface ResidualPlotData {
  /** Standardised residuals in order beside the quantiles of a normal law. */
  readonly quantiles: readonly { readonly theoretical: number; readonly residual: number }[];
  readonly points: readonly { readonly fitted: number; readonly residual: number }[];
}

const mostPoints = 400;

/** Residuals against a normal law and against the fitted value, for the study team; at most 400 points each. */
export function residualPlot(data: ResidualPlotData, words: Words, context: FigureContext): TeamFigure {
  const text = figureText(context);
  const id = words.id ?? "residual-plot";
  const columns = [text.expectedQuantile, text.residual];
  const quantiles = wholePoints(
    data.quantiles.map(({ theoretical, residual }) => ({ x: theoretical, y: residual })),
  );
  const fitted = wholePoints(data.points.map(({ fitted: x, residual: y }) => ({ x, y })));
  if (quantiles.length < 2 || fitted.length < 2) {
    return notEnoughForTeam(id, words, { columns, rows: [] }, context);
  }
  const number = (value: number): string => formatNumber(value, 2, context.language);
  const rows = evenSample(quantiles, 21).map(({ x, y }) => [number(x), number(y)]);
  const alt = `${text.quantilePlot}: ${rows.map(([x, y]) => `${x} ${text.to} ${y}`).join("; ")}.`;
  return assembleForTeam({ id, alt, table: { columns, rows } }, words, (size, caption) =>
    draw({ quantiles, fitted }, { size, context }, caption),
  );
}

function wholePoints(points: readonly Point[]): readonly Point[] {
  return points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)).sort((a, b) => a.x - b.x);
}

interface Drawing {
  readonly size: Size;
  readonly context: FigureContext;
}

function draw(
  data: { readonly quantiles: readonly Point[]; readonly fitted: readonly Point[] },
  drawing: Drawing,
  caption: Caption,
): string {
  const wide = drawing.size === "wide";
  const text = figureText(drawing.context);
  const width = wide ? 436 : 340;
  const panel = (points: readonly Point[], title: string, xLabel: string, diagonal: boolean): Element =>
    drawPanel(points, { title, xLabel, diagonal, width }, drawing.context);
  const first = { element: panel(data.quantiles, text.quantilePlot, text.expectedQuantile, true) };
  const second = { element: panel(data.fitted, text.fittedPlot, text.fitted, false) };
  const placed = wide ? { ...second, x: 464 } : { ...second, y: panelHeight + 20 };
  const size = wide ? { width: 900, height: panelHeight } : { width: 340, height: 2 * panelHeight + 20 };
  return pictureText([first, placed], { ...caption, ...size });
}

const panelHeight = 390;

function drawPanel(
  points: readonly Point[],
  panel: {
    readonly title: string;
    readonly xLabel: string;
    readonly diagonal: boolean;
    readonly width: number;
  },
  context: FigureContext,
): Element {
  const text = figureText(context);
  const frame: ChartFrame = {
    left: 44,
    right: panel.width - 10,
    top: 76,
    bottom: panelHeight - 62,
    x: rangeOf(points.map(({ x }) => x)),
    y: rangeOf(points.map(({ y }) => y)),
  };
  const scale = chartScale(frame);
  const drawn = evenSample(points, mostPoints);
  const language = context.language ?? "en";
  const ticks = fewTicks(frame.x).map((value) => ({
    x: scale.x(value),
    y: frame.bottom + 18,
    text: formatTick(value, { language }),
  }));
  const low = Math.max(frame.x[0], frame.y[0]);
  const high = Math.min(frame.x[1], frame.y[1]);
  const line = panel.diagonal
    ? { x1: scale.x(low), y1: scale.y(low), x2: scale.x(high), y2: scale.y(high) }
    : { x1: frame.left, y1: scale.y(0), x2: frame.right, y2: scale.y(0) };
  const count = `${drawn.length} ${text.drawnOf} ${formatCount(points.length, language)}`;
  const marks = [
    ...heightMarks(frame, text.residual, context),
    labels(ticks, { size: 14 }),
    dots(
      drawn.map(({ x, y }) => ({ x: scale.x(x), y: scale.y(y) })),
      {
        colour: "mark",
        shape: "circle",
        radius: 2,
        rimless: true,
      },
    ),
    strokes([line], { stroke: "ink", width: 1.5 }),
    labels([{ x: 2, y: 12, text: panel.title }], { anchor: "start", fill: "ink", weight: 650, size: 17 }),
    labels([{ x: 2, y: 34, text: count }], { anchor: "start", size: 14 }),
    labels([{ x: frame.right, y: frame.bottom + 42, text: `${panel.xLabel} \u2192` }], { anchor: "end" }),
  ];
  return sketch(marks, { document: context.document, width: panel.width, height: panelHeight });
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = high > low ? 0.05 * (high - low) : 1;
  return [low - air, high + air];
}
