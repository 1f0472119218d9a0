import type { Language } from "../publication/types.ts";
import type { StudyNames } from "../words/sentence-input.ts";

interface Heading {
  readonly title: string;
  readonly reading: string;
}

/** The sentences of the figures beside the planned answers, in one language. */
export interface BesideWords {
  strip(id: string, agreeing: number, compared: number): Heading;
  shifts(changed: number, cells: number): Heading;
  patterns(all: number, people: number): Heading;
  readonly outcomeShift: (unit: string) => string;
  readonly exposureShift: (unit: string) => string;
  readonly wave: (number: number) => string;
}

/** Words for a study. */
export function besideWords(language: Language, names: StudyNames): BesideWords {
  return language === "nb" ? norwegian(names) : english(names);
}

function english({ outcome, exposure }: StudyNames): BesideWords {
  return {
    strip: (id, agreeing, compared) => ({
      title:
        agreeing === compared
          ? `All ${compared} other ways of analysing ${id} lead to the same words`
          : `${agreeing} of ${compared} other ways of analysing ${id} lead to the same words`,
      reading:
        "Each row is the same question analysed in another planned way. A row whose words would be others is hollow.",
    }),
    shifts: (changed, cells) => ({
      title:
        changed === 0
          ? "No shift of the answers nobody gave changes the words"
          : `The words change in ${changed} of ${cells} cells`,
      reading: `Those who left may have had other ${outcome} and other ${exposure} than their answers predict. Each cell assumes one pair of shifts and estimates again.`,
    }),
    patterns: (all, people) => ({
      title: `${Math.round((100 * all) / Math.max(1, people))} of 100 people answered every wave`,
      reading: "Each line is a set of waves that people answered. Rare sets are shown together.",
    }),
    outcomeShift: (unit) => `${outcome} of those who left, shifted by (${unit})`,
    exposureShift: (unit) => `${exposure} of those who left, shifted by (${unit})`,
    wave: (number) => `Wave ${number}`,
  };
}

function norwegian({ outcome, exposure }: StudyNames): BesideWords {
  return {
    strip: (id, agreeing, compared) => ({
      title:
        agreeing === compared
          ? `Alle ${compared} andre måter å analysere ${id} på gir de samme ordene`
          : `${agreeing} av ${compared} andre måter å analysere ${id} på gir de samme ordene`,
      reading:
        "Hver rad er det samme spørsmålet analysert på en annen planlagt måte. En rad med andre ord er hul.",
    }),
    shifts: (changed, cells) => ({
      title:
        changed === 0
          ? "Ingen forskyvning av svarene som mangler, endrer ordene"
          : `Ordene endres i ${changed} av ${cells} ruter`,
      reading: `De som sluttet, kan ha hatt annen ${outcome} og annen ${exposure} enn svarene deres tilsier. Hver rute antar ett par forskyvninger og anslår på nytt.`,
    }),
    patterns: (all, people) => ({
      title: `${Math.round((100 * all) / Math.max(1, people))} av 100 personer svarte i hver runde`,
      reading: "Hver linje er et sett av runder som folk svarte i. Sjeldne sett vises samlet.",
    }),
    outcomeShift: (unit) => `${outcome} hos de som sluttet, forskjøvet med (${unit})`,
    exposureShift: (unit) => `${exposure} hos de som sluttet, forskjøvet med (${unit})`,
    wave: (number) => `Runde ${number}`,
  };
}
