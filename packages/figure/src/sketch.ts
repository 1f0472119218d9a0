import * as Plot from "@observablehq/plot";
import { role } from "./svg.ts";
import type { ColourRole } from "./tokens/index.ts";

/** A flat drawing surface in its own units: pixels by default, data units where a domain is given. */
export interface SketchOptions {
  readonly document: Document;
  readonly width: number;
  readonly height: number;
  readonly margins?: {
    readonly top?: number;
    readonly right?: number;
    readonly bottom?: number;
    readonly left?: number;
  };
  /** Data limits across; pixels when absent. */
  readonly x?: readonly [number, number];
  /** Data limits upwards; pixels from the top when absent. */
  readonly y?: readonly [number, number];
}

/** Draws marks with Observable Plot, without its own axes: ours have few ticks and words at their end. */
export function sketch(marks: readonly Plot.Markish[], options: SketchOptions): Element {
  const { document, width, height, margins = {}, x = [0, width], y } = options;
  const { top = 0, right = 0, bottom = 0, left = 0 } = margins;
  return Plot.plot({
    document,
    width,
    height,
    marginTop: top,
    marginRight: right,
    marginBottom: bottom,
    marginLeft: left,
    x: { type: "linear", domain: [...x], range: [left, width - right], axis: null },
    y: {
      type: "linear",
      domain: y === undefined ? [0, height] : [...y],
      range: y === undefined ? [0, height] : [height - bottom, top],
      axis: null,
    },
    color: { type: "identity" },
    opacity: { type: "identity" },
    r: { type: "identity" },
    marks: [...marks],
  });
}

export interface TextStyle {
  readonly fill?: ColourRole;
  readonly size?: number;
  readonly weight?: number;
  readonly anchor?: "start" | "middle" | "end";
  /** A rim in this colour that keeps words readable over marks. */
  readonly halo?: ColourRole;
  readonly dx?: number;
  readonly dy?: number;
}

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Words at places, in one style. */
export function labels(data: readonly Label[], style: TextStyle = {}): Plot.Markish {
  return Plot.text([...data], {
    x: "x",
    y: "y",
    text: "text",
    fill: role(style.fill ?? "ink-2"),
    fontSize: style.size ?? 15,
    fontWeight: style.weight ?? 400,
    textAnchor: style.anchor ?? "middle",
    lineAnchor: "middle",
    dx: style.dx ?? 0,
    dy: style.dy ?? 0,
    ...(style.halo === undefined
      ? {}
      : { stroke: role(style.halo), strokeWidth: 6, strokeLinejoin: "round" }),
  });
}

/** Straight strokes from (x1, y1) to (x2, y2). */
export function strokes(
  data: readonly { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }[],
  style: { readonly stroke: ColourRole; readonly width?: number; readonly dash?: string },
): Plot.Markish {
  return Plot.link([...data], {
    x1: "x1",
    y1: "y1",
    x2: "x2",
    y2: "y2",
    stroke: role(style.stroke),
    strokeWidth: style.width ?? 1,
    strokeLinecap: style.dash === undefined ? "butt" : "round",
    ...(style.dash === undefined ? {} : { strokeDasharray: style.dash }),
  });
}

export interface Box {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

/** Filled boxes of one role. */
export function boxes(
  data: readonly Box[],
  style: { readonly fill: ColourRole; readonly radius?: number; readonly inset?: number },
): Plot.Markish {
  return Plot.rect([...data], {
    x1: "x1",
    x2: "x2",
    y1: "y1",
    y2: "y2",
    fill: role(style.fill),
    inset: style.inset ?? 0,
    ...(style.radius === undefined ? {} : { rx: style.radius }),
  });
}

/** Boxes of one role, each as dark as its share of 1. */
export function shades(
  data: readonly (Box & { readonly share: number })[],
  style: { readonly fill: ColourRole },
): Plot.Markish {
  return Plot.rect([...data], {
    x1: "x1",
    x2: "x2",
    y1: "y1",
    y2: "y2",
    fill: role(style.fill),
    fillOpacity: "share",
    inset: 0,
  });
}

export type MarkShape = "circle" | "diamond" | "square";

/** Marks at places; hollow ones are filled with the surface colour. */
export function dots(
  data: readonly { readonly x: number; readonly y: number }[],
  style: {
    readonly colour: ColourRole;
    readonly shape: MarkShape;
    readonly radius?: number;
    readonly hollow?: boolean;
    /** No rim in the colour of the surface, which would eat a short line under the mark. */
    readonly rimless?: boolean;
  },
): Plot.Markish {
  return Plot.dot([...data], {
    x: "x",
    y: "y",
    r: style.radius ?? 5.5,
    symbol: style.shape,
    fill: role(style.hollow === true ? "surface" : style.colour),
    stroke: style.hollow === true ? role(style.colour) : style.rimless === true ? "none" : role("surface"),
    strokeWidth: style.hollow === true ? 2.25 : 1.5,
  });
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line through points in order. */
export function polyline(
  points: readonly Point[],
  style: {
    readonly stroke: ColourRole;
    readonly width?: number;
    readonly dash?: string;
    readonly opacity?: number;
  },
): Plot.Markish {
  return Plot.line([...points], {
    x: "x",
    y: "y",
    stroke: role(style.stroke),
    strokeWidth: style.width ?? 2,
    strokeLinejoin: "round",
    ...(style.dash === undefined ? {} : { strokeDasharray: style.dash }),
    ...(style.opacity === undefined ? {} : { strokeOpacity: style.opacity }),
  });
}

/** A filled shape between a lower and an upper line. */
export function ribbon(
  points: readonly { readonly x: number; readonly lower: number; readonly upper: number }[],
  style: { readonly fill: ColourRole; readonly opacity: number },
): Plot.Markish {
  return Plot.areaY([...points], {
    x: "x",
    y1: "lower",
    y2: "upper",
    fill: role(style.fill),
    fillOpacity: style.opacity,
  });
}

/** A closed, filled shape through corners. */
function polygon(corners: readonly Point[], fill: ColourRole): Plot.Markish {
  return Plot.line([...corners], {
    x: "x",
    y: "y",
    curve: "linear-closed",
    fill: role(fill),
    stroke: "none",
  });
}

/** Boxes with an edge, filled with the surface so that lines under them do not show. */
export function frames(
  data: readonly Box[],
  style: {
    readonly stroke: ColourRole;
    readonly width?: number;
    readonly radius?: number;
    readonly dash?: string;
  },
): Plot.Markish {
  return Plot.rect([...data], {
    x1: "x1",
    x2: "x2",
    y1: "y1",
    y2: "y2",
    fill: role("surface"),
    stroke: role(style.stroke),
    strokeWidth: style.width ?? 1.5,
    ...(style.radius === undefined ? {} : { rx: style.radius }),
    ...(style.dash === undefined ? {} : { strokeDasharray: style.dash }),
  });
}

/** A straight line with a head at its end, in pixels. */
export function arrow(
  from: Point,
  to: Point,
  style: { readonly stroke: ColourRole; readonly width?: number; readonly dash?: string },
): readonly Plot.Markish[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (!(length > 0)) return [];
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const back = (distance: number, aside: number): Point => ({
    x: to.x - distance * along.x - aside * along.y,
    y: to.y - distance * along.y + aside * along.x,
  });
  const foot = back(9, 0);
  return [
    strokes([{ x1: from.x, y1: from.y, x2: foot.x, y2: foot.y }], style),
    polygon([to, back(12, 5.5), back(12, -5.5)], style.stroke),
  ];
}
