import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intervalOf, keyOf, withTotals } from "./network.ts";
import { type ProtectionOptions, protectTable } from "./protect-table.ts";
import { attackerInterval } from "./testing/attacker.ts";

const threshold = 10;
const both: readonly ProtectionOptions[] = [
  { threshold, totals: "may-hide" },
  { threshold, totals: "always-shown" },
];

/** Tables from tiny to plain; many small cells, some zeros. */
const tables = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) =>
    fc.array(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 300 })), {
        minLength: columns,
        maxLength: columns,
      }),
      { minLength: rows, maxLength: rows },
    ),
  );

/** Totals that may always be shown: none of them is small. */
function totalsAreLarge(counts: readonly (readonly number[])[]): boolean {
  const { counts: all, nrows, ncols } = withTotals(counts);
  return all.every((row, r) =>
    row.every((count, c) => (r < nrows - 1 && c < ncols - 1) || count >= threshold || count === 0),
  );
}

describe("a protected table", () => {
  test("hides a small cell, and what would give it away", () => {
    const { shown, small, besides } = protectTable(
      [
        [120, 4],
        [80, 60],
        [95, 70],
      ],
      { threshold, totals: "always-shown" },
    );
    expect(shown).toEqual([
      [null, null, 124],
      [null, null, 140],
      [95, 70, 165],
      [295, 134, 429],
    ]);
    expect([small, besides]).toEqual([1, 3]);
  });

  test("with nothing small hides nothing, and shows zeros", () => {
    const { shown } = protectTable(
      [
        [0, 20],
        [30, 40],
      ],
      { threshold, totals: "may-hide" },
    );
    expect(shown).toEqual([
      [0, 20, 20],
      [30, 40, 70],
      [30, 60, 90],
    ]);
  });

  test("of fewer people than the threshold shows nothing that adds up to them", () => {
    const { shown } = protectTable([[3], [4]], { threshold, totals: "may-hide" });
    expect(shown.flat()).toEqual([null, null, null, null, null, null]);
  });

  test("never shows a count from 1 to 9", () => {
    fc.assert(
      fc.property(tables, (counts) => {
        const { shown } = protectTable(counts, { threshold, totals: "may-hide" });
        for (const cell of shown.flat()) expect(cell === null || cell === 0 || cell >= threshold).toBe(true);
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  test.each(both)(
    "cannot be solved for any hidden cell by who knows that counts are not negative: totals %j",
    (options) => {
      fc.assert(
        fc.property(tables, (counts) => {
          fc.pre(options.totals === "may-hide" || totalsAreLarge(counts));
          const { shown } = protectTable(counts, options);
          shown.forEach((row, r) => {
            row.forEach((cell, c) => {
              if (cell !== null) return;
              const { least, most } = attackerInterval(shown, { row: r, column: c });
              expect(most - least, JSON.stringify(shown)).toBeGreaterThanOrEqual(1 - 1e-7);
            });
          });
        }),
        { seed: 7, numRuns: 250 },
      );
    },
  );

  test("hides few cells besides the small ones: at most three for each in plain tables", () => {
    const plain = fc.array(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 4, maxLength: 4 }), {
      minLength: 5,
      maxLength: 5,
    });
    let small = 0;
    let besides = 0;
    fc.assert(
      fc.property(plain.filter(totalsAreLarge), (counts) => {
        const made = protectTable(counts, { threshold, totals: "always-shown" });
        small += made.small;
        besides += made.besides;
        expect(made.besides).toBeLessThanOrEqual(3 * made.small);
      }),
      { seed: 9, numRuns: 200 },
    );
    expect(besides / small).toBeLessThan(2.5);
  });
});

test("what can be worked out by flows is what linear programming finds", () => {
  fc.assert(
    fc.property(tables, fc.infiniteStream(fc.boolean()), (counts, chosen) => {
      const network = withTotals(counts);
      const keys = network.counts.flatMap((row, r) =>
        row.map((_, c) => keyOf(network, { row: r, column: c })),
      );
      const hidden = new Set(keys.filter(() => chosen.next().value === true));
      const shown = network.counts.map((row, r) =>
        row.map((count, c) => (hidden.has(keyOf(network, { row: r, column: c })) ? null : count)),
      );
      for (const key of hidden) {
        const cell = { row: Math.floor(key / network.ncols), column: key % network.ncols };
        const { least, most } = intervalOf(network, hidden, cell);
        const other = attackerInterval(shown, cell);
        expect(other.least).toBeCloseTo(least, 6);
        if (most === Number.POSITIVE_INFINITY) expect(other.most).toBe(most);
        else expect(other.most).toBeCloseTo(most, 6);
      }
    }),
    { seed: 11, numRuns: 120 },
  );
});
