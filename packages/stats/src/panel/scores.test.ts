import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeScores, productsOfScores, type ScoreSums } from "./scores.ts";

const whole = fc.integer({ min: -1000, max: 1000 });
const part: fc.Arbitrary<ScoreSums> = fc.record({
  people: fc.nat(100),
  sum: fc.array(whole, { minLength: 2, maxLength: 2 }),
  products: fc.array(whole, { minLength: 3, maxLength: 3 }),
});

test("second rounds of sites are added up in any order and in any groups", () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 2, maxLength: 6 }), fc.nat(5), (parts, turn) => {
      const all = mergeScores(parts);
      const turned = [...parts.slice(turn), ...parts.slice(0, turn)].reverse();
      expect(mergeScores(turned)).toEqual(all);
      const [head, ...rest] = turned;
      expect(rest.reduce((sum, one) => mergeScores([sum, one]), head)).toEqual(all);
    }),
    { numRuns: 30 },
  );
});

test("a second round of other people, or of other answers, is refused", () => {
  const scores = { people: 40, sum: [0, 1e-9], products: [9, 1, 16] };
  expect([...productsOfScores(scores, 40)]).toEqual([9, 1, 1, 16]);
  expect(() => productsOfScores(scores, 41)).toThrow(
    "Expected the 41 people of the fit in its second round; found 40.",
  );
  expect(() => productsOfScores({ ...scores, sum: [0, 2] }, 40)).toThrow(
    "whose scores do not add up to zero",
  );
});
