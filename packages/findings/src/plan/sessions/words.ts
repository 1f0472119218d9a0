import type { SessionContrastModel } from "@longwave/study";
import type { Language } from "../../publication/types.ts";
import { sessionsNorwegian } from "./words-norwegian.ts";

/** Numbers of the comparison as text, for its sentence. */
export interface SessionNumbers {
  readonly session: string;
  readonly rest: string;
  readonly difference: string;
  readonly unit: string;
  /** Which way the whole interval of the difference lies. */
  readonly direction: "lower" | "higher" | "open";
  /** What people notice, when the whole interval is smaller. */
  readonly noticeable: string | undefined;
  readonly worseBy: string;
  readonly worse: string;
  readonly worseRest: string;
  readonly zero: string;
}

/** The sentences of sessions against rest, in one language. */
export interface SessionWords {
  tooFew(people: number): string;
  /** Between the limits of an interval. */
  readonly to: string;
  readonly allSessions: string;
  readonly otherKinds: string;
  readonly difference: string;
  readonly afterSession: string;
  readonly afterRest: string;
  differenceOf(kind: string): string;
  readonly nextDay: string;
  worse(points: string): { readonly sessions: string; readonly rests: string };
  readonly begunWithoutPain: string;
  readonly percentOfSessions: string;
  readonly percentOfRests: string;
  more(question: string, step: number): string;
  readonly moreBefore: string;
  sentence(numbers: SessionNumbers): string;
  note(model: SessionContrastModel): string;
  readonly threats: readonly string[];
  onlyFinished(percent: string): string;
  readonly nextDayAlone: string;
  restsLeftOut(count: string, minutes: readonly [number, number]): string;
  restsNotTimed(minutes: readonly [number, number]): string;
  rareHidden(people: number): string;
  /** Of the figure. */
  readonly figure: {
    readonly title: string;
    readonly reading: string;
    readonly low: string;
    readonly high: string;
  };
}

/** The sentences in the reader's language. */
export function sessionWords(language: Language): SessionWords {
  return language === "nb" ? sessionsNorwegian : sessionsEnglish;
}

const sessionsEnglish: SessionWords = {
  tooFew: (people) =>
    `Fewer than ${people} people have rated pain before and after both a session and a rest. Results are shown from ${people} people on, to protect them.`,
  to: "to",
  allSessions: "All sessions",
  otherKinds: "Other kinds together",
  difference: "Difference: change over a session minus change over rest",
  afterSession: "Change over a session",
  afterRest: "Change over rest, same people",
  differenceOf: (kind) => `Difference: ${kind}`,
  nextDay: "The day after a session, minus before",
  worse: (points) => ({
    sessions: `Worse by ${points} points or more after a session`,
    rests: `Worse by ${points} points or more after rest`,
  }),
  begunWithoutPain: "Sessions begun without pain",
  percentOfSessions: "percent of sessions",
  percentOfRests: "percent of rests",
  more: (question, step) => `${step} more on \u201c${question}\u201d`,
  moreBefore: "1 point more pain before than is usual for the person",
  sentence: (numbers) => {
    const { session, rest, difference, unit, noticeable, worseBy, worse, worseRest, zero } = numbers;
    return [
      `Exploratory: over a session pain ratings changed by ${session} ${unit}, and over a rest in the same people by ${rest}.`,
      `The difference is ${difference}: ${directionsEnglish[numbers.direction]}.`,
      ...(noticeable === undefined
        ? []
        : [`It is smaller than people usually notice; the limit is ${noticeable}.`]),
      `After ${worse} percent of sessions, and ${worseRest} percent of rests, the rating was ${worseBy} or more points higher.`,
      `${zero} percent of sessions began without pain, where a rating cannot fall.`,
    ].join(" ");
  },
  note: ({ before, after, rest }) =>
    `change is ${after} minus ${before} for a session and ${rest.after} minus ${rest.before} for a rest. The comparison takes people who have both, at the same rating before; robust intervals by person (CR2). The second formula is of the sessions alone.`,
  threats: [
    "People may set out when pain is low, or wait when it is high. Pain then drifts back by itself. That is why rest in the same people stands beside it.",
    "A rating of 0 cannot fall, so people without pain can only stay or get worse.",
    "What people expect of a session can shape the rating just after it.",
  ],
  onlyFinished: (percent) =>
    `People choose which sessions to log, and only finished ones are rated: ${percent} of 100 begun have no rating after.`,
  nextDayAlone: "The day after has no day without a session beside it, so it is a description only.",
  restsLeftOut: (count, [least, most]) =>
    `Rests count when the two ratings are ${least} to ${most} minutes apart; others were left out (${count}).`,
  restsNotTimed: ([least, most]) =>
    `The plan takes rests of ${least} to ${most} minutes; the data do not say how long they were, so all count.`,
  rareHidden: (people) => `Kinds of session with fewer than ${people} people are not shown.`,
  figure: {
    title: "Exploratory: pain over a session, beside rest in the same people",
    reading:
      "For each kind of session: the change over it, the change over rest in the same people, and the difference. Only the difference compares.",
    low: "lower after",
    high: "higher after",
  },
};

const directionsEnglish: Readonly<Record<SessionNumbers["direction"], string>> = {
  lower: "taken alone, ratings fell more, or rose less, over sessions than over rest",
  higher: "taken alone, ratings rose more, or fell less, over sessions than over rest",
  open: "these data cannot tell sessions from rest",
};
