import type { Markish } from "@observablehq/plot";
import { fewTicks, formatTick } from "./numbers.ts";
import { type Label, labels, strokes } from "./sketch.ts";
import { textWidth } from "./text.ts";
import type { FigureContext } from "./types.ts";

/** A rectangle for data inside a picture, in pixels, with the data limits it shows. */
export interface ChartFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Data to pixels inside a frame; a value beyond the limits stands at the edge. */
export interface ChartScale {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** The scale of a frame. */
export function chartScale(frame: ChartFrame): ChartScale {
  const share = (value: number, [low, high]: readonly [number, number]): number =>
    Math.min(1, Math.max(0, (value - low) / (high - low)));
  return {
    x: (value) => frame.left + (frame.right - frame.left) * share(value, frame.x),
    y: (value) => frame.bottom - (frame.bottom - frame.top) * share(value, frame.y),
  };
}

/** Horizontal hairlines with their values at the left, and what is measured above them. */
export function heightMarks(frame: ChartFrame, yLabel: string, context: FigureContext): readonly Markish[] {
  const scale = chartScale(frame);
  const ticks = fewTicks(frame.y);
  const language = context.language ?? "en";
  return [
    strokes(
      ticks.map((value) => ({ x1: frame.left, x2: frame.right, y1: scale.y(value), y2: scale.y(value) })),
      { stroke: "grid" },
    ),
    labels(
      ticks.map((value) => ({ x: frame.left - 8, y: scale.y(value), text: formatTick(value, { language }) })),
      { anchor: "end" },
    ),
    labels([{ x: 2, y: frame.top - 20, text: `\u2191 ${yLabel}` }], { anchor: "start" }),
  ];
}

/** Names of waves under their places; their numbers alone where the names would touch. */
export function waveMarks(
  waves: readonly string[],
  place: { readonly x: (index: number) => number; readonly y: number; readonly room: number },
): Markish {
  const fits = waves.every((wave) => textWidth(wave, 14) <= place.room - 4);
  const names: readonly Label[] = waves.map((wave, index) => ({
    x: place.x(index),
    y: place.y,
    text: fits ? wave : String(index + 1),
  }));
  return labels(names, { size: 14 });
}
