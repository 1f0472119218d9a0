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
  };
}
