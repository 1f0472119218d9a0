import type { LetterFacts, LetterText, LetterWords } from "./letters-words.ts";

function ways({ address }: LetterFacts): Pick<LetterText, "camera" | "typing"> {
  return {
    camera: "With a phone: point the camera at the square and open what it shows.",
    typing: `With a computer: go to ${address} and type this code. It works once, for these questions.`,
  };
}

function foot({ contact }: LetterFacts): readonly string[] {
  return [
    "The square and the code are yours alone. Please do not pass them on.",
    `If you want no more letters, or if this person does not live here or has died, please tell us: ${contact.email}. No one will write again.`,
  ];
}

/** The letters in English. */
export const englishLetters: LetterWords = {
  invitation: (facts) => ({
    title: `Would you like to take part in ${facts.study}?`,
    paragraphs: [
      `We would like to ask you to take part in the study “${facts.study}”. The study asks: ${facts.question}`,
      `The first time takes about ${facts.minutes} minutes. You read first what it is about, and then decide. You can skip any question, and leave whenever you like.`,
      `You can join until ${facts.until}. If you do not want to, you need not do anything.`,
    ],
    ...ways(facts),
    foot: foot(facts),
  }),
  wave: (facts) => ({
    title: `It is time: ${facts.study}`,
    paragraphs: [
      `The next questions of “${facts.study}” are open. They take about ${facts.minutes} minutes.`,
      `They are open until ${facts.until}. You can skip any question.`,
      "You get this letter as you ticked that we may remind you.",
    ],
    ...ways(facts),
    foot: foot(facts),
  }),
  finish: (facts) => ({
    title: `Not finished yet: ${facts.study}`,
    paragraphs: [
      `Your questions of “${facts.study}” are not finished yet. What you have answered is saved.`,
      `You can finish until ${facts.until}. The square takes you to where you stopped; with the code you begin anew, since it shows nothing that was answered before.`,
      "You get this letter as you ticked that we may remind you.",
    ],
    ...ways(facts),
    foot: foot(facts),
  }),
};
