import type { Language } from "../../publication/types.ts";

/** What the sections beside the answers say by themselves. */
export interface BesideText {
  readonly otherwise: {
    readonly title: string;
    readonly lead: (same: number, compared: number, all: number) => string;
    readonly show: (count: number) => string;
    readonly table: string;
  };
  readonly exploratory: {
    readonly title: string;
    readonly lead: string;
    readonly name: (what: string) => string;
    readonly test: (p: string, adjusted: string) => string;
  };
  readonly strata: {
    readonly title: string;
    readonly lead: string;
    readonly show: (count: number) => string;
    readonly test: (p: string, adjusted: string) => string;
  };
  readonly left: {
    readonly title: string;
    readonly showTerms: (count: number) => string;
    readonly terms: string;
    readonly odds: string;
    readonly showMeans: string;
    readonly means: string;
    readonly lastWave: string;
    readonly mean: string;
    readonly beside: string;
    readonly besideLead: string;
    readonly waves: string;
    readonly atRisk: string;
    readonly leftThen: string;
    readonly showWaves: string;
  };
  readonly analysis: string;
  readonly estimate: string;
  readonly interval: string;
  readonly unit: string;
  readonly people: string;
  readonly p: string;
  readonly sameWay: string;
  readonly agrees: { readonly yes: string; readonly no: string; readonly none: string };
  /** In front of what the numbers may hide. */
  readonly cautions: string;
  readonly formula: string;
  readonly standsBeside: string;
}

const english: BesideText = {
  otherwise: {
    title: "If we had done it otherwise",
    lead: (same, compared, all) =>
      `The plan names ${all} other ways of analysing the same answers, written down before any were seen. Of the ${compared} that can be compared, ${same} lead to the same words. None of them changes an answer on this page.`,
    show: (count) => `Show all ${count} in words`,
    table: "Other ways of analysing the same answers",
  },
  exploratory: {
    title: "Exploratory",
    lead: "Questions the plan asks without a limit or an expectation. They can suggest what to ask next and settle nothing. Tests are adjusted together (Benjamini-Hochberg).",
    name: (what) => `Exploratory: ${what}`,
    test: (p, adjusted) => `p ${p}; over all exploratory tests ${adjusted}.`,
  },
  strata: {
    title: "In groups of people",
    lead: "The first answer again, in the groups this study reports by. The plan asks for no answer here, so this can suggest what to ask next and settles nothing.",
    show: (count) => `Show all ${count} in words`,
    test: (p, adjusted) => `Do the groups differ? p ${p}; over all of these tests ${adjusted}.`,
  },
  left: {
    title: "Who left",
    showTerms: (count) => `Show all ${count} things looked at`,
    terms: "What leaving went with",
    odds: "Odds ratio",
    showMeans: "Show means by the last wave seen",
    means: "Mean by the last wave seen",
    lastWave: "Last wave",
    mean: "Mean",
    beside: "The first answer under other assumptions",
    besideLead:
      "The planned estimate takes leaving as explained by the answers there are. The others weight those who stayed, or estimate each group of leavers by itself.",
    waves: "Who left when",
    atRisk: "Seen the wave before",
    leftThen: "Not seen again",
    showWaves: "Show who left when",
  },
  cautions: "Read this with care:",
  analysis: "Analysis",
  estimate: "Estimate",
  interval: "95% interval",
  unit: "Unit",
  people: "People",
  p: "p",
  sameWay: "Same words",
  agrees: { yes: "yes", no: "no", none: "not compared" },
  formula: "Model",
  standsBeside: "Stands beside",
};

const norwegian: BesideText = {
  otherwise: {
    title: "Hvis vi hadde gjort det annerledes",
    lead: (same, compared, all) =>
      `Planen nevner ${all} andre måter å analysere de samme svarene på, skrevet ned før noen var sett. Av de ${compared} som kan sammenlignes, gir ${same} de samme ordene. Ingen av dem endrer et svar på denne siden.`,
    show: (count) => `Vis alle ${count} med ord`,
    table: "Andre måter å analysere de samme svarene på",
  },
  exploratory: {
    title: "Utforskende",
    lead: "Spørsmål planen stiller uten grense eller forventning. De kan antyde hva det bør spørres om neste gang, og avgjør ingenting. Testene justeres sammen (Benjamini-Hochberg).",
    name: (what) => `Utforskende: ${what}`,
    test: (p, adjusted) => `p ${p}; over alle utforskende tester ${adjusted}.`,
  },
  strata: {
    title: "I grupper av folk",
    lead: "Det første svaret en gang til, i gruppene denne studien rapporterer for. Planen ber ikke om noe svar her, så dette kan antyde hva det bør spørres om neste gang, og avgjør ingenting.",
    show: (count) => `Vis alle ${count} med ord`,
    test: (p, adjusted) => `Er gruppene ulike? p ${p}; over alle disse testene ${adjusted}.`,
  },
  left: {
    title: "Hvem som sluttet",
    showTerms: (count) => `Vis alle ${count} tingene som ble undersøkt`,
    terms: "Hva det å slutte hang sammen med",
    odds: "Oddsforhold",
    showMeans: "Vis gjennomsnitt etter siste runde med svar",
    means: "Gjennomsnitt etter siste runde med svar",
    lastWave: "Siste runde",
    mean: "Gjennomsnitt",
    beside: "Det første svaret under andre antakelser",
    besideLead:
      "Det planlagte anslaget antar at svarene som finnes, forklarer hvem som sluttet. De andre vekter dem som ble, eller anslår hver gruppe for seg.",
    waves: "Hvem som sluttet når",
    atRisk: "Med i runden før",
    leftThen: "Ikke sett igjen",
    showWaves: "Vis hvem som sluttet når",
  },
  cautions: "Les dette med varsomhet:",
  analysis: "Analyse",
  estimate: "Anslag",
  interval: "95 % intervall",
  unit: "Enhet",
  people: "Personer",
  p: "p",
  sameWay: "Samme ord",
  agrees: { yes: "ja", no: "nei", none: "ikke sammenlignet" },
  formula: "Modell",
  standsBeside: "Hører til",
};

/** The sections' own sentences in one language. */
export function besideText(language: Language): BesideText {
  return language === "nb" ? norwegian : english;
}
