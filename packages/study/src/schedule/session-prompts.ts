import type { LoggedEvent } from "../answering/index.ts";
import { eventInstrument, eventParts } from "../instruments/compile-event-form.ts";
import type { EventPart, Instrument, Protocol } from "../protocol/types.ts";
import { afterQuietHours } from "./quiet-hours.ts";
import { localDateOf, nextWeekAt, startOfNextDay, weekOf } from "./rest-moments.ts";

/** A rest moment that waits. */
export interface WaitingRest {
  readonly id: string;
  /** The day on the person's calendar, YYYY-MM-DD. */
  readonly localDate: string;
  /** ms UTC. */
  readonly dueAt: number;
}

/** What is known of one person who may log sessions. */
export interface PromptFacts {
  readonly timeZone: string;
  /** Sessions and rests that have begun, of the last {@link LOOK_BACK_DAYS} days at least. */
  readonly logged: readonly LoggedEvent[];
  readonly rests: readonly WaitingRest[];
  /** The weeks (their Mondays) whose rest moments have been drawn. */
  readonly weeksDrawn: readonly string[];
  /** Days on the person's calendar on which a prompt has been decided. */
  readonly promptedOn: readonly string[];
  /** Pauses of the study that are over; what came due in one is not reminded of afterwards. */
  readonly pauses?: readonly { readonly from: number; readonly until: number }[];
}

/** Which message: a rest moment that has come, or a part that is missing. */
export type PromptName =
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
  readonly prompt: PromptName | undefined;
  /** Rest moments that end without a message: a session was logged that day, or the moment went by. */
  readonly cancelled: readonly string[];
  readonly passed: readonly string[];
  /** The next moment at which there can be something without news of the person. */
  readonly next: number | undefined;
}

/** Why a decided prompt is not sent after all. */
export type PromptDrop = "paused" | "not_agreed" | "answered" | "session" | "late";

/** Whether a decided prompt may still be sent, and until when it can be answered. */
export type PromptStanding =
  | { readonly kind: "send"; readonly beganAt: number; readonly until: number }
  | { readonly kind: "drop"; readonly why: PromptDrop };

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
/** A rest prompt that comes later than this after its moment would not be at a random moment any more. */
const REST_GRACE_MS = 30 * MINUTE_MS;
/** Rests are drawn for as long after a session: without sessions there is nothing to set them beside. */
const ACTIVE_MS = 28 * DAY_MS;
/** So many days of sessions say at which hours a person exercises. */
export const LOOK_BACK_DAYS = 84;

/** The week whose rest moments are to be drawn now; undefined when they have been, or nothing is logged. */
export function restWeekToDraw(protocol: Protocol, facts: PromptFacts, now: number): string | undefined {
  if (eventInstrument(protocol, "rest")?.promptsPerWeek === undefined || !isActive(protocol, facts, now))
    return undefined;
  const week = weekOf(now, facts.timeZone);
  return facts.weeksDrawn.includes(week) ? undefined : week;
}

/** Whether a session has been logged lately. */
function isActive(protocol: Protocol, { logged }: PromptFacts, at: number): boolean {
  const session = eventInstrument(protocol, "session")?.id;
  return logged.some(({ event, beganAt }) => event === session && beganAt > at - ACTIVE_MS);
}

/**
 * What to do about a person's sessions and rests at `now` (ms UTC): a pure function, so that whoever asks again gets
 * the same. A missing part goes before a rest: it belongs to something that has begun.
 */
export function sessionPromptsDue(protocol: Protocol, facts: PromptFacts, now: number): PromptsDue {
  const { timeZone, rests } = facts;
  const today = localDateOf(now, timeZone);
  const days = sessionDays(protocol, facts);
  const cancelled = rests.filter(({ localDate }) => days.has(localDate));
  const open = rests.filter((rest) => !cancelled.includes(rest));
  const late = open.filter(({ dueAt }) => now > dueAt + REST_GRACE_MS);
  const rest = open.find((one) => one.dueAt <= now && !late.includes(one));
  const mayPrompt =
    !facts.promptedOn.includes(today) && afterQuietHours(protocol.messages, timeZone, now) === now;
  const missing = mayPrompt ? missingPart(protocol, facts, now) : undefined;
  const prompt =
    missing ?? (mayPrompt && rest !== undefined ? { kind: "rest" as const, id: rest.id } : undefined);
  const crowdedOut = rest !== undefined && prompt?.id !== rest.id ? [rest] : [];
  const decided = prompt && { ...prompt, localDate: today };
  return {
    prompt: decided,
    cancelled: cancelled.map(({ id }) => id),
    passed: [...late, ...crowdedOut].map(({ id }) => id),
    next: nextMoment(protocol, { ...facts, rests: open, promptedOn: promptedOn(facts, decided) }, now),
  };
}

function promptedOn(facts: PromptFacts, decided: PromptName | undefined): readonly string[] {
  return decided === undefined ? facts.promptedOn : [...facts.promptedOn, decided.localDate];
}

/** The days on the person's calendar on which they logged a session. */
function sessionDays(protocol: Protocol, { logged, timeZone }: PromptFacts): ReadonlySet<string> {
  const session = eventInstrument(protocol, "session")?.id;
  const sessions = logged.filter(({ event }) => event === session);
  return new Set(sessions.map(({ beganAt }) => localDateOf(beganAt, timeZone)));
}

