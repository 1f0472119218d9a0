import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { protocol } from "../testing/study.ts";
import { lintFeedback, neverSaid } from "./never-said.ts";
import { couldBeChance, reliableChange } from "./noise.ts";
import { personalFeedback } from "./personal-feedback.ts";
import { eventsOf, type Given, inputOf, rowsOf, rulesIn, wavesAfter } from "./testing/own-record.ts";
import type { PersonalFeedback, PersonalInput, PublishedGroup } from "./types.ts";

const languages = ["en", "nb"] as const;
type Record_ = Extract<PersonalFeedback, { kind: "record" }>;

function recordOf(input: PersonalInput): Record_ {
  const feedback = personalFeedback(input);
  if (feedback.kind !== "record") throw new Error(`expected a record, found ${feedback.kind}`);
  return feedback;
}

/** Every sentence of the page, in its order. */
function said(feedback: PersonalFeedback): readonly string[] {
  if (feedback.kind === "off") return [];
  if (feedback.kind === "locked") return feedback.sentences;
  const { sessions } = feedback;
  return [
    ...feedback.sentences,
    ...feedback.measures.flatMap(({ label, sentences, others }) => [label, ...sentences, ...others]),
    ...feedback.cautions,
    ...(sessions.kind === "none" ? [] : sessions.sentences),
    ...(sessions.kind === "shown" ? [sessions.own.text, sessions.group.text] : []),
    ...feedback.study.sentences,
    ...feedback.help,
  ];
}

const pain = (values: Readonly<Record<string, number | null>>): Readonly<Record<string, Given>> =>
  Object.fromEntries(Object.entries(values).map(([wave, value]) => [wave, { pain_vrs: value }]));

/** Sessions that end `change` points from where they began, in turn. */
const repeated = (changes: readonly number[], count: number) =>
  Array.from({ length: count }, (_, index) => [5, 5 + (changes[index % changes.length] ?? 0)] as const);

const group = { mean: -0.2, stdError: 0.05, between: 0.8, residual: 1.2, people: 120 };
const published: PublishedGroup = {
  address: "/findings/s/abc",
  lead: "A little, in the same week.",
  sessions: group,
};

const cases: Readonly<Record<string, (language: "en" | "nb") => PersonalInput>> = {
  "nothing answered yet": (l) => inputOf(l, {}, { waves: wavesAfter(50, []) }),
  "one answer": (l) => inputOf(l, pain({ w1: 2 }), { waves: wavesAfter(50, ["w1"]) }),
  "the same answer": (l) => inputOf(l, pain({ w1: 2, w2: 3, w3: 2 })),
  "one step lower: could be chance": (l) => inputOf(l, pain({ w1: 3, w2: 3, w3: 2 })),
  "one step higher: could be chance": (l) => inputOf(l, pain({ w1: 2, w2: 2, w3: 3 })),
  "two steps lower: more than chance": (l) => inputOf(l, pain({ w1: 4, w2: 3, w3: 2 })),
  "three steps higher: more than chance": (l) => inputOf(l, pain({ w1: 0, w2: 1, w3: 3 })),
  "a round not answered": (l) => inputOf(l, pain({ w1: 2, w3: 2 })),
  "two rounds not answered": (l) => inputOf(l, pain({ w1: 2 }), { waves: wavesAfter(240, ["w1"]) }),
  "a question skipped": (l) => inputOf(l, pain({ w1: 2, w2: null, w3: 1 })),
  "pain and exercise": (l) =>
    inputOf(l, {
      w1: { pain_vrs: 4, ex_freq: 1 },
      w2: { pain_vrs: 3, ex_freq: 2 },
      w3: { pain_vrs: 2, ex_freq: 3 },
    }),
  "exercise fewer": (l) => inputOf(l, { w1: { pain_vrs: 4, ex_freq: 3 }, w2: { pain_vrs: 4, ex_freq: 2 } }),
  "a round is open": (l) => inputOf(l, pain({ w1: 2 }), { waves: wavesAfter(91, ["w1"]) }),
  published: (l) => inputOf(l, pain({ w1: 2, w2: 3, w3: 2 }), { published, takesAnswers: false }),
  "sessions, not asked for": (l) => inputOf(l, { ...pain({ w1: 2 }), ...eventsOf("session", [[3, 2]]) }),
  "sessions, too few": (l) =>
    inputOf(
      l,
      { ...pain({ w1: 2 }), ...eventsOf("session", repeated([-1], 13)) },
      { wantsSessions: true, published },
    ),
  "sessions, too little rest": (l) =>
    inputOf(
      l,
      {
        ...pain({ w1: 2 }),
        ...eventsOf("session", repeated([-1], 14)),
        ...eventsOf("rest", repeated([0], 4)),
      },
      { wantsSessions: true, published },
    ),
  "sessions, before publication": (l) =>
    inputOf(
      l,
      {
        ...pain({ w1: 2 }),
        ...eventsOf("session", repeated([-1], 14)),
        ...eventsOf("rest", repeated([0], 14)),
      },
      { wantsSessions: true },
    ),
  "sessions, not reliable": (l) =>
    inputOf(
      l,
      {
        ...pain({ w1: 2 }),
        ...eventsOf("session", repeated([-1], 14)),
        ...eventsOf("rest", repeated([0], 5)),
      },
      { wantsSessions: true, published: { ...published, sessions: { ...group, between: 0.3 } } },
    ),
  "sessions, and rest alike": (l) =>
    inputOf(
      l,
      {
        ...pain({ w1: 2 }),
        ...eventsOf("session", repeated([-1, 0, 0.5], 23)),
        ...eventsOf("rest", repeated([-1, 0, 0.5], 20)),
      },
      { wantsSessions: true, published },
    ),
  "sessions, and rest not alike": (l) =>
    inputOf(
      l,
      {
        ...pain({ w1: 2 }),
        ...eventsOf("session", repeated([-2, 0], 16)),
        ...eventsOf("rest", repeated([1], 20)),
      },
      { wantsSessions: true, published },
    ),
  "sessions, always the same": (l) =>
    inputOf(
      l,
      {
        ...pain({ w1: 2 }),
        ...eventsOf("session", repeated([0], 16)),
        ...eventsOf("rest", repeated([-1, -2], 20)),
      },
      { wantsSessions: true, published },
    ),
};

