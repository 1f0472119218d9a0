import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choleskyInto, independentColumns, inverseFromCholeskyInto, logDetFromCholesky } from "./cholesky.ts";
import { lowerFactor } from "./lower-factor.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

// A fixed seed: a failure found once stays found, and no run fails by chance.
fc.configureGlobal({ seed: 65279 });

const element = fc.integer({ min: -300, max: 300 }).map((value) => value / 100);
const square = fc
  .integer({ min: 1, max: 5 })
  .chain((n) =>
    fc.array(element, { minLength: n * n, maxLength: n * n }).map((a) => ({ n, a: Float64Array.from(a) })),
  );

function timesTransposed(a: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) out[i * n + j] += a[i * n + k] * a[j * n + k];
  }
  return out;
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((max, value, e) => Math.max(max, Math.abs(value - b[e])), 0);
}

describe("small matrices", () => {
  test("L L' is the matrix, and its inverse undoes it", () => {
    fc.assert(
      fc.property(square, ({ n, a }) => {
        const positive = timesTransposed(a, n).map((value, e) => value + (e % (n + 1) === 0 ? 1 : 0));
        const lower = new Float64Array(n * n);
        expect(choleskyInto(lower, positive, n)).toBe(true);
        expect(largestDifference(timesTransposed(lower, n), positive)).toBeLessThan(1e-12 * 50);
        const inverse = new Float64Array(n * n);
        inverseFromCholeskyInto(inverse, lower, n);
        const { values } = symmetricEigen(positive, n);
        const logDet = values.reduce((sum, value) => sum + Math.log(value), 0);
        expect(Math.abs(logDetFromCholesky(lower, n) - logDet)).toBeLessThan(1e-9);
        for (let i = 0; i < n; i++) {
          let sum = 0;
          for (let k = 0; k < n; k++) sum += positive[i * n + k] * inverse[k * n + i];
          expect(Math.abs(sum - 1)).toBeLessThan(1e-9);
        }
      }),
    );
  });

  test("a matrix that is not positive definite has no Cholesky factor", () => {
    expect(choleskyInto(new Float64Array(4), Float64Array.of(1, 2, 2, 1), 2)).toBe(false);
    expect(choleskyInto(new Float64Array(1), Float64Array.of(Number.NaN), 1)).toBe(false);
  });

  test("the lower factor has the same product, a diagonal not negative, and zero columns where singular", () => {
    fc.assert(
      fc.property(square, ({ n, a }) => {
        const lower = lowerFactor(a, n);
        expect(largestDifference(timesTransposed(lower, n), timesTransposed(a, n))).toBeLessThan(1e-9);
        for (let j = 0; j < n; j++) {
          expect(lower[j * n + j]).toBeGreaterThanOrEqual(0);
          for (let k = j + 1; k < n; k++) expect(Math.abs(lower[j * n + k])).toBeLessThan(1e-12);
        }
      }),
    );
    expect([...lowerFactor(Float64Array.of(0, 0, 3, 4), 2)]).toEqual([0, 0, 0, 5]);
  });

  test("eigenvectors are orthonormal and rebuild the matrix", () => {
    fc.assert(
      fc.property(square, ({ n, a }) => {
        const symmetric = a.map((value, e) => value + a[(e % n) * n + Math.floor(e / n)]);
        const { values, vectors } = symmetricEigen(symmetric, n);
        const rebuilt = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            for (let k = 0; k < n; k++)
              rebuilt[i * n + j] += vectors[i * n + k] * values[k] * vectors[j * n + k];
          }
        }
        expect(largestDifference(rebuilt, symmetric)).toBeLessThan(1e-12 * 20);
      }),
    );
  });

  test("a column that earlier ones determine is not independent", () => {
    // Columns 1, 2 and their sum.
    const gram = Float64Array.of(2, 1, 3, 1, 2, 3, 3, 3, 6);
    expect(independentColumns(gram, 3, 1e-11)).toEqual([0, 1]);
    expect(independentColumns(Float64Array.of(0, 0, 0, 1), 2, 1e-11)).toEqual([1]);
  });
});
