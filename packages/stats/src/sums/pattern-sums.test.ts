import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergePatterns, type PatternPart, reducePatterns } from "./pattern-sums.ts";

/** People with one or two rows of [x y], all with a random intercept. */
function part(people: readonly (readonly (readonly [number, number, number])[])[]): PatternPart {
  const rows = people.flatMap((own, person) => own.map(([time, x, y]) => ({ person, time, x, y })));
  return {
    columns: [Float64Array.from(rows, ({ x }) => x), Float64Array.from(rows, ({ y }) => y)],
    random: [new Float64Array(rows.length).fill(1)],
    groups: Int32Array.from(rows, ({ person }) => person),
    ngroups: people.length,
    positions: Float64Array.from(rows, ({ time }) => time),
  };
}

describe("sums by the pattern of a person's rows", () => {
  test("hold the second moments of everybody seen at the same times, whatever the order of their rows", () => {
    const { patterns, series } = reducePatterns(
      part([
        [
          [0, 1, 2],
          [1, 3, 4],
        ],
        [
          [1, 5, 6],
          [0, 7, 8],
        ],
        [
          [0, 1, 1],
          [2, 1, 1],
        ],
      ]),
    );
    expect(patterns.length).toBe(1);
    expect(patterns[0].people).toBe(2);
    expect([...patterns[0].positions]).toEqual([0, 1]);
    // Rows (0,0): x^2, xy, y^2; rows (0,1): both orders added; rows (1,1).
    const expected = [
      1 + 49,
      2 + 56,
      4 + 64,
      2 * (3 + 35),
      4 + 6 + 42 + 40,
      2 * (8 + 48),
      9 + 25,
      12 + 30,
      16 + 36,
    ];
    expect([...patterns[0].moments]).toEqual(expected);
    expect(series.count).toBe(1);
    expect([...series.positions]).toEqual([0, 2]);
  });

  test("are the same from parts that are merged", () => {
    const rowsOf = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 2,
      maxLength: 2,
    });
    fc.assert(
      fc.property(fc.array(rowsOf, { minLength: 4, maxLength: 9 }), (drawn) => {
        const people = drawn.map((own) => own.map(([x, y], time) => [time, x, y] as const));
        const whole = reducePatterns(part(people));
        const merged = mergePatterns(
          [part(people.slice(0, 2)), part(people.slice(2))].map((one) => reducePatterns(one)),
        );
        expect(merged.nobs).toBe(whole.nobs);
        expect(merged.ngroups).toBe(whole.ngroups);
        expect(merged.patterns.map(({ people: count }) => count)).toEqual([people.length]);
        expect([...merged.patterns[0].moments]).toEqual([...whole.patterns[0].moments]);
      }),
    );
  });

  test("of different models are not merged", () => {
    const one = reducePatterns(part([[[0, 1, 2]]]));
    expect(() => mergePatterns([one, { ...one, m: 3 }])).toThrow("Reduce every part with the same formula");
  });
});
