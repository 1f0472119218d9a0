import type { Language } from "../../publication/types.ts";

/** What the page says by itself of lagged models and of the second column of errors. */
export interface LagText {
  readonly title: string;
  readonly lead: string;
  readonly table: string;
  readonly model: string;
  readonly planned: string;
  readonly comparison: string;
  readonly why: string;
  /** Under the verdicts: what the outer band means for a lag. */
  readonly key: string;
  /** In the numbers table, for a claim that is read from two others. */
  readonly ofTwo: string;
  readonly robust: string;
  readonly path: string;
  readonly raw: string;
  readonly standardised: string;
  readonly arrow: (from: string, to: string) => string;
  readonly fitLine: (parts: {
    readonly people: string;
    readonly answers: string;
    readonly left: string;
  }) => string;
  readonly fit: string;
}

const english: LagText = {
  title: "What comes later: models side by side",
  lead: "Does one thing come before the other? Three models look at it in three ways. The answers above come from the planned one; the others stand here because readers look for them.",
  table: "The same links by three models, in standard units",
  model: "Model",
  planned: "planned",
  comparison: "for comparison",
  why: "Why they differ",
  key: "For what comes later, the outer band is what we call weak by published cross-lags.",
  ofTwo: "read from two answers",
  robust: "95% interval, robust (CR2)",
  path: "From one wave to the next",
  raw: "In the answers' units",
  standardised: "In standard units",
  arrow: (from, to) => `${from}, then ${to}`,
  fitLine: ({ people, answers, left }) =>
    `${people} people with ${answers} answers; ${left} people who answered were left out.`,
  fit: "Fit",
};

const norwegian: LagText = {
  title: "Det som kommer senere: modeller side om side",
  lead: "Kommer det ene før det andre? Tre modeller ser på det på tre måter. Svarene over kommer fra den planlagte; de andre står her fordi lesere leter etter dem.",
  table: "De samme sammenhengene etter tre modeller, i standardenheter",
  model: "Modell",
  planned: "planlagt",
  comparison: "til sammenligning",
  why: "Hvorfor de er ulike",
  key: "For det som kommer senere, er det ytre båndet det vi kaller svakt målt mot publiserte krysslag.",
  ofTwo: "leses av to svar",
  robust: "95 % intervall, robust (CR2)",
  path: "Fra én runde til den neste",
  raw: "I svarenes enheter",
  standardised: "I standardenheter",
  arrow: (from, to) => `${from}, så ${to}`,
  fitLine: ({ people, answers, left }) =>
    `${people} personer med ${answers} svar; ${left} personer som svarte, er ikke med.`,
  fit: "Tilpasning",
};

/** The sentences on lagged models in the reader's language. */
export function lagText(language: Language): LagText {
  return language === "nb" ? norwegian : english;
}
