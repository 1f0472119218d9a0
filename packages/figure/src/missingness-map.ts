import type { Markish } from "@observablehq/plot";
import { assemble, type Caption, type Size } from "./assemble.ts";
import { notEnough } from "./not-enough.ts";
import { formatCount } from "./numbers.ts";
import { boxes, dots, labels, sketch, strokes } from "./sketch.ts";
import { pictureText } from "./svg.ts";
import { formatShare, textWidth, wrapText } from "./text.ts";
import type { Figure, FigureContext, Words } from "./types.ts";
import { figureText } from "./words.ts";

/** People who answered the same waves. */
export interface MissingPattern {
  /** One entry a wave, in order; `null` for the rare patterns taken together. */
  readonly answered: readonly boolean[] | null;
  readonly people: number;
}

export interface MissingnessMapData {
  readonly waves: readonly string[];
  /** Any order; the caller merges patterns of fewer than ten people into one with `answered: null`. */
  readonly patterns: readonly MissingPattern[];
}

/** Which waves people answered: one row a pattern, most complete first, with how many people had it. */
export function missingnessMap(data: MissingnessMapData, words: Words, context: FigureContext): Figure {
  const text = figureText(context);
  const id = words.id ?? "missingness-map";
  const rows = rowsOf(data, context);
  const total = rows.reduce((sum, row) => sum + row.people, 0);
  const columns = [text.pattern, ...data.waves, text.people, text.share];
  const table = {
    columns,
    rows: rows.map((row) => [
      row.name,
      ...cellsOf(row, data, context),
      row.people,
      formatShare(row.people / total, context.language),
    ]),
  };
  if (!(total > 0)) return notEnough(id, words, { columns, rows: [] }, context);
  const alt = `${rows.map((row) => `${row.name}: ${formatCount(row.people, context.language)}`).join("; ")}.`;
  return assemble({ id, alt, table }, words, (size, caption) =>
    drawMap(rows, data.waves, { size, context }, caption),
  );
}

interface PatternRow extends MissingPattern {
  /** The waves answered, in words: "1, 2, 4". */
  readonly name: string;
  readonly share: string;
}

/** More waves answered first, then later gaps first, the rare ones together last. */
function rowsOf(data: MissingnessMapData, context: FigureContext): readonly PatternRow[] {
  const text = figureText(context);
  const total = data.patterns.reduce((sum, pattern) => sum + pattern.people, 0);
  const order = (pattern: MissingPattern): string => {
    if (pattern.answered === null) return "";
    const seen = pattern.answered.filter(Boolean).length;
    return `${String(seen).padStart(3, "0")}${pattern.answered.map((yes) => (yes ? "1" : "0")).join("")}`;
  };
  const name = (pattern: MissingPattern): string => {
    if (pattern.answered === null) return text.rarePatterns;
    const waves = data.waves.filter((_, index) => pattern.answered?.[index] === true);
    return waves.length === 0 ? text.answeredNone : waves.join(", ");
  };
  return data.patterns
    .filter((pattern) => pattern.people > 0)
    .map((pattern) => ({
      ...pattern,
      name: name(pattern),
      share: formatShare(pattern.people / total, context.language),
    }))
    .sort((a, b) => (order(a) < order(b) ? 1 : order(a) > order(b) ? -1 : b.people - a.people));
}

function cellsOf(
  row: PatternRow,
  data: MissingnessMapData,
  context: FigureContext,
): readonly (string | null)[] {
  const text = figureText(context);
  return data.waves.map((_, index) =>
    row.answered === null ? null : row.answered[index] === true ? text.answered : text.notAnswered,
  );
}

interface Drawing {
  readonly size: Size;
  readonly context: FigureContext;
}

/** Waves as columns, patterns as rows, a bar for the people of each. */
function drawMap(
  rows: readonly PatternRow[],
  waves: readonly string[],
  drawing: Drawing,
  caption: Caption,
): string {
  const wide = drawing.size === "wide";
  const width = wide ? 900 : 340;
  const step = wide ? 34 : 38;
  const column = (wide ? 320 : 168) / Math.max(1, waves.length);
  const barLeft = (wide ? 320 : 168) + 18;
  const heads = waves.map((wave) => wrapText(wave, wide ? column : 60, 14));
  const upright = wide || heads.every(([line = ""]) => textWidth(line, 14) <= column);
  const top = 16 + 18 * Math.max(1, ...heads.map((lines) => (upright ? lines.length : 1)));
  const middle = (index: number): number => top + step * index + step / 2;
  const height = top + step * rows.length + 12;
  const most = Math.max(...rows.map((row) => row.people));
  const room = width - barLeft - (wide ? 120 : 62);
  const heading = heads.flatMap((lines, index) =>
    (upright ? lines : [String(index + 1)]).map((text, line) => ({
      x: column * (index + 0.5),
      y: 12 + 18 * line,
      text,
    })),
  );
  const counts = rows.map((row, index) => ({
    x: barLeft + (room * row.people) / most + 8,
    y: middle(index),
    text: countText(row, drawing),
  }));
  const bars = rows.map((row, index) => ({
    x1: barLeft,
    x2: barLeft + Math.max(2, (room * row.people) / most),
    y1: middle(index) - 9,
    y2: middle(index) + 9,
  }));
  const marks = [
    labels(heading, { size: 14 }),
    ...rows.flatMap((row, index) => cellMarks(row, { y: middle(index), column })),
    boxes(bars, { fill: "mark", radius: 3 }),
    labels(counts, { anchor: "start", fill: "ink" }),
  ];
  const element = sketch(marks, { document: drawing.context.document, width, height });
  return pictureText([{ element }], { ...caption, width, height });
}

function countText(row: PatternRow, { size, context }: Drawing): string {
  const count = formatCount(row.people, context.language);
  return size === "wide" ? `${count} (${row.share})` : count;
}

/** A dot for an answer, joined to the next one when both are there; a short stroke at the foot for a gap, as in our sign. */
function cellMarks(
  row: PatternRow,
  place: { readonly y: number; readonly column: number },
): readonly Markish[] {
  const { y, column } = place;
  if (row.answered === null) return [labels([{ x: 4, y, text: row.name }], { anchor: "start", size: 14 })];
  const { answered } = row;
  const x = (index: number): number => column * (index + 0.5);
  const seen = answered.flatMap((yes, index) => (yes ? [{ x: x(index), y }] : []));
  const gaps = answered.flatMap((yes, index) =>
    yes ? [] : [{ x1: x(index) - 5, x2: x(index) + 5, y1: y + 6, y2: y + 6 }],
  );
  const joins = answered.flatMap((yes, index) =>
    yes && answered[index + 1] === true ? [{ x1: x(index), x2: x(index + 1), y1: y, y2: y }] : [],
  );
  return [
    strokes(joins, { stroke: "mark", width: 2 }),
    strokes(gaps, { stroke: "edge", width: 1.75 }),
    dots(seen, { colour: "mark", shape: "circle", radius: Math.min(6, 0.35 * column), rimless: true }),
  ];
}
