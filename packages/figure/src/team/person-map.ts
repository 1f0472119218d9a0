import type { Markish } from "@observablehq/plot";
import { assembleForTeam, type Caption, type Size } from "../assemble.ts";
import { waveMarks } from "../chart.ts";
import { notEnoughForTeam } from "../not-enough.ts";
import { formatCount } from "../numbers.ts";
import { type Box, labels, shades, sketch } from "../sketch.ts";
import { pictureText } from "../svg.ts";
import { wrapText } from "../text.ts";
import type { FigureContext, TeamFigure, Words } from "../types.ts";
import { figureText } from "../words.ts";
import { evenSample } from "./sample.ts";

type Answers = readonly (number | null)[];

export interface PersonMapData {
  readonly waves: readonly string[];
  /** What a darker cell means, for example "more pain". */
  readonly highLabel: string;
  /** One list of answers a person, one entry a wave; `null` is no answer. Any order; at most 400 are drawn. */
  readonly people: readonly Answers[];
  readonly range: readonly [number, number];
}

const mostRows = { wide: 400, narrow: 300 } as const;

/** Persons by waves, sorted by the waves they answered: a row is a person, so it is for the study team. */
export function personMap(data: PersonMapData, words: Words, context: FigureContext): TeamFigure {
  const text = figureText(context);
  const id = words.id ?? "person-map";
  const columns = [text.pattern, text.people];
  const people = sortedByPattern(data.people);
  const patterns = countedPatterns(people, data.waves, text.answeredNone);
  const table = { columns, rows: patterns };
  const span = data.range[1] - data.range[0];
  if (people.length === 0 || !(span > 0)) return notEnoughForTeam(id, words, table, context);
  const count = formatCount(people.length, context.language);
  const alt = `${count} ${text.lowPeople}. ${patterns.map(([name, n]) => `${name}: ${n}`).join("; ")}.`;
  return assembleForTeam({ id, alt, table }, words, (size, caption) =>
    draw({ ...data, people }, { size, context }, caption),
  );
}

/** More waves answered first, then those who were there earlier; within a pattern by the mean answer. */
function sortedByPattern(people: readonly Answers[]): readonly Answers[] {
  const keyed = people.map((answers) => ({ answers, key: keyOf(answers), mean: meanOf(answers) }));
  keyed.sort((a, b) => (a.key < b.key ? 1 : a.key > b.key ? -1 : b.mean - a.mean));
  return keyed.map(({ answers }) => answers);
}

function keyOf(answers: Answers): string {
  const bits = answers.map((answer) => (answer === null ? "0" : "1")).join("");
  return `${String(answers.filter((answer) => answer !== null).length).padStart(3, "0")}${bits}`;
}

function meanOf(answers: Answers): number {
  const given = answers.filter((answer) => answer !== null);
  return given.reduce((sum, answer) => sum + answer, 0) / Math.max(1, given.length);
}

function countedPatterns(
  people: readonly Answers[],
  waves: readonly string[],
  none: string,
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const answers of people) {
    const name = waves
      .filter((_, index) => answers[index] !== null && answers[index] !== undefined)
      .join(", ");
    counts.set(name || none, (counts.get(name || none) ?? 0) + 1);
  }
  return [...counts];
}

function draw(
  data: PersonMapData,
  drawing: { readonly size: Size; readonly context: FigureContext },
  caption: Caption,
): string {
  const { size, context } = drawing;
  const text = figureText(context);
  const width = size === "wide" ? 900 : 340;
  const rows = evenSample(data.people, mostRows[size]);
  const room = (width - 8) / data.waves.length;
  const top = 30;
  const row = Math.min(4, Math.max(1, 480 / rows.length));
  const bottom = top + row * rows.length;
  const key = `${text.darker}: ${data.highLabel}. ${text.blank}. ${rows.length} ${text.drawnOf} ${formatCount(data.people.length, context.language)}.`;
  const lines = wrapText(key, width - 8);
  const marks = [
    waveMarks(data.waves, { x: (index) => 4 + room * (index + 0.5), y: 12, room }),
    ...cellMarks(rows, data.range, { left: 4, top, room, row }),
    labels(
      lines.map((line, index) => ({ x: 4, y: bottom + 24 + 20 * index, text: line })),
      { anchor: "start" },
    ),
  ];
  const height = bottom + 20 + 20 * lines.length;
  const element = sketch(marks, { document: context.document, width, height });
  return pictureText([{ element }], { ...caption, width, height });
}

interface Grid {
  readonly left: number;
  readonly top: number;
  readonly room: number;
  readonly row: number;
}

/** Neighbours with the same answer at a wave are one box, so that a large study stays a small picture. */
function cellMarks(
  rows: readonly Answers[],
  [low, high]: readonly [number, number],
  { left, top, room, row }: Grid,
): readonly Markish[] {
  const waves = rows[0]?.length ?? 0;
  const cells: (Box & { readonly share: number })[] = [];
  for (let wave = 0; wave < waves; wave++) {
    for (let start = 0; start < rows.length; ) {
      const answer = rows[start]?.[wave] ?? null;
      let end = start + 1;
      while (end < rows.length && (rows[end]?.[wave] ?? null) === answer) end++;
      if (answer !== null) {
        const x1 = left + room * wave + 1;
        const share = 0.14 + (0.86 * (answer - low)) / (high - low);
        cells.push({ x1, x2: x1 + room - 2, y1: top + row * start, y2: top + row * end, share });
      }
      start = end;
    }
  }
  return [shades(cells, { fill: "mark" })];
}
