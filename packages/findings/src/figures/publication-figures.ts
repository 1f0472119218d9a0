import { type Figure, type FigureContext, forest, withinBetween } from "@longwave/figure";
import type { Dataset, PlanBounds, Protocol } from "@longwave/study";
import { flowFigure } from "../flow/flow-figure.ts";
import type { TestOutcome } from "../hypotheses/outcome.ts";
import type { FittedModel } from "../plan/fit-model.ts";
import type { PathRun } from "../plan/run-models.ts";
import type { AnswerSource, FindingRow, Language } from "../publication/types.ts";
import { countText } from "../words/numbers.ts";
import { localText, studyNames } from "../words/study-names.ts";
import { figureWords } from "./figure-words.ts";
import { overTimeFigure } from "./over-time-figure.ts";
import { pathFigure } from "./path-figure.ts";
import { slopePanels } from "./slope-panels.ts";

/** The figure of the main slope, and of the slopes of women and men; of other groups. */
export const GROUPS_FIGURE = "women-and-men";
export const OTHER_GROUPS_FIGURE = "two-groups";

export interface FigureInput {
  readonly protocol: Protocol;
  readonly dataset: Dataset;
  readonly origin: AnswerSource;
  readonly simulated: boolean;
  readonly language: Language;
  readonly context: FigureContext;
  /** The model of the first within-person hypothesis, and its test. */
  readonly within: { readonly model: FittedModel; readonly outcome: TestOutcome } | undefined;
  /** The slopes of the two groups of the plan. */
  readonly difference: TestOutcome | undefined;
  readonly bounds: PlanBounds | undefined;
  /** The hypotheses about lagged paths, with their model. */
  readonly paths: readonly PathRun[];
}

/** The figures of a publication; what could not be fitted is left out, since its finding says why. */
export function publicationFigures(input: FigureInput): readonly Figure[] {
  const { protocol, dataset, origin, language, context } = input;
  const note = figureNote(input.simulated, peopleText(dataset.flow.invited, origin, language), language);
  return [
    flowFigure({ protocol, flow: dataset.flow, origin, note, context, language }),
    ...withinBetweenFigure(input),
    ...forestFigure(input),
    ...pathFigure(input),
    ...meansFigure(input),
  ];
}

/** The line under a figure: whether people are simulated, and how many there are. */
export function figureNote(simulated: boolean, people: string, language: Language): string {
  if (!simulated) return people;
  return `${language === "nb" ? "Simulerte personer" : "Simulated people"} · ${people}`;
}

/** "6,419 invited", or "6,419 people in the file". */
export function peopleText(count: number, origin: AnswerSource, language: Language): string {
  const text = countText(count, language);
  if (origin === "file") return language === "nb" ? `${text} personer i filen` : `${text} people in the file`;
  return language === "nb" ? `${text} invitert` : `${text} invited`;
}

function peopleNote(input: FigureInput, model: FittedModel): string {
  const { language } = input;
  const [rows, people] = [countText(model.fit.nobs, language), countText(model.people, language)];
  const start = input.simulated ? (language === "nb" ? "Simulerte personer · " : "Simulated people · ") : "";
  return language === "nb"
    ? `${start}${rows} svar fra ${people} personer`
    : `${start}${rows} answers from ${people} people`;
}

function withinBetweenFigure(input: FigureInput): readonly Figure[] {
  if (!input.within) return [];
  const { model } = input.within;
  const words = figureWords(input.language, studyNames(input.protocol, input.language));
  const panels = slopePanels(input.protocol, model, words.panels);
  const heading = words.withinBetween(panels.between, panels.within);
  const note = peopleNote(input, model);
  return [withinBetween(panels, { id: "within-between", ...heading, note }, input.context)];
}

function meansFigure(input: FigureInput): readonly Figure[] {
  const { within, difference, protocol, language, context } = input;
  if (!within) return [];
  const { model } = within;
  const note = peopleNote(input, model);
  return overTimeFigure({ protocol, model, apart: difference !== undefined, note, language, context });
}

function forestFigure(input: FigureInput): readonly Figure[] {
  const { within, difference, bounds, language, protocol } = input;
  if (!within || !bounds) return [];
  const rows: readonly FindingRow[] = [...within.outcome.rows, ...(difference?.rows ?? [])];
  const names = studyNames(protocol, language);
  const words = figureWords(language, names);
  const unit = words.unit(localText(bounds.unit, language));
  const zones = [
    { lower: -bounds.noticeable, upper: bounds.noticeable, label: words.noticeable },
    { lower: -bounds.negligible, upper: bounds.negligible, label: words.negligible },
  ];
  const heading = words.forest(difference?.slopes);
  return [
    forest(
      { rows, zones, lowLabel: words.less, highLabel: words.more, unit },
      { id: figureIdOf(protocol), ...heading, note: peopleNote(input, within.model) },
      input.context,
    ),
  ];
}

/** Studies of women and men keep the address their figure has always had. */
function figureIdOf({ plan }: Protocol): string {
  const apart = plan.hypotheses.find(({ test }) => test.kind === "difference")?.test;
  return apart?.kind === "difference" && "women" in apart.slopes ? GROUPS_FIGURE : OTHER_GROUPS_FIGURE;
}
