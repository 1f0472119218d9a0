import type { Markish } from "@observablehq/plot";
import { assemble, type Size } from "./assemble.ts";
import { type ChartScale, chartScale, heightMarks, waveMarks } from "./chart.ts";
import { rowStyles } from "./intervals.ts";
import { meanMarks, runsOf } from "./mean-marks.ts";
import { notEnough } from "./not-enough.ts";
import { formatNumber } from "./numbers.ts";
import { labels, ribbon, sketch } from "./sketch.ts";
import { type Part, pictureText } from "./svg.ts";
import { formatShare } from "./text.ts";
import type { Figure, FigureContext, ForestRow, Words } from "./types.ts";
import { figureText } from "./words.ts";

/** A mean with its 95 % interval, the number of answers, and the bounds between which shares of them lie. */
export interface BandPoint {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  /** Widest first, for example the middle 80 % and the middle 50 % of answers. */
  readonly bands: readonly { readonly lower: number; readonly upper: number }[];
}

export interface BandGroup {
  readonly label: string;
  readonly role: ForestRow["role"];
  /** One entry a wave, in order; `null` for a wave with fewer than ten answers, which is a gap. */
  readonly points: readonly (BandPoint | null)[];
}

export interface MeanBandsData {
  readonly waves: readonly string[];
  readonly yLabel: string;
  readonly yRange: readonly [number, number];
  /** What the bands hold, widest first, as shares of answers: `[0.8, 0.5]`. */
  readonly shares: readonly number[];
  readonly groups: readonly BandGroup[];
}

/** Means by wave with their 95 % intervals, and the bands that hold most answers: a panel for each group, on one scale. */
export function meanBands(data: MeanBandsData, words: Words, context: FigureContext): Figure {
  const text = figureText(context);
  const id = words.id ?? "mean-bands";
  const share = (value: number): string => formatShare(value, context.language);
  const bandNames = data.shares.map((value) => `${text.middle} ${share(value)}`);
  const columns = [text.group, text.wave, text.mean, text.interval, ...bandNames, text.answers];
  const groups = data.groups.filter((group) => group.points.some((point) => point !== null));
  const table = { columns, rows: groups.flatMap((group) => tableRows(group, data, context)) };
  const span = data.yRange[1] - data.yRange[0];
  if (groups.length === 0 || !(span > 0)) return notEnough(id, words, table, context);
  const alt = groups.map((group) => sentence(group, data, context)).join(" ");
  const key = text.bandsKey.replace("{shares}", data.shares.map(share).join(` ${text.and} `));
  return assemble({ id, alt, table }, words, (size, caption) => {
    const parts = placePanels({ ...data, groups }, size, context);
    const foot = Math.max(...parts.map((part) => part.y + part.height));
    const width = size === "wide" ? 900 : 340;
    const keyMark = labels(data.shares.length > 0 ? [{ x: 2, y: 14, text: key }] : [], { anchor: "start" });
    const keyPart = {
      element: sketch([keyMark], { document: context.document, width, height: 28 }),
      x: 0,
      y: foot,
    };
    return pictureText([...parts, keyPart], { ...caption, width, height: foot + 28 });
  });
}

function tableRows(group: BandGroup, data: MeanBandsData, context: FigureContext): Figure["table"]["rows"] {
  const { to } = figureText(context);
  const number = (value: number): string => formatNumber(value, 2, context.language);
  const range = (bounds: { lower: number; upper: number }): string =>
    `${number(bounds.lower)} ${to} ${number(bounds.upper)}`;
  return data.waves.map((wave, index) => {
    const point = group.points[index] ?? null;
    const bands = data.shares.map((_, band) => {
      const bounds = point?.bands[band];
      return bounds === undefined ? null : range(bounds);
    });
    if (point === null) return [group.label, wave, null, null, ...bands, null];
    return [group.label, wave, number(point.mean), range(point), ...bands, point.count];
  });
}

function sentence(group: BandGroup, data: MeanBandsData, context: FigureContext): string {
  const means = data.waves.map((wave, index) => {
    const point = group.points[index];
    return `${wave} ${point ? formatNumber(point.mean, 2, context.language) : "–"}`;
  });
  return `${group.label === "" ? "" : `${group.label}: `}${means.join(", ")}.`;
}

interface PlacedPanel extends Part {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

function placePanels(data: MeanBandsData, size: Size, context: FigureContext): readonly PlacedPanel[] {
  const perRow = size === "wide" ? Math.min(3, data.groups.length) : 1;
  const gap = 28;
  const width = size === "wide" ? (900 - gap * (perRow - 1)) / perRow : 340;
  const height = size === "wide" ? 330 : 300;
  return data.groups.map((group, index) => ({
    element: drawPanel(group, data, { width, height, context }),
    x: (index % perRow) * (width + gap),
    y: Math.floor(index / perRow) * (height + 14),
    height,
  }));
}

function drawPanel(
  group: BandGroup,
  data: MeanBandsData,
  drawing: { readonly width: number; readonly height: number; readonly context: FigureContext },
): Element {
  const { width, height, context } = drawing;
  const named = group.label !== "";
  const last = Math.max(1, data.waves.length - 1);
  const frame = {
    left: 34,
    right: width - 8,
    top: named ? 74 : 46,
    bottom: height - 34,
    x: [-0.4, last + 0.4] as const,
    y: data.yRange,
  };
  const scale = chartScale(frame);
  const style = rowStyles[group.role];
  const room = scale.x(1) - scale.x(0);
  const marks = [
    ...heightMarks(frame, data.yLabel, context),
    ...bandMarks(group, data.shares.length, scale),
    ...meanMarks(group.points, scale, style),
    waveMarks(data.waves, { x: scale.x, y: frame.bottom + 18, room }),
    labels(named ? [{ x: 2, y: 12, text: group.label }] : [], {
      anchor: "start",
      fill: style.colour,
      weight: 700,
      size: 18,
    }),
  ];
  return sketch(marks, { document: context.document, width, height });
}

/** Each band as ribbons between waves with answers; a wave alone is a short block. */
function bandMarks(group: BandGroup, bands: number, scale: ChartScale): readonly Markish[] {
  return Array.from({ length: bands }, (_, band) => band).flatMap((band) =>
    runsOf(group.points).map((run) => {
      const edges = run.flatMap(({ index, point }) => {
        const bounds = point.bands[band];
        if (bounds === undefined) return [];
        const edge = { lower: scale.y(bounds.lower), upper: scale.y(bounds.upper) };
        const places = run.length === 1 ? [index - 0.12, index + 0.12] : [index];
        return places.map((place) => ({ x: scale.x(place), ...edge }));
      });
      return ribbon(edges, { fill: rowStyles[group.role].colour, opacity: 0.14 });
    }),
  );
}
