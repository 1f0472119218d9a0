import { count } from "./en.ts";

/** The page of one person. */
export const personPage = {
  title: "Person",
  toPeople: "All people",
  facts: {
    number: "Number",
    invited: "Invited",
    consented: "Agreed to take part",
    language: "Language",
    zone: "Time zone",
    site: "Site",
  },
  notYet: "not yet",
  languages: { en: "English", nb: "Norwegian" },
  formsTitle: "Forms",
  formsEmpty: "Forms are listed here once the person has agreed to take part.",
  wave: (id: string): string => `Wave ${id.replace(/^w/i, "")}`,
  open: (from: string, to: string): string => `${from} to ${to}`,
  answered: (value: number): string =>
    value === 0 ? "" : `${count(value)} ${value === 1 ? "question" : "questions"} answered or skipped`,
  enter: "Enter answers",
  enterFor: (wave: string): string => `Enter answers of ${wave}`,
  look: "Look and correct",
  lookFor: (wave: string): string => `Look at the answers of ${wave}, and correct them`,
  double: { waiting: "To be typed again", differs: "Typed in two ways" },
  namesOff: "Answers of one person are shown to owners, managers and data entry, with a second factor.",
} as const;
