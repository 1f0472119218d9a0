import { readFileSync } from "node:fs";
import { datasetSource } from "@longwave/source";
import { contrast, type LaggedPath, type LmmFit, normalQuantile } from "@longwave/stats";
import type { Dataset } from "@longwave/study";
import { describe, expect, test } from "vitest";
import { fitModel } from "../plan/fit-model.ts";
import { fitPanel } from "../plan/fit-panel.ts";
import { plannedPaths, plannedRuns } from "../plan/run-models.ts";
import { contrastOf, samePeople } from "../plan/sessions/contrast.ts";
import { readOccasions, whole } from "../plan/sessions/occasions.ts";
import { protocol, simulatedDataset } from "../testing/study.ts";
import { measureSessionTruth } from "./testing/measure-sessions.ts";
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

const sessions = JSON.parse(readFileSync(new URL("./observed-sessions.json", import.meta.url), "utf8"));

/** Change over sessions minus change over rest: all together, and each kind that many people do. */
function requireCoversSessions(dataset: Dataset): void {
  const model = protocol.plan.exploratory.find(({ id }) => id === "E1")?.model;
  if (model?.family !== "session_contrast") throw new Error("E1 is about sessions");
  const occasions = readOccasions(dataset.event, protocol, model);
  const { difference, byType } = simulationTruth.sessions;
  const requireCoversKinds = (kinds: readonly string[], truth: number): void => {
    const chosen = whole(occasions.sessions).filter(({ type }) => type !== null && kinds.includes(type));
    const contrasted = contrastOf(samePeople(chosen, whole(occasions.rests)));
    if (contrasted === undefined) throw new Error("the comparison settles");
    requireCovers(contrasted.fit, { "within(session)": 1 }, truth);
  };
  requireCoversKinds(Object.keys(byType), difference);
  for (const kind of ["walk", "strength", "cycle", "yoga", "run", "ski", "water"]) {
    requireCoversKinds([kind], byType[kind] ?? Number.NaN);
  }
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

  test("of sessions is the one measured in its own large simulation, and can be measured again", () => {
    const { difference, byType, measuredIn } = simulationTruth.sessions;
    expect(measuredIn).toEqual({ people: sessions.people, seed: sessions.seed });
    expect(difference).toBe(sessions.difference.value);
    for (const [type, value] of Object.entries(byType)) expect(value, type).toBe(sessions.byType[type].value);
    const small = measureSessionTruth(12_000, 3);
    expect(Math.abs(small.difference.value - difference)).toBeLessThan(3.3 * small.difference.stdError);
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
      const dataset = simulatedDataset(seed, 6419);
      requireCoversSessions(dataset);
      const source = datasetSource(dataset);
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
    WHOLE_COHORT_MS,
  );
});
