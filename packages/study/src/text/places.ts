import { LineCounter, parseDocument } from "yaml";
import { locate } from "./locate.ts";

/** A place in a text, counted from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Where fields stand in a YAML text that was read without a mistake; one that is not there is placed at what holds it. */
export function placesIn(text: string): (path: readonly (string | number)[]) => TextPlace {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  return (path) => {
    const nothing = { code: "protocol.not-readable", expected: "", found: "", remedy: "" } as const;
    const { line = 1, column = 1 } = locate({ ...nothing, path }, { file: "", document, lines });
    return { line, column };
  };
}
