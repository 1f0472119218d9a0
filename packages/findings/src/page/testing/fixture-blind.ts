import type { BlindReport } from "../../blind/types.ts";
import { publicationFixture } from "./fixture.ts";
import { figures, flow } from "./fixture-figures.ts";

/** A blind report of invented numbers, while a study is still running. */
export const blindFixture: BlindReport = {
  format: "longwave.blind/1",
  study: publicationFixture.study,
  dataset: { hash: "fbd4a5b090dd0d60", upToSeq: 1204, rows: 1102 },
  lead: "1,102 forms have come in. Most questions are answered by nearly everyone.",
  flow,
  figures: figures.slice(0, 1),
  missingness: [
    {
      item: "pain_vrs",
      text: "How strong was your pain, last week?",
      wave: "w1",
      answered: 4025,
      missing: [
        { reason: "skipped", count: 31 },
        { reason: "no_translation", count: null },
      ],
    },
  ],
  distributions: [
    {
      item: "pain_vrs",
      text: "How strong was your pain, last week?",
      total: 4025,
      answers: [
        { label: "None", count: 811 },
        { label: "Very mild", count: 1201 },
        { label: "Very severe", count: null },
      ],
    },
  ],
  responseOverTime: [{ label: "First month", answered: 4025 }],
};
