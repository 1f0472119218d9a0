import { datasetSource } from "@longwave/source";
import { expect, test } from "vitest";
import { run } from "../testing/plan.ts";
import { protocol, simulatedDataset } from "../testing/study.ts";
import { unadjustedEstimates } from "./unadjusted.ts";

test("planned estimates are fitted again without what they are adjusted for, on the same scale", async () => {
  const dataset = simulatedDataset(1, 400);
  const { findings } = await run(dataset);
  const found = await unadjustedEstimates({
    protocol,
    source: datasetSource(dataset),
    language: "en",
    findings,
  });
  expect(found.map(({ finding, formula }) => [finding, formula])).toMatchObject([
    ["H1", expect.stringMatching(/^pain_vrs ~ within\(ex\) \+ between\(ex\) \+ \(1/)],
    ["H2", expect.stringMatching(/^pain_vrs ~ within\(ex\) \+ between\(ex\) \+ man \+ within\(ex\):man/)],
    ["H6", "pain_vrs ~ factor(ex_w1_group) + (1 | id)"],
    ["H3", expect.not.stringContaining("age10")],
    ["H4", expect.not.stringContaining("age10")],
  ]);
  const [h1] = found;
  expect(h1?.unit).toBe(findings[0]?.estimate?.unit);
  expect(Math.abs((h1?.estimate ?? 0) - (findings[0]?.estimate?.value ?? 9))).toBeLessThan(0.05);
}, 120_000);
