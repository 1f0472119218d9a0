import fc from "fast-check";
import { expect, test } from "vitest";
import { StatsError } from "../errors.ts";
import { benjaminiHochberg, holm } from "./multiplicity.ts";

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });

test("Holm's and Benjamini and Hochberg's p-values step down and up over the sorted p-values", () => {
  const p = [0.01, 0.04, 0.03, 0.005, 0.5];
  const rounded = (values: number[]) => values.map((value) => Number(value.toFixed(10)));
  expect(rounded(holm(p))).toEqual([0.04, 0.09, 0.09, 0.025, 0.5]);
  expect(rounded(benjaminiHochberg(p))).toEqual([0.025, 0.05, 0.05, 0.025, 0.5]);
});

test("adjusted p-values keep the order, are not smaller, and Holm's are at most Bonferroni's", () => {
  fc.assert(
    fc.property(pValues, (p) => {
      const adjusted = holm(p);
      const discovery = benjaminiHochberg(p);
      p.forEach((value, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(value);
        expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p.length * value) + 1e-12);
        expect(discovery[i]).toBeLessThanOrEqual(adjusted[i] + 1e-12);
        p.forEach((other, j) => {
          if (value < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]);
        });
      });
    }),
  );
});

test("a p-value that could not be computed is refused", () => {
  expect(() => holm([0.1, Number.NaN])).toThrow(StatsError);
});
