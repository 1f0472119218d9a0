import type { Figure, TeamFigure, Words } from "./types.ts";

export type Size = "wide" | "narrow";

/** What a drawing says of itself to people who do not see it. */
export interface Caption {
  readonly id: string;
  readonly title: string;
  readonly alt: string;
}

export interface FigureContent {
  readonly id: string;
  readonly alt: string;
  readonly table: Figure["table"];
}

/** A figure of its words, its numbers and a function that draws it in both sizes. */
export function assemble(
  content: FigureContent,
  words: Words,
  draw: (size: Size, caption: Caption) => string,
): Figure {
  const { id, alt, table } = content;
  const { title, reading, note } = words;
  const drawn = (size: Size): string => draw(size, { id: `${id}-${size}`, title, alt });
  return { id, title, reading, note, alt, wide: drawn("wide"), narrow: drawn("narrow"), table };
}

/** A figure that shows single people, for the study team only. */
export function assembleForTeam(
  content: FigureContent,
  words: Words,
  draw: (size: Size, caption: Caption) => string,
): TeamFigure {
  return { ...assemble(content, words, draw), audience: "team" };
}
