import { type Document, LineCounter, parseDocument, visit } from "yaml";
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
  const mistakes = [
    ...document.errors.map(({ message, pos }) => ({ message, at: pos[0] })),
    ...lostAliases(document),
  ];
  if (mistakes.length > 0) {
    throw new StudyError(
      mistakes.map(({ message, at }): StudyProblem => {
        const { line, col } = lines.linePos(at);
        return { ...unreadable(notReadable, message), file, line, column: col };
      }),
    );
  }
  try {
    return check(plainValue(document, notReadable));
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    throw new StudyError(error.problems.map((problem) => locate(problem, { file, document, lines })));
  }
}

function unreadable(code: StudyCode, message: string): StudyProblem {
  return {
    code,
    path: [],
    expected: "a YAML text",
    found: message,
    remedy: "Check the indentation, the colons and the quotation marks at this place.",
  };
}

/** Every `*name` without an `&name` before it; the parser leaves these to be found later. */
function lostAliases(document: Document): readonly { readonly message: string; readonly at: number }[] {
  const lost: { readonly message: string; readonly at: number }[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      lost.push({
        message: `*${alias.source}, which no &${alias.source} defines`,
        at: alias.range?.[0] ?? 0,
      });
    },
  });
  return lost;
}

/** The text's value; the parser refuses texts that would grow without limit through their aliases. */
function plainValue(document: Document, notReadable: StudyCode): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new StudyError([
      unreadable(notReadable, error instanceof Error ? error.message : "a text it cannot expand"),
    ]);
  }
}
