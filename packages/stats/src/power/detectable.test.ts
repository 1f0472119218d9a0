import { describe, expect, test } from "vitest";
import { detectablePeople } from "./detectable.ts";
import type { PanelTruth } from "./truth.ts";

function truthOf(waves: number, icc: number): PanelTruth {
  return {
    waves,
    icc,
    autoregression: { x: 0.2, y: 0.2 },
    xToY: -0.05,
    yToX: -0.03,
    withinCorrelation: -0.1,
    betweenCorrelation: -0.2,
  };
}

/** Waves, ICC, standard error times root N, people for 0.03, 0.05, 0.07, 0.10, 0.12, and for 0.05 with lags free. */
const TABLE = [
  [3, 0.5, 1.4445, [18197, 6551, 3343, 1638, 1138], 9820],
  [3, 0.66, 1.6829, [24698, 8892, 4537, 2223, 1544], 13866],
  [4, 0.66, 0.9059, [7157, 2577, 1315, 645, 448], 8787],
  [5, 0.66, 0.6696, [3910, 1408, 719, 352, 245], 6469],
  [5, 0.5, 0.6576, [3772, 1358, 693, 340, 236], 5663],
  [8, 0.66, 0.4302, [1615, 582, 297, 146, 101], 4584],
] as const;

describe("how many people make a lag detectable, without simulation", () => {
  test.each(TABLE)("%i waves with an ICC of %f: lavaan's standard error and numbers of people", (...row) => {
    const [waves, icc, stdErrorRootN, people, free] = row;
    const truth = truthOf(waves, icc);
    const effects = [0.03, 0.05, 0.07, 0.1, 0.12];
    const found = effects.map((effect) => detectablePeople(truth, { path: "x-to-y", effect }));
    expect(found[0].stdErrorRootN).toBeCloseTo(stdErrorRootN, 4);
    found.forEach((one, i) => {
      expect(Math.abs(one.people - people[i])).toBeLessThanOrEqual(1);
    });
    const freed = detectablePeople(truth, { path: "x-to-y", effect: 0.05, lags: "free" });
    expect(Math.abs(freed.people - free)).toBeLessThanOrEqual(1);
  });

  test("needs an effect to detect", () => {
    expect(() => detectablePeople({ ...truthOf(5, 0.5), xToY: 0 }, { path: "x-to-y" })).toThrow(
      /other than 0/,
    );
  });
});