describe("the sentences of personal feedback", () => {
  test.each(Object.entries(cases))("%s, in both languages", (_name, make) => {
    const texts = languages.map((language) => said(personalFeedback(make(language))).join("\n"));
    expect(texts.join("\n\n")).toMatchSnapshot();
  });

  test("say nothing on cause, advice, praise, rank or forecast, in any case and language", () => {
    for (const make of Object.values(cases)) {
      for (const language of languages) {
        for (const text of said(personalFeedback(make(language)))) {
          expect(neverSaid(text, language), text).toEqual([]);
          expect(text).not.toMatch(/\{|undefined|NaN/);
        }
      }
    }
  });

  test("of the house and of the flagship hold none of those words", () => {
    for (const language of languages) {
      for (const sentence of Object.values(rulesIn(language).sentences)) {
        expect(neverSaid(sentence, language), sentence).toEqual([]);
      }
    }
    expect(lintFeedback(protocol)).toEqual([]);
  });

  test("may not be replaced by advice: the place and the word are named", () => {
    const { feedback } = protocol;
    if (feedback === undefined) throw new Error("has rules");
    const sentences = { otherThings: { en: "You should exercise more: it reduces pain.", nb: "Fortsett!" } };
    const found = lintFeedback({ ...protocol, feedback: { ...feedback, sentences } });
    expect(found.map(({ place, word }) => `${place}: ${word}`)).toEqual([
      "feedback.sentences.otherThings: reduces",
      "feedback.sentences.otherThings: you should",
      "feedback.sentences.otherThings: fortsett",
    ]);
  });
});

describe("change against measurement noise", () => {
  test("is 1.96 times the root of two times the standard error of measurement", () => {
    const source = "stated";
    expect(reliableChange({ kind: "typical_error", typicalError: 0.7, source })).toBeCloseTo(1.9403, 4);
    expect(reliableChange({ kind: "reliability", reliability: 0.66, stdDev: 1.2, source })).toBeCloseTo(
      1.9395,
      4,
    );
  });

  test("treats more and less alike, whatever the size", () => {
    const noise = fc.record({
      kind: fc.constant("typical_error" as const),
      typicalError: fc.double({ min: 0.01, max: 5, noNaN: true }),
      source: fc.constant("stated"),
    });
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), noise, (difference, each) => {
        expect(couldBeChance(difference, each)).toBe(couldBeChance(-difference, each));
      }),
    );
  });

  test("says the same of a change and of its mirror image", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), (a, b) => {
        const chance = (first: number, last: number) =>
          recordOf(inputOf("en", pain({ w1: first, w3: last }))).measures[0]?.sentences.at(-1);
        expect(a === b || chance(a, b) === chance(b, a)).toBe(true);
      }),
    );
  });
});

