import type { EnteredAnswer, EntryClosed, EntryMode } from "@longwave/api";
import { count } from "./en.ts";

const wave = (id: string): string => `wave ${id.replace(/^w/i, "")}`;
const questions = (value: number): string => `${count(value)} ${value === 1 ? "question" : "questions"}`;

const ways: Readonly<Record<EnteredAnswer["mode"], string>> = {
  web: "answered on their own page",
  phone: "told on the phone",
  paper: "written on paper",
  import: "taken from a file, answered",
};

/** One form of one person, entered by staff. */
export const entryPage = {
  title: "Form",
  of: (id: string, who: string): string => `${wave(id).replace("w", "W")} of ${who}`,
  window: (first: string, last: string): string => `Open from ${first} to ${last}, on their own calendar.`,
  late: "This wave has closed. What you enter now is kept, marked as late, and left out of the confirmatory analyses.",
  closed: {
    locked: "The study is locked: nothing can be entered or corrected.",
    left: "This person has left the study: nothing can be entered or corrected.",
    not_yet: "This wave has not opened yet.",
  } as Readonly<Record<EntryClosed, string>>,
  back: (who: string): string => `Back to ${who}`,
  how: "How did the answers come?",
  modes: { phone: "Told on the phone", paper: "Written on paper" } as Readonly<Record<EntryMode, string>>,
  day: "Day on which the person answered",
  dayHint: "on their own calendar",
  dayNeeded: "Say on which day the person answered.",
  twice: "A colleague types this form again, without seeing my answers",
  typedTwice: {
    all: "In this study a colleague types every form again, without seeing your answers.",
    sample:
      "In this study a sample of forms is typed again by a colleague. You see after saving whether this is one.",
  } as const,
  keys: "Type the code and press Enter for the next question; arrows go up and down. A hyphen (-) means left blank, or rather not say. Ctrl and Enter saves.",
  multi: "several, with a space between; 0 for none",
  range: (min: number, max: number, unit: string | undefined): string =>
    `${min} to ${max}${unit === undefined ? "" : ` ${unit}`}`,
  words: (most: number): string => `words, at most ${count(most)} letters`,
  wrong: (expected: string): string => `Expected ${expected}.`,
  taken: (words: string): string => `Read as: ${words}`,
  blank: "left blank",
  progress: (typed: number, all: number): string => `${count(typed)} of ${questions(all)} typed.`,
  save: "Save, go on later",
  finish: "Save and finish",
  busy: "Saving…",
  mend: (value: number): string =>
    value === 1
      ? "One answer cannot be read. It is marked below."
      : `${count(value)} answers cannot be read. They are marked below.`,
  empty: (value: number): string =>
    value === 1 ? "One question has no answer." : `${questions(value)} have no answer.`,
  markBlank: (value: number): string =>
    value === 1 ? "Mark it as left blank" : `Mark the ${count(value)} as left blank`,
  saved: (value: number): string => `${value === 1 ? "One answer" : `${count(value)} answers`} saved.`,
  done: "The form is done.",
  nothing: "Nothing was typed yet.",
  answered: (answer: EnteredAnswer, at: string): string => `${ways[answer.mode]} ${at}`,
  entered: (by: string): string => `entered by ${by}`,
  corrected: (by: string, at: string, reason: string): string => `corrected ${at} by ${by}: ${reason}`,
  was: "Earlier:",
  isLate: "late",
  correct: "Correct",
  correctOf: (question: string): string => `Correct: ${question}`,
  newAnswer: "Right answer",
  reason: "Reason for the correction",
  reasonHint: "what you looked at or were told; no names",
  reasonNeeded: "A correction has a reason, in three letters or more.",
  saveCorrection: "Save the correction",
  dismiss: "Not now",
  secondTitle: "Type this form again",
  second: (by: string): string =>
    `${by} typed it first. Type every question from the same paper or notes; you do not see what was typed. Where the two differ, you both see it afterwards.`,
  secondSave: "Save the second entry",
  waiting: "A colleague is to type this form again. Until then only you see what you typed.",
  agree: (by: string): string => `Typed again by ${by}.`,
  differencesTitle: (value: number): string =>
    value === 1 ? "One question was typed in two ways" : `${questions(value)} were typed in two ways`,
  differences: "Look at the form, then take the answer that is right. The other one stays on record.",
  first: (by: string): string => `First, by ${by}`,
  secondBy: (by: string): string => `Second, by ${by}`,
  untyped: "nothing",
  standsNow: (by: string | null): string => (by === null ? "Stands now" : `Stands now, corrected by ${by}`),
  meanwhile:
    "This answer was corrected after it was typed. Keep the correction, or take the second answer in its place.",
  take: { first: "Take the first", second: "Take the second", standing: "Keep what stands" },
  takeFor: (which: "first" | "second" | "standing", question: string): string =>
    which === "standing"
      ? `Keep the answer that stands to: ${question}`
      : `Take the ${which} answer to: ${question}`,
  why: "Reason",
  whyHint: "needed for the second, such as “read again on the form”",
  settled: (which: "first" | "second" | "standing", by: string): string =>
    which === "standing" ? `The correction was kept, by ${by}` : `The ${which} was taken, by ${by}`,
} as const;
