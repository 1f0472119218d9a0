import fc from "fast-check";
import { expect, test } from "vitest";
import { formatP, formatShare, includesZero, spreadApart, wrapText } from "./text.ts";

test("wrapped text keeps its words in order, and breaks only between them", () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 20, max: 400 }),
      (words, width) => {
        expect(wrapText(words.join(" "), width).join(" ")).toBe(words.join(" "));
      },
    ),
  );
  expect(wrapText("Waves with illness or injury left out", 150)).toHaveLength(2);
});

test("heights moved apart keep their order and their distance where there is room", () => {
  const height = fc.double({ min: 0, max: 400, noNaN: true });
  fc.assert(
    fc.property(fc.array(height, { minLength: 1, maxLength: 8 }), (heights) => {
      const moved = [...spreadApart(heights, 20, [0, 400])].sort((a, b) => a - b);
      moved.forEach((place, index) => {
        expect(place).toBeGreaterThanOrEqual(-1e-9);
        expect(place).toBeLessThanOrEqual(400 + 1e-9);
        if (index > 0) expect(place - (moved[index - 1] ?? 0)).toBeGreaterThanOrEqual(20 - 1e-9);
      });
    }),
  );
  expect(spreadApart([300, 10], 20, [0, 400])).toEqual([300, 10]);
});

test("a share is never rounded to nothing or to all", () => {
  expect([0, 0.001, 0.56, 0.999, 1].map((share) => formatShare(share))).toEqual([
    "0%",
    "<1%",
    "56%",
    ">99%",
    "100%",
  ]);
  expect(formatShare(0.5, "nb")).toBe("50\u00a0%");
  expect(formatShare(Number.NaN)).toBe("–");
});

test("a small p-value is given as a limit", () => {
  expect([0.00001, 0.0341].map((p) => formatP(p, "nb"))).toEqual(["p < 0,001", "p = 0,034"]);
});

test("an interval that ends at zero includes it", () => {
  expect(includesZero({ estimate: 1, lower: 0, upper: 2 })).toBe(true);
  expect(includesZero({ estimate: 1, lower: 0.1, upper: 2 })).toBe(false);
});
