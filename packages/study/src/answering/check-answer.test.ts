import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { studyCodes } from "../errors.ts";
import { compileForm } from "../instruments/compile-form.ts";
import { flagship } from "../testing/flagship.ts";
import { checkAnswer } from "./check-answer.ts";
import type { FormItem } from "./form.ts";

const pain: FormItem = {
  id: "pain",
  kind: "single_choice",
  text: "How much pain?",
  options: [
    { value: 0, text: "None" },
    { value: 1, text: "Some" },
  ],
};
const places: FormItem = {
  id: "places",
  kind: "multi_choice",
  text: "Where?",
  noneText: "None of these",
  options: ["neck", "back", "knee"].map((value) => ({ value, text: value })),
};
const scale: FormItem = {
  id: "nrs",
  kind: "scale",
  text: "0 to 10",
  min: 0,
  max: 10,
  lowText: "no",
  highText: "most",
};
const weight: FormItem = { id: "kg", kind: "number", text: "Weight", min: 30, max: 300, decimals: 1 };
const harm: FormItem = { id: "harm", kind: "yes_no", text: "Harm?" };
const what: FormItem = { id: "what", kind: "text", text: "What?", maxLength: 10 };

function given(item: FormItem, value: unknown): unknown {
  const checked = checkAnswer(item, { kind: "value", value });
  return checked.ok ? checked.payload : checked.problem.code;
}

describe("checkAnswer", () => {
  test("lets any question be skipped", () => {
    for (const item of [pain, places, scale, weight, harm, what]) {
      expect(checkAnswer(item, { kind: "skipped" })).toEqual({ ok: true, payload: { kind: "skipped" } });
    }
  });

  test.each([
    ["an option", pain, 1],
    ["places", places, ["neck", "knee"]],
    ["no place at all", places, []],
    ["a whole number on the scale", scale, 10],
    ["a number with as many decimals as asked", weight, 72.5],
    ["no", harm, false],
    ["a few words", what, "A fall"],
  ])("keeps %s", (_, item, value) => {
    expect(given(item, value)).toEqual({ kind: "value", value });
  });

  test.each([
    ["an option that is not on the form", pain, 2, "answer.not-an-option"],
    ["an option written as words", pain, "1", "answer.not-an-option"],
    ["a place that is not on the form", places, ["nose"], "answer.not-an-option"],
    ["a place ticked twice", places, ["neck", "neck"], "answer.not-an-option"],
    ["a place without a list", places, "neck", "answer.not-an-option"],
    ["half a point on a scale of whole numbers", scale, 4.5, "answer.not-a-whole-number"],
    ["a number above the scale", scale, 11, "answer.out-of-range"],
    ["more decimals than asked", weight, 72.55, "answer.too-many-decimals"],
    ["a number that is not one", weight, Number.NaN, "answer.not-a-number"],
    ["1 for yes", harm, 1, "answer.not-yes-or-no"],
    ["blank words", what, "  ", "answer.no-words"],
    ["too many words", what, "more than ten", "answer.too-long"],
  ])("refuses %s", (_, item, value, code) => {
    expect(given(item, value)).toBe(code);
  });

  test("puts ticked places in the order of the form, so that the same ticks are the same answer", () => {
    expect(given(places, ["knee", "neck"])).toEqual({ kind: "value", value: ["neck", "knee"] });
  });

  test("says what was expected, what was found and what to do", () => {
    expect(checkAnswer(scale, { kind: "value", value: 11 })).toEqual({
      ok: false,
      problem: {
        code: "answer.out-of-range",
        expected: "a number from 0 to 10",
        found: "11",
        remedy: "Check the number and give it again, or skip the question.",
      },
    });
  });

  test("answers anything at all with an answer or a problem in three parts, and keeps what it kept", () => {
    const items = flagship.waves.flatMap((wave) => compileForm(flagship, wave.id, "en").items);
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ kind: fc.constantFrom("value", "skipped"), value: fc.anything() }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...items), anything, (item, payload) => {
        const checked = checkAnswer(item, payload);
        if (checked.ok) {
          expect(checkAnswer(item, checked.payload)).toEqual(checked);
          expect(JSON.parse(JSON.stringify(checked.payload))).toEqual(checked.payload);
        } else {
          expect(studyCodes).toContain(checked.problem.code);
          for (const part of Object.values(checked.problem)) expect(part).not.toBe("");
        }
      }),
      { numRuns: 2000 },
    );
  });
});
