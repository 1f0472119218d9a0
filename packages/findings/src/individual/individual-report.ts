import type { TeamFigure } from "@longwave/figure";
import type { Source } from "@longwave/source";
import { type PersonalSlopes, personalSlopes } from "@longwave/stats";
import type { Dataset, Protocol } from "@longwave/study";
import { figureNote } from "../figures/publication-figures.ts";
import {
  type AlternativeContext,
  attempt,
  hypothesisFor,
  NotMeasured,
  testedTerm,
} from "../plan/alternatives/context.ts";
import { type SettledModel, settle } from "../plan/alternatives/mixed-model.ts";
import { stepOf } from "../plan/alternatives/slope-alternatives.ts";
import { answerSource, studySummary } from "../plan/study-summary.ts";
import { localText } from "../words/study-names.ts";
import { influenceFigure, residualsFigure, slopesFigure } from "./model-figures.ts";
import { peopleOf } from "./people.ts";
import { linesFigure, mapFigure, spaghettiFigures } from "./person-figures.ts";
import type { IndividualReport } from "./types.ts";

export interface IndividualReportInput {
  readonly protocol: Protocol;
  readonly dataset: Dataset;
  readonly source: Source;
  /** Figures are drawn in it. */
  readonly document: Document;
  /** Draws the people who are shown as single lines. */
  readonly seed: number;
  readonly simulated: boolean;
}

/**
 * Figures of single people behind the first planned slope: answers, own lines, slopes, residuals and influence.
 *
 * For the study team, in English like the console; only after the data are locked, since it shows estimates. Too
 * little data is a note, never an error.
 */
export async function individualReport(input: IndividualReportInput): Promise<IndividualReport> {
  const { protocol, dataset, source, seed, simulated } = input;
  const study = studySummary(protocol, { simulated, language: "en", source: answerSource(dataset) });
  const context: AlternativeContext = { protocol, source, dataset, language: "en", seed, findings: [] };
  const { hash, upToSeq } = dataset;
  const frame = { format: "longwave.individual/1", study, dataset: { hash, upToSeq } } as const;
  try {
    return { ...frame, ...(await figuresOf(context, input)) };
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    return { ...frame, figures: [], notes: [error.message] };
  }
}

type Drawn = Pick<IndividualReport, "figures" | "notes" | "formula">;

async function figuresOf(context: AlternativeContext, input: IndividualReportInput): Promise<Drawn> {
  const { protocol, document, seed, simulated } = input;
  const hypothesis = hypothesisFor(context);
  const term = hypothesis && testedTerm(hypothesis);
  if (hypothesis === undefined || term === undefined) {
    throw new NotMeasured(
      "The plan has no hypothesis about one slope of a mixed model, so there are no personal slopes.",
    );
  }
  const settled = await settle(context, hypothesis.model);
  const people = peopleOf(protocol, settled);
  const note = figureNote(simulated, "For the study team only: shows single people", "en");
  const drawing = { note, context: { document, language: "en" as const } };
  const own = { protocol, people, seed, ...drawing };
  const slopes = slopesOf(context, settled, term);
  const parts = { settled, ...drawing };
  const found =
    slopes instanceof NotMeasured
      ? []
      : [slopesFigure(drawing, { slopes, ...scaleOf(protocol, settled, term) })];
  const figures: readonly TeamFigure[] = [
    ...spaghettiFigures(own),
    mapFigure(own),
    linesFigure({
      ...own,
      fit: settled.fit,
      term,
      slopes: slopes instanceof NotMeasured ? undefined : slopes,
    }),
    ...found,
    attempt(context, () => residualsFigure(parts)),
    attempt(context, () => influenceFigure(parts)),
  ];
  const notes = [
    ...(slopes instanceof NotMeasured ? [`No personal slopes: ${slopes.message}`] : []),
    ...(settled.note === undefined ? [] : [settled.note]),
  ];
  return { figures, notes, formula: settled.formula };
}

function slopesOf(
  context: AlternativeContext,
  { fit, data }: SettledModel,
  term: string,
): PersonalSlopes | NotMeasured {
  const random = fit.random.find(({ terms }) => terms.includes(term));
  if (random === undefined)
    return new NotMeasured("The model that settled has no slope that differs between people.");
  return attempt(context, () => personalSlopes(fit, data, term));
}

function scaleOf(protocol: Protocol, { fit }: SettledModel, term: string) {
  const { outcome, exposure } = protocol.plan.variables;
  const unit = `${localText(outcome.unit, "en")} for a usual-sized step in ${exposure.label.en}`;
  return { step: stepOf(fit, term), outcome: outcome.label.en, unit };
}
