import { describe, expect, test } from "vitest";
import { createRandom } from "../../random/random.ts";
import { type CollapsedCells, packedLength, type SingleGroups } from "../../sums/grouped-sums.ts";
import { addCellsInto } from "./collapsed-totals.ts";
import { createTotals, type GroupTotals } from "./group-totals.ts";
import { addSinglesInto, singleBuffers } from "./single-totals.ts";

const M = 5;

/** Groups of four rows with random Z and W. */
function randomGroups(count: number, q: number, seed: number): SingleGroups {
  const random = createRandom(seed);
  const gram = new Float64Array(count * q * q);
  const cross = new Float64Array(count * q * M);
  for (let row = 0; row < 4 * count; row++) {
    const group = Math.floor(row / 4);
    const z = Array.from({ length: q }, () => random.normal());
    const w = Array.from({ length: M }, () => random.normal());
    for (let r = 0; r < q; r++) {
      for (let s = 0; s < q; s++) gram[(group * q + r) * q + s] += z[r] * z[s];
      for (let c = 0; c < M; c++) cross[(group * q + r) * M + c] += z[r] * w[c];
    }
  }
  return { count, gram, cross };
}

/** The same groups, each a cell of its own. */
function asCells({ count, gram, cross }: SingleGroups, q: number): CollapsedCells {
  const moments: number[] = [];
  const u = (g: number, r: number, c: number) => cross[(g * q + r) * M + c];
  for (let g = 0; g < count; g++) {
    for (let r = 0; r < q; r++) {
      for (let s = r; s < q; s++) {
        for (let j = 0; j < M; j++) {
          for (let k = j; k < M; k++) {
            const one = u(g, r, j) * u(g, s, k);
            moments.push(r === s ? one : one + u(g, s, j) * u(g, r, k));
          }
        }
      }
    }
  }
  return { count, gram, sizes: new Float64Array(count).fill(1), moments: Float64Array.from(moments) };
}

function lowerTriangular(q: number): Float64Array {
  return Float64Array.from({ length: q * q }, (_, e) =>
    e % q > Math.floor(e / q) ? 0 : 0.9 - 0.3 * e + 0.1 * e * e,
  );
}

function expectSame(found: GroupTotals, expected: GroupTotals): void {
  const close = (a: number, b: number) =>
    expect(Math.abs(a - b)).toBeLessThan(1e-11 * Math.max(1, Math.abs(b)));
  close(found.logDet, expected.logDet);
  for (const part of ["quadratic", "trace", "moments"] as const) {
    expect(found[part].length).toBe(expected[part].length);
    found[part].forEach((value, e) => {
      close(value, expected[part][e]);
    });
  }
}

describe.each([1, 2, 3])("with %d random effects", (q) => {
  test.each([1, 63, 64, 65, 130])("%d groups add up to the same one by one and as cells", (count) => {
    const singles = randomGroups(count, q, 40 + count);
    const lambda = lowerTriangular(q);
    const [found, expected] = [createTotals(q, M), createTotals(q, M)];
    addSinglesInto(found, { singles, lambda }, singleBuffers(q, M));
    addCellsInto(expected, asCells(singles, q), lambda);
    expect(expected.moments.length).toBe(packedLength(q) * packedLength(M));
    expectSame(found, expected);
  });
});
