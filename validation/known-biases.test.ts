import { describe, expect, test } from "vitest";
import { calibrate, onTarget } from "./calibration/cell.ts";
import { hybridReplicate, usual } from "./calibration/hybrid.ts";
import { BIAS_ROWS, biasedEstimates } from "./calibration/known-biases.ts";

const PEOPLE = 20_000;

describe("what other estimators make of a lag, when people have stable levels", () => {
  test.each(BIAS_ROWS)(
    "x to y $xToY, y to x $yToX: fixed effects and pooled regression go where R found them",
    (row) => {
      const found = biasedEstimates(row, PEOPLE, 33);
      for (const name of ["withinLagOnly", "withinDynamic", "pooled"] as const) {
        const { estimate, stdError } = found[name];
        expect(Math.abs(estimate - row[name]), name).toBeLessThan(4 * stdError);
      }
    },
  );
});

/** SD of the personal slopes, then how often the interval holds the mean slope without and with them in the model. */
const OMITTED = [
  [0.2, 0.893, 0.942],
  [0.4, 0.8, 0.95],
] as const;

describe("leaving real personal slopes out of the model", () => {
  const truth = { ...usual, within: -0.1, between: 0, exposureBetween: 0.0001, residualStdDev: 0.7 };

  test.each(OMITTED)(
    "with an SD of %f makes intervals too narrow: they hold the truth in %f, not %f",
    (...row) => {
      const [slopeStdDev, without, withSlope] = row;
      const cell = (random: string, value: number, seed: number) => ({
        name: random,
        seed,
        truth: -0.1,
        target: { figure: "coverage" as const, value },
        replicate: (source: Parameters<typeof hybridReplicate>[1]) =>
          hybridReplicate({ truth: { ...truth, slopeStdDev }, people: 200, random }, source),
      });
      expect(onTarget(calibrate(cell("(1 | id)", without, 301), 200), 4)).toBe(true);
      expect(onTarget(calibrate(cell("(1 + within(x) | id)", withSlope, 302), 200), 4)).toBe(true);
    },
  );
});
