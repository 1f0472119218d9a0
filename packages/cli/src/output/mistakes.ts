import { describePath, type StudyProblem } from "@longwave/study";
import { WIDTH, wrapWords } from "./wrap.ts";

/** Where the words of a part start. */
const PART = 13;

/** Mistakes one after the other, each with its place and its three parts. */
export function mistakesText(path: string, problems: readonly StudyProblem[]): string {
  const count = problems.length === 1 ? "1 mistake" : `${problems.length} mistakes`;
  const more =
    "A text is checked in steps: its form, then names, days and formulas. Check again when these are mended.";
  return [`${path}: ${count}.`, "", ...problems.flatMap(mistake), ...wrapWords(more, WIDTH), ""].join("\n");
}

function mistake(problem: StudyProblem): readonly string[] {
  const { line, column, path, expected, found, remedy } = problem;
  const place = line === undefined ? "" : `line ${line}, column ${column}`;
  const field = describePath(path);
  return [
    [place, field].filter((part) => part !== "").join(": "),
    ...part("expected", expected),
    ...part("found", found),
    ...part("to do", remedy),
    "",
  ];
}

function part(name: string, words: string): readonly string[] {
  return wrapWords(words.replace(/\s+/g, " "), WIDTH - PART).map(
    (line, index) => `${index === 0 ? `  ${name}`.padEnd(PART) : " ".repeat(PART)}${line}`,
  );
}
