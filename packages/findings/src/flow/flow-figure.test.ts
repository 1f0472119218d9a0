import { describe, expect, test } from "vitest";
import { answerSource } from "../plan/study-summary.ts";
import { newDocument } from "../testing/plan.ts";
import { protocol, simulatedDataset } from "../testing/study.ts";
import { flowFigure } from "./flow-figure.ts";

const context = { document: newDocument(), language: "en" as const };
const study = simulatedDataset(1, 60);

describe("the flow of people", () => {
  test("starts from the people invited when Longwave ran the study", () => {
    const origin = answerSource(study);
    const figure = flowFigure({
      protocol,
      flow: study.flow,
      origin,
      note: "",
      context,
      language: "en",
    });
    expect(origin).toBe("study");
    expect(figure.title).toContain("of 60 invited people");
    expect(figure.table.rows.map(([label]) => label).slice(0, 2)).toEqual(["Invited", "Gave consent"]);
  });

  test("starts from the people in the file, without a stage of consent, when the answers are a file's", () => {
    const dataset = { ...study, upToSeq: 0 };
    const origin = answerSource(dataset);
    const figure = flowFigure({ protocol, flow: dataset.flow, origin, note: "", context, language: "en" });
    expect(origin).toBe("file");
    expect(figure.title).toContain("of 60 people in the file");
    expect(figure.table.columns[2]).toBe("Of people in the file");
    expect(figure.table.rows.map(([label]) => label)).not.toContain("Gave consent");
    expect(figure.alt).not.toContain("nvited");
  });

  test("a study that nobody has answered yet is still a study", () => {
    const nobody = { ...study, upToSeq: 0, flow: { ...study.flow, answeredOnce: 0 } };
    expect(answerSource(nobody)).toBe("study");
  });
});
