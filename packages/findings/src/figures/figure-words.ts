import type { Language } from "../publication/types.ts";
import type { SlopeView, StudyNames } from "../words/sentence-input.ts";
import type { PanelWords } from "./slope-panels.ts";

interface Heading {
  readonly title: string;
  readonly reading: string;
}

/** The sentences of the figures in one language. */
export interface FigureWords {
  readonly panels: PanelWords;
  readonly less: string;
  readonly more: string;
  readonly negligible: string;
  readonly noticeable: string;
  unit(bounds: string): string;
  withinBetween(between: number, within: number): Heading;
  forest(slopes: { readonly women: SlopeView; readonly men: SlopeView } | undefined): Heading;
}

/** Words for the figures of a study. */
export function figureWords(language: Language, names: StudyNames): FigureWords {
  return language === "nb" ? norwegianFigures(names) : englishFigures(names);
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function englishFigures({ outcome, exposure }: StudyNames): FigureWords {
  return {
    panels: {
      between: { label: "Between people", xLabel: `Usual ${exposure} (index)`, yLabel: `Usual ${outcome}` },
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
      title: directionTitle(between, within),
      reading:
        "Shaded squares count people (left) or single answers (right); squares with fewer than ten are left out. Large marks are averages with 95% intervals. The lines are the slopes of the model, which also allows for age, sex and the other planned variables.",
    }),
    forest: (slopes) => ({
      title: forestTitle(slopes),
      reading: `How ${outcome} differs in weeks with a usual-sized step more ${exposure} than a person's own usual, with 95% intervals. Shaded: the limits set before the data came in.`,
    }),
  };
}

function directionTitle(between: number, within: number): string {
  if (between < 0 && within < 0) return "Both slopes point down";
  if (between > 0 && within > 0) return "Both slopes point up";
  return "The two slopes do not point the same way";
}

function forestTitle(slopes: { readonly women: SlopeView; readonly men: SlopeView } | undefined): string {
  if (!slopes) return "The same-week link, for everyone";
  const { women, men } = slopes;
  if (Math.sign(women.estimate) !== Math.sign(men.estimate)) return "Women and men lean different ways";
  const steeper = Math.abs(men.estimate) > Math.abs(women.estimate) ? "men" : "women";
  return `Women and men lean the same way; ${steeper} have the larger estimate`;
}

function norwegianFigures({ outcome, exposure }: StudyNames): FigureWords {
  return {
    panels: {
      between: {
        label: "Mellom personer",
        xLabel: `Vanlig ${exposure} (indeks)`,
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
      title:
        between < 0 && within < 0
          ? "Begge linjene peker ned"
          : between > 0 && within > 0
            ? "Begge linjene peker opp"
            : "De to linjene peker hver sin vei",
      reading:
        "Rutene teller personer (venstre) eller enkeltsvar (høyre); ruter med færre enn ti er utelatt. De store merkene er gjennomsnitt med 95 %-intervaller. Linjene er modellens, som også tar høyde for alder, kjønn og de andre planlagte variablene.",
    }),
    forest: (slopes) => ({
      title: slopes ? "Sammenhengen i samme uke hos kvinner og menn" : "Sammenhengen i samme uke, for alle",
      reading: `Hvordan ${outcome} er annerledes i uker med et vanlig stort steg mer ${exposure} enn man selv pleier, med 95 %-intervaller. Skyggelagt: grensene som ble satt før dataene kom inn.`,
    }),
  };
}
