import type { Instrument, Language, LocalText, Protocol } from "../protocol/types.ts";
import { type ReadingLevel, readingLevel, wordsOf } from "./reading-level.ts";

/** A text that is harder to read than a text for everyone should be. */
export interface HardText {
  /** Where it stands in the study text. */
  readonly path: readonly (string | number)[];
  readonly text: string;
  readonly score: number;
  /** The words of somebody else's scale, which are not ours to change. */
  readonly fixed: boolean;
}

/** How hard the words for participants are to read, in one language. */
export interface LanguageReading {
  readonly language: Language;
  readonly consent: ReadingLevel;
  readonly questions: ReadingLevel;
  /** The hardest above the limit, hardest first. */
  readonly hardest: readonly HardText[];
}

/** A measure of a few words says little: shorter texts count in the whole, and are not judged alone. */
const FEWEST_WORDS = 8;

/** More would not be read. */
const MOST_SHOWN = 5;

/** The reading level of consent and questions in each language of the study, with the hardest texts. */
export function studyReading(protocol: Protocol): readonly LanguageReading[] {
  return protocol.languages.map((language) => readingIn(protocol, language));
}

function readingIn(protocol: Protocol, language: Language): LanguageReading {
  const consent = consentTexts(protocol).flatMap((text) => inLanguage(text, language));
  const questions = questionTexts(protocol).flatMap((text) => inLanguage(text, language));
  const level = (texts: readonly SpokenText[]): ReadingLevel =>
    readingLevel(
      texts.map(({ text }) => text),
      language,
    );
  return {
    language,
    consent: level(consent),
    questions: level(questions),
    hardest: [...consent, ...questions]
      .filter(({ text }) => wordsOf(text).length >= FEWEST_WORDS)
      .map((text) => ({ ...text, ...levelOf(text.text, language) }))
      .filter(({ score, limit }) => score > limit)
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST_SHOWN)
      .map(({ path, text, score, fixed }) => ({ path, text, score, fixed })),
  };
}

function levelOf(text: string, language: Language): { readonly score: number; readonly limit: number } {
  const { score, limit } = readingLevel([text], language);
  return { score, limit };
}

interface WrittenText {
  readonly path: readonly (string | number)[];
  readonly words: LocalText;
  readonly fixed: boolean;
}

interface SpokenText {
  readonly path: readonly (string | number)[];
  readonly text: string;
  readonly fixed: boolean;
}

/** The text in a language, or nothing where it has no words in it. */
function inLanguage({ path, words, fixed }: WrittenText, language: Language): readonly SpokenText[] {
  const text = words[language];
  return text === undefined ? [] : [{ path: [...path, language], text, fixed }];
}

function consentTexts({ consent, safety }: Protocol): readonly WrittenText[] {
  const text = (path: WrittenText["path"], words: LocalText): WrittenText => ({ path, words, fixed: false });
  return [
    ...consent.sections.flatMap(({ paragraphs }, i) =>
      paragraphs.map((words, j) => text(["consent", "sections", i, "paragraphs", j], words)),
    ),
    ...consent.ticks.flatMap(({ label, promise }, i) => [
      text(["consent", "ticks", i, "label"], label),
      text(["consent", "ticks", i, "promise"], promise),
    ]),
    text(["safety", "helpText"], safety.helpText),
  ];
}

function questionTexts({ instruments }: Protocol): readonly WrittenText[] {
  return instruments.flatMap((instrument, i) =>
    instrument.items.flatMap((item, j) =>
      (["text", "help", "why"] as const).flatMap((field): readonly WrittenText[] => {
        const words = item[field];
        if (words === undefined) return [];
        return [{ path: ["instruments", i, "items", j, field], words, fixed: isFixed(instrument) }];
      }),
    ),
  );
}

function isFixed({ status }: Instrument): boolean {
  return status === "verbatim_free";
}
