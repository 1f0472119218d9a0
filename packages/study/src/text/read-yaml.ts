import { LineCounter, parseDocument } from "yaml";
import { type StudyCode, StudyError, type StudyProblem } from "../errors.ts";
import { locate } from "./locate.ts";

/**
 * A YAML text parsed and then checked by `check`, with every problem placed by file and line.
 *
 * @throws StudyError with `notReadable` when the text is not YAML, else with the problems of `check`.
 */
export function readYaml<Value>(
  text: string,
  file: string,
  notReadable: StudyCode,
  check: (value: unknown) => Value,
): Value {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new StudyError(
      document.errors.map((error): StudyProblem => {
        const { line, col } = lines.linePos(error.pos[0]);
        return {
          code: notReadable,
          path: [],
          expected: "a YAML text",
          found: error.message,
          remedy: "Check the indentation, the colons and the quotation marks at this place.",
          file,
          line,
          column: col,
        };
      }),
    );
  }
  try {
    return check(document.toJS());
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    throw new StudyError(error.problems.map((problem) => locate(problem, { file, document, lines })));
  }
}
