import * as Plot from "@observablehq/plot";
import { labels, sketch } from "./sketch.ts";
import { pictureText, role } from "./svg.ts";
import type { Figure, FigureContext, TeamFigure, Words } from "./types.ts";
import { figureText } from "./words.ts";

/** The figure drawn when there is too little to show: a designed state, with the same frame and whatever numbers there are. */
export function notEnough(id: string, words: Words, table: Figure["table"], context: FigureContext): Figure {
  const text = figureText(context);
  const alt = `${text.notEnough}. ${text.notEnoughWhy}`;
  const draw = (suffix: "wide" | "narrow", width: number): string => {
    const height = 180;
    const lines = suffix === "wide" ? [text.notEnoughWhy] : splitInTwo(text.notEnoughWhy);
    const element = sketch(
      [
        Plot.rect([{ x1: 2, x2: width - 2, y1: 2, y2: height - 2 }], {
          x1: "x1",
          x2: "x2",
          y1: "y1",
          y2: "y2",
          fill: "none",
          stroke: role("edge"),
          strokeDasharray: "6 6",
          strokeWidth: 1.5,
          rx: 12,
        }),
        labels([{ x: width / 2, y: 74, text: text.notEnough }], {
          fill: "ink",
          size: suffix === "wide" ? 18 : 16,
          weight: 650,
        }),
        labels(lines.map((line, index) => ({ x: width / 2, y: 104 + index * 21, text: line }))),
      ],
      { document: context.document, width, height },
    );
    return pictureText([{ element }], { id: `${id}-${suffix}`, width, height, title: words.title, alt });
  };
  const { title, reading, note } = words;
  return {
    id,
    title,
    reading,
    note,
    alt,
    wide: draw("wide", 900),
    narrow: draw("narrow", 340),
    table,
  };
}

/** The same for a figure of the study team. */
export function notEnoughForTeam(
  id: string,
  words: Words,
  table: Figure["table"],
  context: FigureContext,
): TeamFigure {
  return { ...notEnough(id, words, table, context), audience: "team" };
}

function splitInTwo(sentence: string): readonly string[] {
  const middle = sentence.indexOf(" ", Math.floor(sentence.length / 2));
  return middle < 0 ? [sentence] : [sentence.slice(0, middle), sentence.slice(middle + 1)];
}
