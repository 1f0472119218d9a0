import { expect, test } from "vitest";
import { createRandom } from "../random/random.ts";
import { addRowProductsInto } from "./row-products.ts";

test.each([0, 1, 3, 4, 5, 9])("the products of %d rows are the sum over the rows", (count) => {
  const random = createRandom(count + 1);
  const [width, stride, from] = [3, 5, 2];
  const rows = Float64Array.from({ length: (from + count + 1) * stride }, () => random.normal());
  const found = new Float64Array(width * width).fill(1);
  addRowProductsInto(found, rows, { width, stride, from, to: from + count });
  for (let j = 0; j < width; j++) {
    for (let k = 0; k <= j; k++) {
      let expected = 1;
      for (let i = from; i < from + count; i++) expected += rows[i * stride + j] * rows[i * stride + k];
      expect(found[j * width + k]).toBeCloseTo(expected, 12);
    }
  }
});
