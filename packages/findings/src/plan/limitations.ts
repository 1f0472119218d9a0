import type { Protocol } from "@longwave/study";
import type { Language } from "../publication/types.ts";
import { isGiven, studyNames } from "../words/study-names.ts";

/** What a publication of this kind cannot say, in plain sentences. */
export function limitationsOf(protocol: Protocol, simulated: boolean, language: Language): readonly string[] {
  const { outcome, exposure } = studyNames(protocol, language);
  const given = isGiven(protocol);
  const { first, rest, elsewhere } =
    language === "nb" ? norwegian(outcome, exposure) : english(outcome, exposure);
  const shown = given ? elsewhere : rest;
  return simulated ? [first, ...shown] : shown;
}

interface Limitations {
  /** Said first when the people are simulated. */
  readonly first: string;
  readonly rest: readonly string[];
  /** Instead of the rest, for answers gathered elsewhere, of which little is known. */
  readonly elsewhere: readonly string[];
}

function english(outcome: string, exposure: string): Limitations {
  return {
    first:
      "These people are simulated. The page shows how a finding is made; it says nothing about real people.",
    rest: [
      `What made what happen: ${exposure} and ${outcome} are asked about in the same form and the same week, and either may come first.`,
      "Something that changes over time, such as illness, season, mood, sleep or work, may change both answers.",
      "Both answers are people's own reports, on one form, about the past week.",
      "Waves are months apart and each asks about one week, so a link that comes and goes within days is not seen.",
      `The ${outcome} scale has few steps and is treated as a number.`,
      "An average over people says little about one person. A handful of answers is too few to say anything about one person.",
      "People who leave a study may differ from those who stay in ways their answers do not show.",
    ],
    elsewhere: [
      `What made what happen: ${exposure} and ${outcome} stand in the same row, and either may come first.`,
      "Something that changes over time, such as illness, season, mood, sleep or work, may change both.",
      "How people were chosen, what they were asked and how it was measured is not known here. Ask those who gathered the answers.",
      "A link that comes and goes between two waves is not seen.",
      `The ${outcome} scale is treated as a number.`,
      "An average over people says little about one person. A handful of answers is too few to say anything about one person.",
      "People who leave a study may differ from those who stay in ways their answers do not show.",
    ],
  };
}

function norwegian(outcome: string, exposure: string): Limitations {
  return {
    first:
      "Disse personene er simulerte. Siden viser hvordan et funn blir til; den sier ingenting om virkelige mennesker.",
    rest: [
      `Hva som kom av hva: ${exposure} og ${outcome} spørres det om i samme skjema og samme uke, og begge kan komme først.`,
      "Noe som endrer seg over tid, som sykdom, årstid, humør, søvn eller arbeid, kan endre begge svarene.",
      "Begge svarene er folks egne, på ett skjema, om den siste uken.",
      "Det går måneder mellom rundene, og hver spør om én uke. En sammenheng som kommer og går på dager, ses ikke.",
      `Skalaen for ${outcome} har få trinn og behandles som et tall.`,
      "Et gjennomsnitt over mange sier lite om én person. En håndfull svar er for lite til å si noe om én.",
      "De som slutter i en studie, kan skille seg fra dem som blir, på måter svarene ikke viser.",
    ],
    elsewhere: [
      `Hva som kom av hva: ${exposure} og ${outcome} står i samme rad, og begge kan komme først.`,
      "Noe som endrer seg over tid, som sykdom, årstid, humør, søvn eller arbeid, kan endre begge.",
      "Hvordan folk ble valgt ut, hva de ble spurt om og hvordan det ble målt, er ikke kjent her. Spør dem som samlet inn svarene.",
      "En sammenheng som kommer og går mellom to runder, ses ikke.",
      `Skalaen for ${outcome} behandles som et tall.`,
      "Et gjennomsnitt over mange sier lite om én person. En håndfull svar er for lite til å si noe om én.",
      "De som slutter i en studie, kan skille seg fra dem som blir, på måter svarene ikke viser.",
    ],
  };
}