/** The part of a session that is missing and due to be reminded of; the session that began last comes first. */
function missingPart(protocol: Protocol, facts: PromptFacts, now: number) {
  const due = missingParts(protocol, facts).filter(({ from, until }) => now >= from && now <= until);
  const [first] = due.sort((a, b) => b.logged.beganAt - a.logged.beganAt);
  if (first === undefined) return undefined;
  const { logged, part } = first;
  return { kind: "part" as const, event: logged.event, id: logged.id, part: part.id };
}

/** Every part that nobody has answered, with the times between which it may be reminded of. */
function missingParts(protocol: Protocol, { logged, pauses = [] }: PromptFacts) {
  const session = eventInstrument(protocol, "session");
  if (session === undefined) return [];
  const mine = logged.filter(({ event }) => event === session.id);
  const parts = mine.flatMap((one) => eventParts(session).flatMap((part) => remindedOf(part, one)));
  return parts.filter(({ from }) => !pauses.some((pause) => pause.from <= from && from < pause.until));
}

function remindedOf(part: EventPart, logged: LoggedEvent) {
  if (part.remindMinutes === undefined || isAnswered(part, logged)) return [];
  const from = logged.beganAt + part.remindMinutes * MINUTE_MS;
  return [{ logged, part, from, until: endOf(part, logged) }];
}

function isAnswered(part: EventPart, { answered }: LoggedEvent): boolean {
  return part.items.some((id) => answered.includes(id));
}

function endOf(part: EventPart, { beganAt }: Pick<LoggedEvent, "beganAt">): number {
  return beganAt + part.untilMinutes * MINUTE_MS;
}

/** The first moment after `now` at which a rest or a reminder comes, or a week's rests are to be drawn. */
function nextMoment(protocol: Protocol, facts: PromptFacts, now: number): number | undefined {
  const { timeZone } = facts;
  const today = localDateOf(now, timeZone);
  const free = facts.promptedOn.includes(today) ? startOfNextDay(now, timeZone) : now;
  const reminders = missingParts(protocol, facts).flatMap(({ from, until }) => {
    const at = afterQuietHours(protocol.messages, timeZone, Math.max(from, free));
    return at <= until ? [at] : [];
  });
  const week = nextWeekAt(now, timeZone);
  const isDrawn = eventInstrument(protocol, "rest")?.promptsPerWeek !== undefined;
  const draws = isDrawn && isActive(protocol, facts, week) ? [week] : [];
  const moments = [...facts.rests.map(({ dueAt }) => dueAt), ...reminders, ...draws].filter((at) => at > now);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/**
 * Whether a decided prompt may still be sent at `now`, by all that is known now: the part may have been answered, or a
 * session logged, or the mail server have been away.
 *
 * @param rest  the rest moment that a prompt of a rest names.
 */
export function promptStands(
  protocol: Protocol,
  facts: Pick<PromptFacts, "logged" | "timeZone"> & { readonly agreed: boolean; readonly paused?: boolean },
  {
    name,
    rest,
    now,
  }: { readonly name: PromptName; readonly rest: WaitingRest | undefined; readonly now: number },
): PromptStanding {
  if (facts.paused) return { kind: "drop", why: "paused" };
  if (!facts.agreed) return { kind: "drop", why: "not_agreed" };
  return name.kind === "rest"
    ? restStands(protocol, facts, rest, now)
    : partStands(protocol, facts.logged, name, now);
}

function restStands(
  protocol: Protocol,
  facts: Pick<PromptFacts, "logged" | "timeZone">,
  rest: WaitingRest | undefined,
  now: number,
): PromptStanding {
  const instrument = eventInstrument(protocol, "rest");
  const [first] = instrument === undefined ? [] : eventParts(instrument);
  if (rest === undefined || first === undefined || now > rest.dueAt + REST_GRACE_MS)
    return { kind: "drop", why: "late" };
  if (facts.logged.some(({ id }) => id === rest.id)) return { kind: "drop", why: "answered" };
  const days = sessionDays(protocol, { ...facts, rests: [], weeksDrawn: [], promptedOn: [] });
  if (days.has(rest.localDate)) return { kind: "drop", why: "session" };
  return { kind: "send", beganAt: rest.dueAt, until: endOf(first, { beganAt: rest.dueAt }) };
}

function partStands(
  protocol: Protocol,
  logged: readonly LoggedEvent[],
  name: Extract<PromptName, { kind: "part" }>,
  now: number,
): PromptStanding {
  const one = logged.find(({ event, id }) => event === name.event && id === name.id);
  const part = partsOf(eventInstrument(protocol, "session")).find(({ id }) => id === name.part);
  if (one === undefined || part === undefined || now > endOf(part, one)) return { kind: "drop", why: "late" };
  if (isAnswered(part, one)) return { kind: "drop", why: "answered" };
  return { kind: "send", beganAt: one.beganAt, until: endOf(part, one) };
}

function partsOf(instrument: Instrument | undefined): readonly EventPart[] {
  return instrument === undefined ? [] : eventParts(instrument);
}
