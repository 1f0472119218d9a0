import type { Language } from "../publication/types.ts";

export interface CausalWord {
  readonly word: string;
  /** Place in the text, counted from 0. */
  readonly index: number;
}

interface WordList {
  /** Whole words that make one thing act on another. */
  readonly words: readonly string[];
  /** Phrases of several words with the same claim. */
  readonly phrases: readonly string[];
  /** Phrases in which a listed word is harmless. */
  readonly allowed: readonly string[];
}

const english: WordList = {
  words: [
    ...["cause", "causes", "caused", "causing", "causal", "causally"],
    ...["affect", "affects", "affected", "affecting", "influence", "influences", "influenced"],
    ...["improve", "improves", "improved", "improving", "improvement"],
    ...["reduce", "reduces", "reduced", "reducing", "reduction"],
    ...["prevent", "prevents", "prevented", "preventing", "prevention"],
    ...["protect", "protects", "protected", "protecting", "protective"],
    ...["benefit", "benefits", "benefited", "beneficial"],
    ...["impact", "impacts", "impacted", "lowers", "lowered", "lowering", "raises", "raised"],
    ...["relieve", "relieves", "relieved", "eases", "eased", "heals", "cures", "cured"],
    ...["leads", "led", "leading", "helps", "helped", "triggers", "triggered", "drives", "drove"],
    ...["increases", "increased", "decreases", "worsens", "worsened", "alleviates", "alleviated"],
  ],
  phrases: [
    ...["effect of", "effects of", "effect on", "effects on", "has an effect", "no effect", "lead to"],
    ...["result in", "results in", "resulted in", "due to", "because of", "thanks to", "makes people"],
    ...["because they", "because people", "decreased by", "works against", "works for you"],
    ...["contributes to", "contributed to", "responsible for", "brings about"],
  ],
  allowed: ["leading zero", "leading zeros", "to protect them", "to protect people", "reduced rank"],
};

const norwegian: WordList = {
  words: [
    ...["forårsake", "forårsaker", "forårsaket", "årsak", "årsaken", "årsaker"],
    ...["påvirke", "påvirker", "påvirket", "påvirkning", "virkning", "virkningen", "effekten"],
    ...["forbedre", "forbedrer", "forbedret", "redusere", "reduserer", "reduserte", "redusert"],
    ...["forebygge", "forebygger", "forebygget", "forhindrer", "forhindre", "beskytter", "beskytte"],
    ...["lindrer", "lindret", "hjelper", "hjalp", "senker", "senket", "øker", "økte", "skyldes"],
    ...["bedrer", "bedret", "forverrer", "forverret", "minsker", "minsket", "utløser", "utløste"],
  ],
  phrases: [
    "fører til",
    "førte til",
    "effekt av",
    "effekt på",
    "på grunn av",
    "takket være",
    "gir mindre",
    "gir mer",
    "fordi de",
    "fordi folk",
    "virker mot",
    "bidrar til",
    "bidro til",
  ],
  allowed: [],
};

interface Patterns {
  /** Any listed word or phrase: most texts hold none, and one search says so. */
  readonly any: RegExp;
  readonly listed: readonly RegExp[];
  readonly allowed: readonly RegExp[];
}

function wholeWords(alternatives: readonly string[]): RegExp {
  const spaced = alternatives.map((phrase) => phrase.replaceAll(" ", "\\s+"));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${spaced.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

function patternsOf({ words, phrases, allowed }: WordList): Patterns {
  const listed = [...words, ...phrases];
  return {
    any: wholeWords(listed),
    listed: listed.map((word) => wholeWords([word])),
    allowed: allowed.map((phrase) => wholeWords([phrase])),
  };
}

const patterns: Readonly<Record<Language, Patterns>> = {
  en: patternsOf(english),
  nb: patternsOf(norwegian),
};

/**
 * The words of a text that claim that one thing acts on another, in order. It works by whole words, so
 * "misleading" holds no "leading"; phrases that are harmless are on an allow-list.
 */
export function lintCausal(text: string, language: Language): readonly CausalWord[] {
  const { any, listed, allowed } = patterns[language];
  if (text.search(any) < 0) return [];
  const harmless = allowed.flatMap((phrase) => occurrences(text, phrase));
  const isAllowed = ({ index }: CausalWord): boolean =>
    harmless.some((place) => index >= place.index && index < place.index + place.word.length);
  return listed
    .flatMap((word) => occurrences(text, word))
    .filter((found) => !isAllowed(found))
    .sort((a, b) => a.index - b.index);
}

function occurrences(text: string, pattern: RegExp): readonly CausalWord[] {
  return [...text.matchAll(pattern)].map((match) => ({ word: match[0], index: match.index }));
}
