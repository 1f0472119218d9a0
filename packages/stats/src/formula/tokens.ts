import { errorAt } from "../errors.ts";

export interface Token {
  readonly kind: "name" | "number" | "symbol" | "end";
  /** The name without backticks, the digits, or the symbol. */
  readonly text: string;
  readonly position: number;
}

const PATTERN = /\s+|`([^`]+)`|([\p{L}_.][\p{L}\p{N}_.]*)|(\d+(?:\.\d+)?)|(\|\||[~+\-:*()|/])/uy;

/** True where a "/" may stand: between the columns that group a random term. */
function isInGroup(tokens: readonly Token[]): boolean {
  const last = tokens.findLast(({ kind, text }) => kind === "symbol" && ["|", "||", ")"].includes(text));
  return last !== undefined && last.text !== ")";
}

/**
 * The words and symbols of a formula, ending with an `end` token.
 *
 * @throws StatsError `formula.character` at a character the language does not have.
 */
export function tokenizeFormula(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    PATTERN.lastIndex = position;
    const match = PATTERN.exec(text);
    if (match === null || (match[4] === "/" && !isInGroup(tokens))) {
      throw errorAt(
        "formula.character",
        `Expected a column name, a number or one of ~ + - : * ( ) | ||; found "${text[position]}". Remove it, or put a column name with unusual characters in backticks.`,
        { text, position },
      );
    }
    const token = tokenOf(match, position);
    if (token !== null) tokens.push(token);
    position = PATTERN.lastIndex;
  }
  tokens.push({ kind: "end", text: "the end of the formula", position: text.length });
  return tokens;
}

function tokenOf(match: RegExpExecArray, position: number): Token | null {
  const [, quoted, word, number, symbol] = match;
  const name = quoted ?? word;
  if (name !== undefined) return { kind: "name", text: name, position };
  if (number !== undefined) return { kind: "number", text: number, position };
  if (symbol !== undefined) return { kind: "symbol", text: symbol, position };
  return null;
}
