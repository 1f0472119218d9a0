import type { Language } from "@longwave/api";

interface NotMeWords {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly wrongPerson: string;
  readonly deceased: string;
  readonly done: { readonly title: string; readonly sentences: readonly string[] };
}

/** The page behind "this is not me, or this person has died". */
export const notMeWords: Readonly<Record<Language, NotMeWords>> = {
  en: {
    title: "Should we not have written?",
    sentences: [
      "We are sorry if our message came to the wrong place.",
      "Press the button that fits. The study then writes to this address no more, and the link in the message stops working.",
    ],
    wrongPerson: "This is not me",
    deceased: "This person has died",
    done: {
      title: "We write to this address no more.",
      sentences: [
        "Thank you for telling us. We are sorry for the trouble.",
        "The link in the message no longer works. If you pressed the button by mistake, answer the message and write to the study.",
      ],
    },
  },
  nb: {
    title: "Burde vi ikke ha skrevet?",
    sentences: [
      "Vi er lei for det hvis meldingen vår kom til feil sted.",
      "Trykk på knappen som passer. Da skriver ikke studien mer til denne adressen, og lenken i meldingen slutter å virke.",
    ],
    wrongPerson: "Dette er ikke meg",
    deceased: "Denne personen er død",
    done: {
      title: "Vi skriver ikke mer til denne adressen.",
      sentences: [
        "Takk for at du sa fra. Vi er lei for bryet.",
        "Lenken i meldingen virker ikke lenger. Trykket du på knappen ved en feil, kan du svare på meldingen og skrive til studien.",
      ],
    },
  },
};
