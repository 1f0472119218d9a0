import type { BinaryOperator, Expression, FunctionName } from "../../answering/index.ts";
import { suggest } from "../nearest.ts";
import { ExpressionError, type Token, tokenize } from "./tokens.ts";

/** How many arguments each function takes: least and most. */
const functions: Readonly<Record<FunctionName, readonly [number, number]>> = {
  sqrt: [1, 1],
  min: [2, 99],
  max: [2, 99],
  cut: [2, 99],
  mean: [1, 1],
  count: [1, 1],
  first: [1, 1],
  at: [2, 2],
  weight: [1, 1],
  has: [2, 99],
  size: [1, 1],
};

const levels: readonly (readonly BinaryOperator[])[] = [
  ["or"],
  ["and"],
  ["==", "!=", "<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/"],
];
const comparisonLevel = 2;

/** A cursor over the pieces of one expression. */
interface Cursor {
  readonly tokens: readonly Token[];
  place: number;
}

/**
 * The syntax tree of an expression of the closed language.
 *
 * From loosest to tightest: `or`, `and`, `not`, comparisons (which do not chain), `+ -`, `* /`, unary `-`.
 * @throws ExpressionError with the place of the first mistake.
 */
export function parseExpression(source: string): Expression {
  const cursor: Cursor = { tokens: tokenize(source), place: 0 };
  const expression = readLevel(cursor, 0);
  const rest = peek(cursor);
  if (rest.kind !== "end") throw unexpected(rest, "an operator or the end");
  return expression;
}

function readLevel(cursor: Cursor, level: number): Expression {
  const operators = levels[level];
  if (operators === undefined) return readUnary(cursor);
  if (level === comparisonLevel && isWord(peek(cursor), "not")) return readNot(cursor);
  let left = readLevel(cursor, level + 1);
  for (;;) {
    const token = peek(cursor);
    const operator = operators.find((candidate) => candidate === token.text && token.kind !== "text");
    if (operator === undefined) return left;
    cursor.place += 1;
    left = { kind: "binary", operator, left, right: readLevel(cursor, level + 1), at: token.at };
    if (level === comparisonLevel) return left;
  }
}

function readNot(cursor: Cursor): Expression {
  const { at } = take(cursor);
  return { kind: "unary", operator: "not", operand: readLevel(cursor, comparisonLevel), at };
}

function readUnary(cursor: Cursor): Expression {
  const token = peek(cursor);
  if (token.kind !== "sign" || token.text !== "-") return readPrimary(cursor);
  cursor.place += 1;
  return { kind: "unary", operator: "-", operand: readUnary(cursor), at: token.at };
}

function readPrimary(cursor: Cursor): Expression {
  const token = take(cursor);
  if (token.kind === "number") return { kind: "literal", value: Number(token.text), at: token.at };
  if (token.kind === "text") return { kind: "literal", value: token.text, at: token.at };
  if (token.kind === "name") return readName(cursor, token);
  if (token.text === "(") {
    const inner = readLevel(cursor, 0);
    expectSign(cursor, ")");
    return inner;
  }
  throw unexpected(token, "a name, a number or (");
}

function readName(cursor: Cursor, token: Token): Expression {
  if (token.text === "true" || token.text === "false") {
    return { kind: "literal", value: token.text === "true", at: token.at };
  }
  if (["and", "or", "not"].includes(token.text)) throw unexpected(token, "a name, a number or (");
  const next = peek(cursor);
  if (next.kind !== "sign" || next.text !== "(") return { kind: "name", name: token.text, at: token.at };
  return readCall(cursor, token);
}

function readCall(cursor: Cursor, token: Token): Expression {
  const name = functionNamed(token);
  const [least, most] = functions[name];
  expectSign(cursor, "(");
  const list: Expression[] = [readLevel(cursor, 0)];
  while (peek(cursor).kind === "sign" && peek(cursor).text === ",") {
    cursor.place += 1;
    list.push(readLevel(cursor, 0));
  }
  expectSign(cursor, ")");
  if (list.length < least || list.length > most) {
    const wanted = least === most ? `${least}` : `at least ${least}`;
    throw new ExpressionError(token.at, `${wanted} arguments to ${name}()`, `${list.length}`);
  }
  return { kind: "call", name, arguments: list, at: token.at };
}

function functionNamed(token: Token): FunctionName {
  const known = Object.keys(functions);
  const name = known.find((candidate): candidate is FunctionName => candidate === token.text);
  if (name !== undefined) return name;
  throw new ExpressionError(token.at, "a known function", `${token.text}(). ${suggest(token.text, known)}`);
}

function peek(cursor: Cursor): Token {
  return cursor.tokens[cursor.place] ?? { kind: "end", text: "", at: 0 };
}

function take(cursor: Cursor): Token {
  const token = peek(cursor);
  cursor.place += 1;
  return token;
}

function expectSign(cursor: Cursor, sign: string): void {
  const token = take(cursor);
  if (token.kind !== "sign" || token.text !== sign) throw unexpected(token, sign);
}

function isWord(token: Token, word: string): boolean {
  return token.kind === "name" && token.text === word;
}

function unexpected(token: Token, expected: string): ExpressionError {
  return new ExpressionError(token.at, expected, token.kind === "end" ? "the end" : `“${token.text}”`);
}
