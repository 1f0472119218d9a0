import type { ImportCounts, ImportRun } from "@longwave/api";
import { count, people } from "./en.ts";

const answers = (value: number): string => `${count(value)} ${value === 1 ? "answer" : "answers"}`;

/** The page on which a panel that exists already is imported. */
export const importPage = {
  title: "Import a panel",
  lede: "People and answers from a CSV file, one row for each person and wave, or one for each person. First you see what the file holds; nothing is written until you say so, and nobody is written to.",
  open: "Import a panel with answers",
  file: "Choose a CSV file",
  fileHint: (megabytes: number): string =>
    `At most ${count(megabytes)} MB. The file itself is not kept. A larger one goes in with longwave import on the server.`,
  tooLarge: (megabytes: number): string =>
    `The file is larger than ${count(megabytes)} MB. Choose a smaller one, or split it by people.`,
  empty: "The file is empty. Choose another one.",
  reading: "Reading…",
  columnsTitle: "What each column holds",
  columnsText: (rows: number, columns: number): string =>
    `${count(rows)} ${rows === 1 ? "row" : "rows"}, ${count(columns)} ${columns === 1 ? "column" : "columns"}. Needed: who it is (a code, never a name), which wave, and the day of consent. Words in people's own words and scores are left alone.`,
  column: "Column",
  examples: "Holds, for example",
  means: "Is",
  meansFor: (column: string): string => `What the column ${column} holds`,
  alone: "left alone",
  groups: { places: "Where a row belongs", people: "About the person", questions: "Answers to" },
  meanings: {
    id: "the person's code",
    wave: "the wave",
    late: "whether it came late (1 or 0)",
    consentedOn: "the day of consent",
    answeredOn: "the day of the answers",
    timeZone: "the time zone",
    language: "the language",
    name: "the name (sealed)",
    email: "the e-mail address (sealed)",
  } as Readonly<Record<string, string>>,
  mapTitle: "The mapping as text (map.yaml)",
  mapHint:
    "What you choose above stands here. Write it yourself for codes that differ (values) or one row for each person (wide), or choose a file; your-own-data in the manual says how.",
  mapLabel: "Mapping",
  mapFile: "Choose a map.yaml",
  byColumn: "Choose by column again",
  look: "Look at it",
  lookAgain: "Look at it again",
  problemsTitle: (value: number): string =>
    `Cannot be imported yet: ${count(value)} ${value === 1 ? "thing" : "things"} to mend`,
  problemsText: "While something is to mend, nothing of the file is taken.",
  problem: (expected: string, found: string): string => `Expected ${expected}; found ${found}.`,
  rows: (rows: readonly number[]): string =>
    rows.length === 0
      ? ""
      : `${rows.length === 1 ? "Row" : "Rows"} ${rows.join(", ")}${rows.length === 20 ? " and maybe more" : ""}.`,
  willTitle: "What would be written",
  will: ({ newPeople, knownPeople, answers: all, same, different, late, skipped }: ImportCounts): string =>
    [
      `${people(newPeople)} new, ${people(knownPeople)} there already.`,
      `${answers(all)}: ${count(all - same - different)} to write, ${count(same)} there already and left alone, ${count(different)} that differ.`,
      `${count(skipped)} of them skipped, ${count(late)} late.`,
    ].join(" "),
  leftAlone: (names: readonly string[]): string =>
    names.length === 0 ? "" : `Left alone, as no question has this name: ${names.join(", ")}.`,
  forms: "Forms by wave",
  person: "Person",
  wave: "Wave",
  toWrite: "To write",
  there: "There already",
  differ: "Differ",
  isNew: "new",
  late: "late",
  first: (shown: number): string =>
    `The first ${count(shown)} forms; those with answers that differ stand first.`,
  again: (before: boolean, different: number): string =>
    different > 0
      ? `${answers(different)} differ from those in the study. Let those of the file correct them; the old ones stay in the record.`
      : before
        ? "This file was imported before. Import it again: what is there already is left alone."
        : "",
  againNeeded: "Tick the box first, or leave the import.",
  write: (value: number): string => `Import ${answers(value)}`,
  starting: "Starting…",
  runsTitle: "Imports",
  runsEmpty: "No file has been imported here.",
  running: (done: number, total: number): string =>
    total === 0 ? "The file is being read." : `${count(done)} of ${answers(total)} done.`,
  runningText: "It goes on if you leave this page.",
  progress: "How far the import has come",
  run: (run: ImportRun): string =>
    ({
      running: "goes on",
      done: `${answers(run.total)} dealt with`,
      failed: "stopped",
      stopped: `broken off after ${count(run.done)} of ${answers(run.total)}; import the same file again and it goes on`,
    })[run.state],
  by: (who: string): string => `by ${who}`,
  done: "Imported. People have no link until you make one; who opens it is asked for consent to your words first.",
  toPeople: "To the list of people",
  notNow: "A file is imported while the study takes answers: after it was opened, and before the lock.",
} as const;
