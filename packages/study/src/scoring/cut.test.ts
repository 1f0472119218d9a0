import { expect, test } from "vitest";
import { cut } from "./cut.ts";

test.each([
  [0, 0],
  [0.05, 1],
  [1, 1],
  [1.01, 2],
  [3.75, 2],
  [3.76, 3],
  [15, 3],
  [15.1, undefined],
  [-1, undefined],
  [undefined, undefined],
])("puts an exercise index of %s in group %s of 0, (0, 1], (1, 3.75], (3.75, 15]", (value, group) => {
  expect(cut(value, [0, 1, 3.75, 15])).toBe(group);
});
