import type { Language } from "@longwave/api";

interface NotMyChangeWords {
  readonly ask: { readonly title: string; readonly sentences: readonly string[] };
  readonly button: string;
  readonly done: { readonly title: string; readonly sentences: readonly string[] };
  /** The button has no effect any more. */
  readonly late: { readonly title: string; readonly sentences: readonly string[] };
}

/** The page behind "that was not me", after a change of address. */
export const notMyChangeWords: Readonly<Record<Language, NotMyChangeWords>> = {
  en: {
    ask: {
      title: "Did you not change your address?",
      sentences: [
        "Press the button if you did not ask for the change.",
        "Then the study writes to neither address, and the personal link stops working. The study team looks into it.",
      ],
    },
    button: "That was not me",
    done: {
      title: "Thank you. The study team looks into it.",
      sentences: [
        "Until then nothing is sent to either address. No answers are lost.",
        "You can also answer the message and write to the study: then it is settled sooner.",
      ],
    },
    late: {
      title: "This button does nothing any more.",
      sentences: [
        "It has been pressed before, the study team has settled the address, the person has left the study, or more than 30 days have passed.",
        "If something is not right, answer the message: the study team reads it.",
      ],
    },
  },
  nb: {
    ask: {
      title: "Var det ikke du som endret adressen?",
      sentences: [
        "Trykk på knappen hvis du ikke ba om endringen.",
        "Da skriver studien ikke til noen av adressene, og den personlige lenken slutter å virke. Studieteamet ser på saken.",
      ],
    },
    button: "Det var ikke meg",
    done: {
      title: "Takk. Studieteamet ser på saken.",
      sentences: [
        "Fram til da sendes ingenting til noen av adressene. Ingen svar går tapt.",
        "Du kan også svare på meldingen og skrive til studien. Da blir det ordnet raskere.",
      ],
    },
    late: {
      title: "Denne knappen virker ikke lenger.",
      sentences: [
        "Den er trykket på før, studieteamet har ordnet adressen, personen har forlatt studien, eller det er gått mer enn 30 dager.",
        "Hvis noe ikke stemmer, svar på meldingen: studieteamet leser den.",
      ],
    },
  },
};
