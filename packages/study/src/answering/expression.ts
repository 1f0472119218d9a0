/** A value of the closed language; `undefined` means unknown. */
export type ExpressionValue = number | string | boolean | undefined;

export type ArithmeticOperator = "+" | "-" | "*" | "/";
export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | "and" | "or";

/** Every function of the language. The phone knows `sqrt`, `min` and `max`; the others need more than one answer. */
export type FunctionName =
  | "sqrt"
  | "min"
  | "max"
  | "cut"
  | "mean"
  | "count"
  | "first"
  | "at"
  | "weight"
  | "has"
  | "size";

/** A parsed expression; `at` is the place in the source text, counted from 0. */
export type Expression =
  | { readonly kind: "literal"; readonly value: number | string | boolean; readonly at: number }
  | { readonly kind: "name"; readonly name: string; readonly at: number }
  | {
      readonly kind: "unary";
      readonly operator: "-" | "not";
      readonly operand: Expression;
      readonly at: number;
    }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | CallExpression;

export interface CallExpression {
  readonly kind: "call";
  readonly name: FunctionName;
  readonly arguments: readonly Expression[];
  readonly at: number;
}

export type Lookup = (name: string) => ExpressionValue;
/** Answers the functions that look beyond one wave; without it they are unknown. */
export type CallLookup = (call: CallExpression) => ExpressionValue;

/**
 * The value of an expression, or `undefined` when a missing answer leaves it unknown.
 *
 * `and`, `or` and `not` follow Kleene's strong three-valued logic: a missing answer never decides.
 * Division by zero and the root of a negative number are unknown, never infinite.
 */
export function evaluate(expression: Expression, lookup: Lookup, call?: CallLookup): ExpressionValue {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "name":
      return lookup(expression.name);
    case "unary":
      return evaluateUnary(expression.operator, evaluate(expression.operand, lookup, call));
    case "binary":
      return evaluateBinary(
        expression.operator,
        evaluate(expression.left, lookup, call),
        evaluate(expression.right, lookup, call),
      );
    case "call":
      return evaluateCall(expression, lookup, call);
  }
}

function evaluateUnary(operator: "-" | "not", value: ExpressionValue): ExpressionValue {
  if (operator === "not") {
    const known = truth(value);
    return known === undefined ? undefined : !known;
  }
  const number = numeric(value);
  return number === undefined ? undefined : -number;
}

function evaluateBinary(
  operator: BinaryOperator,
  left: ExpressionValue,
  right: ExpressionValue,
): ExpressionValue {
  switch (operator) {
    case "and":
      return both(truth(left), truth(right));
    case "or":
      return either(truth(left), truth(right));
    case "+":
    case "-":
    case "*":
    case "/":
      return arithmetic(operator, numeric(left), numeric(right));
    default:
      return compare(operator, left, right);
  }
}

function evaluateCall(call: CallExpression, lookup: Lookup, beyond?: CallLookup): ExpressionValue {
  if (call.name !== "sqrt" && call.name !== "min" && call.name !== "max") return beyond?.(call);
  let result: number | undefined;
  for (const argument of call.arguments) {
    const value = numeric(evaluate(argument, lookup, beyond));
    if (value === undefined) return undefined;
    if (result === undefined) result = value;
    else result = call.name === "min" ? Math.min(result, value) : Math.max(result, value);
  }
  if (call.name !== "sqrt" || result === undefined) return result;
  return result < 0 ? undefined : Math.sqrt(result);
}

function both(left: boolean | undefined, right: boolean | undefined): boolean | undefined {
  if (left === false || right === false) return false;
  return left === undefined || right === undefined ? undefined : true;
}

function either(left: boolean | undefined, right: boolean | undefined): boolean | undefined {
  if (left === true || right === true) return true;
  return left === undefined || right === undefined ? undefined : false;
}

function arithmetic(
  operator: ArithmeticOperator,
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  const result = apply(operator, left, right);
  return Number.isFinite(result) ? result : undefined;
}

function apply(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
  }
}

function compare(
  operator: ComparisonOperator,
  left: ExpressionValue,
  right: ExpressionValue,
): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (typeof left === "string" && typeof right === "string") return ordered(operator, left, right);
  const a = numeric(left);
  const b = numeric(right);
  // Words and numbers have no order between them: the author's mistake must not look like a "no".
  return a === undefined || b === undefined ? undefined : ordered(operator, a, b);
}

function ordered<T extends number | string>(operator: ComparisonOperator, left: T, right: T): boolean {
  switch (operator) {
    case "==":
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

/** The value as a number (yes is 1, no is 0), or `undefined` when it is unknown or words. */
export function numeric(value: ExpressionValue): number | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The value as true or false (a number other than 0 is true), or `undefined` when it is unknown or words. */
export function truth(value: ExpressionValue): boolean | undefined {
  if (typeof value === "boolean") return value;
  const number = numeric(value);
  return number === undefined ? undefined : number !== 0;
}
