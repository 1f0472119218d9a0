import { expect, test } from "vitest";
import { HELP_OPTION, oneOf, readArguments, wholeNumber } from "./arguments.ts";
import type { CommandDescription } from "./command.ts";

const description: CommandDescription = {
  name: "try",
  summary: "Try",
  arguments: [{ name: "FILE", help: "a file" }],
  options: [
    { name: "where", value: "EXPR", help: "" },
    { name: "seed", value: "N", help: "" },
    { name: "json", help: "" },
    HELP_OPTION,
  ],
  examples: [],
};

test("options may stand before or after the arguments, with = or without", () => {
  const typed = readArguments(description, ["--where", "x > 1", "a.csv", "--seed=7", "--json"]);
  expect(typed.positionals).toEqual(["a.csv"]);
  expect([typed.text("where"), typed.text("seed"), typed.has("json")]).toEqual(["x > 1", "7", true]);
});

test("a value may start with a minus sign", () => {
  expect(readArguments(description, ["a.csv", "--where", "-1 < x"]).text("where")).toBe("-1 < x");
});

test("what follows -- is an argument whatever it looks like", () => {
  expect(readArguments(description, ["--", "--odd.csv"]).positionals).toEqual(["--odd.csv"]);
});

test("a short or single-dash option is refused, as there are none", () => {
  expect(() => readArguments(description, ["a.csv", "-x"])).toThrow("found -x");
  expect(() => readArguments(description, ["a.csv", "-json"])).toThrow("Expected an option");
});

test("numbers and words are checked against what the option can take", () => {
  const typed = readArguments(description, ["a.csv", "--seed", "-3", "--where", "up"]);
  expect(() => wholeNumber(typed, "seed", { least: 0, fallback: 1 })).toThrow("0 or more; found -3");
  expect(() => oneOf(typed, "where", { words: ["left", "right"], fallback: "left" })).toThrow(
    "left or right; found up",
  );
  expect(wholeNumber(readArguments(description, ["a.csv"]), "seed", { least: 0, fallback: 1 })).toBe(1);
});
