import { describe, expect, test } from "vitest";
import { newDocument } from "../testing/plan.ts";
import { protocol, simulatedDataset } from "../testing/study.ts";
import { arraysIn } from "../testing/walk.ts";
import { blindReport } from "./blind-report.ts";

const dataset = simulatedDataset(2, 300);
const report = blindReport({ protocol, dataset, document: newDocument(), simulated: true });

describe("the blind report of a running study", () => {
  test("says who answered, and that there are no results", () => {
    expect(report.lead).toMatch(/of 300 invited people have answered so far\..*no results are shown/);
    expect(report.flow).toEqual(dataset.flow);
    expect(report.figures.map(({ id }) => id)).toEqual(["participant-flow"]);
  });

  test("counts answers and reasons by question and wave, only where the wave asks the question", () => {
    const pain = report.missingness.filter(({ item }) => item === "pain_vrs");
    expect(pain.map(({ wave }) => wave)).toEqual(protocol.waves.map(({ label }) => label.en));
    const education = report.missingness.filter(({ item }) => item === "education");
    expect(education).toHaveLength(1);
  });

  test("hides every count from 1 to 9", () => {
    const counts = [
      ...report.missingness.flatMap(({ answered, missing }) => [
        answered,
        ...missing.map(({ count }) => count),
      ]),
      ...report.distributions.flatMap(({ answers }) => answers.map(({ count }) => count)),
      ...report.responseOverTime.map(({ answered }) => answered),
    ];
    expect(counts.some((count) => count === null)).toBe(true);
    for (const count of counts) expect(count === null || count === 0 || count >= 10).toBe(true);
  });

  test("never hides exactly one answer, which the total would give away", () => {
    for (const { answers, item } of report.distributions) {
      if (item === "wpi") continue;
      expect(answers.filter(({ count }) => count === null).length, item).not.toBe(1);
    }
  });

  test("shows one question at a time: no model, no slope, no table of two answers", () => {
    const keys = Object.keys(report).sort();
    expect(keys).toEqual([
      ...["dataset", "distributions", "figures", "flow", "format", "lead"],
      ...["missingness", "responseOverTime", "study"],
    ]);
    for (const entry of [...report.distributions, ...report.missingness])
      expect(typeof entry.item).toBe("string");
  });

  test("holds no array with an entry for each person", () => {
    const used = [dataset.flow.answeredOnce, dataset.flow.answeredTwice, dataset.personWave.nrows];
    for (const { path, length } of arraysIn(report)) expect(used, path).not.toContain(length);
  });

  test("is a designed page also before anybody answered", () => {
    const nobody = simulatedDataset(2, 0);
    const empty = blindReport({ protocol, dataset: nobody, document: newDocument(), simulated: true });
    expect(empty.lead).toMatch(/^0 of 0 invited/);
    expect(empty.missingness).toEqual([]);
    expect(empty.distributions.every(({ total }) => total === 0)).toBe(true);
    expect(empty.responseOverTime).toEqual([]);
  });
});
