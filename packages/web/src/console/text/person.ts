import type { PersonEvent } from "@longwave/api";
import { acts } from "./acts.ts";
import { count } from "./en.ts";
import { messagesPage } from "./messages.ts";

const waveName = (id: string | null): string => (id === null ? "" : ` (wave ${id.replace(/^w/i, "")})`);

function eventInWords({ kind, by, wave, what, state }: PersonEvent): string {
  switch (kind) {
    case "invited":
      return "was added to the study";
    case "consent":
      return `agreed to version ${what} of the consent text`;
    case "first_answer":
      return `began${waveName(wave)}`;
    case "finished":
      return `finished${waveName(wave)}`;
    case "session":
      return `logged: ${String(what).replaceAll("_", " ")}`;
    case "letter":
      return `had a letter written to them${waveName(wave)}`;
    case "message": {
      const templates: Readonly<Record<string, string>> = messagesPage.templates;
      const states: Readonly<Record<string, string>> = messagesPage.states;
      return `${templates[what ?? ""] ?? what}${waveName(wave)}: ${(states[state ?? ""] ?? "").toLowerCase()}`;
    }
    case "act": {
      const words: Readonly<Record<string, string>> = acts;
      return `${words[what ?? ""] ?? what}${waveName(wave)}${by.includes("@") ? `, by ${by}` : ""}`;
    }
  }
}

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
  formsEmpty: "Forms are listed here once the person has agreed to take part, on their page or on paper.",
  onPaper: "Consent on paper",
  wave: (id: string): string => `Wave ${id.replace(/^w/i, "")}`,
  open: (from: string, to: string): string => `${from} to ${to}`,
  answered: (value: number): string =>
    value === 0 ? "" : `${count(value)} ${value === 1 ? "question" : "questions"} answered or skipped`,
  enter: "Enter answers",
  enterFor: (wave: string): string => `Enter answers of ${wave}`,
  look: "Look and correct",
  lookFor: (wave: string): string => `Look at the answers of ${wave}, and correct them`,
  double: { waiting: "To be typed again", differs: "Typed in two ways" },
  storyTitle: "What happened",
  storyText:
    "The latest first, in your own time. Answers stand in the forms; words of messages are not kept.",
  showAll: (value: number): string => `Show all ${count(value)}`,
  event: (event: PersonEvent): string => eventInWords(event),
  namesOff: "Answers of one person are shown to owners, managers and data entry, with a second factor.",
} as const;
