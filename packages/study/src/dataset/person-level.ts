import type { Expression } from "../answering/index.ts";
import { parseExpression } from "../protocol/language/parse.ts";
import type { DerivedVariable, Protocol } from "../protocol/types.ts";
import { waveItems } from "../protocol/variables.ts";

/** The variables that are the same at every wave of a person: items asked once, and what is derived only from such. */
export function personLevelNames(protocol: Protocol): readonly string[] {
  const items = [...waveItems(protocol).values()]
    .filter(({ item, instrument }) => instrument.once === true && item.kind !== "text")
    .map(({ item }) => item.id);
  const derived = new Map(protocol.derived.map((entry) => [entry.name, entry]));
  const isConstant = (name: string): boolean => {
    const rule = derived.get(name);
    return rule === undefined
      ? items.includes(name) || name === "enrolled_day"
      : sources(rule).every(constant);
  };
  const constant = (expression: Expression): boolean => {
    switch (expression.kind) {
      case "literal":
        return true;
      case "name":
        return isConstant(expression.name);
      case "unary":
        return constant(expression.operand);
      case "binary":
        return constant(expression.left) && constant(expression.right);
      case "call":
        return acrossWaves.has(expression.name) || expression.arguments.every(constant);
    }
  };
  return [...items, ...protocol.derived.map((entry) => entry.name).filter(isConstant)];
}

const acrossWaves: ReadonlySet<string> = new Set(["at", "first", "mean", "count"]);

function sources(rule: DerivedVariable): readonly Expression[] {
  return [rule.expr, rule.zeroWhen, rule.missingWhen].flatMap((source) =>
    source === undefined ? [] : [parseExpression(source)],
  );
}
