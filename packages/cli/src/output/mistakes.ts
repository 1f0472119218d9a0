import { describePath, type StudyProblem } from "@longwave/study";
import { WIDTH, wrapWords } from "./wrap.ts";

/** Where the words of a part start. */
const PART = 13;

/** Mistakes of a study text one after the other, each with its place and its three parts. */
export function mistakesText(path: string, problems: readonly StudyProblem[]): string {
  const more =
    "A text is checked in steps: its form, then names, days and formulas. Check again when these are mended.";
  return `${problemsText(path, problems)}${wrapWords(more, WIDTH).join("\n")}\n`;
}

/** A list of mistakes under what they are mistakes of. */
export function problemsText(of: string, problems: readonly StudyProblem[]): string {
  const count = problems.length === 1 ? "1 mistake" : `${problems.length} mistakes`;
  return [`${of}: ${count}.`, "", ...problems.flatMap(mistake), ""].join("\n");
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
