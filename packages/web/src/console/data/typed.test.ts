import type { FormItem } from "@longwave/study/answering";
import { describe, expect, test } from "vitest";
import { readTyped, wordsOf } from "./typed.ts";

const pain: FormItem = {
  id: "pain",
  kind: "single_choice",
  text: "Pain",
  options: [
    { value: 0, text: "None" },
    { value: 5, text: "Severe" },
  ],
};
const places: FormItem = {
  id: "places",
  kind: "multi_choice",
  text: "Where",
  noneText: "Nowhere",
  options: [
    { value: "neck", text: "Neck" },
    { value: "knee", text: "Knee" },
  ],
};
const harm: FormItem = { id: "harm", kind: "yes_no", text: "Harm" };
const minutes: FormItem = { id: "minutes", kind: "number", text: "Minutes", min: 0, max: 90, decimals: 1 };

describe("what staff type", () => {
  test.each([
    [pain, "5", 5],
    [places, "2 1", ["neck", "knee"]],
    [places, "0", []],
    [harm, "J", true],
    [harm, "n", false],
    [minutes, "7,5", 7.5],
  ] as const)("%o typed as %s is an answer by the rules of the phone", (item, typed, value) => {
    expect(readTyped(item, typed)).toEqual({ kind: "answer", payload: { kind: "value", value } });
  });

  test("a hyphen is left blank, nothing is nothing yet, and what is no answer says what was expected", () => {
    expect(readTyped(pain, "-")).toEqual({ kind: "answer", payload: { kind: "skipped" } });
    expect(readTyped(pain, " ")).toEqual({ kind: "empty" });
    expect(readTyped(pain, "3")).toEqual({ kind: "wrong", expected: "one of: None, Severe" });
    expect(readTyped(minutes, "91")).toMatchObject({ kind: "wrong" });
    expect(readTyped(places, "1 3")).toMatchObject({ kind: "wrong" });
  });

  test("an answer is shown with the code that was typed", () => {
    const words = { blank: "left blank" };
    expect(wordsOf(pain, { kind: "value", value: 5 }, words)).toBe("5 Severe");
    expect(wordsOf(places, { kind: "value", value: [] }, words)).toBe("0 Nowhere");
    expect(wordsOf(places, { kind: "value", value: ["knee"] }, words)).toBe("2 Knee");
    expect(wordsOf(harm, { kind: "skipped" }, words)).toBe("left blank");
  });
});
