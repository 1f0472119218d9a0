import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StatsError } from "../errors.ts";
import { formatFormula } from "./formula.ts";
import { formulaColumns, parseFormula } from "./parse.ts";

function termsOf(text: string): string[] {
  return parseFormula(text).terms.map((term) => term.text);
}

function errorOf(text: string): StatsError {
  try {
    parseFormula(text);
  } catch (error) {
    if (error instanceof StatsError) return error;
  }
  throw new Error(`${text} was read without an error`);
}

describe("reading formulas", () => {
  test("a product is its parts and their interaction, main effects first", () => {
    expect(termsOf("y ~ a * b + c")).toEqual(["a", "b", "c", "a:b"]);
  });

  test("a parenthesis multiplies each of its terms", () => {
    expect(termsOf("pain ~ (within(ex) + between(ex)) * male + wave")).toEqual([
      "within(ex)",
      "between(ex)",
      "male",
      "wave",
      "within(ex):male",
      "between(ex):male",
    ]);
  });

  test("an interaction keeps the order in which it is written, and counts once in either order", () => {
    expect(termsOf("y ~ a + b + b:a + a:b")).toEqual(["a", "b", "b:a"]);
  });

  test("a variable counts once in a product", () => {
    expect(termsOf("y ~ a:a + a*a")).toEqual(["a"]);
  });

  test("- removes a term, and 0 or - 1 the intercept", () => {
    expect(termsOf("y ~ a * b - a:b")).toEqual(["a", "b"]);
    expect(parseFormula("y ~ a").intercept).toBe(true);
    expect(parseFormula("y ~ 0 + a").intercept).toBe(false);
    expect(parseFormula("y ~ a - 1").intercept).toBe(false);
    expect(parseFormula("y ~ 1").terms).toEqual([]);
  });

  test("random terms have an intercept unless 0 is written, and are uncorrelated after ||", () => {
    const { random } = parseFormula("y ~ x + (x | id) + (0 + w || id)");
    expect(random.map(({ intercept, correlated, group }) => ({ intercept, correlated, group }))).toEqual([
      { intercept: true, correlated: true, group: "id" },
      { intercept: false, correlated: false, group: "id" },
    ]);
  });

  test("nested groups are written with a slash, and combined columns with a colon, named as lme4 names them", () => {
    const groupsOf = (text: string) => parseFormula(text).random.map(({ group }) => group);
    expect(groupsOf("y ~ x + (1 | site/person)")).toEqual(["site", "person:site"]);
    expect(groupsOf("y ~ x + (x || region/site/person)")).toEqual([
      "region",
      "site:region",
      "person:site:region",
    ]);
    expect(groupsOf("y ~ x + (1 | site:person) + (1 | site)")).toEqual(["site:person", "site"]);
    expect(parseFormula("y ~ (1 | `a b`/c)").random[1].columns).toEqual(["c", "a b"]);
    expect(formatFormula(parseFormula("y ~ (1 | `a b`/c)"))).toBe("y ~ 1 + (1 | `a b`) + (1 | c:`a b`)");
    expect(formulaColumns("y ~ x + (1 | site/person)")).toEqual(["y", "x", "site", "person"]);
  });

  test("a column with an unusual name stands in backticks", () => {
    expect(formulaColumns("`pain now` ~ `x-1` + (1 | id)")).toEqual(["pain now", "x-1", "id"]);
  });

  test("the columns asked of a source are the raw ones, each once", () => {
    expect(formulaColumns("pain ~ within(lag(ex)) + factor(wave) * ex + (1 + wave | id)")).toEqual([
      "pain",
      "ex",
      "wave",
      "id",
    ]);
  });
});

describe("a typo is shown at its place", () => {
  test.each([
    ["pain ~ ex +", "formula.syntax", 11, "the end of the formula"],
    ["pain ex", "formula.syntax", 5, '"ex"'],
    ["pain ~ (1 | id", "formula.syntax", 14, "the end of the formula"],
    ["pain ~ ex ex2", "formula.syntax", 10, '"ex2"'],
    ["pain ~ ex ^ 2", "formula.character", 10, '"^"'],
    ["pain ~ ex / 2", "formula.character", 10, '"/"'],
    ["pain ~ (1 | id) + ex / 2", "formula.character", 21, '"/"'],
    ["pain ~ (1 | site/)", "formula.syntax", 17, "the column that names the person"],
    ["pain ~ (1 | site/id) + (1 | id:site)", "formula.duplicate-random-term", 23, "once"],
    ["pain ~ 2 * ex", "formula.number", 7, '"2"'],
    ["pain ~ withn(ex) + (1 | id)", "formula.function", 7, "within()"],
    ["pain ~ log(ex)", "formula.function", 7, "log("],
    ["pain ~ ex * (1 | id)", "formula.random-term", 12, "Add it with +"],
    ["pain ~ (1 | id) * ex", "formula.random-term", 7, "Add it with +"],
    ["pain ~ ((1 | id) | site)", "formula.random-term", 8, "Add it with +"],
    ["pain ~ (0 | id)", "formula.random-term", 7, "(1 | person)"],
    ["pain ~ (1 | id) + (x | id)", "formula.duplicate-random-term", 18, "(0 + x | id)"],
    ["~ ex", "formula.syntax", 0, "the outcome"],
    ["", "formula.syntax", 0, "the outcome"],
  ])("in %s", (text, code, position, fragment) => {
    const error = errorOf(text);
    expect(error.code).toBe(code);
    expect(error.position).toBe(position);
    expect(error.message).toContain(fragment);
    expect(error.message.endsWith(`\n  ${text}\n  ${" ".repeat(position)}^`)).toBe(true);
  });
});

const variable = fc.oneof(
  fc.constantFrom("a", "b", "c", "`odd name`"),
  fc.constantFrom("within(x)", "between(x)", "lag(x)", "factor(w)", "within(lag(x))", "lag(within(x))"),
);
const term = fc.array(variable, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(":"));
const random = fc
  .tuple(
    fc.constantFrom("1", "0"),
    fc.constantFrom("a", "b", "within(x)"),
    fc.constantFrom("| id", "|| id", "| site/id", "|| site:id"),
  )
  .map(([intercept, slope, bar]) => `(${intercept} + ${slope} ${bar})`);

test("printing a formula and reading it again gives the same formula", () => {
  const formula = fc
    .tuple(fc.constantFrom("1", "0"), fc.array(term, { maxLength: 5 }), fc.option(random, { nil: undefined }))
    .map(
      ([intercept, terms, bar]) =>
        `y ~ ${[intercept, ...terms, ...(bar === undefined ? [] : [bar])].join(" + ")}`,
    );
  fc.assert(
    fc.property(formula, (text) => {
      const first = parseFormula(text);
      const printed = formatFormula(first);
      const second = parseFormula(printed);
      expect(formatFormula(second)).toBe(printed);
      expect(second.terms.map(({ text: name }) => name)).toEqual(first.terms.map(({ text: name }) => name));
      expect(second.intercept).toBe(first.intercept);
      expect(second.random.length).toBe(first.random.length);
    }),
  );
});
