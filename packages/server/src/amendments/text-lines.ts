import type { TextLine } from "@longwave/api";
import { structuredPatch } from "diff";

const CONTEXT = 2;
const MOST_LINES = 2000;

/** A text beside the one before, as lines that are gone, new, or stand around those; what is the same is a gap. */
export function textLines(before: string, after: string): readonly TextLine[] {
  const { hunks } = structuredPatch("", "", before, after, "", "", { context: CONTEXT });
  const lines = hunks.flatMap((hunk, index): readonly TextLine[] => [
    ...(index === 0 ? [] : [{ kind: "gap", text: "" } as const]),
    ...hunk.lines.filter((line) => !line.startsWith("\\")).map(presentLine),
  ]);
  return lines.slice(0, MOST_LINES);
}

function presentLine(line: string): TextLine {
  const kind = line.startsWith("-") ? "gone" : line.startsWith("+") ? "new" : "same";
  return { kind, text: line.slice(1) };
}
