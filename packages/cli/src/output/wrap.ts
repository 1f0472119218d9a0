/** The width for which help is written, and sentences where the terminal does not say its own. */
export const WIDTH = 80;

/** Shorter lines are no sentences any more, longer ones hard to read however wide the window. */
const READABLE = { fewest: 40, most: 100 } as const;

/** The width for sentences in a terminal of so many columns; some terminals say nothing, or 0. */
export function readableWidth(columns: number | undefined): number {
  if (columns === undefined || columns === 0) return WIDTH;
  return Math.min(READABLE.most, Math.max(READABLE.fewest, columns));
}

/** A text broken between words into lines of at most `width`; a longer word has a line of its own. */
export function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current];
}

/**
 * What a person reads in a terminal: sentences broken between words; tables, formulas, JSON and redrawn lines as
 * they are.
 */
export function wrapSentences(text: string, width: number = WIDTH): string {
  return text
    .split("\n")
    .flatMap((line) => (isSentence(line) ? wrapWords(line, width) : [line]))
    .join("\n");
}

/** A line that starts with a space or holds columns belongs to something drawn. */
function isSentence(line: string): boolean {
  return /^[^\s[{\r]/.test(line) && !/ {2}/.test(line) && !line.startsWith("Formula: ");
}
