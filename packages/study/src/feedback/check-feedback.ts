import type { StudyProblem } from "../errors.ts";
import type { LocalText, Protocol } from "../protocol/types.ts";
import { unknownName } from "../protocol/unknown-name.ts";
import { columnNames, eventItems, waveItems } from "../protocol/variables.ts";
import { feedbackHash } from "./compile-feedback.ts";
import type { HouseSentence } from "./sentences.ts";
import { houseSentences } from "./sentences.ts";
import type { FeedbackMeasureText, FeedbackMinimums, FeedbackSessionsText, UnitText } from "./types.ts";

type Path = readonly (string | number)[];

/** Below these nothing is shown, whatever a study asks for. */
const floors: FeedbackMinimums = { answers: 2, band: 10, sessions: 14, rests: 5, reliability: 0.5 };

/** Every mistake of meaning in the rules of personal feedback. */
export function checkFeedback(protocol: Protocol): readonly StudyProblem[] {
  const { feedback } = protocol;
  if (feedback === undefined) return [];
  const problems = [
    ...checkFloors(feedback.minimums),
    ...feedback.measures.flatMap((measure, i) =>
      checkMeasure(protocol, measure, ["feedback", "measures", i]),
    ),
    ...feedback.similarBy.flatMap((id, i) =>
      unknownName(id, columnNames(protocol), ["feedback", "similarBy", i]),
    ),
    ...(feedback.sessions === undefined ? [] : checkSessions(protocol, feedback.sessions)),
    ...Object.entries(feedback.sentences ?? {}).flatMap(([id, text]) => checkOwnSentence(id, text)),
  ];
  return problems.length > 0 ? problems : checkReview(protocol);
}

function checkFloors(minimums: FeedbackMinimums): readonly StudyProblem[] {
  return Object.entries(floors).flatMap(([id, floor]): readonly StudyProblem[] => {
    const found = minimums[id as keyof FeedbackMinimums];
    if (found >= floor) return [];
    return [
      {
        code: "protocol.feedback-floor",
        path: ["feedback", "minimums", id],
        expected: `at least ${floor}`,
        found: String(found),
        remedy: "Ask for as much or more: less than this would show people chance.",
      },
    ];
  });
}

function checkMeasure(protocol: Protocol, measure: FeedbackMeasureText, path: Path): readonly StudyProblem[] {
  const items = waveItems(protocol);
  const placed = items.get(measure.item);
  if (placed === undefined) return unknownName(measure.item, [...items.keys()], [...path, "item"]);
  const { item } = placed;
  const kinds: readonly string[] = ["single_choice", "scale", "integer", "number"];
  const problems = kinds.includes(item.kind) && item.level !== "nominal" ? [] : [wrongItem(item.id, path)];
  return [
    ...problems,
    ...checkUnit(measure.unit, [...path, "unit"]),
    ...checkPlaces(measure.same, ["first"], [...path, "same"]),
    ...checkPlaces(measure.lower, ["size", "first"], [...path, "lower"]),
    ...checkPlaces(measure.higher, ["size", "first"], [...path, "higher"]),
  ];
}

function wrongItem(id: string, path: Path): StudyProblem {
  return {
    code: "protocol.feedback-item",
    path: [...path, "item"],
    expected: "a question with answers in an order: a choice of level ordinal, a scale or a number",
    found: `“${id}”, which has none`,
    remedy: "Name another question, or leave this one out.",
  };
}

function checkSessions(protocol: Protocol, sessions: FeedbackSessionsText): readonly StudyProblem[] {
  const path = ["feedback", "sessions"] as const;
  const events = protocol.instruments.filter(({ trigger }) => trigger !== undefined).map(({ id }) => id);
  const ratings = [...eventItems(protocol).values()]
    .filter(({ item }) => item.kind === "scale" || item.kind === "integer" || item.kind === "number")
    .map(({ item }) => item.id);
  return [
    ...unknownName(sessions.event, events, [...path, "event"]),
    ...unknownName(sessions.rest.event, events, [...path, "rest", "event"]),
    ...unknownName(sessions.before, ratings, [...path, "before"]),
    ...unknownName(sessions.after, ratings, [...path, "after"]),
    ...unknownName(sessions.rest.before, ratings, [...path, "rest", "before"]),
    ...unknownName(sessions.rest.after, ratings, [...path, "rest", "after"]),
    ...checkUnit(sessions.unit, [...path, "unit"]),
  ];
}

function checkUnit(unit: UnitText, path: Path): readonly StudyProblem[] {
  return [
    ...checkPlaces(unit.half, [], [...path, "half"]),
    ...checkPlaces(unit.one, [], [...path, "one"]),
    ...checkPlaces(unit.many, ["n"], [...path, "many"]),
  ];
}

function checkOwnSentence(id: string, text: LocalText): readonly StudyProblem[] {
  const path = ["feedback", "sentences", id];
  const house: HouseSentence | undefined = Object.entries(houseSentences).find(([name]) => name === id)?.[1];
  if (house === undefined) return unknownName(id, Object.keys(houseSentences), path);
  return checkPlaces(text, house.places, path);
}

/** Each language must leave exactly the places to fill in that the sentence has. */
function checkPlaces(text: LocalText, places: readonly string[], path: Path): readonly StudyProblem[] {
  return Object.values(text).flatMap((words: string): readonly StudyProblem[] => {
    const found = [...new Set([...words.matchAll(/\{(\w*)\}/g)].map(([, place]) => place ?? ""))].sort();
    if (found.join(" ") === [...places].sort().join(" ")) return [];
    return [
      {
        code: "protocol.feedback-sentence",
        path,
        expected: places.length === 0 ? "no place to fill in" : `the places ${braced(places)}`,
        found: found.length === 0 ? "none" : braced(found),
        remedy: "Write each of them once or more, in every language, and no others.",
      },
    ];
  });
}

function braced(places: readonly string[]): string {
  return places.map((place) => `{${place}}`).join(" ");
}

function checkReview(protocol: Protocol): readonly StudyProblem[] {
  const review = protocol.feedback?.review;
  if (review?.status !== "reviewed") return [];
  const hash = feedbackHash(protocol);
  if (review.hash === hash) return [];
  return [
    {
      code: "protocol.feedback-review",
      path: ["feedback", "review", "hash"],
      expected: `${hash}, the name of the rules and sentences as they stand`,
      found: `“${review.hash}”`,
      remedy: "Have them read again as they stand, and write this hash; or put back what was read.",
    },
  ];
}
