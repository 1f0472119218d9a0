import type { Language } from "@longwave/api";

interface StopWords {
  readonly ask: { readonly title: string; readonly sentences: readonly string[] };
  readonly button: string;
  readonly done: { readonly title: string; readonly sentences: readonly string[] };
}

/** The page behind "send me no more messages". */
export const stopWords: Readonly<Record<Language, StopWords>> = {
  en: {
    ask: {
      title: "No more messages?",
      sentences: [
        "Press the button, and this study sends you no more messages by itself.",
        "You stay in the study, and your answers are kept. What you ask for, such as a code, still comes.",
      ],
    },
    button: "Send me no more messages",
    done: {
      title: "You get no more messages.",
      sentences: ["You stay in the study, and your answers are kept.", "Your personal link works as before."],
    },
  },
  nb: {
    ask: {
      title: "Ingen flere meldinger?",
      sentences: [
        "Trykk på knappen, så sender ikke studien deg flere meldinger av seg selv.",
        "Du er fortsatt med i studien, og svarene dine blir tatt vare på. Det du ber om selv, som en kode, kommer likevel.",
      ],
    },
    button: "Ikke send meg flere meldinger",
    done: {
      title: "Du får ikke flere meldinger.",
      sentences: [
        "Du er fortsatt med i studien, og svarene dine blir tatt vare på.",
        "Den personlige lenken din virker som før.",
      ],
    },
  },
};
