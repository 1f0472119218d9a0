import type { VerdictRule } from "../publication/types.ts";
import type { Verdict } from "../verdict/decide-verdict.ts";
import {
  bothSentence,
  bothSureWhy,
  flagged,
  lagSentence,
  lagSureWhy,
  lagVerdicts,
  leadLater,
  leadSure,
} from "./lag-english.ts";
import { limitText, pValueText } from "./numbers.ts";
import type { SentenceDesign, SentenceInput, StudyNames, Words } from "./sentence-input.ts";
import {
  capitalise,
  type DesignSentences,
  groupWithLargerSlope,
  nounOf,
  type Sentences,
  type SureInput,
  uncapitalise,
  type VerdictNoun,
} from "./sentence-parts.ts";

const verdicts: Readonly<Record<VerdictNoun, Readonly<Record<VerdictRule, string>>>> = {
  ...lagVerdicts,
  association: {
    1: "An association that people would notice",
    2: "An association, too small to matter by our set limit",
    3: "A weak association",
    4: "An association; it may or may not be large enough to notice",
    5: "No association larger than our limit",
    6: "Not clear; if there is an association, it is smaller than people notice",
    7: "Not clear: these data cannot tell",
    not_fitted: "Too few answers to tell",
  },
  difference: {
    1: "A difference that people would notice",
    2: "A difference, too small to matter by our set limit",
    3: "A weak difference: smaller than people usually notice",
    4: "A difference; it may or may not be large enough to notice",
    5: "No difference larger than our limit",
    6: "Not clear; if there is a difference, it is smaller than people notice",
    7: "Not clear: these data cannot tell",
    not_fitted: "Too few answers to tell",
  },
};

function verdictWords(rule: VerdictRule, verdict: Verdict | undefined, design: SentenceDesign): string {
  const words = verdicts[nounOf(design)][rule];
  if (design === "both") return verdict ? flagged(words, verdict) : words;
  const noun = design === "difference" ? "difference" : "association";
  if (verdict?.opposite) return `The opposite of what was expected: ${uncapitalise(words)}`;
  if (verdict?.onlyUnadjusted)
    return `${words} (this test alone points to ${noun === "difference" ? "a" : "an"} ${noun}, but not after allowing for several tests)`;
  return words;
}

/** "exercised more" where the exposure is exercise; "had more ..." for anything else. */
function hadMore(names: StudyNames, amount: "more" | "most"): string {
  return names.exposure === "exercise" ? `exercised ${amount}` : `had ${amount} ${names.exposure}`;
}

function hadNone(names: StudyNames): string {
  return names.exposure === "exercise" ? "did not exercise" : `had no ${names.exposure}`;
}

function lessOrMore(estimate: number): string {
  return estimate < 0 ? "less" : "more";
}

/** What people reported, by rule: the core of every sentence on an association. */
function reported(input: SentenceInput): Sentences {
  const { outcome } = input.names;
  const amount = `${lessOrMore(input.estimate)} ${outcome}`;
  return {
    1: `reported noticeably ${amount}`,
    2: `reported very slightly ${amount}`,
    3: `reported slightly ${amount}`,
    4: `reported ${amount}`,
    5: `reported neither clearly less nor clearly more ${outcome}`,
    6: `may have reported a little less ${outcome}, a little more, or the same`,
    7: `may have reported less ${outcome}, more ${outcome}, or the same`,
  };
}

const sizes: Sentences = {
  1: "The difference is one that people would notice.",
  2: "The difference is inside the limit we set for too small to matter.",
  3: "The difference is smaller than people usually notice.",
  4: "Whether the difference is large enough to notice is not settled.",
  5: "Any difference is inside the limit we set for too small to matter.",
  6: "If there is a difference, it is smaller than people usually notice.",
  7: "These data cannot tell.",
};

function withinSentence(input: SentenceInput): string {
  const { rule } = input.verdict;
  const core = `In ${input.names.period} when people ${hadMore(input.names, "more")} than their own usual, they ${reported(input)[rule]}.`;
  const order = input.verdict.sure ? " Either may come first." : "";
  return `${core} ${sizes[rule]}${order}`;
}

function baselineSentence(input: SentenceInput): string {
  const { rule } = input.verdict;
  const { names } = input;
  const core = `Over the following year, people who ${hadMore(names, "most")} at the start ${reported(input)[rule]} compared with people who ${hadNone(names)}.`;
  return `${core} ${sizes[rule]}${adjustedSentence(input)}`;
}

