import type { Protocol } from "@longwave/study";
import { studyNames } from "../words/study-names.ts";

/** What a publication of this kind cannot say, in plain sentences. */
export function limitationsOf(protocol: Protocol, simulated: boolean): readonly string[] {
  const { outcome, exposure } = studyNames(protocol, "en");
  return [
    ...(simulated
      ? [
          "These people are simulated. The page shows how a finding is made; it says nothing about real people.",
        ]
      : []),
    `What made what happen: ${exposure} and ${outcome} are asked about in the same form and the same week, and either may come first.`,
    "Something that changes over time, such as illness, season, mood, sleep or work, may change both answers.",
    "Both answers are people's own reports, on one form, about the past week.",
    "Waves are months apart and each asks about one week, so a link that comes and goes within days is not seen.",
    `The ${outcome} scale has few steps and is treated as a number.`,
    "An average over people says little about one person. Five answers are too few to say anything about one person.",
    "People who leave a study may differ from those who stay in ways their answers do not show.",
  ];
}
