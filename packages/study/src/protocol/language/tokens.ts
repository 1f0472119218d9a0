/** A piece of an expression and where it starts, counted from 0. */
export interface Token {
  readonly kind: "number" | "text" | "name" | "sign" | "end";
  readonly text: string;
  readonly at: number;
}

/** An expression that cannot be read: where, and what is wrong in three parts. */
export class ExpressionError extends Error {
  readonly at: number;
  readonly expected: string;
  readonly found: string;

  constructor(at: number, expected: string, found: string) {
    super(`at character ${at + 1}: expected ${expected}; found ${found}`);
    this.name = "ExpressionError";
    this.at = at;
    this.expected = expected;
    this.found = found;
  }
}

const piece =
  /\s+|(?<number>\d+(?:\.\d+)?)|(?<text>"[^"]*"|'[^']*')|(?<name>[A-Za-z][A-Za-z0-9_]*)|(?<sign>==|!=|<=|>=|[-+*/()<>,])/y;

/**
 * The pieces of an expression, ending with one of kind `end`.
 *
 * @throws ExpressionError at the first character that belongs to no piece.
 */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  piece.lastIndex = 0;
  while (piece.lastIndex < source.length) {
    const at = piece.lastIndex;
    const match = piece.exec(source);
    if (match === null) {
      throw new ExpressionError(
        at,
        "a name, a number, or one of + - * / ( ) , == != < <= > >=",
        `“${source[at]}”`,
      );
    }
    const token = toToken(match, at);
    if (token !== undefined) tokens.push(token);
  }
  tokens.push({ kind: "end", text: "", at: source.length });
  return tokens;
}

function toToken(match: RegExpExecArray, at: number): Token | undefined {
  const { number, text, name, sign } = match.groups ?? {};
  if (number !== undefined) return { kind: "number", text: number, at };
  if (text !== undefined) return { kind: "text", text: text.slice(1, -1), at };
  if (name !== undefined) return { kind: "name", text: name, at };
  return sign === undefined ? undefined : { kind: "sign", text: sign, at };
}
