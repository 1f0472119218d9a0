import type { Markish } from "@observablehq/plot";
import { fewTicks, formatTick } from "./numbers.ts";
import { boxes, labels, strokes } from "./sketch.ts";
import { textWidth } from "./text.ts";
import type { FigureContext } from "./types.ts";

/** A shaded limit, labelled in words. */
export interface ForestZone {
  readonly lower: number;
  readonly upper: number;
  readonly label: string;
}

export interface IntervalAxis {
  /** Shaded limits; any order. */
  readonly zones: readonly ForestZone[];
  /** What left of zero means, for example "less pain". */
  readonly lowLabel: string;
  readonly highLabel: string;
}

/** Where an axis across with its shaded limits stands, in pixels. */
export interface AxisLayout {
  readonly domain: readonly [number, number];
  readonly scale: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  /** Foot of the axis. */
  readonly bottom: number;
  readonly zones: readonly ForestZone[];
  /** From where to where the line at zero runs: not through words. */
  readonly zeroSpans: readonly (readonly [number, number])[];
}

/** Height of the name of one limit, in pixels. */
export const zoneRow = 24;

/** Widest first, cut to the axis. */
export function visibleZones(
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

/** A line of words for each limit, kept inside the axis. */
function zoneLines(
  zones: readonly ForestZone[],
  axis: Pick<AxisLayout, "left" | "right" | "scale">,
): readonly { readonly x: number; readonly y: number; readonly text: string }[] {
  return zones.map((zone, index) => {
    const half = Math.max(96, textWidth(zone.label) / 2);
    const middle = (axis.scale(zone.lower) + axis.scale(zone.upper)) / 2;
    const x = Math.min(Math.max(middle, axis.left + half), axis.right - half);
    return { x, y: 14 + index * zoneRow, text: zone.label };
  });
}

/** The limits as shades, each under its name. */
export function zoneMarks(layout: AxisLayout): readonly Markish[] {
  const { zones, scale, top, bottom } = layout;
  const names = zoneLines(zones, layout);
  return zones.flatMap((zone, index) => {
    const [x1, x2] = [scale(zone.lower), scale(zone.upper)];
    const innermost = index === zones.length - 1;
    const under = 25 + index * zoneRow;
    return [
      boxes([{ x1, x2, y1: top, y2: bottom }], { fill: innermost ? "zone-2" : "zone" }),
      strokes([{ x1, x2, y1: under, y2: under }], { stroke: innermost ? "ink-3" : "edge", width: 1.25 }),
      labels(names.slice(index, index + 1)),
    ];
  });
}

/** Foot line, zero, ticks, and what the two directions mean. */
export function axisMarks(
  axis: IntervalAxis,
  layout: AxisLayout,
  context: FigureContext,
): readonly Markish[] {
  const { scale, bottom, domain, left, right } = layout;
  const zero = scale(0);
  const ticks = fewTicks(domain).map((value) => ({
    x: scale(value),
    y: bottom + 17,
    text: formatTick(value, { signed: true, language: context.language ?? "en" }),
  }));
  return [
    strokes([{ x1: left, x2: right, y1: bottom, y2: bottom }], { stroke: "grid" }),
    strokes(
      layout.zeroSpans.map(([y1, y2]) => ({ x1: zero, x2: zero, y1, y2 })),
      { stroke: "ink-3", width: 1.25 },
    ),
    labels(ticks),
    labels([{ x: left, y: bottom + 42, text: `\u2190 ${axis.lowLabel}` }], { anchor: "start" }),
    labels([{ x: right, y: bottom + 42, text: `${axis.highLabel} \u2192` }], { anchor: "end" }),
  ];
}
