import type { Expression } from "../../answering/index.ts";

/** A name an expression mentions, where, and as what. */
export interface Mention {
  readonly name: string;
  readonly at: number;
  /** `wave`: the first argument of at(). `item`: the argument of weight(), has() or size(). */
  readonly as: "variable" | "wave" | "item";
}

/** Every name an expression mentions, in the order of the text. */
export function mentions(expression: Expression): readonly Mention[] {
  switch (expression.kind) {
    case "literal":
      return [];
    case "name":
      return [{ name: expression.name, at: expression.at, as: "variable" }];
    case "unary":
      return mentions(expression.operand);
    case "binary":
      return [...mentions(expression.left), ...mentions(expression.right)];
    case "call":
      return expression.arguments.flatMap((argument, index) =>
        argumentMentions(expression.name, argument, index),
      );
  }
}

function argumentMentions(call: string, argument: Expression, index: number): readonly Mention[] {
  if (argument.kind !== "name" || index > 0) return mentions(argument);
  const { name, at } = argument;
  if (call === "at") return [{ name, at, as: "wave" }];
  if (call === "weight" || call === "has" || call === "size") return [{ name, at, as: "item" }];
  return mentions(argument);
}
