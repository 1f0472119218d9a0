import { count, people } from "./en.ts";

/** The page on which people are added. */
export const addPeople = {
  title: "Add people",
  lede: "One person a line: a name, an e-mail address, or both. A first line with column names is fine. Names are kept apart from answers.",
  paste: "Paste a list here",
  example: "Example:",
  exampleText: "Kari Example, kari@example.org",
  file: "Or choose a CSV file",
  previewTitle: "What we understand",
  previewEmpty: "Nothing yet. Paste a list or choose a file, and see here how each line is read.",
  preview: (understood: number, doubtful: number): string =>
    `${people(understood)} understood${doubtful === 0 ? "." : `, ${count(doubtful)} ${doubtful === 1 ? "line" : "lines"} to look at.`}`,
  line: "Line",
  name: "Name",
  email: "E-mail",
  doubts: {
    email: "The address looks unfinished. Add the ending, such as .org.",
    nobody: "There is neither a name nor an address on this line.",
    twice: "The same address is on an earlier line.",
  },
  more: (hidden: number): string => `and ${count(hidden)} more`,
  add: (understood: number): string => (understood === 0 ? "Add people" : `Add ${people(understood)}`),
  adding: "Adding…",
  needText: "Paste or choose a list first.",
  invite: "Invite those with an address by e-mail",
  inviteHint:
    "The invitation goes at once, or in the morning, and reminders follow as the study text says, until they join or say no. Leave it out if you hand over the links yourself.",
  draw: "Draw some of them at random",
  drawHint:
    "For a list of everybody who could take part, such as a register. The first line names the columns. Of those who are not drawn nothing is kept.",
  number: "How many to draw",
  needNumber: "Write a whole number from 1 to 10,000.",
  seed: "Seed",
  seedHint: "With the same list and seed, the same people are drawn again. Keep both.",
  needSeed: "Write a seed: any number or word.",
  by: "Keep these in proportion",
  noGroups: "The list has no columns but names and addresses.",
  frameTitle: "What we understand",
  frame: (rows: number): string => `${people(rows)} to draw from.`,
  frameUnnamed: "The first line has to name the columns, one of them name or email.",
  drawNow: "Draw and add",
  drawnTitle: (drawn: number, frame: number): string => `${count(drawn)} drawn of ${people(frame)}`,
  drawnText: (seed: string): string =>
    `Seed ${seed}. With the list and the seed anyone can draw the same people again; the audit keeps the seed and the name of the list.`,
  frameHash: "Name of the list",
  group: "Group",
  inFrame: "In the list",
  drawn: "Drawn",
  everybody: "Everybody",
  doneTitle: (added: number): string => `${people(added)} added`,
  invitedText:
    "Those with an address are invited by e-mail; Messages shows what was sent. Give the others their links yourself: whoever has a link can answer as that person. The links are shown only now.",
  doneText:
    "Each has a personal link. Send it to that person alone: whoever has the link can answer as them. You can make a new link later, but this one is shown only now.",
  download: "Download the links as CSV",
  link: "Personal link",
  problemsTitle: (lines: number): string =>
    `${count(lines)} ${lines === 1 ? "line was" : "lines were"} not added`,
  problemsText: "Nothing else was stopped by them.",
  lineProblem: (expected: string, remedy: string): string => `Expected ${expected}. ${remedy}`,
  putBack: "Put these lines back in the box",
  another: "Add more people",
  back: "To the list of people",
};
