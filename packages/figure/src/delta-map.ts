import type { Markish } from "@observablehq/plot";
import { assemble, type Size } from "./assemble.ts";
import { notEnough } from "./not-enough.ts";
import { digitsFor, formatInterval, formatNumber, formatTick } from "./numbers.ts";
import { type Box, boxes, dots, frames, labels, sketch, strokes } from "./sketch.ts";
import { pictureText } from "./svg.ts";
import { isWhole, wrapText } from "./text.ts";
import type { Figure, FigureContext, Interval, Words } from "./types.ts";
import { type FigureText, figureText } from "./words.ts";

/** The estimate under one pair of shifts, and the verdict's words for it. */
export interface DeltaMapCell extends Interval {
  readonly verdict: string;
  /** The words differ from those with both shifts zero. */
  readonly changed: boolean;
}

export interface DeltaMapData {
  /** What an outcome shift is, with its unit: "Pain of those who left, shifted by (points)". */
  readonly outcomeLabel: string;
  readonly exposureLabel: string;
  /** Increasing. */
  readonly outcomeDeltas: readonly number[];
  /** Increasing; one zero where the exposure is not shifted. */
  readonly exposureDeltas: readonly number[];
  /** `exposureDeltas` x `outcomeDeltas`. */
  readonly cells: readonly (readonly DeltaMapCell[])[];
  readonly unit: string;
}

/**
 * The estimate under each pair of shifts of the answers of those who left, and where the verdict's words change.
 *
 * Cells with other words are shaded, carry a diamond and lie beyond the thick line; the cell without shift is framed.
 */
export function deltaMap(data: DeltaMapData, words: Words, context: FigureContext): Figure {
  const text = figureText(context);
  const id = words.id ?? "delta-map";
  const columns = [
    data.outcomeLabel,
    data.exposureLabel,
    `${text.estimate} (${data.unit})`,
    text.interval,
    text.verdict,
  ];
  const cells = placedCells(data);
  const whole = cells.filter(isWhole);
  if (whole.length === 0) return notEnough(id, words, { columns, rows: [] }, context);
  const digits = digitsFor(whole);
  const table = { columns, rows: cells.map((cell) => tableRow(cell, digits, context)) };
  const alt = sentences(cells, digits, context);
  return assemble({ id, alt, table }, words, (size, caption) => {
    const grid = gridFor(data, size, digits, context);
    const marks = [
      ...headMarks(grid, data, context),
      ...cells.flatMap((cell) => cellMarks(cell, grid)),
      ...contour(cells, grid),
      ...keyMarks(cells, grid, text),
    ];
    const { width, height } = grid;
    const element = sketch(marks, { document: context.document, width, height });
    return pictureText([{ element }], { ...caption, width, height });
  });
}

interface PlacedCell extends DeltaMapCell {
  readonly outcomeDelta: number;
  readonly exposureDelta: number;
  readonly outcomeIndex: number;
  readonly exposureIndex: number;
}

function placedCells(data: DeltaMapData): readonly PlacedCell[] {
  return data.cells.flatMap((row, exposureIndex) =>
    row.map((cell, outcomeIndex) => ({
      ...cell,
      outcomeIndex,
      exposureIndex,
      outcomeDelta: data.outcomeDeltas[outcomeIndex] ?? Number.NaN,
      exposureDelta: data.exposureDeltas[exposureIndex] ?? Number.NaN,
    })),
  );
}

function isUnshifted(cell: PlacedCell): boolean {
  return cell.outcomeDelta === 0 && cell.exposureDelta === 0;
}

function tableRow(cell: PlacedCell, digits: number, context: FigureContext): readonly string[] {
  const { to } = figureText(context);
  const number = (value: number): string => formatNumber(value, digits, context.language);
  const shift = (value: number): string =>
    formatTick(value, { signed: true, language: context.language ?? "en" });
  const range = `${number(cell.lower)} ${to} ${number(cell.upper)}`;
  return [shift(cell.outcomeDelta), shift(cell.exposureDelta), number(cell.estimate), range, cell.verdict];
}

function sentences(cells: readonly PlacedCell[], digits: number, context: FigureContext): string {
  const text = figureText(context);
  const written = (cell: PlacedCell): string => formatInterval(cell, digits, context.language);
  const start = cells
    .filter(isUnshifted)
    .map((cell) => `${text.noShift}: ${written(cell)}, ${cell.verdict}.`);
  const whole = cells.filter(isWhole).sort((a, b) => a.estimate - b.estimate);
  const [least, most] = [whole[0], whole.at(-1)];
  const span =
    least === undefined || most === undefined ? "" : `${written(least)} ${text.to} ${written(most)}.`;
  const changed = cells.filter((cell) => cell.changed);
  const change =
    changed.length === 0
      ? `${text.nowhere}.`
      : `${text.wordsChange}: ${changed.length} ${text.of} ${cells.length} ${text.cells}.`;
  return [...start, span, change].join(" ");
}

/** On a phone the map is turned, so that it is as tall as it is wide on a page. */
interface Grid {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly cell: { readonly width: number; readonly height: number };
  readonly turned: boolean;
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  readonly heads: readonly string[];
  /** What the numbers in the cells are. */
  readonly foot: readonly string[];
  readonly number: (value: number) => string;
}

