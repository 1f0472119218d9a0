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
} from "./lag-norwegian.ts";
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
    1: "En sammenheng som folk ville merke",
    2: "En sammenheng, men for liten til å bety noe etter vår grense",
    3: "En svak sammenheng",
    4: "En sammenheng; den kan være stor nok til å merkes, eller ikke",
    5: "Ingen sammenheng større enn grensen vår",
    6: "Uklart; hvis det er en sammenheng, er den mindre enn folk merker",
    7: "Uklart: disse dataene kan ikke svare",
    not_fitted: "For få svar til å si noe",
  },
  difference: {
    1: "En forskjell som folk ville merke",
    2: "En forskjell, men for liten til å bety noe etter vår grense",
    3: "En svak forskjell: mindre enn folk vanligvis merker",
    4: "En forskjell; den kan være stor nok til å merkes, eller ikke",
    5: "Ingen forskjell større enn grensen vår",
    6: "Uklart; hvis det er en forskjell, er den mindre enn folk merker",
    7: "Uklart: disse dataene kan ikke svare",
    not_fitted: "For få svar til å si noe",
  },
};

function verdictWords(rule: VerdictRule, verdict: Verdict | undefined, design: SentenceDesign): string {
  const words = verdicts[nounOf(design)][rule];
  if (design === "both") return verdict ? flagged(words, verdict) : words;
  if (verdict?.opposite) return `Det motsatte av det vi ventet: ${uncapitalise(words)}`;
  if (verdict?.onlyUnadjusted)
    return `${words} (denne testen alene peker på en ${design === "difference" ? "forskjell" : "sammenheng"}, men ikke når vi tar høyde for flere tester)`;
  return words;
}

function hadMore(names: StudyNames, amount: "mer" | "mest"): string {
  return names.exposure === "mosjon" ? `mosjonerte ${amount}` : `hadde ${amount} ${names.exposure}`;
}

function reported(input: SentenceInput): Sentences {
  const { outcome } = input.names;
  const amount = `${input.estimate < 0 ? "mindre" : "mer"} ${outcome}`;
  return {
    1: `merkbart ${amount}`,
    2: `ørlite ${amount}`,
    3: `litt ${amount}`,
    4: amount,
    5: `verken klart mindre eller klart mer ${outcome}`,
    6: `kanskje litt mindre ${outcome}, litt mer, eller det samme`,
    7: `kanskje mindre ${outcome}, mer ${outcome}, eller det samme`,
  };
}

const sizes: Sentences = {
  1: "Forskjellen er så stor at folk ville merke den.",
  2: "Forskjellen er innenfor grensen vår for hva som er for lite til å bety noe.",
  3: "Forskjellen er mindre enn folk vanligvis merker.",
  4: "Om forskjellen er stor nok til å merkes, er ikke avgjort.",
  5: "En eventuell forskjell er innenfor grensen vår for hva som er for lite til å bety noe.",
  6: "Hvis det er en forskjell, er den mindre enn folk vanligvis merker.",
  7: "Disse dataene kan ikke svare.",
};

function withinSentence(input: SentenceInput): string {
  const { rule, sure } = input.verdict;
  const core = `I ${input.names.period} da folk ${hadMore(input.names, "mer")} enn de selv pleier, oppga de ${reported(input)[rule]}.`;
  return `${core} ${sizes[rule]}${sure ? " Hva som kom først, vet vi ikke." : ""}`;
}

function baselineSentence(input: SentenceInput): string {
  const { rule } = input.verdict;
  const none = input.names.exposure === "mosjon" ? "ikke mosjonerte" : `ikke hadde ${input.names.exposure}`;
  const core = `I året etter oppga de som ${hadMore(input.names, "mest")} ved starten, ${reported(input)[rule]}, sammenlignet med de som ${none}.`;
  const adjusted = `Det andre intervallet er justert for ${input.names.outcome} ved starten. Det er et annet spørsmål: hvordan ${input.names.outcome} endrer seg derfra.`;
  return [core, sizes[rule], ...(input.adjusted === true ? [adjusted] : [])].join(" ");
}

