import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideVerdict, type VerdictInput } from "./decide-verdict.ts";

const base: VerdictInput = {
  estimate: -0.11,
  lower: -0.13,
  upper: -0.1,
  lower90: -0.127,
  upper90: -0.103,
  pHolm: 0.001,
  negligible: 0.1,
  noticeable: 0.5,
  expectedSign: -1,
};

const interval = (lower: number, upper: number, lower90 = lower, upper90 = upper): VerdictInput => ({
  ...base,
  estimate: (lower + upper) / 2,
  lower,
  upper,
  lower90,
  upper90,
});

/** Estimates with a 90 % interval inside the 95 % one, in hundredths so that limits are met exactly. */
const anyInput: fc.Arbitrary<VerdictInput> = fc
  .record({
    centre: fc.integer({ min: -90, max: 90 }),
    half90: fc.integer({ min: 0, max: 80 }),
    extra: fc.integer({ min: 0, max: 20 }),
    pHolm: fc.constantFrom(0, 0.001, 0.049, 0.05, 0.051, 0.5, 1),
    expectedSign: fc.constantFrom(-1 as const, 1 as const),
  })
  .map(({ centre, half90, extra, pHolm, expectedSign }) => ({
    ...base,
    pHolm,
    expectedSign,
    estimate: centre / 100,
    lower90: (centre - half90) / 100,
    upper90: (centre + half90) / 100,
    lower: (centre - half90 - extra) / 100,
    upper: (centre + half90 + extra) / 100,
  }));

describe("the seven rules", () => {
  test("rule 1: sure, and the whole 95 % interval beyond the noticeable limit", () => {
    expect(decideVerdict(interval(-0.9, -0.51)).rule).toBe(1);
    expect(decideVerdict({ ...interval(0.51, 0.9), expectedSign: 1 }).rule).toBe(1);
  });

  test("rule 2: sure, and the 90 % interval inside the negligible limit", () => {
    expect(decideVerdict(interval(-0.1, -0.01, -0.09, -0.02)).rule).toBe(2);
  });

  test("rule 3: sure, and the 90 % interval inside the noticeable limit", () => {
    expect(decideVerdict(base).rule).toBe(3);
  });

  test("rule 4: sure, and nothing more can be said of its size", () => {
    expect(decideVerdict(interval(-0.7, -0.2)).rule).toBe(4);
  });

  test("rules 5, 6 and 7: not sure, by the limit that holds the 90 % interval", () => {
    const notSure = { pHolm: 0.4 };
    expect(decideVerdict({ ...interval(-0.06, 0.08), ...notSure }).rule).toBe(5);
    expect(decideVerdict({ ...interval(-0.3, 0.2), ...notSure }).rule).toBe(6);
    expect(decideVerdict({ ...interval(-0.8, 0.2), ...notSure }).rule).toBe(7);
  });

  test("an interval that touches a limit is neither inside nor beyond it", () => {
    expect(decideVerdict(interval(-0.9, -0.5)).rule).toBe(4);
    expect(decideVerdict(interval(-0.1, -0.02)).rule).toBe(3);
    expect(decideVerdict({ ...interval(-0.5, 0.1), pHolm: 1 }).rule).toBe(7);
  });

  test("a Holm-adjusted p of exactly .05 is not sure", () => {
    expect(decideVerdict({ ...base, pHolm: 0.05 }).sure).toBe(false);
    expect(decideVerdict({ ...base, pHolm: 0.049999 }).sure).toBe(true);
  });
});

describe("what stands beside the rule", () => {
  test("a sure estimate with the other sign is the opposite of what was expected", () => {
    expect(decideVerdict({ ...base, expectedSign: 1 }).opposite).toBe(true);
    expect(decideVerdict(base).opposite).toBe(false);
    expect(decideVerdict({ ...base, expectedSign: 1, pHolm: 0.2 }).opposite).toBe(false);
  });

  test("an interval without zero that Holm does not reject is called so", () => {
    const verdict = decideVerdict({ ...base, pHolm: 0.06 });
    expect(verdict).toEqual({ rule: 6, sure: false, opposite: false, onlyUnadjusted: true });
  });

  test("a number that is not finite is refused, never judged", () => {
    expect(() => decideVerdict({ ...base, lower: Number.NaN })).toThrow(/lower is NaN/);
  });
});

describe("for every estimate", () => {
  test("the rule is the first of the seven whose condition holds", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const sure = input.pHolm < 0.05;
        const inside = (limit: number) => input.lower90 > -limit && input.upper90 < limit;
        const holds = [
          sure && (input.lower > 0.5 || input.upper < -0.5),
          sure && inside(0.1),
          sure && inside(0.5),
          sure,
          inside(0.1),
          inside(0.5),
          true,
        ];
        expect(decideVerdict(input).rule).toBe(holds.indexOf(true) + 1);
      }),
    );
  });

  test("turning every sign around turns nothing but the expectation", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const mirrored = decideVerdict({
          ...input,
          estimate: -input.estimate,
          lower: -input.upper,
          upper: -input.lower,
          lower90: -input.upper90,
          upper90: -input.lower90,
          expectedSign: input.expectedSign === 1 ? -1 : 1,
        });
        expect(mirrored).toEqual(decideVerdict(input));
      }),
    );
  });
});
