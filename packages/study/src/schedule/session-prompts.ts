import type { LoggedEvent } from "../answering/index.ts";
import { eventInstrument, eventParts } from "../instruments/compile-event-form.ts";
import type { EventPart, Instrument, Protocol } from "../protocol/types.ts";
import { afterQuietHours } from "./quiet-hours.ts";
import { localDateOf } from "./rest-moments.ts";

/** What is known of one person who may log sessions. */
export interface PromptFacts {
  readonly timeZone: string;
  /** Sessions and rests that have begun. */
  readonly logged: readonly LoggedEvent[];
  /** Rest moments that wait. */
  readonly rests: readonly { readonly id: string; readonly localDate: string; readonly dueAt: number }[];
  /** Days on the person's calendar on which a prompt has been decided. */
  readonly promptedOn: readonly string[];
}

/** A message to decide now: a rest moment that has come, or a part that is missing. */
export type SessionPrompt =
  | { readonly kind: "rest"; readonly id: string; readonly localDate: string }
  | {
      readonly kind: "part";
      readonly event: string;
      readonly id: string;
      readonly part: string;
      readonly localDate: string;
    };

/** What the clock says about one person's sessions and rests at one moment. */
export interface PromptsDue {
  /** At most one a day on the person's calendar, never in the quiet hours. */
  readonly prompt: SessionPrompt | undefined;
  /** Rest moments that end without a message: a session was logged that day, or the moment went by. */
  readonly cancelled: readonly string[];
  readonly passed: readonly string[];
}

const MINUTE_MS = 60_000;
/** A rest prompt that comes later than this after its moment would not be at a random moment any more. */
const REST_GRACE_MS = 30 * MINUTE_MS;

/**
 * What to do about a person's sessions and rests at `now` (ms UTC): a pure function, so that whoever asks again gets
 * the same. A missing part goes before a rest: it belongs to something that has begun.
 */
export function sessionPromptsDue(protocol: Protocol, facts: PromptFacts, now: number): PromptsDue {
  const { timeZone, rests } = facts;
  const session = eventInstrument(protocol, "session");
  const sessionDays = new Set(
    facts.logged
      .filter(({ event }) => event === session?.id)
      .map(({ beganAt }) => localDateOf(beganAt, timeZone)),
  );
  const today = localDateOf(now, timeZone);
  const cancelled = rests.filter(({ localDate }) => sessionDays.has(localDate));
  const open = rests.filter((rest) => !cancelled.includes(rest));
  const late = open.filter(({ dueAt }) => now > dueAt + REST_GRACE_MS);
  const rest = open.find((one) => one.dueAt <= now && !late.includes(one));
  const mayPrompt =
    !facts.promptedOn.includes(today) && afterQuietHours(protocol.messages, timeZone, now) === now;
  const missing = mayPrompt && session !== undefined ? missingPart(session, facts.logged, now) : undefined;
  const prompt =
    missing ?? (mayPrompt && rest !== undefined ? { kind: "rest" as const, id: rest.id } : undefined);
  const crowdedOut = rest !== undefined && prompt?.id !== rest.id ? [rest] : [];
  return {
    prompt: prompt && { ...prompt, localDate: today },
    cancelled: cancelled.map(({ id }) => id),
    passed: [...late, ...crowdedOut].map(({ id }) => id),
  };
}

/** The part of a session that is missing and due to be reminded of; the session that began last comes first. */
function missingPart(session: Instrument, logged: readonly LoggedEvent[], now: number) {
  const mine = logged.filter(({ event }) => event === session.id).sort((a, b) => b.beganAt - a.beganAt);
  for (const one of mine) {
    const part = eventParts(session).find((each) => isMissing(each, one, now));
    if (part !== undefined) return { kind: "part" as const, event: one.event, id: one.id, part: part.id };
  }
  return undefined;
}

function isMissing(part: EventPart, logged: LoggedEvent, now: number): boolean {
  if (part.remindMinutes === undefined || part.items.some((id) => logged.answered.includes(id))) return false;
  const minutes = (now - logged.beganAt) / MINUTE_MS;
  return minutes >= part.remindMinutes && minutes <= part.untilMinutes;
}
