import { expect, test } from "vitest";
import { gaussHermite } from "./gauss-hermite.ts";

test.each([1, 2, 5, 9, 16, 25])("%i Gauss-Hermite nodes integrate the moments of a normal exactly", (n) => {
  const { nodes, weights } = gaussHermite(n);
  let moment = 1;
  for (let degree = 0; degree <= 2 * n - 2; degree += 2) {
    const sum = nodes.reduce((total, x, k) => total + weights[k] * x ** degree, 0);
    expect(Math.abs(sum / moment - 1)).toBeLessThan(2e-13);
    moment *= (degree + 1) / 2;
  }
  expect([...nodes]).toEqual([...nodes].sort((a, b) => a - b));
});

test("the rule with five nodes is the one in the tables (Abramowitz & Stegun, table 25.10)", () => {
  const { nodes, weights } = gaussHermite(5);
  expect(nodes[4]).toBeCloseTo(2.020182870456086, 14);
  expect(nodes[3]).toBeCloseTo(0.958572464613819, 14);
  expect(weights[2] * Math.sqrt(Math.PI)).toBeCloseTo(0.9453087204829419, 14);
});
