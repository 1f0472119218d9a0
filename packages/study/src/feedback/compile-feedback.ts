import { canonicalJson } from "../canonical/json.ts";
import { sha256 } from "../canonical/sha256.ts";
import { inLanguage } from "../instruments/compile-form.ts";
import type { Language, LocalText, Protocol } from "../protocol/types.ts";
import type { SentenceName } from "./sentences.ts";
import { houseSentences } from "./sentences.ts";
import type { FeedbackMinimums, FeedbackReview, MeasurementNoise, SessionGroup, UnitText } from "./types.ts";

/** A size in words of one language. */
export interface UnitWords {
  readonly half: string;
  readonly one: string;
  readonly many: string;
}

/** One measure in one language. */
export interface FeedbackMeasure {
  readonly item: string;
  readonly label: string;
  readonly unit: UnitWords;
  readonly same: string;
  readonly lower: string;
  readonly higher: string;
  readonly noise: MeasurementNoise;
}

/** The session picture in one language. */
export interface FeedbackSessions {
  readonly event: string;
  readonly before: string;
  readonly after: string;
  readonly rest: { readonly event: string; readonly before: string; readonly after: string };
  readonly unit: UnitWords;
  readonly group?: SessionGroup;
}

/** The rules of personal feedback in one language: every number and every word that may be shown. */
export interface FeedbackRules {
  readonly version: number;
  readonly language: Language;
  /** SHA-256 of all the rest but the review. */
  readonly hash: string;
  readonly review: FeedbackReview;
  readonly minimums: FeedbackMinimums;
  readonly measures: readonly FeedbackMeasure[];
  readonly similarBy: readonly string[];
  readonly sessions?: FeedbackSessions;
  readonly sentences: Readonly<Record<SentenceName, string>>;
  readonly helpText: string;
}

/** The rules of personal feedback in one language, and nothing when the study has none. */
export function compileFeedback(protocol: Protocol, language: Language): FeedbackRules | undefined {
  const { feedback } = protocol;
  if (feedback === undefined) return undefined;
  const words = (text: LocalText): string => inLanguage(text, language);
  const { version, minimums, similarBy } = feedback;
  const shown = {
    version,
    language,
    minimums,
    measures: feedback.measures.map(({ item, label, unit, same, lower, higher, noise }) => ({
      item,
      label: words(label),
      unit: unitWords(unit, words),
      same: words(same),
      lower: words(lower),
      higher: words(higher),
      noise,
    })),
    similarBy,
    ...(feedback.sessions === undefined
      ? {}
      : { sessions: { ...feedback.sessions, unit: unitWords(feedback.sessions.unit, words) } }),
    sentences: sentencesIn(feedback.sentences ?? {}, words),
    helpText: words(protocol.safety.helpText),
  };
  return { ...shown, review: feedback.review, hash: sha256(canonicalJson(shown)) };
}

/** Names the rules in all languages of the study; the review states it, so that it covers exactly what was read. */
export function feedbackHash(protocol: Protocol): string {
  return sha256(canonicalJson(protocol.languages.map((each) => compileFeedback(protocol, each)?.hash ?? "")));
}

function unitWords(unit: UnitText, words: (text: LocalText) => string): UnitWords {
  return { half: words(unit.half), one: words(unit.one), many: words(unit.many) };
}

function sentencesIn(
  own: Readonly<Record<string, LocalText>>,
  words: (text: LocalText) => string,
): Readonly<Record<SentenceName, string>> {
  const entries = Object.entries(houseSentences).map(([name, house]) => [name, words(own[name] ?? house)]);
  return Object.fromEntries(entries) as Record<SentenceName, string>;
}