function adjustedSentence({ adjusted, names }: SentenceInput): string {
  if (adjusted !== true) return "";
  return ` The second interval adjusts for ${names.outcome} at the start. That is another question: how ${names.outcome} changes from there.`;
}

function bothHaveIt(input: SentenceInput): boolean {
  const { slopes } = input;
  if (!slopes) return false;
  const { first, second } = slopes;
  return (first.upper < 0 && second.upper < 0) || (first.lower > 0 && second.lower > 0);
}

function differenceSentence(input: SentenceInput): string {
  const { rule, sure } = input.verdict;
  const { sameTimeLink: link, groups } = input.names;
  const [first, second] = groups;
  if (!sure) {
    if (rule === 5) return `The ${link} was about as strong in ${first} as in ${second}. ${sizes[5]}`;
    return `Whether the ${link} is stronger in ${second} or in ${first} is not clear. ${sizes[rule]}`;
  }
  const pair = groupWithLargerSlope(input);
  if (!pair) return `The ${link} was not the same in ${first} and in ${second}. ${sizes[rule]}`;
  const adverb = { 1: "noticeably ", 2: "a little ", 3: "a little ", 4: "", 5: "", 6: "", 7: "" }[rule];
  const both = bothHaveIt(input) ? " Both groups had it." : "";
  return `The ${link} was ${adverb}stronger in ${pair.larger} than in ${pair.smaller}.${both} ${sizes[rule]}`;
}

function betweenSentence(input: SentenceInput): string {
  const { rule } = input.verdict;
  return `People who usually ${hadMore(input.names, "more")} than others ${reported(input)[rule]}. ${sizes[rule]}`;
}

function otherSentence(input: SentenceInput): string {
  const { rule } = input.verdict;
  return `Where "${input.term ?? "the term"}" was higher, people ${reported(input)[rule]}. ${sizes[rule]}`;
}

const sentences: DesignSentences = {
  within: withinSentence,
  between: betweenSentence,
  other: otherSentence,
  difference: differenceSentence,
  baseline: baselineSentence,
  lag: lagSentence,
  both: bothSentence,
};

function leads({ sameTime }: StudyNames): Sentences {
  return {
    1: `Yes, ${sameTime}`,
    2: `Hardly: ${sameTime}, by less than our limit`,
    3: `A little, ${sameTime}`,
    4: `Yes, ${sameTime}; how much is not settled`,
    5: `Not by more than the limit we set, ${sameTime}`,
    6: "Not clear; if at all, by less than people notice",
    7: "Not clear: these data cannot tell",
  };
}

function lead(input: SentenceInput): string {
  const { rule, opposite } = input.verdict;
  const people = `people ${reported(input)[rule]} in ${input.names.period} when they ${hadMore(input.names, "more")} than their own usual`;
  if (opposite) return `The opposite of what was expected: ${people}.`;
  return `${leads(input.names)[rule]}. ${capitalise(people)}.`;
}

function sureWhy(input: SureInput): string {
  if (input.design === "lag") return lagSureWhy(input);
  if (input.design === "both") return bothSureWhy(input);
  const { bounds, verdict } = input;
  const small = limitText(bounds.negligible, "en");
  const large = limitText(bounds.noticeable, "en");
  const test = `${pValueText(bounds.pHolm)} after allowing for several tests`;
  const why: Sentences = {
    1: `The whole 95% interval lies beyond ${large}, the limit for noticeable (${test}).`,
    2: `The 90% interval lies inside ${small}, the limit for too small to matter (${test}).`,
    3: `The 90% interval lies inside ${large}, the limit for noticeable (${test}).`,
    4: `That there is one is clear (${test}); the interval reaches past ${large}, the limit for noticeable.`,
    5: `The whole 90% interval lies inside ${small}, the limit for too small to matter.`,
    6: `The 90% interval lies inside ${large}, the limit for noticeable; the 95% interval holds zero.`,
    7: `The interval reaches past ${large}, the limit for noticeable, so neither a large nor a small difference is ruled out.`,
  };
  if (verdict.onlyUnadjusted && verdict.rule !== 5) {
    return `Taken alone the 95% interval leaves out zero; with all planned tests counted it does not hold (${pValueText(bounds.pHolm)}).`;
  }
  return why[verdict.rule];
}

/** The verdict language in English. */
export const english: Words = {
  verdict: verdictWords,
  sentence: (input) => sentences[input.design](input),
  sureWhy,
  lead,
  leadLater,
  leadSure,
};
