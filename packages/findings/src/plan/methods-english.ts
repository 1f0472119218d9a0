import type { Instrument, Protocol } from "@longwave/study";
import type { MethodSection } from "../publication/types.ts";
import { countText, numberText } from "../words/numbers.ts";
import { isGiven } from "../words/study-names.ts";
import {
  listOf,
  type MethodsInput,
  modelNotes,
  panelOf,
  robustIds,
  robustNotes,
  testFamily,
  usedBounds,
} from "./methods-input.ts";

/** The methods in English. */
export function englishMethods(input: MethodsInput): readonly MethodSection[] {
  return [
    { title: "People", paragraphs: peopleParagraphs(input) },
    { title: "What was asked", paragraphs: questionParagraphs(input.protocol) },
    { title: "The comparison", paragraphs: comparisonParagraphs(input) },
    { title: "The limits", paragraphs: limitParagraphs(input) },
    { title: "Several tests", paragraphs: testParagraphs(input) },
    { title: "Missing answers", paragraphs: missingParagraphs(input) },
  ];
}

function peopleParagraphs({ dataset, simulated, origin, protocol }: MethodsInput): readonly string[] {
  const count = (value: number): string => countText(value, "en");
  const { flow } = dataset;
  const who = simulated
    ? "All people on this page are simulated: a program made them from a stated truth, to show how a finding is made. No real person answered."
    : origin === "study"
      ? "People gave consent before they answered."
      : `The answers were gathered elsewhere and read from a file; how people were asked is not known to Longwave.${onlyRows(protocol)}`;
  const start =
    origin === "study"
      ? `${count(flow.invited)} people were invited`
      : `The file names ${count(flow.invited)} people`;
  const asked = `${start}; ${count(flow.answeredOnce)} answered at least once and ${count(flow.answeredTwice)} at least twice, of up to ${protocol.waves.length} times.`;
  return [who, asked];
}

/** Which rows of a file were read, when a plan for gathered answers says so. */
function onlyRows(protocol: Protocol): string {
  const { include } = protocol.eligibility;
  return isGiven(protocol) && include.length > 0
    ? ` Only the rows with ${include.join("; ")} were read.`
    : "";
}

function questionParagraphs(protocol: Protocol): readonly string[] {
  const main = protocol.instruments.filter(
    ({ role }) => role === "primary_outcome" || role === "primary_exposure",
  );
  const { outcome, exposure } = protocol.plan.variables;
  const scales = [outcome, exposure].flatMap(({ label, range }) =>
    range ? [`${label.en} runs from ${range[0]} to ${range[1]}`] : [],
  );
  return [
    ...(isGiven(protocol) ? [givenSentence(main)] : main.map(questionSentence)),
    ...(scales.length === 0 ? [] : [`In the analysis, ${scales.join(", and ")}.`]),
    ...(protocol.basedOn === undefined
      ? []
      : [`The study follows the design of an earlier one with its own questions: ${protocol.basedOn}`]),
  ];
}

function givenSentence(main: readonly Instrument[]): string {
  const names = main.flatMap(({ items }) => items.map(({ id, text }) => `${text.en} (${id})`));
  return `Two columns of the file are compared: ${listOf(names, "and")}. How they were asked or measured is not in the plan.`;
}

function questionSentence(instrument: Instrument): string {
  const questions = instrument.items.map((item) => `"${item.text.en}"`).join(" ");
  const declaration = instrument.declaration ? ` ${instrument.declaration.en}` : "";
  return `${questions}${declaration}`;
}

function comparisonParagraphs(input: MethodsInput): readonly string[] {
  const { protocol, within } = input;
  const { exposure } = protocol.plan.variables;
  const steps = within ? Object.entries(within.fit.withinStdDev) : [];
  return [
    "A linear mixed model keeps differences between people apart from differences within a person: each answer is compared with the mean of the person's own answers. It is fitted by restricted maximum likelihood, with degrees of freedom after Satterthwaite.",
    ...steps.map(
      ([, value]) =>
        `A usual-sized step in ${exposure.label.en} is one within-person standard deviation: ${numberText(value, "en")} ${exposure.unit.en}.`,
    ),
    ...laterParagraphs(input),
    ...modelNotes(input),
  ];
}

/** How the lags were estimated, and the second column of errors. */
function laterParagraphs(input: MethodsInput): readonly string[] {
  const panel = panelOf(input);
  const lags =
    panel === undefined
      ? []
      : [
          `What comes later is estimated by a random-intercept cross-lagged panel model (RI-CLPM; Hamaker, Kuiper and Grasman 2015): each person's own level is set apart, and the deviations from it at one wave predict both deviations at the next. ${panel} It is fitted by full-information maximum likelihood, so that everyone with an answer counts, with robust standard errors (MLR). The limits are for paths in standard units: within-person standard deviations.`,
          "That both directions are there is said only when both tests hold after adjustment (intersection-union); this claim has no p of its own.",
        ];
  return [...lags, ...robustParagraph(input)];
}

function robustParagraph(input: MethodsInput): readonly string[] {
  const ids = robustIds(input);
  if (ids.length === 0) return [];
  return [
    `For ${listOf(ids, "and")} a second column holds cluster-robust standard errors by person (CR2, with Satterthwaite's degrees of freedom; Pustejovsky and Tipton 2018), which do not lean on the model of what is left over. The verdicts rest on the first column.`,
    ...robustNotes(input),
  ];
}

function limitParagraphs({ protocol, origin }: MethodsInput): readonly string[] {
  const limits = usedBounds(protocol).map(
    ({ negligible, noticeable, unit }) =>
      `In ${unit.en}, up to ${negligible} is called too small to matter, and from ${noticeable} on something people would notice.`,
  );
  const when =
    origin === "study"
      ? "The plan fixed these limits before any result was seen."
      : "The plan names these limits; whether it was written before the answers were seen is not known to Longwave.";
  return limits.length === 0 ? [] : [...limits, when];
}

function testParagraphs(input: MethodsInput): readonly string[] {
  const { over, waiting } = testFamily(input);
  const still =
    waiting.length === 0
      ? "All of them were tested."
      : `${listOf(waiting, "and")} ${waiting.length === 1 ? "was" : "were"} not tested; the correction counts each as if its p were 1, so a p on this page can only become smaller once they are.`;
  return [
    `The plan names ${over.length} confirmatory tests: ${listOf(over, "and")}. Their p-values are adjusted by Holm's method over all ${over.length}. ${still}`,
    "Intervals are not adjusted. A verdict needs the adjusted test; how it is chosen is fixed by seven rules.",
  ];
}

function missingParagraphs({ within }: MethodsInput): readonly string[] {
  const general =
    "An answer with a missing value in a model is left out of that model, and people need two complete answers in it, so that they can be compared with themselves.";
  if (!within) return [general];
  const { rows, nobs } = within.fit;
  const count = (value: number): string => countText(value, "en");
  const numbers = `The first model read ${count(rows.read)} answers and used ${count(nobs)} from ${count(within.people)} people.`;
  return [
    `${general} ${numbers}`,
    "This is right when whether an answer is missing depends only on what was seen before: earlier answers and the variables in the model. No test can show that it does.",
  ];
}
