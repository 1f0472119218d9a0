import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate } from "../../answering/index.ts";
import { parseExpression } from "./parse.ts";
import { ExpressionError } from "./tokens.ts";

function value(source: string): unknown {
  return evaluate(parseExpression(source), () => undefined);
}

function mistake(source: string): ExpressionError {
  try {
    parseExpression(source);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
  }
  throw new Error(`${source} was read without a mistake`);
}

describe("parseExpression", () => {
  test.each([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["8 / 4 / 2", 1],
    ["5 - 3 - 1", 1],
    ["-2 * -3", 6],
    ["1 + 1 == 2", true],
    ["not 1 == 2", true],
    ["true or true and false", true],
    ["not true or true", true],
    ["1 < 2 and 'a' != \"b\"", true],
    ["min(3, 1, 2) + max(0, 1)", 2],
    ["sqrt(9)", 3],
  ])("reads %s as %s", (source, expected) => {
    expect(value(source)).toBe(expected);
  });

  test("keeps the place of every part", () => {
    expect(parseExpression("a + 1")).toEqual({
      kind: "binary",
      operator: "+",
      left: { kind: "name", name: "a", at: 0 },
      right: { kind: "literal", value: 1, at: 4 },
      at: 2,
    });
  });

  test.each([
    ["a +", 3, "the end"],
    ["a $ b", 2, "“$”"],
    ["a b", 2, "“b”"],
    ["(a", 2, "the end"],
    ["1 < 2 < 3", 6, "“<”"],
    ["a = 1", 2, "“=”"],
    ["and", 0, "“and”"],
    ["sqrt(1, 2)", 0, "2"],
    ["", 0, "the end"],
  ])("points at the mistake in “%s”", (source, at, found) => {
    expect(mistake(source)).toMatchObject({ at, found });
  });

  test("names the nearest function", () => {
    expect(mistake("meen(a)").found).toBe("meen(). Did you mean “mean”?");
  });

  test("answers any text with a tree or a mistake at a place inside it, and runs nothing", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (source) => {
        try {
          parseExpression(source);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
          expect((error as ExpressionError).at).toBeLessThanOrEqual(source.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
