import type { Language } from "../protocol/types.ts";

/** How hard a text is to read. */
export interface ReadingLevel {
  /** Which measure: years of American schooling, or the Nordic readability index. */
  readonly measure: "Flesch-Kincaid grade" | "LIX";
  readonly score: number;
  /** A text for everyone stays at or below this. */
  readonly limit: number;
  readonly words: number;
  readonly sentences: number;
}

/**
 * The limits of what a lay reader meets first. Grade 8 is the upper end of the "level 6 to 8" that is asked of texts
 * for the public. For LIX there is no grade of its own: 40 is the upper end of Björnsson's "normal text", the level of
 * fiction and of newspapers for everyone, which is taken as equivalent.
 */
export const readingLimits: Readonly<Record<Language, number>> = { en: 8, nb: 40 };

/**
 * How hard texts are to read, each text a sentence or more.
 *
 * English: 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid, Fishburne, Rogers & Chissom 1975, Naval
 * Technical Training Command Research Branch Report 8-75). Norwegian: words a sentence + 100 times the share of words
 * of more than six letters (Björnsson 1968, Läsbarhet). A number counts as one word of one syllable. Both say how long
 * words and sentences are, and nothing about whether they are the right ones.
 */
export function readingLevel(texts: readonly string[], language: Language): ReadingLevel {
  const sentences = texts.flatMap(sentencesOf);
  const words = sentences.flatMap(wordsOf);
  const counts = { words: words.length, sentences: sentences.length, limit: readingLimits[language] };
  const perSentence = words.length / Math.max(1, sentences.length);
  const share = (count: number): number => count / Math.max(1, words.length);
  if (language === "nb") {
    const long = words.filter((word) => /^\p{L}/u.test(word) && [...word].length > 6).length;
    return { measure: "LIX", score: perSentence + 100 * share(long), ...counts };
  }
  const syllables = words.reduce((sum, word) => sum + countSyllables(word), 0);
  const score = 0.39 * perSentence + 11.8 * share(syllables) - 15.59;
  return { measure: "Flesch-Kincaid grade", score, ...counts };
}

/** The sentences of a text; a heading without a full stop is one. */
function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?])\s+/).filter((sentence) => wordsOf(sentence).length > 0);
}

/** Words and numbers: "p < .001" has two, "same-week" one. */
export function wordsOf(sentence: string): readonly string[] {
  return sentence.match(/\p{L}[\p{L}'’-]*|[\d.,]*\d/gu) ?? [];
}

/** Vowels that stand together and are said apart: "idea", "variable", "science". */
const apart = /ia(?!l\b|n\b)|io(?!n|us)|ea(?=t(e|ing))|eo(?!p)|iu|ie(?=nc|t)|ua(?=l|t)|oi(?=ng)/g;

/** Syllables of an English word, by its groups of vowels; right for most words and near for the others. */
export function countSyllables(word: string): number {
  if (!/\p{L}/u.test(word)) return 1;
  const parts = word
    .toLowerCase()
    .replace(/[’']s?$/, "")
    .split("-");
  return parts.reduce((sum, part) => sum + syllablesOfPart(part), 0);
}

function syllablesOfPart(part: string): number {
  const letters = part.replace(/[^a-z]/g, "");
  const sounded = letters
    .replace(/(?<=[^aeiouy])(?:es|ed|e)$/, (end, at: number) => silentEnd(letters, end, at))
    .replace(/^y(?=[aeiou])/, "");
  const groups = sounded.match(/[aeiouy]+/g)?.length ?? 0;
  return Math.max(1, groups + (sounded.match(apart)?.length ?? 0));
}

/** An e at the end is silent, but for "little", "wanted", "changes". */
function silentEnd(letters: string, end: string, at: number): string {
  const before = letters.slice(0, at);
  if (end === "e") return /[^aeiou]l$/.test(before) ? "e" : "";
  if (end === "ed") return /[td]$/.test(before) ? "e" : "";
  return /(?:[szxcg]|sh|ch)$/.test(before) ? "e" : "";
}
