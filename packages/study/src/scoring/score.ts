import { numeric, truth } from "../answering/expression.ts";
import { type CallExpression, type Expression, type ExpressionValue, evaluate } from "../answering/index.ts";
import { mentions } from "../protocol/language/names.ts";
import { parseExpression } from "../protocol/language/parse.ts";
import type { DerivedVariable, Protocol } from "../protocol/types.ts";
import { waveItems } from "../protocol/variables.ts";
import { cut } from "./cut.ts";
import { columnOf, type Grid } from "./grid.ts";

/** A derived variable with its rules parsed. */
interface Rule {
  readonly derived: DerivedVariable;
  readonly expr: Expression;
  readonly zeroWhen?: Expression;
  readonly missingWhen?: Expression;
}

/** What `weight(item)` gives, by item and code. */
type Weights = ReadonlyMap<string, ReadonlyMap<number | string, number>>;

/**
 * Fills the grid with every derived variable of the protocol that it does not hold yet, each after those it needs.
 *
 * A variable already in the grid (a score given instead of its items) is left as it is.
 */
export function scoreInto(grid: Grid, protocol: Protocol): void {
  const weights = itemWeights(protocol);
  for (const rule of inOrder(protocol.derived.map(parseRule))) {
    if (!grid.values.has(rule.derived.name)) fillInto(grid, rule, weights);
  }
}

function parseRule(derived: DerivedVariable): Rule {
  const { zeroWhen, missingWhen } = derived;
  return {
    derived,
    expr: parseExpression(derived.expr),
    ...(zeroWhen === undefined ? {} : { zeroWhen: parseExpression(zeroWhen) }),
    ...(missingWhen === undefined ? {} : { missingWhen: parseExpression(missingWhen) }),
  };
}

/** The rules so that each comes after those it needs; parseProtocol has refused circles. */
function inOrder(rules: readonly Rule[]): readonly Rule[] {
  const byName = new Map(rules.map((rule) => [rule.derived.name, rule]));
  const ordered = new Set<Rule>();
  const visit = (rule: Rule) => {
    if (ordered.has(rule)) return;
    for (const name of needs(rule)) {
      const needed = byName.get(name);
      if (needed !== undefined && needed !== rule) visit(needed);
    }
    ordered.add(rule);
  };
  for (const rule of rules) visit(rule);
  return [...ordered];
}

function needs(rule: Rule): readonly string[] {
  return [rule.expr, rule.zeroWhen, rule.missingWhen].flatMap((expression) =>
    expression === undefined ? [] : mentions(expression).map((mention) => mention.name),
  );
}

function itemWeights(protocol: Protocol): Weights {
  const weights = new Map<string, ReadonlyMap<number | string, number>>();
  for (const [id, { item }] of waveItems(protocol)) {
    if (item.kind !== "single_choice") continue;
    const pairs = item.options.flatMap(({ value, weight }) =>
      weight === undefined ? [] : [[value, weight] as const],
    );
    weights.set(id, new Map(pairs));
  }
  return weights;
}

function fillInto(grid: Grid, rule: Rule, weights: Weights): void {
  const { values, reasons } = columnOf(grid, rule.derived.name);
  const kept = new Map<CallExpression, ExpressionValue>();
  for (let cell = 0; cell < values.length; cell += 1) {
    // What at(), first(), mean() and count() give is the same at every wave of a person: keep it while there.
    if (cell % grid.waves.length === 0) kept.clear();
    if (!grid.done[cell]) continue;
    const reader: Reader = { grid, cell, weights, kept };
    const value = valueIn(rule, reader);
    values[cell] = value.known;
    reasons[cell] = value.reason;
  }
}

/** Where an expression is being read. `kept` holds what calls across waves gave for this person. */
interface Reader {
  readonly grid: Grid;
  readonly cell: number;
  readonly weights: Weights;
  readonly kept: Map<CallExpression, ExpressionValue>;
}

function valueIn(
  rule: Rule,
  reader: Reader,
): { known: ExpressionValue; reason: "by_rule" | "derived_unknown" | undefined } {
  if (rule.missingWhen !== undefined && truth(read(rule.missingWhen, reader)) === true) {
    return { known: undefined, reason: "by_rule" };
  }
  if (rule.zeroWhen !== undefined && truth(read(rule.zeroWhen, reader)) === true)
    return { known: 0, reason: undefined };
  const known = read(rule.expr, reader);
  return { known, reason: known === undefined ? "derived_unknown" : undefined };
}

function read(expression: Expression, reader: Reader): ExpressionValue {
  return evaluate(
    expression,
    (name) => scalar(reader.grid.values.get(name)?.[reader.cell]),
    (call) => readCall(call, reader),
  );
}

function scalar(value: unknown): ExpressionValue {
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
  return undefined;
}

function readCall(call: CallExpression, reader: Reader): ExpressionValue {
  switch (call.name) {
    case "weight":
      return readWeight(call, reader);
    case "has":
    case "size":
      return readPlaces(call, reader);
    case "cut": {
      const [value, ...breaks] = call.arguments.map((argument) => numeric(read(argument, reader)));
      return cut(value, breaks);
    }
    default:
      return readAcrossWaves(call, reader);
  }
}

function readWeight(call: CallExpression, { grid, cell, weights }: Reader): number | undefined {
  const name = firstName(call);
  const code = scalar(grid.values.get(name)?.[cell]);
  return code === undefined || typeof code === "boolean" ? undefined : weights.get(name)?.get(code);
}

function readPlaces(call: CallExpression, reader: Reader): boolean | number | undefined {
  const places = reader.grid.values.get(firstName(call))?.[reader.cell];
  if (!Array.isArray(places)) return undefined;
  if (call.name === "size") return places.length;
  return call.arguments.slice(1).some((argument) => places.includes(read(argument, reader)));
}

function readAcrossWaves(call: CallExpression, reader: Reader): ExpressionValue {
  if (reader.kept.has(call)) return reader.kept.get(call);
  const value = acrossWaves(call, reader);
  reader.kept.set(call, value);
  return value;
}

function acrossWaves(call: CallExpression, reader: Reader): ExpressionValue {
  const { grid } = reader;
  const start = reader.cell - (reader.cell % grid.waves.length);
  const inner = call.arguments[call.arguments.length - 1];
  if (inner === undefined) return undefined;
  // Calls inside this one are read at other waves, so nothing kept for this wave may answer them.
  const readAt = (wave: number) => {
    const cell = start + wave;
    return grid.done[cell] ? read(inner, { ...reader, cell, kept: new Map() }) : undefined;
  };
  if (call.name === "at") return readAt(grid.waves.indexOf(firstName(call)));
  const known = grid.waves.map((_, wave) => readAt(wave)).filter((value) => value !== undefined);
  if (call.name === "first") return known[0];
  if (call.name === "count") return known.filter((value) => value !== false).length;
  const numbers = known.flatMap((value) => numeric(value) ?? []);
  return numbers.length === 0 ? undefined : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

function firstName(call: CallExpression): string {
  const [first] = call.arguments;
  return first?.kind === "name" ? first.name : "";
}
