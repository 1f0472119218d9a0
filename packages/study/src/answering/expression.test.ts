import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExpression } from "../protocol/language/parse.ts";
import { type Expression, type ExpressionValue, evaluate } from "./expression.ts";

function value(source: string, names: Readonly<Record<string, ExpressionValue>> = {}): ExpressionValue {
  return evaluate(parseExpression(source), (name) => names[name]);
}

const t = true;
const f = false;
const u = undefined;

describe("evaluate", () => {
  test.each([
    [t, t, t, t],
    [t, f, f, t],
    [t, u, u, t],
    [f, t, f, t],
    [f, f, f, f],
    [f, u, f, u],
    [u, t, u, t],
    [u, f, f, u],
    [u, u, u, u],
  ])("for %s and %s: `and` is %s, `or` is %s", (a, b, and, or) => {
    expect(value("a and b", { a, b })).toBe(and);
    expect(value("a or b", { a, b })).toBe(or);
  });

  test("leaves `not` of an unknown unknown", () => {
    expect([value("not a", { a: t }), value("not a", { a: f }), value("not a", { a: u })]).toEqual([f, t, u]);
  });

  test.each(["==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/"])(
    "makes %s with a missing answer unknown",
    (operator) => {
      expect(value(`a ${operator} 1`)).toBe(undefined);
      expect(value(`1 ${operator} a`)).toBe(undefined);
    },
  );

  test("gives unknown, never infinity, for a division by zero or the root of a negative number", () => {
    expect([value("1 / 0"), value("0 / 0"), value("sqrt(-1)")]).toEqual([u, u, u]);
  });

  test("counts yes as 1 and no as 0 in sums", () => {
    expect(value("a + b >= 2", { a: t, b: t })).toBe(t);
  });

  test("does not compare words with numbers", () => {
    expect([value('"a" < 1'), value('a == "walk"', { a: "walk" })]).toEqual([u, t]);
  });

  test("keeps De Morgan's laws with unknowns", () => {
    const truth = fc.constantFrom(t, f, u);
    fc.assert(
      fc.property(truth, truth, (a, b) => {
        expect(value("not (a and b)", { a, b })).toBe(value("not a or not b", { a, b }));
      }),
    );
  });

  test("never decides more from fewer answers: taking an answer away leaves the value or makes it unknown", () => {
    const names = ["a", "b", "c"];
    const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(...names).map((name): Expression => ({ kind: "name", name, at: 0 })),
        fc.boolean().map((literal): Expression => ({ kind: "literal", value: literal, at: 0 })),
        tie("tree").map((operand): Expression => ({ kind: "unary", operator: "not", operand, at: 0 })),
        fc
          .tuple(fc.constantFrom("and" as const, "or" as const), tie("tree"), tie("tree"))
          .map(([operator, left, right]): Expression => ({ kind: "binary", operator, left, right, at: 0 })),
      ),
    }));
    fc.assert(
      fc.property(
        tree,
        fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
        fc.constantFrom(...names),
        (expression, known, lost) => {
          const full = (name: string) => known[names.indexOf(name)];
          const less = evaluate(expression, (name) => (name === lost ? undefined : full(name)));
          expect([undefined, evaluate(expression, full)]).toContain(less);
        },
      ),
    );
  });
});
