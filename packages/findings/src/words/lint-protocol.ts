import type { LocalText, Protocol } from "@longwave/study";
import type { Language } from "../publication/types.ts";
import { lintCausal } from "./lint-causal.ts";

/** A word in a text people wrote that claims that one thing acts on another. */
export interface WordWarning {
  /** Where it stands, such as "title" or "claim of H1". */
  readonly place: string;
  readonly language: Language;
  readonly word: string;
  readonly text: string;
}

/**
 * Causal words in the texts of a protocol that a publication repeats. They are warnings: a person wrote them
 * and may mean them, but a page about associations should not say them for them.
 */
export function lintProtocol(protocol: Protocol): readonly WordWarning[] {
  return publicTexts(protocol).flatMap(({ place, text }) =>
    (["en", "nb"] as const).flatMap((language) => warningsIn(text[language], { place, language })),
  );
}

/** One warning as a sentence for whoever wrote the protocol; the words stay as they were written. */
export function describeWordWarning({ word, place }: WordWarning): string {
  return `"${word}" in the ${place} is a word of cause, which these models cannot support; the published page repeats it.`;
}

function warningsIn(
  text: string | undefined,
  at: { readonly place: string; readonly language: Language },
): readonly WordWarning[] {
  if (text === undefined) return [];
  return lintCausal(text, at.language).map(({ word }) => ({ ...at, word, text }));
}

interface PlacedText {
  readonly place: string;
  readonly text: LocalText;
}

function publicTexts(protocol: Protocol): readonly PlacedText[] {
  const { plan } = protocol;
  const analyses = [...plan.exploratory, ...plan.sensitivity, ...plan.comparisons];
  return [
    { place: "title", text: protocol.title },
    { place: "question", text: protocol.question },
    ...variableTexts(protocol),
    ...plan.hypotheses.flatMap(({ id, label, term, claim }) => [
      { place: `label of ${id}`, text: label },
      ...(term === undefined ? [] : [{ place: `term of ${id}`, text: term }]),
      { place: `claim of ${id}`, text: claim },
    ]),
    ...analyses.flatMap(({ id, what, label }) => [
      { place: `description of ${id}`, text: what },
      ...(label === undefined ? [] : [{ place: `label of ${id}`, text: label }]),
    ]),
  ];
}

/** What outcome, exposure, groups and the questions on them are called: sentences are made of these. */
function variableTexts({ plan, instruments }: Protocol): readonly PlacedText[] {
  const { outcome, exposure, moderator } = plan.variables;
  const roles = { outcome, exposure, ...(moderator === undefined ? {} : { groups: moderator }) };
  const main = instruments.filter(({ role }) => role === "primary_outcome" || role === "primary_exposure");
  return [
    ...Object.entries(roles).flatMap(([role, { label, unit }]) => [
      { place: `label of the ${role}`, text: label },
      { place: `unit of the ${role}`, text: unit },
    ]),
    ...main.flatMap(({ items }) => items.map(({ id, text }) => ({ place: `question ${id}`, text }))),
  ];
}
