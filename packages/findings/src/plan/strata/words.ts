import type { Language } from "../../publication/types.ts";
import { FEWEST_PEOPLE } from "../reasons.ts";

/** The sentences of an answer given apart for groups of people, in one language. */
export interface StrataWords {
  readonly yes: string;
  readonly no: string;
  readonly what: (group: string) => string;
  /** The slopes, and whether they differ; a difference is never read from one group's interval and another's. */
  readonly sentence: (parts: {
    readonly slopes: readonly string[];
    readonly unit: string;
    readonly differ: boolean;
    /** The hypothesis that says whether they differ. */
    readonly answeredBy: string | undefined;
  }) => string;
  readonly leftOut: string;
  readonly noGroups: string;
  readonly tooMany: (groups: number, most: number) => string;
}

const english: StrataWords = {
  yes: "Yes",
  no: "No",
  what: (group) => `The slope of the first answer, by group: ${group.toLowerCase()}`,
  sentence: ({ slopes, unit, differ, answeredBy }) => {
    const clear = differ
      ? "The slopes differ between these groups."
      : "It is not clear that the slopes differ between these groups.";
    const end =
      answeredBy === undefined
        ? `${clear} Exploratory: it suggests what to ask next and changes no answer.`
        : `Whether they differ is answered by ${answeredBy}. Exploratory: these slopes change no answer.`;
    return `${slopes.join("; ")} ${unit}. ${end}`;
  },
  leftOut: `A group of fewer than ${FEWEST_PEOPLE} people with two complete answers is left out, to protect them.`,
  noGroups: `Two groups of at least ${FEWEST_PEOPLE} people with two complete answers are needed, and there are not.`,
  tooMany: (groups, most) =>
    `There are ${groups} groups; at most ${most} are set side by side, as each has few people and little to say.`,
};

const norwegian: StrataWords = {
  yes: "Ja",
  no: "Nei",
  what: (group) => `Stigningen i det første svaret, etter gruppe: ${group.toLowerCase()}`,
  sentence: ({ slopes, unit, differ, answeredBy }) => {
    const clear = differ
      ? "Stigningen er ulik i disse gruppene."
      : "Det er ikke klart at stigningen er ulik i disse gruppene.";
    const end =
      answeredBy === undefined
        ? `${clear} Utforskende: det antyder hva det bør spørres om neste gang, og endrer ingen svar.`
        : `Om den er ulik, svarer ${answeredBy} på. Utforskende: disse tallene endrer ingen svar.`;
    return `${slopes.join("; ")} ${unit}. ${end}`;
  },
  leftOut: `En gruppe med færre enn ${FEWEST_PEOPLE} personer med to fullstendige svar er utelatt, for at ingen skal kunne kjennes igjen.`,
  noGroups: `Det trengs to grupper med minst ${FEWEST_PEOPLE} personer med to fullstendige svar, og det er det ikke.`,
  tooMany: (groups, most) =>
    `Det er ${groups} grupper; høyst ${most} settes ved siden av hverandre, siden hver har få personer og sier lite.`,
};

/** The sentences in the reader's language. */
export function strataWords(language: Language): StrataWords {
  return language === "nb" ? norwegian : english;
}
