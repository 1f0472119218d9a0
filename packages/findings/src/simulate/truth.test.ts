import { readFileSync } from "node:fs";
import { datasetSource } from "@longwave/source";
import { contrast, type LaggedPath, type LmmFit, normalQuantile } from "@longwave/stats";
import { describe, expect, test } from "vitest";
import { fitModel } from "../plan/fit-model.ts";
import { fitPanel } from "../plan/fit-panel.ts";
import { plannedPaths, plannedRuns } from "../plan/run-models.ts";
import { protocol, simulatedDataset } from "../testing/study.ts";
import { measureTruth } from "./testing/measure-truth.ts";
import { latentTruth, simulationTruth } from "./truth.ts";

const record = JSON.parse(readFileSync(new URL("./observed-truth.json", import.meta.url), "utf8"));

function requireCovers(fit: LmmFit, weights: Readonly<Record<string, number>>, truth: number): void {
  const { lower, upper } = contrast(fit, weights, { level: 0.999 });
  expect(lower).toBeLessThan(truth);
  expect(upper).toBeGreaterThan(truth);
}

function requireCoversPath(
  paths: readonly LaggedPath[],
  [from, to]: readonly ["x" | "y", "x" | "y"],
  truth: number,
): void {
  const path = paths.find((candidate) => candidate.from === from && candidate.to === to);
  const half = normalQuantile(0.9995) * (path?.stdError ?? 0);
  expect(half).toBeGreaterThan(0);
  expect(Math.abs((path?.estimate ?? Number.NaN) - truth)).toBeLessThan(half);
}

/** A busy machine takes its time over 6,419 people. */
const WHOLE_COHORT_MS = 240_000;

describe("the stated truth", () => {
  test("has both lags exactly zero and a same-week slope about twice as strong in men", () => {
    expect(latentTruth.within.lagExerciseToPain).toBe(0);
    expect(latentTruth.within.lagPainToExercise).toBe(0);
    const ratio = simulationTruth.withinSlopeMen / simulationTruth.withinSlopeWomen;
    expect(ratio).toBeGreaterThan(1.8);
    expect(ratio).toBeLessThan(2.2);
  });

  test("is the one measured in the recorded large simulation", () => {
    expect(simulationTruth.withinSlope).toBe(record.withinSlope.value);
    expect(simulationTruth.withinSlopeWomen).toBe(record.withinSlopeWomen.value);
    expect(simulationTruth.withinSlopeMen).toBe(record.withinSlopeMen.value);
    expect(simulationTruth.withinStdDevExercise).toBe(record.withinStdDevExercise);
    expect(simulationTruth.measuredIn).toEqual({ people: record.people, seed: record.seed });
  });

  test(
    "can be measured again: a smaller simulation agrees within its own error",
    () => {
      const small = measureTruth(20_000, 3);
      expect(small.formula).toBe(record.formula);
      for (const name of ["withinSlope", "withinSlopeWomen", "withinSlopeMen"] as const) {
        const { value, stdError } = small[name];
        expect(Math.abs(value - record[name].value), name).toBeLessThan(3.3 * stdError);
      }
    },
    WHOLE_COHORT_MS,
  );

  test.each([1, 2, 3])(
    "lies in the intervals of the planned models, of 99.9 percent, at seed %i",
    async (seed) => {
      const source = datasetSource(simulatedDataset(seed, 6419));
      const [everyone, bySex] = plannedRuns(protocol);
      if (!everyone || !bySex) throw new Error("the plan has H1 and H2");
      const first = await fitModel({ protocol, source, model: everyone.model });
      const second = await fitModel({ protocol, source, model: bySex.model });
      if (first.kind !== "fitted" || second.kind !== "fitted") throw new Error("both models fit");
      requireCovers(first.fit, { "within(ex)": 1 }, simulationTruth.withinSlope);
      requireCovers(second.fit, { "within(ex)": 1 }, simulationTruth.withinSlopeWomen);
      requireCovers(second.fit, { "within(ex)": 1, "within(ex):man": 1 }, simulationTruth.withinSlopeMen);
      const [lags] = plannedPaths(protocol);
      if (!lags) throw new Error("the plan has H3");
      const third = await fitPanel({ protocol, source, model: lags.model, language: "en" });
      if (third.kind !== "fitted_panel") throw new Error("the lags fit");
      const { paths } = third.fit;
      requireCoversPath(paths, ["x", "y"], simulationTruth.lagExerciseToPain);
      requireCoversPath(paths, ["y", "x"], simulationTruth.lagPainToExercise);
    },
  );
});
