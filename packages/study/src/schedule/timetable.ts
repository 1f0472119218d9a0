import type { Protocol } from "../protocol/types.ts";
import { CONSENT_AGAIN, type ContactFacts, type ContactName, RECRUITMENT } from "./contact-types.ts";
import { type LocalTime, makeLocalTime } from "./local-time.ts";
import { type Enrolment, type WaveWindow, waveWindows } from "./windows.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A message that could not go for so long is not sent any more. */
const LATEST_MS = 3 * DAY_MS;
/** Consent is asked anew by mail for so long; whoever comes later is asked on their page. */
const CONSENT_DAYS = 30;
/** However close the next one stands, a message may go within the day it was planned for. */
const SHORTEST_MS = 12 * HOUR_MS;

/** When a contact may be decided: from `from` until `until`, ms UTC. Afterwards it is left out. */
export interface PlannedContact extends ContactName {
  readonly from: number;
  readonly until: number;
  /** The first moment at which the wave, or the invitation, no longer can be answered. */
  readonly closesAt: number;
}

/** The windows and contacts of a person as the protocol has them. */
export interface Timetable {
  readonly windows: readonly WaveWindow[];
  readonly contacts: readonly PlannedContact[];
}

/** A protocol ready to be asked about many people; made once for each version of it. */
export interface Schedule {
  readonly protocol: Protocol;
  readonly time: LocalTime;
  /** Of a person who enrolled. */
  enrolled(enrolment: Enrolment): Timetable;
  /** Of a person who was only invited. */
  invited(invitedAt: number, timeZone: string): Timetable;
}

/** Makes the schedule of a protocol. People who joined on one local day in one zone share their timetable. */
export function compileSchedule(protocol: Protocol): Schedule {
  const time = makeLocalTime(protocol.messages);
  const shared = new Map<string, Timetable>();
  return {
    protocol,
    time,
    enrolled(enrolment) {
      const { enrolledAt, timeZone, moves = [], held = [] } = enrolment;
      const key = JSON.stringify([timeZone, time.dayOf(enrolledAt, timeZone), moves, held]);
      const found = shared.get(key) ?? timetableOf(protocol, time, enrolment);
      shared.set(key, found);
      return openFrom(found, enrolledAt);
    },
    invited: (invitedAt, timeZone) => recruitment(protocol, time, invitedAt, timeZone),
  };
}

/** The timetable of a person, by what is known. */
export function timetableFor(schedule: Schedule, facts: ContactFacts): Timetable {
  const { enrolment, invitedAt, timeZone } = facts;
  return enrolment ? schedule.enrolled(enrolment) : schedule.invited(invitedAt, timeZone);
}

/**
 * The message that asks for consent anew, from the morning after the amendment on, or after the pause in which that
 * morning would be; undefined when none is to be asked.
 */
export function consentContact(
  { time }: Schedule,
  { consentAgain, enrolment, timeZone, pauses = [] }: ContactFacts,
): PlannedContact | undefined {
  if (consentAgain === undefined || enrolment === undefined) return undefined;
  const { since, version } = consentAgain;
  const morningAfter = (at: number): number => {
    const zone = zoneAt({ enrolment, timeZone }, at);
    return time.morningOf(time.dayOf(at, zone) + 1, zone);
  };
  const from = pauses.reduce(
    (morning, pause) =>
      pause.from <= morning && morning < pause.until ? morningAfter(pause.until) : morning,
    morningAfter(since),
  );
  const until = from + CONSENT_DAYS * DAY_MS;
  return { wave: CONSENT_AGAIN, contact: `consent_again_${version}`, from, until, closesAt: until };
}

/** The zone on whose clock a person lives at a moment. */
export function zoneAt(
  { enrolment, timeZone }: Pick<ContactFacts, "enrolment" | "timeZone">,
  at: number,
): string {
  if (enrolment === undefined) return timeZone;
  return enrolment.moves?.findLast((move) => move.at <= at)?.timeZone ?? enrolment.timeZone;
}

function timetableOf(protocol: Protocol, time: LocalTime, enrolment: Enrolment): Timetable {
  const { enrolledAt, timeZone } = enrolment;
  const day = time.dayOf(enrolledAt, timeZone);
  const windows = waveWindows(protocol, { ...enrolment, enrolledAt: time.startOf(day, timeZone) });
  const contacts = protocol.waves.flatMap((wave, index) => {
    const window = windows[index];
    if (window === undefined) return [];
    const zone = enrolment.moves?.findLast(({ at }) => window.opensAt > at)?.timeZone ?? timeZone;
    const held = enrolment.held?.some((each) => each.wave === wave.id) === true;
    const target = held ? dayNumber(window.targetDate) : day + wave.offsetDays;
    const moment = (after: number): number =>
      Math.max(time.morningOf(target + after, zone), time.afterQuiet(window.opensAt, zone));
    return bounded(
      wave.messages.map((each) => ({ contact: each.template, from: moment(each.day) })),
      { wave: wave.id, closesAt: window.closesAt },
    );
  });
  return { windows, contacts };
}

/** Days since 1970 of a date such as 2026-03-01. */
function dayNumber(date: string): number {
  return Date.parse(date) / DAY_MS;
}

function recruitment(protocol: Protocol, time: LocalTime, invitedAt: number, timeZone: string): Timetable {
  const day = time.dayOf(invitedAt, timeZone);
  const planned = protocol.recruitment.contacts.map((each) => ({
    contact: each.template,
    from: Math.max(time.morningOf(day + each.day, timeZone), time.afterQuiet(invitedAt, timeZone)),
  }));
  const closesAt = time.startOf(day + protocol.recruitment.closesDay, timeZone);
  return { windows: [], contacts: bounded(planned, { wave: RECRUITMENT, closesAt }) };
}

/** Says until when each contact may go: never beside the one after it, nor when there is no day left to answer. */
function bounded(
  planned: readonly { readonly contact: string; readonly from: number }[],
  { wave, closesAt }: { readonly wave: string; readonly closesAt: number },
): readonly PlannedContact[] {
  const inOrder = planned.filter(({ from }) => from < closesAt).sort((a, b) => a.from - b.from);
  return inOrder.map(({ contact, from }, index) => {
    const following = inOrder[index + 1]?.from ?? closesAt;
    const latest = Math.min(from + LATEST_MS, following - DAY_MS);
    const until = Math.max(latest, Math.min(from + SHORTEST_MS, following));
    return { wave, contact, from, until, closesAt };
  });
}

/** The first wave opens when the person enrolled, not when that day began, and no message comes before. */
function openFrom({ windows, contacts }: Timetable, enrolledAt: number): Timetable {
  const [first, ...others] = windows;
  if (first === undefined || first.opensAt >= enrolledAt) return { windows, contacts };
  return {
    windows: [{ ...first, opensAt: enrolledAt }, ...others],
    contacts: contacts.map((each) =>
      each.from < enrolledAt ? { ...each, from: Math.min(enrolledAt, each.until) } : each,
    ),
  };
}