function gridFor(data: DeltaMapData, size: Size, digits: number, context: FigureContext): Grid {
  const turned = size === "narrow";
  const width = turned ? 340 : 900;
  const [columns, rows] = turned
    ? [data.exposureDeltas, data.outcomeDeltas]
    : [data.outcomeDeltas, data.exposureDeltas];
  const [across, down] = turned
    ? [data.exposureLabel, data.outcomeLabel]
    : [data.outcomeLabel, data.exposureLabel];
  const heads = [
    ...(columns.length > 1 ? wrapText(`\u2192 ${across}`, width) : []),
    ...(rows.length > 1 ? wrapText(`\u2193 ${down}`, width) : []),
  ];
  const left = 64;
  const top = 20 * heads.length + 34;
  const cell = { width: Math.min(96, (width - left - 2) / Math.max(1, columns.length)), height: 42 };
  const foot = wrapText(`${figureText(context).inCells}: ${data.unit}`, width);
  const height = top + cell.height * rows.length + 66 + 22 * foot.length;
  const number = (value: number): string =>
    formatNumber(value, Math.min(digits, turned ? 2 : 3), context.language);
  return { width, height, left, top, cell, turned, columns, rows, heads, foot, number };
}

function boxOf(cell: PlacedCell, grid: Grid): Box {
  const [column, row] = grid.turned
    ? [cell.exposureIndex, cell.outcomeIndex]
    : [cell.outcomeIndex, cell.exposureIndex];
  const x1 = grid.left + column * grid.cell.width;
  const y1 = grid.top + row * grid.cell.height;
  return { x1, x2: x1 + grid.cell.width, y1, y2: y1 + grid.cell.height };
}

function headMarks(grid: Grid, data: DeltaMapData, context: FigureContext): readonly Markish[] {
  const language = context.language ?? "en";
  const tick = (value: number): string => formatTick(value, { signed: true, language });
  const heads = grid.heads.map((text, index) => ({ x: 0, y: 10 + 20 * index, text }));
  const columns = grid.columns.map((value, index) => ({
    x: grid.left + (index + 0.5) * grid.cell.width,
    y: grid.top - 14,
    text: tick(value),
  }));
  const rows = grid.rows.map((value, index) => ({
    x: grid.left - 10,
    y: grid.top + (index + 0.5) * grid.cell.height,
    text: tick(value),
  }));
  const hasRows = data.exposureDeltas.length > 1 || grid.turned;
  return [
    labels(heads, { anchor: "start" }),
    labels(columns),
    labels(hasRows ? rows : [], { anchor: "end" }),
  ];
}

function cellMarks(cell: PlacedCell, grid: Grid): readonly Markish[] {
  const box = boxOf(cell, grid);
  const middle = { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 };
  const inner = { x1: box.x1 + 3.5, x2: box.x2 - 3.5, y1: box.y1 + 3.5, y2: box.y2 - 3.5 };
  const corner = { x: box.x2 - 10, y: box.y1 + 10 };
  return [
    boxes([box], { fill: cell.changed ? "zone-2" : "band", inset: 1, radius: 2 }),
    ...(isUnshifted(cell) ? [frames([inner], { stroke: "ink", width: 1.75, radius: 4 })] : []),
    labels([{ ...middle, y: middle.y + (cell.changed ? 5 : 0), text: grid.number(cell.estimate) }], {
      fill: "ink",
      weight: cell.changed ? 650 : 400,
    }),
    dots(cell.changed ? [corner] : [], { colour: "ink", shape: "diamond", radius: 4.5, rimless: true }),
  ];
}

/** A thick line between neighbours whose words differ. */
function contour(cells: readonly PlacedCell[], grid: Grid): readonly Markish[] {
  const at = (outcome: number, exposure: number): PlacedCell | undefined =>
    cells.find((cell) => cell.outcomeIndex === outcome && cell.exposureIndex === exposure);
  const lines = cells.flatMap((cell) => {
    const box = boxOf(cell, grid);
    const neighbours = [
      at(cell.outcomeIndex + 1, cell.exposureIndex),
      at(cell.outcomeIndex, cell.exposureIndex + 1),
    ];
    return neighbours.flatMap((other) => {
      if (other === undefined || other.changed === cell.changed) return [];
      const next = boxOf(other, grid);
      return next.x1 > box.x1
        ? [{ x1: box.x2, x2: box.x2, y1: box.y1, y2: box.y2 }]
        : [{ x1: box.x1, x2: box.x2, y1: box.y2, y2: box.y2 }];
    });
  });
  return [strokes(lines, { stroke: "ink", width: 3 })];
}

/** What the diamond, the frame and the numbers mean. */
function keyMarks(cells: readonly PlacedCell[], grid: Grid, text: FigureText): readonly Markish[] {
  const changed = cells.some((cell) => cell.changed);
  const top = grid.top + grid.cell.height * grid.rows.length + 26;
  const words = changed ? text.wordsChange : text.nowhere;
  const framed = cells.some(isUnshifted) ? [text.framed] : [];
  const lines = [...framed, ...grid.foot].map((line, index) => ({
    x: 0,
    y: top + 24 + 22 * index,
    text: line,
  }));
  return [
    dots(changed ? [{ x: 7, y: top }] : [], { colour: "ink", shape: "diamond", radius: 5, rimless: true }),
    labels([{ x: changed ? 20 : 0, y: top, text: words }], { anchor: "start", fill: "ink" }),
    labels(lines, { anchor: "start" }),
  ];
}
