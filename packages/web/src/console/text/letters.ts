import { count } from "./en.ts";

/** The page of letters for people without e-mail. */
export const lettersPage = {
  title: "Letters",
  open: "Letters to print",
  lede: "One sheet for everyone without an e-mail address to whom something is due now: an invitation that still stands, or questions that are open, for those who ticked that you may remind them.",
  write: "Write the letters",
  writing: "Writing…",
  again: "Write them anew",
  codes:
    "A code works once and opens these questions alone, without anything that was answered before. Printed again, a letter has the same code until it is used. That letters were written is noted in the study, without names.",
  noneTitle: "No letter is due.",
  none: "Everyone without an address has answered, is between two rounds, has left, or does not want to be reminded.",
  which: "Which letters",
  all: (letters: number): string => `All (${count(letters)})`,
  invitations: (letters: number): string => `Invitations (${count(letters)})`,
  wave: (number: number, letters: number): string => `Wave ${number} (${count(letters)})`,
  print: (letters: number): string => (letters === 1 ? "Print 1 letter" : `Print ${count(letters)} letters`),
  printHint: "A4, one sheet each. Choose “no headers and footers” in the window of the printer.",
  square: (label: string): string => `Square for the camera of ${label}`,
  simulated: "The people of this study are simulated: there is nobody to write to.",
};
