import type { AnswerSubmission, SessionLog } from "@longwave/api";
import type {
  AnswerPayload,
  EventForm,
  EventFormPart,
  FormItem,
  LoggedEvent,
} from "@longwave/study/answering";
import { comingEventPart, openEventPart } from "@longwave/study/answering";
import type { AnswerStamp } from "./visit.ts";

/** One part of a session or a rest while it is being answered; nothing of it is sent before its last question. */
export interface SessionPage {
  readonly form: EventForm;
  readonly part: EventFormPart;
  /** The session's own id, made on the phone. */
  readonly id: string;
  readonly given: readonly AnswerSubmission[];
  /** The place of the question on the screen; past the last when the part is done. */
  readonly at: number;
}

/** A session or rest with the part that can be answered now, or the one that comes. */
export interface SessionNote {
  readonly form: EventForm;
  readonly logged: LoggedEvent;
  readonly open: EventFormPart | undefined;
  readonly coming: EventFormPart | undefined;
}

/** The first part of a new session; undefined in a study without them. */
export function newSession(log: SessionLog, id: string): SessionPage | undefined {
  const form = log.forms.find(({ trigger }) => trigger === "session");
  const part = form?.parts[0];
  return form && part && { form, part, id, given: [], at: 0 };
}

/** The part of a session that has begun and can be answered now. */
export function nextPart({ form, logged, open }: SessionNote): SessionPage | undefined {
  return open && { form, part: open, id: logged.id, given: [], at: 0 };
}

/** The question on the screen; undefined when the part is done. */
export function sessionItem({ part, at }: SessionPage): FormItem | undefined {
  return part.items[at];
}

/** The page after an answer to its question, and what to send once the part is whole. */
export function answerSession(
  page: SessionPage,
  payload: AnswerPayload,
  stamp: AnswerStamp,
): { readonly page: SessionPage; readonly submissions: readonly AnswerSubmission[] } {
  const item = sessionItem(page)?.id;
  if (item === undefined) return { page, submissions: [] };
  const answer = { ...stamp, wave: `${page.form.event}/${page.id}`, item, payload };
  const given = [...page.given.filter((earlier) => earlier.item !== item), answer];
  const at = page.at + 1;
  return { page: { ...page, given, at }, submissions: at < page.part.items.length ? [] : given };
}

/** The sessions and rests after a part has been answered on this page. */
export function withLogged(
  logged: readonly LoggedEvent[],
  { form, id }: SessionPage,
  answers: readonly AnswerSubmission[],
): readonly LoggedEvent[] {
  const first = Math.min(...answers.map(({ answeredAt }) => answeredAt));
  const one = { event: form.event, id, beganAt: first, answered: answers.map(({ item }) => item) };
  return mergeLogged(logged, [one]);
}

/** What the server and this page know of the same sessions, put together; the first answer says when each began. */
function mergeLogged(known: readonly LoggedEvent[], more: readonly LoggedEvent[]): readonly LoggedEvent[] {
  const byId = new Map(known.map((one) => [one.id, one]));
  for (const one of more) {
    const before = byId.get(one.id);
    // Nobody has answered a rest prompt yet: its time is the moment drawn, and the first rating takes its place.
    const earlier = before === undefined || before.answered.length === 0 ? one.beganAt : before.beganAt;
    const answered = [...new Set([...(before?.answered ?? []), ...one.answered])];
    byId.set(one.id, { ...one, beganAt: Math.min(earlier, one.beganAt), answered });
  }
  return [...byId.values()];
}

/** The sessions and rests that wait for something, or will, at `now`. */
export function sessionNotes(
  log: SessionLog,
  logged: readonly LoggedEvent[],
  now: number,
): readonly SessionNote[] {
  return mergeLogged(log.begun, logged).flatMap((one): readonly SessionNote[] => {
    const form = log.forms.find(({ event }) => event === one.event);
    if (form === undefined) return [];
    const open = openEventPart(form, one, now);
    const coming = comingEventPart(form, one, now);
    return open === undefined && coming === undefined ? [] : [{ form, logged: one, open, coming }];
  });
}
