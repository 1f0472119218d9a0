import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawSample, type FrameEntry } from "./draw.ts";

const frameOf = (sizes: Readonly<Record<string, number>>): FrameEntry[] =>
  Object.entries(sizes).flatMap(([stratum, size]) =>
    Array.from({ length: size }, (_, i) => ({ key: `${stratum}-${i}`, stratum })),
  );

describe("a draw from a sampling frame", () => {
  test("keeps every group in proportion, and adds up to what was asked for", () => {
    const { drawn, strata } = drawSample(frameOf({ women: 600, men: 300, unknown: 101 }), {
      number: 100,
      seed: "a",
    });
    expect(drawn).toHaveLength(100);
    expect(strata).toEqual([
      { stratum: "men", frame: 300, drawn: 30 },
      { stratum: "unknown", frame: 101, drawn: 10 },
      { stratum: "women", frame: 600, drawn: 60 },
    ]);
  });

  test("is the same whatever the order of the frame, and another one with another seed", () => {
    const frame = frameOf({ women: 40, men: 30 });
    const keys = (entries: readonly FrameEntry[], seed: string) =>
      drawSample(entries, { number: 20, seed })
        .drawn.map((place) => entries[place]?.key)
        .sort();
    expect(keys([...frame].reverse(), "2026")).toEqual(keys(frame, "2026"));
    expect(keys(frame, "2027")).not.toEqual(keys(frame, "2026"));
  });

  test("takes everybody when the frame holds no more than were asked for", () => {
    const { drawn } = drawSample(frameOf({ all: 3 }), { number: 10, seed: "a" });
    expect(drawn).toEqual([0, 1, 2]);
    expect(drawSample([], { number: 10, seed: "a" })).toEqual({ drawn: [], strata: [] });
  });

  test("gives everybody of a group the same chance", () => {
    const frame = frameOf({ all: 20 });
    const times = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 1000; seed++) {
      for (const place of drawSample(frame, { number: 5, seed: `${seed}` }).drawn) {
        times[place] = (times[place] ?? 0) + 1;
      }
    }
    // 250 times each; four standard deviations of a binomial are 55.
    expect(Math.min(...times)).toBeGreaterThan(195);
    expect(Math.max(...times)).toBeLessThan(305);
  });

  test("never takes more of a group than one above its share", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
        fc.nat(120),
        (sizes, number) => {
          const frame = frameOf(Object.fromEntries(sizes.map((size, i) => [`g${i}`, size])));
          const { drawn, strata } = drawSample(frame, { number, seed: "p" });
          const wanted = Math.min(number, frame.length);
          expect(drawn).toHaveLength(wanted);
          for (const { frame: size, drawn: taken } of strata) {
            expect(Math.abs(taken - (wanted * size) / frame.length)).toBeLessThan(1);
            expect(taken).toBeLessThanOrEqual(size);
          }
        },
      ),
      { numRuns: 40, seed: 4 },
    );
  });
});
