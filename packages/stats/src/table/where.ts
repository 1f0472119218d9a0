import { errorAt, type StatsError } from "../errors.ts";
import { selectRows } from "./columns.ts";
import { columnOf } from "./nearest-name.ts";
import type { Table } from "./table.ts";

/** True, false, or unknown because a value is missing. */
type Truth = boolean | null;
type RowTest = (row: number) => Truth;

interface Token {
  readonly kind: "word" | "number" | "text" | "symbol" | "end";
  readonly text: string;
  readonly position: number;
}

/** One side of a comparison. */
export type Operand =
  | { readonly kind: "column"; readonly name: string; readonly position: number }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string };

type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** A condition on a row. A comparison with a missing value is unknown, and so is what hangs on it. */
export type Condition =
  | {
      readonly kind: "comparison";
      readonly operator: Comparison;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: "and" | "or"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition };

/** What a column holds; throws for one that is not there. */
type KindOf = (name: string, position: number) => "number" | "text";

interface Reader {
  readonly text: string;
  readonly kindOf: KindOf;
  readonly tokens: readonly Token[];
  next: number;
}

const PATTERN =
  /\s+|`([^`]+)`|([\p{L}_.][\p{L}\p{N}_.]*)|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|'([^']*)'|"([^"]*)"|(==|!=|<=|>=|[<>=()])/uy;
const COMPARISONS: readonly string[] = ["==", "=", "!=", "<", "<=", ">", ">="];

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let position = 0; position < text.length; position = PATTERN.lastIndex) {
    PATTERN.lastIndex = position;
    const match = PATTERN.exec(text);
    if (match === null) {
      throw errorAt(
        "where.syntax",
        `Expected a column, a number, a 'text' or a comparison; found "${text[position]}". Write for example age >= 40 and sex == 'male'.`,
        { text, position },
      );
    }
    const [, quoted, word, number, single, double, symbol] = match;
    if (quoted !== undefined) tokens.push({ kind: "word", text: quoted, position });
    else if (word !== undefined) tokens.push({ kind: "word", text: word, position });
    else if (number !== undefined) tokens.push({ kind: "number", text: number, position });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", text: symbol, position });
    else if (single !== undefined || double !== undefined) {
      tokens.push({ kind: "text", text: single ?? double, position });
    }
  }
  tokens.push({ kind: "end", text: "the end", position: text.length });
  return tokens;
}

function fail(reader: Reader, expected: string): StatsError {
  const token = reader.tokens[reader.next];
  const found = token.kind === "end" ? "the end of the filter" : `"${token.text}"`;
  return errorAt(
    "where.syntax",
    `Expected ${expected}; found ${found}. Write for example age >= 40 and sex == 'male'.`,
    { text: reader.text, position: token.position },
  );
}

function take(reader: Reader, kind: Token["kind"], text: string): boolean {
  const token = reader.tokens[reader.next];
  if (token.kind !== kind || token.text !== text) return false;
  reader.next++;
  return true;
}

function readOperand(reader: Reader): Operand {
  const token = reader.tokens[reader.next];
  if (token.kind === "end" || token.kind === "symbol") throw fail(reader, "a column, a number or a 'text'");
  reader.next++;
  if (token.kind === "number") return { kind: "number", value: Number(token.text) };
  if (token.kind === "text") return { kind: "text", value: token.text };
  return { kind: "column", name: token.text, position: token.position };
}

function typeOf(reader: Reader, operand: Operand): "number" | "text" {
  return operand.kind === "column" ? reader.kindOf(operand.name, operand.position) : operand.kind;
}

function nameOf(operand: Operand): string {
  return operand.kind === "column" ? `"${operand.name}"` : String(operand.value);
}

function comparisonOf(text: string): Comparison {
  return text === "==" ? "=" : (text as Comparison);
}

function readComparison(reader: Reader): Condition {
  if (take(reader, "symbol", "(")) {
    const inner = readOr(reader);
    if (!take(reader, "symbol", ")")) throw fail(reader, '")"');
    return inner;
  }
  const left = readOperand(reader);
  const leftType = typeOf(reader, left);
  const operator = reader.tokens[reader.next];
  if (operator.kind !== "symbol" || !COMPARISONS.includes(operator.text)) throw fail(reader, "a comparison");
  reader.next++;
  const right = readOperand(reader);
  const rightType = typeOf(reader, right);
  if (leftType !== rightType) {
    throw errorAt(
      "where.type",
      `Expected to compare numbers with numbers and text with text; found ${nameOf(left)} (${leftType}) and ${nameOf(right)} (${rightType}). Put text in quotes and leave numbers without.`,
      { text: reader.text, position: operator.position },
    );
  }
  return { kind: "comparison", operator: comparisonOf(operator.text), left, right };
}

function readNot(reader: Reader): Condition {
  return take(reader, "word", "not") ? { kind: "not", of: readNot(reader) } : readComparison(reader);
}

function readAnd(reader: Reader): Condition {
  const of = [readNot(reader)];
  while (take(reader, "word", "and")) of.push(readNot(reader));
  return of.length === 1 ? of[0] : { kind: "and", of };
}

function readOr(reader: Reader): Condition {
  const of = [readAnd(reader)];
  while (take(reader, "word", "or")) of.push(readAnd(reader));
  return of.length === 1 ? of[0] : { kind: "or", of };
}

/**
 * Reads a filter: comparisons of columns, numbers and 'texts', joined by `and`, `or`, `not` and parentheses.
 *
 * @throws StatsError `where.syntax`, `where.type`, and what `kindOf` throws for a column that is not there.
 */
export function parseWhere(where: string, kindOf: KindOf): Condition {
  const reader: Reader = { text: where, kindOf, tokens: tokenize(where), next: 0 };
  const condition = readOr(reader);
  if (reader.tokens[reader.next].kind !== "end") throw fail(reader, "and, or, or the end");
  return condition;
}

function compare(left: number | string, operator: Comparison, right: number | string): boolean {
  switch (operator) {
    case "=":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

function valueReader(table: Table, operand: Operand): (row: number) => number | string | null {
  if (operand.kind !== "column") return () => operand.value;
  const column = columnOf(table, operand.name, operand.position);
  if (column.kind === "numeric") return (row) => (column.missing[row] === 1 ? null : column.values[row]);
  return (row) => (column.missing[row] === 1 ? null : column.levels[column.codes[row]]);
}

function testOf(table: Table, condition: Condition): RowTest {
  switch (condition.kind) {
    case "comparison": {
      const { operator } = condition;
      const [leftOf, rightOf] = [valueReader(table, condition.left), valueReader(table, condition.right)];
      return (row) => {
        const [a, b] = [leftOf(row), rightOf(row)];
        return a === null || b === null ? null : compare(a, operator, b);
      };
    }
    case "not": {
      const inner = testOf(table, condition.of);
      return (row) => {
        const truth = inner(row);
        return truth === null ? null : !truth;
      };
    }
    case "and":
    case "or": {
      const tests = condition.of.map((one) => testOf(table, one));
      const decides = condition.kind === "or";
      return (row) => {
        const truths = tests.map((test) => test(row));
        return truths.includes(decides) ? decides : truths.includes(null) ? null : !decides;
      };
    }
  }
}

/**
 * The rows for which `where` is true; an unknown row is not kept. See `parseWhere`.
 *
 * @throws StatsError `where.syntax`, `where.type`, `data.unknown-column`
 */
export function filterTable(table: Table, where: string): Table {
  const kindOf: KindOf = (name, position) =>
    columnOf(table, name, position).kind === "numeric" ? "number" : "text";
  const test = testOf(table, parseWhere(where, kindOf));
  return selectRows(table, (row) => test(row) === true);
}
