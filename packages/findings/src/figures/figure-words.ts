import type { Language } from "../publication/types.ts";
import type { SlopePair, StudyNames } from "../words/sentence-input.ts";
import type { PanelWords } from "./slope-panels.ts";

interface Heading {
  readonly title: string;
  readonly reading: string;
}

/** A slope as a panel draws it; NaN where there is none. */
interface DrawnSlope {
  readonly slope: number;
  readonly lower: number;
  readonly upper: number;
}

/** The sentences of the figures in one language. */
export interface FigureWords {
  readonly panels: PanelWords;
  readonly less: string;
  readonly more: string;
  readonly negligible: string;
  readonly noticeable: string;
  unit(bounds: string): string;
  withinBetween(between: DrawnSlope, within: DrawnSlope): Heading;
  forest(slopes: SlopePair | undefined): Heading;
  /** The strata in which slopes differ, after adjustment; a title claims no difference of the others. */
  strata(differing: readonly string[]): Heading;
  personalSlopes(reliable: boolean): Heading;
  beyond(limit: string): string;
  readonly otherSide: (less: boolean) => string;
}

/** Words for the figures of a study. */
export function figureWords(language: Language, names: StudyNames): FigureWords {
  return language === "nb" ? norwegianFigures(names) : englishFigures(names);
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function englishFigures(names: StudyNames): FigureWords {
  const { outcome, exposure, period } = names;
  return {
    panels: {
      between: { label: "Between people", xLabel: `Usual ${exposure}`, yLabel: `Usual ${outcome}` },
      within: {
        label: "Within a person",
        xLabel: `More ${exposure} than own usual`,
        yLabel: `${capitalise(outcome)} against own usual`,
      },
    },
    less: `less ${outcome}`,
    more: `more ${outcome}`,
    negligible: "too small to matter",
    noticeable: "smaller than people usually notice",
    unit: (bounds) => `${bounds} for a usual-sized step in ${exposure}`,
    withinBetween: (between, within) => ({
      title: directionTitle(between, within, {
        down: "Both slopes point down",
        up: "Both slopes point up",
        apart: "The two slopes point different ways",
        open: `${capitalise(exposure)} and ${outcome}, between people and within a person`,
      }),
      reading:
        "Shaded squares count people (left) or single answers (right); squares with fewer than ten are left out. Large marks are averages with 95% intervals. The lines are the slopes of the model, which also allows for the other planned variables.",
    }),
    forest: (slopes) => ({
      title: forestTitle(slopes, names),
      reading: `How ${outcome} differs in ${period} with a usual-sized step more ${exposure} than a person's own usual, with 95% intervals. Shaded: the limits that the plan sets.`,
    }),
    strata: (differing) => ({
      title:
        differing.length === 0
          ? "Exploratory: no clear difference between groups of people"
          : `Exploratory: the same-week link differs between groups (${differing.join("; ").toLowerCase()})`,
      reading: `The same link in groups of people, each from one model of everyone. The p-value asks whether the groups differ at all; compare that, not whether one interval holds zero. In brackets: after allowing for all of these tests.`,
    }),
    personalSlopes: (reliable) => ({
      title: reliable
        ? "How people are expected to differ; one person's own link can partly be told"
        : "How people are expected to differ; no one person's link can be told",
      reading: `The bell is what the model expects of people's own slopes, not a count of people. Nobody's own answers are in it. Shaded: the limits that the plan sets.`,
    }),
    beyond: (limit) => `People expected beyond the noticeable limit (${limit})`,
    otherSide: (less) => `People expected with ${less ? "less" : "more"} ${outcome}, by any amount`,
  };
}

/** -1 or 1 where the interval leaves out zero, else 0: a title claims no direction that the data leave open. */
function direction({ lower, upper }: { readonly lower: number; readonly upper: number }): -1 | 0 | 1 {
  if (upper < 0) return -1;
  return lower > 0 ? 1 : 0;
}

interface Titles {
  readonly down: string;
  readonly up: string;
  readonly apart: string;
  readonly open: string;
}

function directionTitle(between: DrawnSlope, within: DrawnSlope, titles: Titles): string {
  const [first, second] = [direction(between), direction(within)];
  if (first === 0 || second === 0) return titles.open;
  if (first !== second) return titles.apart;
  return first < 0 ? titles.down : titles.up;
}

function forestTitle(slopes: SlopePair | undefined, { groups, sameTimeLink }: StudyNames): string {
  if (!slopes) return `The ${sameTimeLink}, for everyone`;
  const [one, other] = groups;
  const [first, second] = [direction(slopes.first), direction(slopes.second)];
  if (first === 0 || second === 0) return `The ${sameTimeLink} in ${one} and in ${other}`;
  if (first !== second) return `${capitalise(one)} and ${other} lean different ways`;
  const steeper = Math.abs(slopes.second.estimate) > Math.abs(slopes.first.estimate) ? other : one;
  return `${capitalise(one)} and ${other} lean the same way; ${steeper} have the larger estimate`;
}

function norwegianFigures(names: StudyNames): FigureWords {
  const { outcome, exposure, period, groups, sameTimeLink } = names;
  return {
    panels: {
      between: {
        label: "Mellom personer",
        xLabel: `Vanlig ${exposure}`,
        yLabel: `Vanlig ${outcome}`,
      },
      within: {
        label: "Innen én person",
        xLabel: `Mer ${exposure} enn vanlig`,
        yLabel: `${capitalise(outcome)} mot eget vanlige`,
      },
    },
    less: `mindre ${outcome}`,
    more: `mer ${outcome}`,
    negligible: "for lite til å bety noe",
    noticeable: "mindre enn folk vanligvis merker",
    unit: (bounds) => `${bounds} ved et vanlig stort steg i ${exposure}`,
    withinBetween: (between, within) => ({
      title: directionTitle(between, within, {
        down: "Begge linjene peker ned",
        up: "Begge linjene peker opp",
        apart: "De to linjene peker hver sin vei",
        open: `${capitalise(exposure)} og ${outcome}, mellom personer og innen én person`,
      }),
      reading:
        "Rutene teller personer (venstre) eller enkeltsvar (høyre); ruter med færre enn ti er utelatt. De store merkene er gjennomsnitt med 95 %-intervaller. Linjene er modellens, som også tar høyde for de andre planlagte variablene.",
    }),
    forest: (slopes) => ({
      title: slopes
        ? `${capitalise(sameTimeLink)} hos ${groups[0]} og ${groups[1]}`
        : `${capitalise(sameTimeLink)}, for alle`,
      reading: `Hvordan ${outcome} er annerledes i ${period} med et vanlig stort steg mer ${exposure} enn man selv pleier, med 95 %-intervaller. Skyggelagt: grensene som planen setter.`,
    }),
    strata: (differing) => ({
      title:
        differing.length === 0
          ? "Utforskende: ingen klar forskjell mellom grupper"
          : `Utforskende: sammenhengen i samme uke er ulik mellom grupper (${differing.join("; ").toLowerCase()})`,
      reading:
        "Den samme sammenhengen i grupper av folk, hver fra én modell av alle. p-verdien spør om gruppene er ulike i det hele tatt; se på den, ikke på om ett intervall rommer null. I parentes: etter å ha tatt høyde for alle disse testene.",
    }),
    personalSlopes: (reliable) => ({
      title: reliable
        ? "Hvor ulike folk ventes å være; én persons egen stigning kan delvis leses av"
        : "Hvor ulike folk ventes å være; ingen enkelt persons stigning kan leses av",
      reading:
        "Kurven er det modellen venter av folks egne stigninger, ikke en telling av folk. Ingens egne svar er i den. Skyggelagt: grensene som planen setter.",
    }),
    beyond: (limit) => `Personer som ventes forbi den merkbare grensen (${limit})`,
    otherSide: (less) => `Personer som ventes å ha ${less ? "mindre" : "mer"} ${outcome}, uansett hvor lite`,
  };
}
