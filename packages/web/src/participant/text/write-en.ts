import type { WriteWords } from "./write-words.ts";

/** Writing to the study team, in English. */
export const writeEn: WriteWords = {
  enter: "Write to the study team",
  title: "Write to the study team",
  lede: "Somebody reads this on a working day, not at once. The answer comes by e-mail, or somebody calls you.",
  needTitle: "Do you need help now?",
  about: "What is it about?",
  abouts: {
    question: "A question",
    contact: "A new e-mail address, phone or name",
    harm: "Harm or a worry from taking part",
    other: "Something else",
  },
  words: "Your message",
  hint: "Only the study team can read it. It is kept sealed, apart from your answers.",
  chooseFirst: "Choose what it is about.",
  writeFirst: "Write a few words.",
  send: "Send",
  sending: "Sending…",
  tooMany: "You have written many messages today. Wait until tomorrow, or write to the address of the study.",
  doneTitle: "Your message has arrived",
  done: "Thank you. Somebody in the study team reads it on a working day.",
  back: "Back to where I was",
};
