import { previewCard } from "@longwave/figure";
import type { Publication } from "../publication/types.ts";
import { pageText } from "./text/index.ts";

/** The name under which the picture of a link is offered. */
export const previewFile = "preview.png";

/**
 * The picture that programs show beside a link to a publication, as SVG of 600 by 315 units: the question, the first
 * sentences of the answer and the interval of the first finding. Simulated people are said to be before anything else.
 */
export function previewDrawing({ study, answer, findings, language }: Publication): string {
  const [first] = findings;
  const text = pageText(language);
  return previewCard({
    title: study.question,
    sentences: answer.lead.split(/(?<=[.!?])\s+/),
    graphic: first?.graphic ?? "",
    ...(study.simulated ? { tag: text.simulatedTag } : {}),
    ...(first?.estimate ? { graphicText: `${first.label}: ${first.estimate.text.split(";")[0] ?? ""}` } : {}),
  });
}
