import { errorAt, type StatsError } from "../errors.ts";
import { selectRows } from "./columns.ts";
import { columnOf } from "./nearest-name.ts";
import type { Column, Table } from "./table.ts";

/** True, false, or unknown because a value is missing. */
type Truth = boolean | null;
type RowTest = (row: number) => Truth;

interface Token {
  readonly kind: "word" | "number" | "text" | "symbol" | "end";
  readonly text: string;
  readonly position: number;
}

type Operand =
  | { readonly kind: "column"; readonly name: string; readonly column: Column }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string };

interface Reader {
  readonly text: string;
  readonly table: Table;
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
  const column = columnOf(reader.table, token.text, token.position);
  return { kind: "column", name: token.text, column };
}

function valueReader(operand: Operand): (row: number) => number | string | null {
  if (operand.kind !== "column") return () => operand.value;
  const { column } = operand;
  if (column.kind === "numeric") return (row) => (column.missing[row] === 1 ? null : column.values[row]);
  return (row) => (column.missing[row] === 1 ? null : column.levels[column.codes[row]]);
}

function typeOf(operand: Operand): "number" | "text" {
  if (operand.kind !== "column") return operand.kind;
  return operand.column.kind === "numeric" ? "number" : "text";
}

function nameOf(operand: Operand): string {
  return operand.kind === "column" ? `"${operand.name}"` : String(operand.value);
}

function compare(left: number | string, operator: string, right: number | string): boolean {
  switch (operator) {
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
    default:
      return left === right;
  }
}

function readComparison(reader: Reader): RowTest {
  if (take(reader, "symbol", "(")) {
    const inner = readOr(reader);
    if (!take(reader, "symbol", ")")) throw fail(reader, '")"');
    return inner;
  }
  const left = readOperand(reader);
  const operator = reader.tokens[reader.next];
  if (operator.kind !== "symbol" || !COMPARISONS.includes(operator.text)) throw fail(reader, "a comparison");
  reader.next++;
  const right = readOperand(reader);
  if (typeOf(left) !== typeOf(right)) {
    throw errorAt(
      "where.type",
      `Expected to compare numbers with numbers and text with text; found ${nameOf(left)} (${typeOf(left)}) and ${nameOf(right)} (${typeOf(right)}). Put text in quotes and leave numbers without.`,
      { text: reader.text, position: operator.position },
    );
  }
  const [leftOf, rightOf] = [valueReader(left), valueReader(right)];
  return (row) => {
    const [a, b] = [leftOf(row), rightOf(row)];
    return a === null || b === null ? null : compare(a, operator.text, b);
  };
}

function readNot(reader: Reader): RowTest {
  if (!take(reader, "word", "not")) return readComparison(reader);
  const inner = readNot(reader);
  return (row) => {
    const truth = inner(row);
    return truth === null ? null : !truth;
  };
}

function readAnd(reader: Reader): RowTest {
  const tests = [readNot(reader)];
  while (take(reader, "word", "and")) tests.push(readNot(reader));
  return (row) => {
    const truths = tests.map((test) => test(row));
    return truths.includes(false) ? false : truths.includes(null) ? null : true;
  };
}

function readOr(reader: Reader): RowTest {
  const tests = [readAnd(reader)];
  while (take(reader, "word", "or")) tests.push(readAnd(reader));
  return (row) => {
    const truths = tests.map((test) => test(row));
    return truths.includes(true) ? true : truths.includes(null) ? null : false;
  };
}

/**
 * The rows for which `where` is true: comparisons of columns, numbers and 'texts', joined by `and`, `or`,
 * `not` and parentheses. A comparison with a missing value is unknown, and an unknown row is not kept.
 *
 * @throws StatsError `where.syntax`, `where.type`, `data.unknown-column`
 */
export function filterTable(table: Table, where: string): Table {
  const reader: Reader = { text: where, table, tokens: tokenize(where), next: 0 };
  const test = readOr(reader);
  if (reader.tokens[reader.next].kind !== "end") throw fail(reader, "and, or, or the end");
  return selectRows(table, (row) => test(row) === true);
}