function differenceSentence(input: SentenceInput): string {
  const { rule, sure } = input.verdict;
  const { sameTimeLink: link, groups } = input.names;
  const [first, second] = groups;
  if (!sure && rule === 5)
    return `${capitalise(link)} var omtrent like sterk hos ${first} og ${second}. ${sizes[5]}`;
  if (!sure) return `Om ${link} er sterkere hos ${second} eller ${first}, er uklart. ${sizes[rule]}`;
  const pair = groupWithLargerSlope(input);
  if (!pair) return `${capitalise(link)} var ikke den samme hos ${first} og ${second}. ${sizes[rule]}`;
  const adverb = { 1: "merkbart ", 2: "litt ", 3: "litt ", 4: "", 5: "", 6: "", 7: "" }[rule];
  return `${capitalise(link)} var ${adverb}sterkere hos ${pair.larger} enn hos ${pair.smaller}. ${sizes[rule]}`;
}

function betweenSentence(input: SentenceInput): string {
  const { rule } = input.verdict;
  return `De som vanligvis ${hadMore(input.names, "mer")} enn andre, oppga ${reported(input)[rule]}. ${sizes[rule]}`;
}

function otherSentence(input: SentenceInput): string {
  const { rule } = input.verdict;
  return `Der «${input.term ?? "leddet"}» var høyere, oppga folk ${reported(input)[rule]}. ${sizes[rule]}`;
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
    1: `Ja, ${sameTime}`,
    2: `Knapt: ${sameTime}, med mindre enn grensen vår`,
    3: `Litt, ${sameTime}`,
    4: `Ja, ${sameTime}; hvor mye er ikke avgjort`,
    5: `Ikke med mer enn grensen vi satte på forhånd, ${sameTime}`,
    6: "Uklart; i så fall med mindre enn folk merker",
    7: "Uklart: disse dataene kan ikke svare",
  };
}

function lead(input: SentenceInput): string {
  const { rule, opposite } = input.verdict;
  const people = `folk oppga ${reported(input)[rule]} i ${input.names.period} da de ${hadMore(input.names, "mer")} enn de selv pleier`;
  if (opposite) return `Det motsatte av det vi ventet: ${people}.`;
  return `${leads(input.names)[rule]}. ${capitalise(people)}.`;
}

function sureWhy(input: SureInput): string {
  if (input.design === "lag") return lagSureWhy(input);
  if (input.design === "both") return bothSureWhy(input);
  const { bounds, verdict } = input;
  const small = limitText(bounds.negligible, "nb");
  const large = limitText(bounds.noticeable, "nb");
  const test = `${pValueText(bounds.pHolm)} når vi tar høyde for flere tester`;
  const why: Sentences = {
    1: `Hele 95 %-intervallet ligger utenfor ${large}, grensen for merkbart (${test}).`,
    2: `90 %-intervallet ligger innenfor ${small}, grensen for for lite til å bety noe (${test}).`,
    3: `90 %-intervallet ligger innenfor ${large}, grensen for merkbart (${test}).`,
    4: `At det er en, er klart (${test}); intervallet går forbi ${large}, grensen for merkbart.`,
    5: `Hele 90 %-intervallet ligger innenfor ${small}, grensen for for lite til å bety noe.`,
    6: `90 %-intervallet ligger innenfor ${large}, grensen for merkbart; 95 %-intervallet rommer null.`,
    7: `Intervallet går forbi ${large}, grensen for merkbart, så verken en stor eller en liten forskjell er utelukket.`,
  };
  if (verdict.onlyUnadjusted && verdict.rule !== 5) {
    return `Alene utelater 95 %-intervallet null; med alle planlagte tester talt med holder det ikke (${pValueText(bounds.pHolm)}).`;
  }
  return why[verdict.rule];
}

/** The verdict language in Norwegian (bokmål), a working translation. */
export const norwegian: Words = {
  verdict: verdictWords,
  sentence: (input) => sentences[input.design](input),
  sureWhy,
  lead,
  leadLater,
  leadSure,
};
