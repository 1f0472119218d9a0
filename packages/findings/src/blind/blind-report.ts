import type { Dataset, Protocol } from "@longwave/study";
import { figureNote, peopleText } from "../figures/publication-figures.ts";
import { flowFigure } from "../flow/flow-figure.ts";
import { studySummary } from "../plan/study-summary.ts";
import { countText } from "../words/numbers.ts";
import { answerDistributions } from "./distributions.ts";
import { itemMissingness } from "./missingness.ts";
import { responseOverTime } from "./response-over-time.ts";
import type { BlindReport } from "./types.ts";

export interface BlindReportInput {
  readonly protocol: Protocol;
  readonly dataset: Dataset;
  /** The figure is drawn in it. */
  readonly document: Document;
  readonly simulated: boolean;
}

/**
 * The quality of the data of a study that is still running: who answered, what is missing and why, and how
 * often each answer was given. It never puts two answers side by side, so it can show no association.
 */
export function blindReport({ protocol, dataset, document, simulated }: BlindReportInput): BlindReport {
  const language = "en";
  const origin = "study";
  const { flow } = dataset;
  const note = figureNote(simulated, peopleText(flow.invited, origin, language), language);
  return {
    format: "longwave.blind/1",
    study: studySummary(protocol, { simulated, language, source: origin }),
    dataset: { hash: dataset.hash, upToSeq: dataset.upToSeq, rows: dataset.personWave.nrows },
    lead: `${countText(flow.answeredOnce, language)} of ${countText(flow.invited, language)} invited people have answered so far. The study is still running, so no results are shown, to anybody.`,
    flow,
    figures: [flowFigure({ protocol, flow, origin, note, context: { document, language }, language })],
    missingness: itemMissingness(protocol, dataset),
    distributions: answerDistributions(protocol, dataset),
    responseOverTime: responseOverTime(dataset),
  };
}
