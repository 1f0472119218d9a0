import { describe, expect, test } from "vitest";
import { StatsError } from "../errors.ts";
import { createRandom } from "./random.ts";

describe("random numbers", () => {
  test("the same seed gives the same stream, another seed another one", () => {
    const draw = (seed: number) => Array.from({ length: 5 }, createRandom(seed).uniform);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(2 ** 40 + 1)).not.toEqual(draw(1));
  });

  test("a fork depends on its label and seed, not on how far the parent was read", () => {
    const fresh = createRandom(3).fork("people").uniform();
    const used = createRandom(3);
    used.uniform();
    expect(used.fork("people").uniform()).toBe(fresh);
    expect(used.fork("waves").uniform()).not.toBe(fresh);
    expect(createRandom(3).fork("a").fork("b").uniform()).not.toBe(
      createRandom(3).fork("b").fork("a").uniform(),
    );
  });

  test("uniform numbers fill [0, 1) evenly, and normal ones have mean 0 and variance 1", () => {
    const random = createRandom(20130612);
    const n = 40_000;
    const counts = new Array<number>(10).fill(0);
    let [sum, squares, fourth] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      counts[Math.floor(random.uniform() * 10)]++;
      const z = random.normal();
      sum += z;
      squares += z * z;
      fourth += z ** 4;
    }
    const chiSquare = counts.reduce((total, count) => total + (count - n / 10) ** 2 / (n / 10), 0);
    // The 99.9 % point of chi-square with 9 df; the stream is fixed, so this never flickers.
    expect(chiSquare).toBeLessThan(27.9);
    expect(Math.abs(sum / n)).toBeLessThan(3.3 / Math.sqrt(n));
    expect(Math.abs(squares / n - 1)).toBeLessThan(3.3 * Math.sqrt(2 / n));
    expect(Math.abs(fourth / n - 3)).toBeLessThan(3.3 * Math.sqrt(96 / n));
  });

  test("whole numbers stay below their bound and reach every value", () => {
    const random = createRandom(1);
    const seen = new Set(Array.from({ length: 400 }, () => random.integer(7)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test("a seed or a bound that is not a whole number is refused", () => {
    expect(() => createRandom(0.5)).toThrow(StatsError);
    expect(() => createRandom(1).integer(0)).toThrow(StatsError);
  });
});
