import type { FlagKind, FormFlag, QueryEntryKind, QueryState } from "@longwave/api";
import { count } from "./en.ts";

const wave = (id: string): string => `wave ${id.replace(/^w/i, "")}`;

/** Looking after data: flagged forms, and queries on single answers. */
export const qualityWords = {
  queriesTitle: "Queries",
  queriesLede:
    "A question about one answer. Somebody who may see answers explains or corrects it; then it is closed. All of it stays on record.",
  states: { open: "Open", answered: "Answered", closed: "Closed" } as Readonly<Record<QueryState, string>>,
  show: "Show",
  all: "All",
  noQueriesTitle: "No queries here.",
  noQueries: "Ask about an answer at a flagged form below, or on the page of a person.",
  opened: "The query is open. It stands on the page Data.",
  about: (label: string, id: string): string => `${label}, ${wave(id)}`,
  kinds: {
    asked: "asked",
    explained: "explained",
    corrected: "corrected the answer",
    closed: "closed it",
  } as Readonly<Record<QueryEntryKind, string>>,
  entry: (by: string, kind: string, at: string): string => `${by} ${kind}, ${at}`,
  toForm: "Open the form to look or correct",
  toFormOf: (question: string, about: string): string => `Open the form of ${about}: ${question}`,
  explain: "Explain",
  askAgain: "Ask again",
  close: "Close",
  forQuery: (what: string, question: string, about: string): string => `${what}: ${question}, ${about}`,
  words: { explain: "Explanation", ask: "What do you want to know?", close: "Remark" } as const,
  wordsHint: "No names, and no answers: monitors read this too.",
  wordsMissing: "Write three letters or more.",
  optional: "may be left empty",
  send: "Save",
  busy: "Saving…",
  cancel: "Not now",
  askTitle: "Ask about an answer",
  askOf: (about: string): string => `Ask about an answer of ${about}`,
  question: "Question",
  open: "Open the query",
  flagsTitle: "Forms worth a look",
  flagsLede: "A flag is a question to ask and no verdict: it leaves nobody out of any analysis.",
  rule: "The rules",
  rules: [
    "One answer throughout: every set of questions on one scale has one and the same answer, none of them at an end of the scale where that is honest. The study text names the sets.",
    "Under 40 seconds from the first answer to the last. Forms typed by staff have no time of their own.",
    "Unlikely change: a question asked once, such as the year of birth, was answered in two ways; or a rating of at least five steps went from one end to the other since the answer before.",
  ],
  kind: "Flag",
  waveLabel: "Wave",
  anyWave: "All waves",
  wave: (id: string): string => wave(id).replace("w", "W"),
  flagKinds: {
    straight_lined: "One answer throughout",
    fast: "Under 40 seconds",
    changed: "Unlikely change",
  } as Readonly<Record<FlagKind, string>>,
  flag: ({ kind, question, change }: FormFlag): string => {
    if (kind === "straight_lined") return "One answer throughout";
    if (kind === "fast") return "Under 40 seconds";
    const how = change === "differs" ? "answered in another way than before" : "from one end to the other";
    return `${question ?? "A question"}: ${how}`;
  },
  counted: (name: string, value: number): string => `${name} (${count(value)})`,
  person: "Person",
  why: "Why",
  act: "Ask",
  queriesOpen: (value: number): string =>
    value === 0 ? "" : value === 1 ? "1 query under way" : `${count(value)} queries under way`,
  shown: (from: number, to: number, all: number): string => `${count(from)} to ${count(to)} of ${count(all)}`,
  next: "Next",
  before: "Before",
  noFlagsTitle: "No form is flagged.",
  noFlags: "Forms are looked at anew whenever this page is opened.",
  tablesTitle: "Tables",
} as const;
