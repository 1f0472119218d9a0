import type { FormItem } from "./form.ts";

/** One part of a session or a rest; minutes count from when it began. */
export interface EventFormPart {
  readonly id: string;
  readonly items: readonly FormItem[];
  readonly fromMinutes: number;
  readonly untilMinutes: number;
}

/** What a phone needs to log a session or to answer a rest prompt, in one language. */
export interface EventForm {
  /** The instrument, such as `session_log`; the answers of one session stand under `session_log/ID`. */
  readonly event: string;
  readonly trigger: "session" | "rest";
  readonly parts: readonly EventFormPart[];
}

/** One session or rest that has begun: an id made on the phone, and which of its questions have been answered. */
export interface LoggedEvent {
  readonly event: string;
  readonly id: string;
  /** The first answer to a session, or the moment drawn for a rest prompt; ms UTC. */
  readonly beganAt: number;
  readonly answered: readonly string[];
}

/** Where a part stands: `passed` means that its time went by without an answer. */
export type EventPartState = "not_yet" | "open" | "done" | "passed";

/** Where one part of a session or rest stands at `now` (ms UTC). */
export function eventPartState(part: EventFormPart, logged: LoggedEvent, now: number): EventPartState {
  if (part.items.every(({ id }) => logged.answered.includes(id))) return "done";
  const minutes = (now - logged.beganAt) / 60_000;
  if (minutes < part.fromMinutes) return "not_yet";
  return minutes <= part.untilMinutes ? "open" : "passed";
}

/** The part that can be answered now: the last one whose time has come, since the ratings follow one another. */
export function openEventPart(form: EventForm, logged: LoggedEvent, now: number): EventFormPart | undefined {
  return form.parts.filter((part) => eventPartState(part, logged, now) === "open").at(-1);
}

/** The part that comes later, when none can be answered now. */
export function comingEventPart(
  form: EventForm,
  logged: LoggedEvent,
  now: number,
): EventFormPart | undefined {
  return form.parts.find((part) => eventPartState(part, logged, now) === "not_yet");
}
