import type { Markish } from "@observablehq/plot";
import type { Size } from "./assemble.ts";
import { formatCount } from "./numbers.ts";
import {
  type DiagramPath,
  type DiagramText,
  drawnInterval,
  type PathGroup,
  pathKeys,
  pathName,
} from "./path-text.ts";
import { arrow, boxes, frames, labels, type Point, polyline, sketch } from "./sketch.ts";
import type { Part } from "./svg.ts";
import { includesZero, textWidth, wrapText } from "./text.ts";
import type { ColourRole } from "./tokens/index.ts";
import type { FigureContext } from "./types.ts";

interface PlacedPart extends Part {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Four boxes: two series at two waves; the arrows run between `left` and `right`. */
interface Places {
  readonly boxWidth: number;
  readonly boxHeight: number;
  /** Left edge of the later boxes. */
  readonly laterX: number;
  readonly topY: number;
  readonly bottomY: number;
  readonly nameLines: { readonly x: readonly string[]; readonly y: readonly string[] };
}

interface Drawing {
  readonly text: DiagramText;
  readonly context: FigureContext;
}

/** Where along a crossing arrow its numbers stand: past the crossing, so that each belongs to one arrow. */
const alongCrossing = { wide: 0.7, narrow: 0.76 } as const;

/** One group across the whole width. */
export function wideDiagram(group: PathGroup, text: DiagramText, context: FigureContext): PlacedPart {
  const places = placesFor(text, { boxWidth: 168, laterX: 574, topY: 44, between: 178 });
  const bottom = places.bottomY + places.boxHeight + 34;
  const height = bottom + 14;
  const hasRaw = text.raw(group.xToY) !== undefined;
  const key = [...(hasRaw ? [text.fixed.largeIsStandard] : []), text.fixed.dashedIsZero].join("  ");
  const marks = [
    ...headerMarks(places, text, 200),
    ...arrowMarks(group, places),
    ...boxMarks(places, text.fixed.againstOwnUsual),
    ...numberMarks(group, places, "wide", (path) => [text.main(path), ...optional(text.raw(path))]),
    ...togetherMarks(group, places, text, "beside"),
    labels([{ x: 0, y: bottom, text: key }], { anchor: "start", fill: "ink-2" }),
  ];
  return { element: sketch(marks, { document: context.document, width: 900, height }), x: 0, y: 0, height };
}

/** Every group in a drawing 340 wide: two in a row on a wide page, one under the other on a phone. */
export function compactDiagrams(
  groups: readonly PathGroup[],
  size: Size,
  drawing: Drawing,
): readonly PlacedPart[] {
  const perRow = size === "wide" ? 2 : 1;
  const drawn = groups.map((group) => compactDiagram(group, drawing));
  const rowHeight = Math.max(...drawn.map(({ height }) => height));
  return drawn.map((part, index) => ({
    ...part,
    x: size === "wide" ? 40 + (index % 2) * 480 : 0,
    y: Math.floor(index / perRow) * (rowHeight + 36),
  }));
}

function compactDiagram(group: PathGroup, { text, context }: Drawing): Omit<PlacedPart, "x" | "y"> {
  const title = groupTitle(group, context);
  const { earlier, later } = text.data;
  const headerRows = Math.max(wrapText(earlier, 156).length, wrapText(later, 156).length);
  const places = placesFor(text, {
    boxWidth: 102,
    laterX: 206,
    topY: (title === "" ? 34 : 66) + 18 * headerRows,
    between: 216,
  });
  const bottom = places.bottomY + places.boxHeight;
  const list = rawList(group, text, bottom + 34);
  const marks = [
    labels(title === "" ? [] : [{ x: 0, y: 12, text: title }], {
      anchor: "start",
      fill: "ink",
      size: 17,
      weight: 650,
    }),
    ...headerMarks(places, text, 156),
    ...arrowMarks(group, places),
    ...boxMarks(places, text.fixed.ownUsualShort),
    ...numberMarks(group, places, "narrow", (path) => twoLines(text.main(path))),
    ...togetherMarks(group, places, text, "inside"),
    ...list.marks,
  ];
  const height = list.bottom + 10;
  return { element: sketch(marks, { document: context.document, width: 340, height }), height };
}

function groupTitle(group: PathGroup, context: FigureContext): string {
  if (group.label === "" || group.people === undefined) return group.label;
  return `${group.label} \u00b7 ${formatCount(group.people, context.language)}`;
}

function optional(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}

/** `−0.02 (−0.04 to 0.01)` as an estimate and, under it, its interval. */
function twoLines(numbers: string): readonly string[] {
  const [estimate = "", interval = ""] = numbers.split(" (");
  return [estimate, interval.replace(")", "")];
}

function placesFor(
  text: DiagramText,
  options: {
    readonly boxWidth: number;
    readonly laterX: number;
    readonly topY: number;
    readonly between: number;
  },
): Places {
  const { boxWidth, laterX, topY, between } = options;
  const lines = (name: string): readonly string[] => wrapText(name, boxWidth - 12, 16);
  const nameLines = { x: lines(text.data.xName), y: lines(text.data.yName) };
  const boxHeight = 40 + 20 * Math.max(nameLines.x.length, nameLines.y.length);
  return { boxWidth, boxHeight, laterX, topY, bottomY: topY + boxHeight + between, nameLines };
}

/** Lines above the boxes of one wave: in their middle, or from the edge of the picture when wider than that allows. */
function headerLines(
  text: string,
  middle: number,
  width: number,
): { readonly x: number; readonly lines: readonly string[]; readonly anchor: "start" | "middle" } {
  const lines = wrapText(text, width);
  const half = Math.max(...lines.map((line) => textWidth(line))) / 2;
  return half > middle ? { x: 0, lines, anchor: "start" } : { x: middle, lines, anchor: "middle" };
}

function headerMarks(places: Places, text: DiagramText, width: number): readonly Markish[] {
  const middle = places.boxWidth / 2;
  const heads = [
    headerLines(text.data.earlier, middle, width),
    headerLines(text.data.later, places.laterX + middle, width),
  ];
  return heads.map(({ x, lines, anchor }) =>
    labels(
      lines.map((line, index) => ({ x, y: places.topY - 16 - 18 * (lines.length - 1 - index), text: line })),
      { anchor },
    ),
  );
}

function boxMarks(places: Places, ownUsual: string): readonly Markish[] {
  const { boxWidth, boxHeight, laterX, topY, bottomY, nameLines } = places;
  const corners = [
    { x: 0, y: topY, lines: nameLines.x },
    { x: 0, y: bottomY, lines: nameLines.y },
    { x: laterX, y: topY, lines: nameLines.x },
    { x: laterX, y: bottomY, lines: nameLines.y },
  ];
  const edges = corners.map(({ x, y }) => ({ x1: x + 1, x2: x + boxWidth - 1, y1: y, y2: y + boxHeight }));
  const middle = boxWidth / 2;
  const names = corners.flatMap(({ x, y, lines }) =>
    lines.map((line, index) => ({ x: x + middle, y: y + 19 + 20 * index, text: line })),
  );
  const under = corners.map(({ x, y }) => ({ x: x + middle, y: y + boxHeight - 17, text: ownUsual }));
  return [
    frames(edges, { stroke: "edge", radius: 9 }),
    labels(names, { fill: "ink", size: 16, weight: 650 }),
    labels(under, { size: 14 }),
  ];
}

/** Start and end of each arrow. */
function arrowEnds(
  places: Places,
): Readonly<Record<"xToX" | "yToY" | "xToY" | "yToX", readonly [Point, Point]>> {
  const { boxWidth, boxHeight, laterX, topY, bottomY } = places;
  const [left, right] = [boxWidth + 3, laterX - 3];
  const [topMiddle, bottomMiddle] = [topY + boxHeight / 2, bottomY + boxHeight / 2];
  const [topEdge, bottomEdge] = [topY + boxHeight - 6, bottomY + 6];
  return {
    xToX: [
      { x: left, y: topMiddle },
      { x: right, y: topMiddle },
    ],
    yToY: [
      { x: left, y: bottomMiddle },
      { x: right, y: bottomMiddle },
    ],
    xToY: [
      { x: left, y: topEdge },
      { x: right, y: bottomEdge },
    ],
    yToX: [
      { x: left, y: bottomEdge },
      { x: right, y: topEdge },
    ],
  };
}

function arrowMarks(group: PathGroup, places: Places): readonly Markish[] {
  const ends = arrowEnds(places);
  const draw = (
    path: DiagramPath,
    [from, to]: readonly [Point, Point],
    stroke: ColourRole,
  ): readonly Markish[] =>
    arrow(from, to, { stroke, width: 2.25, ...(includesZero(drawnInterval(path)) ? { dash: "7 6" } : {}) });
  return [
    ...draw(group.xToX, ends.xToX, "mark"),
    ...draw(group.yToY, ends.yToY, "mark"),
    ...draw(group.xToY, ends.xToY, "within"),
    ...draw(group.yToX, ends.yToX, "within"),
  ];
}

/** First line large, second small; on the arrow's own place, with the surface behind so that no line runs through. */
function numberMarks(
  group: PathGroup,
  places: Places,
  size: Size,
  lines: (path: DiagramPath) => readonly string[],
): readonly Markish[] {
  const ends = arrowEnds(places);
  const at = ([from, to]: readonly [Point, Point], share: number): Point => ({
    x: from.x + share * (to.x - from.x),
    y: from.y + share * (to.y - from.y),
  });
  return [
    ...numberLines(lines(group.xToX), at(ends.xToX, 0.48), { fill: "ink", gap: 34 }),
    ...numberLines(lines(group.yToY), at(ends.yToY, 0.48), { fill: "ink", gap: 34 }),
    ...numberLines(lines(group.xToY), at(ends.xToY, alongCrossing[size]), { fill: "within", gap: 20 }),
    ...numberLines(lines(group.yToX), at(ends.yToX, alongCrossing[size]), { fill: "within", gap: 20 }),
  ];
}

function numberLines(
  lines: readonly string[],
  place: Point,
  style: { readonly fill: ColourRole; readonly gap: number },
): readonly Markish[] {
  const [large = "", small] = lines;
  const single = small === undefined;
  const over = single && style.gap < 30 ? 0 : style.gap / 2;
  const sizes = [
    { text: large, y: place.y - over, size: 16 },
    ...(single ? [] : [{ text: small, y: place.y + style.gap / 2, size: 14 }]),
  ];
  const behind = sizes.map(({ text, y, size }) => {
    const half = textWidth(text, size) / 2;
    return { x1: place.x - half, x2: place.x + half, y1: y - 10, y2: y + 10 };
  });
  return [
    ...(style.gap < 30 ? [boxes(behind, { fill: "surface" })] : []),
    ...sizes.map(({ text, y, size }, index) =>
      labels([{ x: place.x, y, text }], { fill: style.fill, size, weight: index === 0 ? 650 : 400 }),
    ),
  ];
}

/** What the two share at the later wave: an arc without a head, dashed like the arrows. */
function togetherMarks(
  group: PathGroup,
  places: Places,
  text: DiagramText,
  side: "beside" | "inside",
): readonly Markish[] {
  if (group.together === undefined) return [];
  const edge = places.laterX + places.boxWidth + 2;
  const [from, to] = [places.topY + places.boxHeight / 2, places.bottomY + places.boxHeight / 2];
  const bulge = side === "beside" ? 34 : 28;
  const arc = Array.from({ length: 25 }, (_, index) => {
    const angle = -Math.PI / 2 + (Math.PI * index) / 24;
    return { x: edge + bulge * Math.cos(angle), y: (from + to) / 2 + ((to - from) / 2) * Math.sin(angle) };
  });
  const dash = includesZero(group.together) ? { dash: "7 6" } : {};
  const x = edge + bulge + (side === "beside" ? 10 : -10);
  const middle = (from + to) / 2;
  const [estimate = "", interval = ""] = twoLines(text.together(group.together));
  const anchor = side === "beside" ? "start" : "end";
  return [
    polyline(arc, { stroke: "mark", width: 2.25, ...dash }),
    labels([{ x, y: middle - 21, text: text.fixed.sameWave }], { anchor, size: 14 }),
    labels([{ x, y: middle, text: estimate }], { anchor, fill: "ink", size: 16, weight: 650 }),
    labels([{ x, y: middle + 20, text: interval }], { anchor, fill: "ink", size: 14 }),
  ];
}

/** The values in original units, and what a dash means, under a small diagram. */
function rawList(
  group: PathGroup,
  text: DiagramText,
  top: number,
): { readonly marks: readonly Markish[]; readonly bottom: number } {
  const dashed = { x: 0, y: top, text: text.fixed.dashedIsZero };
  const lines = pathKeys.flatMap((key) => {
    const raw = text.raw(group[key]);
    return raw === undefined ? [] : [{ name: pathName(key, text.data, text.fixed), raw }];
  });
  if (lines.length === 0) return { marks: [labels([dashed], { anchor: "start" })], bottom: top };
  const y = (index: number): number => top + 80 + 46 * index;
  const marks = [
    labels([dashed, { x: 0, y: top + 20, text: text.fixed.onArrows }], { anchor: "start" }),
    labels([{ x: 0, y: top + 52, text: text.fixed.inOriginal }], {
      anchor: "start",
      fill: "ink",
      weight: 650,
    }),
    labels(
      lines.map(({ name }, index) => ({ x: 0, y: y(index), text: name })),
      { anchor: "start" },
    ),
    labels(
      lines.map(({ raw }, index) => ({ x: 0, y: y(index) + 20, text: raw })),
      { anchor: "start", fill: "ink" },
    ),
  ];
  return { marks, bottom: y(lines.length - 1) + 20 };
}
