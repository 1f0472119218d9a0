import type { Markish } from "@observablehq/plot";
import { assemble, type Caption, type Size } from "./assemble.ts";
import {
  type AxisLayout,
  axisMarks,
  type ForestZone,
  visibleZones,
  zoneMarks,
  zoneRow,
} from "./interval-axis.ts";
import { notEnough } from "./not-enough.ts";
import { formatNumber } from "./numbers.ts";
import { labels, polyline, ribbon, sketch, strokes } from "./sketch.ts";
import { pictureText } from "./svg.ts";
import { formatShare, wrapText } from "./text.ts";
import type { Figure, FigureContext, Words } from "./types.ts";
import { figureText } from "./words.ts";

/** A share of people expected on one side of a bound, with its 95 % interval where known. */
export interface SlopeShare {
  /** For example "a link larger than our limit". */
  readonly label: string;
  readonly share: number;
  readonly lower?: number;
  readonly upper?: number;
}

/** What a mixed model expects of personal slopes: a normal law, not a count of people. */
export interface SlopeDistributionData {
  readonly mean: number;
  /** Standard deviation of personal slopes between people. */
  readonly stdDev: number;
  /** Reliability of one person's own slope, 0 to 1; below 0.5 the figure is grey and says so; NaN when unknown. */
  readonly reliability: number;
  readonly zones: readonly ForestZone[];
  readonly shares: readonly SlopeShare[];
  readonly lowLabel: string;
  readonly highLabel: string;
  readonly unit: string;
}

/**
 * What the model expects of personal slopes: a bell between people, with the limits shaded and the shares beyond them.
 *
 * Below a reliability of 0.5 the bell is grey, drawn as a dashed line, and a sentence says that one person's slope cannot be told.
 */
export function slopeDistribution(data: SlopeDistributionData, words: Words, context: FigureContext): Figure {
  const text = figureText(context);
  const id = words.id ?? "slope-distribution";
  const columns = [text.what, text.estimate, text.interval];
  const table = { columns, rows: tableRows(data, context) };
  const canDraw = [data.mean, data.stdDev].every(Number.isFinite) && data.stdDev > 0;
  if (!canDraw) return notEnough(id, words, table, context);
  const lines = shareLines(data, context);
  const alt = `${lines.join(". ")}. ${data.unit}.`;
  return assemble({ id, alt, table }, words, (size, caption) =>
    draw(data, lines, { size, context }, caption),
  );
}

function isReliable(data: SlopeDistributionData): boolean {
  return data.reliability >= 0.5;
}

function shareText(share: SlopeShare, context: FigureContext): string {
  const { to } = figureText(context);
  const part = (value: number): string => formatShare(value, context.language);
  if (share.lower === undefined || share.upper === undefined) return part(share.share);
  return `${part(share.share)} (${part(share.lower)} ${to} ${part(share.upper)})`;
}

/** Decimals that show two digits of the spread. */
function slopeDigits(data: SlopeDistributionData): number {
  return Math.min(4, Math.max(2, 1 - Math.floor(Math.log10(data.stdDev))));
}

/** Mean, spread, reliability and shares, in words. */
function shareLines(data: SlopeDistributionData, context: FigureContext): readonly string[] {
  const text = figureText(context);
  const number = (value: number): string => formatNumber(value, slopeDigits(data), context.language);
  return [
    ...data.shares.map((share) => `${share.label}: ${shareText(share, context)}`),
    `${text.mean} ${number(data.mean)}. ${text.standardDeviation}: ${number(data.stdDev)}`,
    `${text.reliability}: ${formatNumber(data.reliability, 2, context.language)}`,
    ...(isReliable(data) ? [] : [text.unreliable.replace(/\.$/, "")]),
  ];
}

function tableRows(data: SlopeDistributionData, context: FigureContext): Figure["table"]["rows"] {
  const text = figureText(context);
  const number = (value: number): string => formatNumber(value, 3, context.language);
  const part = (value: number): string => formatShare(value, context.language);
  const shares = data.shares.map((share) => {
    const { lower, upper } = share;
    const interval =
      lower === undefined || upper === undefined ? null : `${part(lower)} ${text.to} ${part(upper)}`;
    return [`${text.expectedShare}: ${share.label}`, part(share.share), interval];
  });
  return [
    [`${text.mean} (${data.unit})`, number(data.mean), null],
    [text.standardDeviation, number(data.stdDev), null],
    [text.reliability, number(data.reliability), null],
    ...shares,
  ];
}

interface Drawing {
  readonly size: Size;
  readonly context: FigureContext;
}

function draw(
  data: SlopeDistributionData,
  lines: readonly string[],
  drawing: Drawing,
  caption: Caption,
): string {
  const wide = drawing.size === "wide";
  const width = wide ? 900 : 340;
  const layout = axisFor(data, wide ? [90, 810] : [20, 320], wide ? 230 : 190);
  const left = wide ? 90 : 0;
  let y = layout.bottom + 82;
  const written = lines.flatMap((line) => {
    const places = wrapText(line, width - 8).map((text, index) => ({ x: left, y: y + 20 * index, text }));
    y += 20 * places.length + 6;
    return places;
  });
  const marks = [
    ...zoneMarks(layout),
    ...bellMarks(data, layout),
    ...axisMarks(data, layout, drawing.context),
    labels(written, { anchor: "start", fill: "ink" }),
  ];
  const height = y;
  const element = sketch(marks, { document: drawing.context.document, width, height });
  return pictureText([{ element }], { ...caption, width, height });
}

/** The middle 99.8 % of the law, zero and the innermost limit are on the axis. */
function axisFor(
  data: SlopeDistributionData,
  [left, right]: readonly [number, number],
  tall: number,
): AxisLayout {
  const inner = [...data.zones].sort((a, b) => a.upper - a.lower - (b.upper - b.lower))[0];
  const reach = 3.1 * data.stdDev;
  const values = [
    0,
    data.mean - reach,
    data.mean + reach,
    ...(inner === undefined ? [] : [inner.lower, inner.upper]),
  ];
  const domain = [Math.min(...values), Math.max(...values)] as const;
  const zones = visibleZones(data.zones, domain);
  const top = 8 + zones.length * zoneRow;
  const bottom = top + tall;
  const scale = (value: number): number =>
    left + ((right - left) * (value - domain[0])) / (domain[1] - domain[0]);
  return { domain, scale, left, right, top, bottom, zones, zeroSpans: [[top, bottom]] };
}

function bellMarks(data: SlopeDistributionData, layout: AxisLayout): readonly Markish[] {
  const { scale, top, bottom, domain } = layout;
  const reliable = isReliable(data);
  const height = (value: number): number =>
    bottom - (bottom - top - 16) * Math.exp(-(((value - data.mean) / data.stdDev) ** 2) / 2);
  const points = Array.from({ length: 81 }, (_, index) => {
    const value = domain[0] + ((domain[1] - domain[0]) * index) / 80;
    return { x: scale(value), lower: bottom, upper: height(value) };
  });
  const line = points.map(({ x, upper }) => ({ x, y: upper }));
  const colour = reliable ? "within" : "edge";
  const middle = scale(data.mean);
  return [
    ribbon(points, { fill: colour, opacity: reliable ? 0.22 : 0.14 }),
    polyline(line, { stroke: colour, width: 2.5, ...(reliable ? {} : { dash: "6 5" }) }),
    strokes([{ x1: middle, x2: middle, y1: top + 16, y2: bottom }], { stroke: colour, width: 2.25 }),
  ];
}
