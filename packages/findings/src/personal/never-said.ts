import type { FeedbackText, LocalText, Protocol } from "@longwave/study";
import type { Language } from "../publication/types.ts";
import { type CausalWord, lintCausal } from "../words/lint-causal.ts";

/** Advice, praise, blame, ranks and forecasts: nothing of this is said to a person about their own answers. */
const never: Readonly<Record<Language, readonly string[]>> = {
  en: [
    ...["you should", "you must", "you need to", "you ought to", "try to", "we recommend", "recommended"],
    ...["works for you", "good for you", "bad for you", "keep it up", "keep going", "well done"],
    ...["congratulations", "in a row", "streak", "goal", "rank", "score", "better than", "worse than"],
    ...["the best", "the worst", "predict", "prediction", "forecast", "you will", "is expected", "trend"],
    ...["responder", "success", "failure", "failed", "you missed", "improving", "getting worse"],
  ],
  nb: [
    ...["du bør", "du må", "du burde", "prøv å", "vi anbefaler", "anbefalt", "virker for deg"],
    ...["bra for deg", "dårlig for deg", "fortsett", "bra jobbet", "gratulerer", "på rad", "poengsum"],
    ...["rangering", "bedre enn", "verre enn", "dårligere enn", "best", "verst", "forutsi", "prognose"],
    ...[
      "du vil få",
      "ventes å",
      "trend",
      "vellykket",
      "mislykket",
      "mislyktes",
      "du gikk glipp",
      "i bedring",
    ],
  ],
};

/** Words of cause, advice, praise, rank or forecast in a text; what stands in quotation marks is somebody's answer. */
export function neverSaid(text: string, language: Language): readonly string[] {
  const said = text.replace(/“[^”]*”|«[^»]*»/g, "…");
  const found = never[language].filter((phrase) =>
    new RegExp(`(?<![\\p{L}\\p{N}])${phrase}(?![\\p{L}\\p{N}])`, "iu").test(said),
  );
  return [...lintCausal(said, language).map(({ word }: CausalWord) => word), ...found];
}

/** What the rules of a study would say and may not, each with its place: a study with any is not opened. */
export function lintFeedback(
  protocol: Protocol,
): readonly { readonly place: string; readonly word: string; readonly text: string }[] {
  if (protocol.feedback === undefined) return [];
  return ownTexts(protocol.feedback).flatMap(({ place, text }) =>
    (["en", "nb"] as const).flatMap((language) => {
      const words = text[language];
      if (words === undefined) return [];
      return neverSaid(words, language).map((word) => ({ place, word, text: words }));
    }),
  );
}

function ownTexts(feedback: FeedbackText): readonly { readonly place: string; readonly text: LocalText }[] {
  const sentences = Object.entries(feedback.sentences ?? {});
  return [
    ...feedback.measures.flatMap(({ item, label, same, lower, higher }) =>
      Object.entries({ label, same, lower, higher }).map(([name, text]) => ({
        place: `feedback.measures ${item}, ${name}`,
        text,
      })),
    ),
    ...sentences.map(([name, text]) => ({ place: `feedback.sentences.${name}`, text })),
  ];
}
