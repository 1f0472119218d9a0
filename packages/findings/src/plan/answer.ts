import { type FindingContext, sentenceInput, type TestedHypothesis } from "../hypotheses/finding.ts";
import { directionsOf } from "../hypotheses/finding-both.ts";
import { designOf } from "../hypotheses/run-hypothesis.ts";
import type { Language, Sureness } from "../publication/types.ts";
import { intersectVerdicts } from "../verdict/intersect-verdicts.ts";
import { surenessOf } from "../verdict/sureness.ts";
import type { DirectionPair } from "../words/sentence-parts.ts";
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

/**
 * The short answer in plain words: the same week, women and men, what comes later in both directions, and how sure.
 * What the plan does not ask is left out.
 */
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
  const later = laterDirections(tested, context);
  const parts = [
    words.lead(input),
    ...differenceSentence(tested, context),
    ...(later ? [words.leadLater(later.directions)] : []),
    words.leadSure({ short: surenessOf(input.verdict, first.pHolm), long: later?.sure }),
    comparedWithSelf[language],
  ];
  return { lead: parts.join(" "), caution };
}

/** Both directions of the lag, with the less sure of the two; nothing when the plan has no such pair or one failed. */
function laterDirections(
  tested: readonly TestedHypothesis[],
  context: Pick<FindingContext, "protocol" | "language">,
): { readonly directions: DirectionPair; readonly sure: Sureness } | undefined {
  const paths = tested.filter(({ test }) => test.kind === "path").slice(0, 2);
  const directions = directionsOf(
    paths.map(({ hypothesis }) => hypothesis.id),
    tested,
    context,
  );
  if (!directions) return undefined;
  const verdict = intersectVerdicts(directions.map((direction) => direction.verdict));
  return { directions, sure: surenessOf(verdict, Math.max(...paths.map(({ pHolm }) => pHolm))) };
}

/** The first sentence on the difference between women and men. */
function differenceSentence(
  tested: readonly TestedHypothesis[],
  context: Pick<FindingContext, "protocol" | "language">,
): readonly string[] {
  const found = tested.find(({ test }) => test.kind === "difference");
  if (found?.outcome.kind !== "tested") return [];
  const input = sentenceInput(found, found.outcome, context);
  const [first] = wordsFor(context.language).sentence(input).split(". ");
  return first === undefined ? [] : [`${first.replace(/\.$/, "")}.`];
}
