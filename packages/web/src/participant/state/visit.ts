import type { AnswerSubmission, CurrentWave } from "@longwave/api";
import type { AnswerPayload, Answers, FormItem, WaveForm } from "@longwave/study/answering";
import { askedItems, nextItem } from "@longwave/study/answering";

/** One wave being answered on this page. */
export interface Visit {
  readonly form: WaveForm;
  readonly answers: Answers;
  /** The id of the row that holds each answer, so that a correction can name it. */
  readonly answerIds: Readonly<Record<string, string>>;
  /** The question on the screen; `undefined` when every question has been passed. */
  readonly at: string | undefined;
}

/** What the phone adds to an answer: the id it made and its own time. */
export interface AnswerStamp {
  readonly id: string;
  readonly answeredAt: number;
}

/** The visit that goes on where this person stopped. */
export function beginVisit(current: CurrentWave): Visit {
  const { form, answers, answerIds } = current;
  return { form, answers, answerIds, at: nextItem(form, answers)?.id };
}

/** The question on the screen. */
export function itemAt(visit: Visit): FormItem | undefined {
  return visit.form.items.find((item) => item.id === visit.at);
}

/**
 * The visit with an answer to the question on the screen, and what to send.
 * The same answer given again sends nothing; another answer names the row it replaces.
 */
export function giveAnswer(
  visit: Visit,
  payload: AnswerPayload,
  stamp: AnswerStamp,
): { readonly visit: Visit; readonly submission: AnswerSubmission | undefined } {
  const item = visit.at;
  if (item === undefined || sameAnswer(visit.answers[item], payload)) return { visit, submission: undefined };
  const earlier = visit.answerIds[item];
  return {
    visit: {
      ...visit,
      answers: { ...visit.answers, [item]: payload },
      answerIds: { ...visit.answerIds, [item]: stamp.id },
    },
    submission: {
      id: stamp.id,
      wave: visit.form.wave,
      item,
      payload,
      answeredAt: stamp.answeredAt,
      ...(earlier === undefined ? {} : { replaces: earlier }),
    },
  };
}

/** The visit at the question after this one; past the last, at the first one still without an answer. */
export function stepForward(visit: Visit): Visit {
  const asked = askedItems(visit.form, visit.answers);
  const place = asked.findIndex((item) => item.id === visit.at);
  const following = asked[place + 1] ?? nextItem(visit.form, visit.answers);
  return { ...visit, at: following?.id };
}

/** The question before this one, among those asked. */
export function questionBefore(visit: Visit): string | undefined {
  const asked = askedItems(visit.form, visit.answers);
  if (visit.at === undefined) return asked.at(-1)?.id;
  return asked[asked.findIndex((item) => item.id === visit.at) - 1]?.id;
}

/** The visit at a named question, when it is one that is asked. */
export function goTo(visit: Visit, item: string): Visit {
  const known = askedItems(visit.form, visit.answers).some((candidate) => candidate.id === item);
  return known ? { ...visit, at: item } : visit;
}

/** The visit without an answer that the server refused, standing at its question. */
export function withdrawAnswer(visit: Visit, item: string): Visit {
  const { [item]: _refused, ...answers } = visit.answers;
  const { [item]: _id, ...answerIds } = visit.answerIds;
  return { ...visit, answers, answerIds, at: item };
}

function sameAnswer(one: AnswerPayload | undefined, other: AnswerPayload): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}
