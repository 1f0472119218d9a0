import { describe, expect, test } from "vitest";
import type { PublicationDraft } from "../publication/types.ts";
import { run } from "../testing/plan.ts";
import { simulatedDataset } from "../testing/study.ts";

const PEOPLE = 1500;

function verdictsOf({ findings }: PublicationDraft): Readonly<Record<string, string>> {
  return Object.fromEntries(findings.map(({ id, verdict }) => [id, verdict]));
}

function rulesOf({ findings }: PublicationDraft, ids: readonly string[]): readonly (number | string)[] {
  return ids.map((id) => findings.find((finding) => finding.id === id)?.rule ?? "none");
}

describe("another truth", () => {
  test("of strong links is found in both directions, and the answer says that it went both ways", async () => {
    const draft = await run(
      simulatedDataset(1, PEOPLE, {
        ...{ lagExerciseToPain: -0.4, lagPainToExercise: -0.4 },
        ...{ innovationCorrelationWomen: -0.5, innovationCorrelationMen: -0.5 },
      }),
    );
    for (const rule of rulesOf(draft, ["H1", "H3", "H4", "H5"])) expect(rule).toBeLessThanOrEqual(4);
    expect(Object.values(verdictsOf(draft)).join(" ")).not.toMatch(/opposite/);
    expect(draft.answer.lead).toMatch(
      /About three months later, it went both ways: more exercise than usual was followed by/,
    );
  });

  test("of reversed links is called the opposite of what was expected", async () => {
    const draft = await run(
      simulatedDataset(2, PEOPLE, {
        ...{ lagExerciseToPain: 0.4, lagPainToExercise: 0.4 },
        ...{ innovationCorrelationWomen: 0.5, innovationCorrelationMen: 0.5 },
      }),
    );
    const verdicts = verdictsOf(draft);
    for (const id of ["H1", "H3", "H4", "H5"])
      expect(verdicts[id]).toMatch(/^The opposite of what was expected/);
    expect(draft.answer.lead).toMatch(/^The opposite of what was expected: people reported/);
  });

  test("of no links within people is not called an association", async () => {
    const draft = await run(
      simulatedDataset(3, PEOPLE, {
        ...{ innovationCorrelationWomen: 0, innovationCorrelationMen: 0, innovationCorrelationStdDev: 0 },
      }),
    );
    for (const rule of rulesOf(draft, ["H1", "H2", "H3", "H4", "H5"])) expect(rule).toBeGreaterThanOrEqual(5);
    expect(draft.answer.lead).not.toMatch(/went both ways|was followed by/);
  });
}, 240_000);
