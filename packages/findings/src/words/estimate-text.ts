import type { VariableRole } from "@longwave/study";
import type { LagOutcome, TestOutcome } from "../hypotheses/outcome.ts";
import type { Language } from "../publication/types.ts";
import { decimalsFor, intervalText, numberText } from "./numbers.ts";
import type { SentenceDesign, SlopeView, StudyNames } from "./sentence-input.ts";
import { capitalise } from "./sentence-parts.ts";
import { localText } from "./study-names.ts";

export interface EstimateTextInput {
  readonly outcome: TestOutcome;
  readonly design: SentenceDesign;
  /** Unit of the estimate, such as "pain points". */
  readonly unit: string;
  readonly names: StudyNames;
  readonly variables: { readonly outcome: VariableRole; readonly exposure: VariableRole };
  readonly language: Language;
}

/** The estimate and its interval written out, with its unit, its scale and the step it stands for. */
export function estimateText(input: EstimateTextInput): string {
  const { outcome, design, unit, language } = input;
  const interval = intervalText(
    { value: outcome.estimate, lower: outcome.lower, upper: outcome.upper },
    language,
  );
  const start = `${interval} ${unit}${scaleText(input)}`;
  if (design === "difference" && outcome.slopes)
    return `${slopesText(input)} ${differenceOf(start, language)}`;
  if (outcome.lag) return `${interval} ${unit}${rawText(outcome.lag, input)}`;
  if (design === "baseline") return start + adjustedText(outcome, language);
  if (design === "between") return start + betweenText(input);
  return design === "within" ? start + stepText(input) : start;
}

function scaleText({ variables, language }: EstimateTextInput): string {
  const { range } = variables.outcome;
  if (!range) return "";
  return language === "nb"
    ? `, på en skala fra ${range[0]} til ${range[1]}`
    : `, on a scale from ${range[0]} to ${range[1]}`;
}

function stepText({ outcome, variables, language }: EstimateTextInput): string {
  if (outcome.step === undefined || outcome.perUnit === undefined) return "";
  const unit = localText(variables.exposure.unit, language);
  const step = `${stepNumber(outcome.step, language)} ${unit}`;
  const exposure = localText(variables.exposure.label, language);
  if (outcome.step === 1) {
    return language === "nb"
      ? `, ved ${step} mer ${exposure} enn vanlig`
      : `, for ${step} more ${exposure} than usual`;
  }
  const each = intervalText(outcome.perUnit, language);
  return language === "nb"
    ? `, ved ${step} mer ${exposure} enn vanlig; ${each} for hvert poeng`
    : `, for ${step} more ${exposure} than usual; ${each} for each point`;
}

/** A lagged path in the units of the answers: the change in one for one more point of the other. */
function rawText({ raw, columns, from }: LagOutcome, { variables, language }: EstimateTextInput): string {
  const role = [variables.outcome, variables.exposure].find(({ name }) => name === columns.to);
  const unit = role ? localText(role.unit, language) : columns.to;
  return language === "nb"
    ? `; ${intervalText(raw, language)} ${unit} for hvert poeng ${from}`
    : `; ${intervalText(raw, language)} ${unit} for each point of ${from}`;
}

/** One whole step has no decimals. */
function stepNumber(step: number, language: Language): string {
  return step === 1 ? "1" : numberText(step, language, decimalsFor(step));
}

/** What a comparison of people compares: usual values so far apart. */
function betweenText({ outcome, variables, language }: EstimateTextInput): string {
  if (outcome.step === undefined) return "";
  const unit = localText(variables.exposure.unit, language);
  const step = `${stepNumber(outcome.step, language)} ${unit}`;
  const exposure = localText(variables.exposure.label, language);
  return language === "nb"
    ? `, for dem som vanligvis har ${step} mer ${exposure} enn andre`
    : `, for people who usually have ${step} more ${exposure} than others`;
}

function slopesText({ outcome, names, language }: EstimateTextInput): string {
  if (!outcome.slopes) return "";
  const { first, second } = outcome.slopes;
  const text = ({ estimate }: SlopeView): string => numberText(estimate, language);
  return `${capitalise(names.groups[0])} ${text(first)}, ${names.groups[1]} ${text(second)}.`;
}

function differenceOf(text: string, language: Language): string {
  return language === "nb" ? `Forskjell ${text}` : `Difference ${text}`;
}

function adjustedText(outcome: TestOutcome, language: Language): string {
  if (!outcome.adjusted) return "";
  const interval = intervalText(outcome.adjusted, language);
  return language === "nb"
    ? `; ${interval} når vi tar høyde for nivået ved starten`
    : `; ${interval} when the level at the start is adjusted for`;
}
