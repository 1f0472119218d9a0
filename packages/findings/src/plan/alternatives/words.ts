import type { Language } from "../../publication/types.ts";
import { wordsFor } from "../../words/words.ts";
import type { Agreement } from "./agreement.ts";
import { alternativesEnglish } from "./words-english.ts";
import { alternativesNorwegian } from "./words-norwegian.ts";
import type { AlternativeWords } from "./words-types.ts";

/** The sentences of the analyses beside the planned answers, in the reader's language. */
export function alternativeWords(language: Language): AlternativeWords {
  return language === "nb" ? alternativesNorwegian : alternativesEnglish;
}

/** Whether an analysis points the same way as the planned answer, in one sentence by rule. */
export function agreementSentence(
  agreement: Agreement | undefined,
  language: Language,
  design: "within" | "difference" = "within",
): string {
  const words = alternativeWords(language);
  if (agreement === undefined) return words.notCompared;
  const { finding, verdict, agrees, sameSign } = agreement;
  if (agrees) return words.sameWay(finding.id);
  const verdictWords = wordsFor(language).verdict(verdict.rule, verdict, design);
  return sameSign ? words.sameSign(finding.id, verdictWords) : words.otherWay(finding.id, verdictWords);
}
