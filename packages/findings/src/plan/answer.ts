import { type FindingContext, sentenceInput, type TestedHypothesis } from "../hypotheses/finding.ts";
import { designOf } from "../hypotheses/run-hypothesis.ts";
import type { Language } from "../publication/types.ts";
import { wordsFor } from "../words/words.ts";

const notAnswered: Readonly<Record<Language, string>> = {
  en: "There are too few answers to tell yet.",
  nb: "Det er for få svar til å si noe ennå.",
};

const nothingToRun: Readonly<Record<Language, string>> = {
  en: "None of the planned answers can be computed by this version yet.",
  nb: "Ingen av de planlagte svarene kan regnes ut av denne versjonen ennå.",
};

const cautions: Readonly<Record<Language, string>> = {
  en: "This page says what went together. It cannot say what made what happen: illness, seasons or mood may change both. It is not advice.",
  nb: "Denne siden sier hva som fulgtes ad. Den kan ikke si hva som kom av hva: sykdom, årstid eller humør kan endre begge deler. Dette er ikke et råd.",
};

const comparedWithSelf: Readonly<Record<Language, string>> = {
  en: "Each person is compared with their own usual.",
  nb: "Hver person sammenlignes med seg selv.",
};

/** The short answer in plain words: the first within-person hypothesis, then what was found on the difference between groups. */
export function shortAnswer(
  tested: readonly TestedHypothesis[],
  context: Pick<FindingContext, "protocol" | "language">,
): { readonly lead: string; readonly caution: string } {
  const { language } = context;
  const caution = cautions[language];
  const first = tested.find(({ test }) => designOf(test) === "within") ?? tested[0];
  if (!first) return { lead: nothingToRun[language], caution };
  if (first.outcome.kind !== "tested") return { lead: notAnswered[language], caution };
  const input = sentenceInput(first, first.outcome, context);
  const words = wordsFor(language);
  if (input.design !== "within") return { lead: words.sentence(input), caution };
  const parts = [words.lead(input), ...differenceSentence(tested, context), comparedWithSelf[language]];
  return { lead: parts.join(" "), caution };
}

/** The first sentence on the difference between women and men, when it is sure. */
function differenceSentence(
  tested: readonly TestedHypothesis[],
  context: Pick<FindingContext, "protocol" | "language">,
): readonly string[] {
  const found = tested.find(({ test }) => test.kind === "difference");
  if (found?.outcome.kind !== "tested") return [];
  const input = sentenceInput(found, found.outcome, context);
  if (!input.verdict.sure) return [];
  const [first] = wordsFor(context.language).sentence(input).split(". ");
  return first === undefined ? [] : [`${first.replace(/\.$/, "")}.`];
}
