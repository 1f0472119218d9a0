import { type ExpressionValue, evaluate } from "./expression.ts";
import type { Answers, FormItem, WaveForm } from "./form.ts";

/** Whether a question is put to this person: yes, unless its condition is known to be false. */
export function isAsked(item: FormItem, answers: Answers): boolean {
  if (item.askIf === undefined) return true;
  return evaluate(item.askIf, (name) => answerTo(answers, name)) !== false;
}

/** The questions put to this person, in order, given the answers so far. */
export function askedItems(form: WaveForm, answers: Answers): readonly FormItem[] {
  return form.items.filter((item) => isAsked(item, answers));
}

/** The first question without an answer, or `undefined` when all are answered or skipped. */
export function nextItem(form: WaveForm, answers: Answers): FormItem | undefined {
  return form.items.find((item) => !hasAnswer(answers, item.id) && isAsked(item, answers));
}

/**
 * Where the person is: the place of `itemId` among the questions asked (1 is the first) and whole minutes left,
 * counting this question and those after it. An item that is not asked stands at the end.
 */
export function progress(
  form: WaveForm,
  answers: Answers,
  itemId: string,
): { readonly position: number; readonly total: number; readonly minutesLeft: number } {
  const asked = askedItems(form, answers);
  const total = asked.length;
  const index = asked.findIndex((item) => item.id === itemId);
  if (index === -1) return { position: total, total, minutesLeft: 0 };
  const share = (total - index) / total;
  return { position: index + 1, total, minutesLeft: Math.max(1, Math.ceil(form.minutes * share)) };
}

/** Whether any answer calls for the help text; a missing answer never does. */
export function helpCalledFor(form: WaveForm, answers: Answers): boolean {
  return form.helpWhen.some((when) => evaluate(when, (name) => answerTo(answers, name)) === true);
}

function hasAnswer(answers: Answers, id: string): boolean {
  return Object.hasOwn(answers, id);
}

function answerTo(answers: Answers, name: string): ExpressionValue {
  // An item may be called "constructor"; only the person's own answers count.
  const payload = hasAnswer(answers, name) ? answers[name] : undefined;
  if (payload?.kind !== "value" || typeof payload.value === "object") return undefined;
  return payload.value;
}
