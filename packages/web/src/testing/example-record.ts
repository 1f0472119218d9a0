import type { OwnRecord } from "@longwave/api";

type Feedback = Extract<OwnRecord["feedback"], { kind: "record" }>;
type Point = Feedback["measures"][number]["points"][number];

const rules = {
  version: 1,
  hash: "9f2c41d7ab08e6",
  notice:
    "Nobody has approved these words for a real study yet. You see them because this is a demonstration.",
};
const painWords = ["None", "Very mild", "Mild", "Moderate", "Severe", "Very severe"];
const dayWords = ["None", "1 day", "2 or 3 days", "4 days or more"];
const months = ["March 2026", "June 2026", "September 2026", "December 2026", "March 2027"];

function pointsOf(values: readonly (number | null)[], words: readonly string[]): readonly Point[] {
  return months.map((when, index): Point => {
    const value = values[index];
    const place = { wave: `w${index + 1}`, when };
    if (value === undefined) return { ...place, state: "to_come", value: null, answer: "" };
    if (value === null) return { ...place, state: "not_answered", value: null, answer: "" };
    return { ...place, state: "answered", value, answer: words[value] ?? "" };
  });
}

const axisOf = (words: readonly string[]) => ({
  min: 0,
  max: words.length - 1,
  ticks: words.map((text, value) => ({ value, text })),
});

const feedback: Feedback = {
  kind: "record",
  rules,
  sentences: [
    "This is your record. It is uncertain, and it is not advice.",
    "You have answered in 3 of the 4 rounds so far.",
    "In June 2026 we did not hear from you; that is fine.",
  ],
  measures: [
    {
      item: "pain",
      label: "Pain in the past week",
      question: "How much bodily pain have you had during the past week?",
      sentences: [
        "You answered “None” in December 2026. Your first answer, in March 2026, was “Very mild”.",
        "Your pain was 1 step lower than in March 2026.",
        "A difference of this size could be chance: one person's answers often vary this much when nothing has changed.",
      ],
      points: pointsOf([1, null, 2, 0], painWords),
      axis: axisOf(painWords),
      others: [],
    },
    {
      item: "days",
      label: "Days with exercise in the past week",
      question: "In the past 7 days, on how many days did you exercise?",
      sentences: [
        "You answered “2 or 3 days” in December 2026. Your first answer, in March 2026, was “2 or 3 days”.",
        "Your answer was the same as in March 2026.",
      ],
      points: pointsOf([2, null, 3, 2], dayWords),
      axis: axisOf(dayWords),
      others: [],
    },
  ],
  cautions: [
    "The lines stand side by side so that you can see both. A few answers cannot tell whether they go together for you.",
    "Pain goes up and down for most people, and a few answers cannot show why.",
    "Other things may explain this.",
  ],
  sessions: {
    kind: "hidden",
    sentences: [
      "You can see how your pain ratings around sessions compare with rest. It stays hidden unless you ask.",
    ],
  },
  study: {
    sentences: ["What the study shows about everyone comes when it is done and the results are published."],
  },
  help: [
    "Days with more pain come and go for most people.",
    "If your pain is new and severe, contact your health service now. Nobody reads your answers as they come in.",
  ],
};

/** A record of four rounds, one of them missed, before publication. */
export const exampleRecord: OwnRecord = { feedback, showsSessions: false };

const spread = (centre: number, sd: number): readonly number[] =>
  [-2, -1.4, -1.1, -0.9, -0.8, -0.6, -0.5, -0.3, -0.2, -0.1]
    .flatMap((z) => [z, -z])
    .map((z) => centre + sd * z)
    .toSorted((a, b) => a - b);

/** The same after publication, with similar others and the picture of sessions. */
export const publishedRecord: OwnRecord = {
  showsSessions: true,
  feedback: {
    ...feedback,
    rules: {
      version: 2,
      hash: rules.hash,
      reviewedBy: "Kari Nordmann, ethics adviser",
      reviewedOn: "2026-11-01",
    },
    measures: feedback.measures.map((measure) => ({
      ...measure,
      points: measure.points.map((point) => ({ ...point, low: 1, high: 2 })),
      others: [
        "People like you here: Women, 40 to 64.",
        "In December 2026, at least half of 49 other people answered from “Very mild” to “Mild”. Every answer is as good as another.",
      ],
    })),
    sessions: {
      kind: "shown",
      sentences: [
        "In your 23 entries, pain after a session was usually between 1 point lower and half a point higher than before.",
        "For rest times it was similar.",
        "Other things may explain this.",
      ],
      own: {
        text: "Your 23 entries beside rest. Each of the 20 dots is an equally likely place for the difference.",
        dots: spread(-0.3, 0.3),
      },
      group: {
        text: "The same for 120 people: each dot stands for one in twenty of them. People differ.",
        dots: spread(-0.2, 0.8),
      },
      unit: "1 point",
    },
    study: {
      sentences: [
        "The results of the whole study are out. They are about many people together, and need not fit you.",
        "A little, in the same week. People reported slightly less pain in weeks when they exercised more than their own usual.",
      ],
      address: "/findings/study/abc",
    },
  },
};

/** Nothing has been answered yet. */
export const emptyRecord: OwnRecord = {
  showsSessions: false,
  feedback: {
    ...feedback,
    sentences: ["There is nothing to show yet. Your answers come here after your first round."],
    measures: [],
    cautions: [],
    sessions: { kind: "none" },
  },
};

/** A round is open, so nothing is shown. */
export const lockedRecord: OwnRecord = {
  showsSessions: false,
  feedback: {
    kind: "locked",
    rules,
    sentences: [
      "A round is open until 22 June 2026. Your earlier answers come here when you have finished it, or when it has closed. Seeing them now could change what you answer.",
    ],
  },
};
