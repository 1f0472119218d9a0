import type { Language } from "../publication/types.ts";
import { numberText } from "../words/numbers.ts";
import type { Bias } from "./lag-comparison.ts";

/** Why models of the same lags give different numbers, in one language. */
export interface LagReasons {
  readonly titles: { readonly planned: string; readonly clpm: string; readonly fixed: string };
  readonly planned: string;
  readonly clpm: string;
  readonly fixed: (bias: Bias) => string;
  readonly notes: readonly string[];
}

const english: LagReasons = {
  titles: {
    planned: "RI-CLPM, the planned model",
    clpm: "CLPM, without a level of each person's own",
    fixed: "Fixed effects, on the wave before",
  },
  planned:
    "It sets each person's own level apart and looks at both directions at once. The answers on this page come from it.",
  clpm: "It takes everyone for the same person: that some people have more of one thing and less of the other all the time is mixed into the links from wave to wave.",
  fixed: ({ waves, carryOver, value }) => {
    const start = `It compares each person with their own mean over all waves. That mean also holds later answers, so with ${waves} waves the link comes out wrong in size when the other direction is there too.`;
    if (value === undefined) return start;
    return `${start} For what a measure carries over to its own next wave, the size of that error is known: a true ${numberText(carryOver, "en", 2)} would come out as ${numberText(carryOver + value, "en", 2)} (Nickell 1981).`;
  },
  notes: [
    "They answer different questions, so different numbers are no mistake. Only the planned model decides an answer here; which of two directions is the larger one is not tested.",
    "In standard units: the planned model uses how much people vary around their own level, the model without such levels how much all answers vary, and fixed effects the variation seen within people.",
  ],
};

const norwegian: LagReasons = {
  titles: {
    planned: "RI-CLPM, den planlagte modellen",
    clpm: "CLPM, uten et eget nivå for hver person",
    fixed: "Faste effekter, på runden før",
  },
  planned:
    "Den holder hver persons eget nivå utenfor og ser på begge retninger samtidig. Svarene på denne siden kommer fra den.",
  clpm: "Den regner alle som samme person: at noen hele tiden har mer av det ene og mindre av det andre, blandes inn i sammenhengen fra runde til runde.",
  fixed: ({ waves, carryOver, value }) => {
    const start = `Den sammenligner hver person med eget gjennomsnitt over alle runder. Gjennomsnittet rommer også senere svar, så med ${waves} runder får sammenhengen feil størrelse når den andre retningen også finnes.`;
    if (value === undefined) return start;
    return `${start} For det et mål tar med seg til sin egen neste runde, er feilen kjent: ${numberText(carryOver, "nb", 2)} ville blitt ${numberText(carryOver + value, "nb", 2)} (Nickell 1981).`;
  },
  notes: [
    "De svarer på ulike spørsmål, så ulike tall er ikke en feil. Bare den planlagte modellen avgjør et svar her; hvilken av to retninger som er størst, er ikke testet.",
    "I standardenheter: den planlagte modellen bruker hvor mye folk varierer rundt sitt eget nivå, modellen uten slike nivåer hvor mye alle svar varierer, og faste effekter variasjonen sett innen person.",
  ],
};

/** The reasons in the reader's language. */
export function lagReasonsIn(language: Language): LagReasons {
  return language === "nb" ? norwegian : english;
}
