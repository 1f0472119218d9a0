import { describe, expect, test } from "vitest";
import { hybridTruth, panelTruth } from "../testing/truths.ts";
import { performance } from "./monte-carlo.ts";
import { power } from "./power.ts";

const [panel, hybrid] = [panelTruth, hybridTruth];

describe("power by simulation", () => {
  test("of RI-CLPM with 1,000 people: about 65 % for a lag of -0.05, as lavaan found in 500 replicates", () => {
    const result = power({ model: "riclpm", truth: panel }, { people: 1000, replicates: 100, seed: 2013 });
    const [, , lag] = result.targets;
    expect(lag.name).toBe("wy2 ~ wx1");
    expect(Math.abs(lag.rejected.value - 0.652)).toBeLessThan(4 * Math.sqrt((0.652 * 0.348) / 100));
    expect(Math.abs(lag.bias?.value ?? 1)).toBeLessThan(4 * (lag.bias?.monteCarloError ?? 0));
    expect(result.notConverged.value).toBe(0);
  });

  test("is the same for the same seed, and tells how far it is", () => {
    const told: number[] = [];
    const options = { people: 60, replicates: 5, seed: 7, onProgress: (done: number) => told.push(done) };
    const once = power({ model: "hybrid", truth: hybrid }, options);
    expect(power({ model: "hybrid", truth: hybrid }, options)).toEqual(once);
    expect(told.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
  });

  test("gives every share with its Monte-Carlo error", () => {
    const { targets } = power({ model: "hybrid", truth: hybrid }, { people: 100, replicates: 40, seed: 3 });
    const { value, monteCarloError } = targets[0].rejected;
    expect(monteCarloError).toBeCloseTo(Math.sqrt((value * (1 - value)) / 40), 12);
  });

  test("claims no bias for an outcome cut into categories, whose truth is on another scale", () => {
    const categories = [0.3, 0.3, 0.2, 0.1, 0.06, 0.04];
    const study = { model: "hybrid", truth: { ...hybrid, categories } } as const;
    const { targets } = power(study, { people: 80, replicates: 4, seed: 4 });
    expect(targets[0].bias).toBeNull();
    expect(targets[0].coverage).toBeNull();
  });

  test("counts what did not converge instead of dropping it", () => {
    const truth = { ...hybrid, waves: 2, dropout: { share: 0.8, onOutcome: 0 } };
    const study = { model: "hybrid", truth, randomSlope: false } as const;
    const result = power(study, { people: 6, replicates: 40, seed: 5 });
    expect(result.notConverged.value).toBeGreaterThan(0);
    expect(result.targets[0].replicates).toBeLessThan(40);
  });

  test("of nothing is an error", () => {
    expect(() => performance([], 0, 0.05)).toThrow(/at least two replicates/);
  });
});
