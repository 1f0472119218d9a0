import type { WriteWords } from "./write-words.ts";

/** Writing to the study team, in Norwegian. */
export const writeNb: WriteWords = {
  enter: "Skriv til studieteamet",
  title: "Skriv til studieteamet",
  lede: "Noen leser dette på en arbeidsdag, ikke med en gang. Svaret kommer på e-post, eller noen ringer deg.",
  needTitle: "Trenger du hjelp nå?",
  about: "Hva gjelder det?",
  abouts: {
    question: "Et spørsmål",
    contact: "Ny e-postadresse, nytt telefonnummer eller navn",
    harm: "Skade eller bekymring av å være med",
    other: "Noe annet",
  },
  words: "Meldingen din",
  hint: "Bare studieteamet kan lese den. Den lagres forseglet, atskilt fra svarene dine.",
  chooseFirst: "Velg hva det gjelder.",
  writeFirst: "Skriv noen ord.",
  send: "Send",
  sending: "Sender…",
  tooMany: "Du har skrevet mange meldinger i dag. Vent til i morgen, eller skriv til adressen til studien.",
  doneTitle: "Meldingen din er kommet fram",
  done: "Takk. Noen i studieteamet leser den på en arbeidsdag.",
  back: "Tilbake til der jeg var",
};
