import { expect, test } from "vitest";
import { fiveAnswerGlyph } from "./glyph.ts";

const count = (text: string, part: string): number => text.split(part).length - 1;

test("five answers are five dots joined by four strokes", () => {
  const glyph = fiveAnswerGlyph([true, true, true, true, true], "");
  expect(count(glyph, "<circle")).toBe(5);
  expect(count(glyph, "M")).toBe(4);
});

test("dots are joined only when both neighbours answered; a gap is a short stroke at the foot", () => {
  const glyph = fiveAnswerGlyph([true, false, true, true, false], "Answered waves 1, 3 and 4 of 5");
  expect(count(glyph, "<circle")).toBe(3);
  expect(count(glyph, "h4")).toBe(2);
  expect(count(glyph, "L")).toBe(1);
  expect(glyph).toContain(`role="img" aria-label="Answered waves 1, 3 and 4 of 5"`);
});

test("without words it is decoration, hidden from assistive software", () => {
  expect(fiveAnswerGlyph([], "")).toContain(`aria-hidden="true"`);
  expect(fiveAnswerGlyph([true], "")).toContain("<circle");
});
