import { count, people } from "./en.ts";

/** The words of the pages Settings and Changes. */
export const settingsPage = {
  title: "Settings",
  now: "Where the study stands",
  opened: "Every change from here on is an amendment: see Changes.",
  keepUntil: (day: string): string => `Data may be kept until ${day}, as the study text says.`,
  moves: "What you can do now",
  none: "There is no move from here. The lock and the publication have pages of their own.",
  move: {
    open: {
      name: "Open the study",
      does: "Its text becomes version 1 and its plan is locked. People can be added and join, and messages begin.",
    },
    close_recruitment: {
      name: "Close recruitment",
      does: "Nobody new joins, and invitations stop. Rounds and reminders go on for those who have joined.",
    },
    reopen_recruitment: {
      name: "Open recruitment again",
      does: "People can be added and join again. Invitations whose time has passed are not sent afterwards.",
    },
    pause: {
      name: "Pause the study",
      does: "Nothing is sent and nobody new joins. Who has joined reads that on their page and can answer what is open.",
    },
    resume: {
      name: "Go on",
      does: "Messages begin again with what comes next. What came due during the pause is not sent afterwards.",
    },
    close: {
      name: "Close the study",
      does: "It is over: no more runs and publications. What was published stays, and people can still see and erase what they gave.",
    },
    reopen: {
      name: "Open the closed study again",
      does: "Back to the analysis, to correct a publication.",
    },
  },
  reason: "Why",
  reasonHint: "One sentence, without names of participants. It stands in the audit.",
  reasonNeeded: "Say why.",
  not: "Not now",
} as const;

export const changesPage = {
  title: "Changes",
  lede: "The study text in force, every version before it, and what changed. An amendment is looked at before it is saved: what changes, and for whom. Nothing that was sent is sent again.",
  inDesign: "The study is in design: its text is replaced freely until it is opened. Versions begin then.",
  closed: "Answers are closed, so the text cannot be amended any more.",
  formTitle: "Amend the study",
  text: "The new text",
  textHint: "The text in force, to change here; or choose a file.",
  file: "Choose a file (YAML)",
  moveOpen: "Also move rounds that are open now, for people inside them",
  moveOpenHint: "Without this, whoever is in a round keeps the days they were told.",
  look: "Look at the effect",
  looking: "Reading…",
  failed: "This text cannot be an amendment.",
  unreachable: "Check the connection, then try again. Your text is still here.",
  effectTitle: (version: string): string => `What version ${version} would do`,
  whom: "Whom it concerns",
  effect: {
    people: (value: number): string => `In the study: ${people(value)}.`,
    open: (value: number): string => `In a round that is open now: ${people(value)}.`,
    held: (value: number): string => `Keep the days of a round that has begun for them: ${people(value)}.`,
    moved: (value: number): string => `Get other days: ${people(value)}.`,
    messagesNow: (value: number): string =>
      `Get a message at once that would not come now: ${people(value)}.`,
    messagesMoved: (value: number): string => `Get their next message at another time: ${people(value)}.`,
    consent: (value: number): string => `Are asked to consent anew: ${people(value)}.`,
  },
  planParts: (parts: readonly string[]): string =>
    `The plan changes (${parts.join(", ")}). This is listed as a departure, with what had been seen by now.`,
  changes: (value: number): string => `${count(value)} ${value === 1 ? "change" : "changes"} by meaning`,
  where: "Where",
  before: "Before",
  after: "After",
  nothing: "–",
  lines: "The same, line by line",
  gap: "lines that are the same",
  gone: "gone",
  fresh: "new",
  reason: "Why",
  reasonHint: "One sentence, without names of participants. Every publication from now on names it.",
  reasonNeeded: "Say why.",
  save: "Save the amendment",
  saving: "Saving…",
  not: "Change the text again",
  saved: (version: number): string => `Saved as version ${version}. It is in force from now on.`,
  versionsTitle: "Versions",
  version: (number: number, name: string): string => `Version ${number} (${name})`,
  inForce: "In force",
  first: "As the study was opened.",
  by: (name: string): string => `by ${name}`,
} as const;
