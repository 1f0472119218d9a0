import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileForm } from "../instruments/compile-form.ts";
import { flagship } from "../testing/flagship.ts";
import type { Answers, AnswerValue, FormItem, WaveForm } from "./form.ts";
import { askedItems, helpCalledFor, isAsked, nextItem, progress } from "./walk.ts";

const form = compileForm(flagship, "w2", "en");
const skipped = { kind: "skipped" as const };

function item(id: string): FormItem {
  const found = form.items.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no item ${id}`);
  return found;
}

function given(values: Readonly<Record<string, AnswerValue>>): Answers {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { kind: "value", value }]));
}

describe("isAsked", () => {
  test("asks while an answer that would decide is missing or skipped", () => {
    expect(isAsked(item("ex_int"), {})).toBe(true);
    expect(isAsked(item("ex_int"), { ex_freq: skipped })).toBe(true);
  });

  test("does not ask how hard it was after no exercise", () => {
    expect(isAsked(item("ex_int"), given({ ex_freq: 0 }))).toBe(false);
  });

  test("asks about pain's interference when either measure says there is pain", () => {
    expect(isAsked(item("peg_p"), given({ pain_vrs: 0, nrs_avg: 1 }))).toBe(true);
    expect(isAsked(item("peg_p"), given({ pain_vrs: 0, nrs_avg: 0 }))).toBe(false);
    expect(isAsked(item("peg_p"), { ...given({ pain_vrs: 0 }), nrs_avg: skipped })).toBe(true);
  });
});

describe("nextItem", () => {
  test("goes on where the person stopped", () => {
    expect(nextItem(form, {})?.id).toBe("pain_vrs");
    expect(nextItem(form, given({ pain_vrs: 0, nrs_avg: 0 }))?.id).toBe("ex_freq");
  });

  test("does not come back to a skipped question", () => {
    expect(nextItem(form, { pain_vrs: skipped })?.id).toBe("nrs_avg");
  });

  test("ends, whatever is answered, after at most one answer for each question", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 20, maxLength: 20 }), (choices) => {
        let answers: Answers = {};
        for (const choice of choices) {
          const next = nextItem(form, answers);
          if (next === undefined) break;
          answers = { ...answers, [next.id]: choice === 0 ? skipped : { kind: "value", value: 1 } };
        }
        expect(nextItem(form, answers)).toBe(undefined);
      }),
    );
  });

  test("is not misled by an item with the name of an object's own method", () => {
    const odd: WaveForm = { ...form, items: [{ id: "constructor", kind: "yes_no", text: "?" }] };
    expect(nextItem(odd, {})?.id).toBe("constructor");
  });
});

describe("progress", () => {
  test("counts only the questions that are asked", () => {
    const answers = given({ pain_vrs: 0, nrs_avg: 0, ex_freq: 0 });
    const asked = askedItems(form, answers);
    expect(asked.map((entry) => entry.id)).not.toContain("ex_dur");
    expect(progress(form, answers, "evs_days")).toEqual({ position: 4, total: asked.length, minutesLeft: 3 });
  });

  test("starts with the minutes the consent text promises and ends with one", () => {
    const first = askedItems(form, {})[0];
    const last = askedItems(form, {}).at(-1);
    expect(progress(form, {}, first.id).minutesLeft).toBe(form.minutes);
    expect(progress(form, {}, last?.id ?? "").minutesLeft).toBe(1);
  });
});

describe("helpCalledFor", () => {
  test("shows the help text for very severe pain, and not for a missing answer", () => {
    expect(helpCalledFor(form, given({ pain_vrs: 5 }))).toBe(true);
    expect(helpCalledFor(form, given({ pain_vrs: 4 }))).toBe(false);
    expect(helpCalledFor(form, {})).toBe(false);
  });

  test("shows it when someone says the study harmed them", () => {
    expect(helpCalledFor(form, given({ harm: true }))).toBe(true);
  });

  test("shows it for nine or more on the PHQ-4, where that is asked", () => {
    const first = compileForm(flagship, "w1", "en");
    const low = given({ phq4_1: 3, phq4_2: 3, phq4_3: 3, phq4_4: 0 });
    expect(helpCalledFor(first, low)).toBe(true);
    expect(form.helpWhen).toHaveLength(2);
  });
});