describe("what is not shown", () => {
  test("anything at all, when nobody has reviewed the rules and real people answer", () => {
    expect(personalFeedback(inputOf("en", pain({ w1: 1, w2: 2 }), { demonstration: false }))).toEqual({
      kind: "off",
    });
  });

  test("the notice of a demonstration, once a named person has reviewed the rules", () => {
    const rules = {
      ...rulesIn("en"),
      review: { status: "reviewed", reviewedBy: "A. Reviewer", reviewedOn: "2026-11-30", hash: "h" } as const,
    };
    const feedback = personalFeedback(inputOf("en", pain({ w1: 1 }), { rules, demonstration: false }));
    expect(feedback).toMatchObject({ kind: "record", rules: { reviewedBy: "A. Reviewer" } });
    expect(feedback).not.toHaveProperty("rules.notice");
  });

  test("rows of another person, even when they are handed in", () => {
    const mine = inputOf("en", pain({ w1: 2, w2: 3 }));
    const both = { ...mine, answers: [...mine.answers, ...rowsOf(pain({ w1: 5, w2: 5, w3: 5 }), "p2")] };
    expect(personalFeedback(both)).toEqual(personalFeedback(mine));
  });

  test("an answer that was corrected", () => {
    const mine = inputOf("en", pain({ w1: 2, w2: 3 }));
    const [first] = mine.answers;
    if (first === undefined) throw new Error("has an answer");
    const correction = {
      ...first,
      seq: 99,
      id: "new",
      payload: { kind: "value", value: 4 },
      replaces: first.id,
    } as const;
    const point = recordOf({ ...mine, answers: [...mine.answers, correction] }).measures[0]?.points[0];
    expect(point).toMatchObject({ answer: "Severe", value: 4 });
  });

  test("a gap as a zero or as a joined line: it has no height", () => {
    const [measure] = recordOf(inputOf("en", pain({ w1: 2, w2: null }))).measures;
    expect(measure?.points.map(({ state, value }) => [state, value])).toEqual([
      ["answered", 2],
      ["skipped", null],
      ["not_answered", null],
      ["to_come", null],
      ["to_come", null],
    ]);
  });

  test("sessions below any floor, for any record", () => {
    const count = fc.integer({ min: 0, max: 20 });
    const between = fc.double({ min: 0.05, max: 2, noNaN: true });
    const people = fc.integer({ min: 1, max: 120 });
    fc.assert(
      fc.property(count, count, between, people, (sessions, rests, sd, n) => {
        const waves = {
          ...pain({ w1: 2 }),
          ...eventsOf("session", repeated([-1, 0], sessions)),
          ...eventsOf("rest", repeated([0, 1], rests)),
        };
        const known = { ...published, sessions: { ...group, between: sd, people: n } };
        const shown =
          recordOf(inputOf("en", waves, { wantsSessions: true, published: known })).sessions.kind === "shown";
        const error = group.residual ** 2 * (1 / sessions + 1 / rests);
        const reliable = sd ** 2 / (sd ** 2 + error) >= 0.5;
        expect(shown).toBe(sessions >= 14 && rests >= 5 && n >= 50 && reliable);
      }),
    );
  });

  test("any forbidden word, for any record of any person", () => {
    const answer = fc.option(fc.integer({ min: 0, max: 5 }));
    const wave = fc.option(
      fc.record({ pain_vrs: answer, ex_freq: fc.option(fc.integer({ min: 0, max: 3 })) }),
      {
        nil: undefined,
      },
    );
    const rating = fc.option(fc.integer({ min: 0, max: 10 }));
    const ratings = fc.array(fc.tuple(rating, rating), { maxLength: 30 });
    const someone = fc.record({
      waves: fc.record({ w1: wave, w2: wave, w3: wave, w4: wave, w5: wave }),
      sessions: ratings,
      rests: ratings,
      day: fc.integer({ min: 0, max: 500 }),
      wantsSessions: fc.boolean(),
      isPublished: fc.boolean(),
      language: fc.constantFrom(...languages),
    });
    fc.assert(
      fc.property(someone, ({ waves, sessions, rests, day, wantsSessions, isPublished, language }) => {
        const given = Object.fromEntries(
          Object.entries(waves).flatMap(([id, answers]) =>
            answers === undefined ? [] : [[id, answers] as const],
          ),
        );
        const all = { ...given, ...eventsOf("session", sessions), ...eventsOf("rest", rests) };
        const more = {
          waves: wavesAfter(day, Object.keys(given)),
          wantsSessions,
          ...(isPublished ? { published } : {}),
        };
        const feedback = personalFeedback(inputOf(language, all, more));
        for (const text of said(feedback)) {
          expect(neverSaid(text, language), text).toEqual([]);
          expect(text).not.toMatch(/\{|undefined|NaN|Infinity/);
        }
        if (!isPublished && feedback.kind === "record") {
          expect(feedback.study).not.toHaveProperty("address");
          expect(feedback.measures.flatMap(({ others }) => others)).toEqual([]);
          expect(feedback.sessions.kind).not.toBe("shown");
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("the picture of sessions", () => {
  test("is twenty dots for the person and twenty for everyone, and no number in words", () => {
    const make = cases["sessions, and rest not alike"];
    const { sessions } = recordOf(make("en"));
    if (sessions.kind !== "shown") throw new Error(`found ${sessions.kind}`);
    expect(sessions.own.dots).toHaveLength(20);
    expect(sessions.group.dots).toHaveLength(20);
    expect(sessions.own.dots.toSorted((a, b) => a - b)).toEqual(sessions.own.dots);
  });

  test("lies between the person's own difference and the group's", () => {
    const { sessions } = recordOf(cases["sessions, and rest not alike"]("en"));
    if (sessions.kind !== "shown") throw new Error(`found ${sessions.kind}`);
    const centre = ((sessions.own.dots[9] ?? 0) + (sessions.own.dots[10] ?? 0)) / 2;
    const [own, error] = [-2, group.residual ** 2 * (1 / 16 + 1 / 20)];
    const reliability = group.between ** 2 / (group.between ** 2 + error);
    expect(centre).toBeCloseTo(reliability * own + (1 - reliability) * group.mean, 9);
  });
});
