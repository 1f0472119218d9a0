import { type Document, isMap, isNode, isPair, isScalar, type LineCounter } from "yaml";
import type { StudyProblem } from "../errors.ts";

/** Where a problem's field stands in the text, as line and column counted from 1. */
export interface YamlPlace {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** The problem with its file, line and column; a missing field is placed at what should hold it. */
export function locate(problem: StudyProblem, place: YamlPlace): StudyProblem {
  const offset = offsetOf(place.document, problem.path);
  const { line, col } = place.lines.linePos(offset);
  return { ...problem, file: place.file, line, column: col };
}

function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsetAt(document, path.slice(0, length));
    if (offset !== undefined) return offset;
  }
  return 0;
}

/** A field is shown at its name, an entry of a list at its start. */
function offsetAt(document: Document, path: readonly (string | number)[]): number | undefined {
  const last = path.at(-1);
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find(
      (entry) => isPair(entry) && isScalar(entry.key) && String(entry.key.value) === last,
    );
    return pair !== undefined && isNode(pair.key) ? pair.key.range?.[0] : undefined;
  }
  const node = document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}
