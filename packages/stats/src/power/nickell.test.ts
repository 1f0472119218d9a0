import { expect, test } from "vitest";
import { nickellBias } from "./nickell.ts";

test.each([
  [2, [-0.5, -0.6, -0.7, -0.85]],
  [3, [-0.3333, -0.4125, -0.4941, -0.6203]],
  [4, [-0.25, -0.3108, -0.3766, -0.4839]],
  [9, [-0.1111, -0.1365, -0.165, -0.2195]],
  [19, [-0.0526, -0.0639, -0.0761, -0.0991]],
  [49, [-0.0204, -0.0246, -0.029, -0.0363]],
])("Nickell's bias with %i pairs, for autoregressions of 0, 0.2, 0.4 and 0.7", (pairs, expected) => {
  const found = [0, 0.2, 0.4, 0.7].map((own) => nickellBias(own, pairs));
  found.forEach((bias, i) => {
    expect(bias).toBeCloseTo(expected[i], 4);
  });
});
