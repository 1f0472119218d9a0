import type { AmendmentEffect } from "@longwave/api";
import {
  type ContactDecision,
  contactsDue,
  type Enrolment,
  heldWindows,
  type Schedule,
  type WaveWindow,
} from "@longwave/study";
import type { PersonToContact } from "../store/queries/contacts.ts";

/** An amendment about to be made: both schedules, and how it is to treat windows that are open. */
export interface Amending {
  readonly before: ScheduleOf;
  readonly after: ScheduleOf;
  readonly now: number;
  readonly moveOpen: boolean;
}

/** The calendar of a person, by the consent they gave last. */
type ScheduleOf = (person: PersonToContact) => Schedule;

/** The same for one person. */
interface AmendingOne extends Omit<Amending, "before" | "after"> {
  readonly before: Schedule;
  readonly after: Schedule;
}

/** Windows that stay as they were, by person. */
type Held = ReadonlyMap<string, readonly WaveWindow[]>;

/** Whom an amendment concerns, and the windows it leaves as they were. */
export function effectOf(
  amending: Amending,
  everyone: readonly PersonToContact[],
): { readonly effect: AmendmentEffect; readonly held: Held } {
  const people = everyone.filter(({ enrolment, withdrawn }) => enrolment !== undefined && withdrawn !== true);
  const { now } = amending;
  const one = (person: PersonToContact): AmendingOne => ({
    ...amending,
    before: amending.before(person),
    after: amending.after(person),
  });
  const held = new Map(everyone.flatMap((person) => heldOf(one(person), person)));
  const count = (is: (person: PersonToContact) => boolean): number => people.filter(is).length;
  const messages = everyone.map((person) => {
    const { before, after } = one(person);
    const amended = { ...person, ...amendedFacts(one(person), person, held.get(person.id)) };
    return changedMessages(contactsDue(before, person, now), contactsDue(after, amended, now));
  });
  const effect = {
    people: people.length,
    open: count((person) => windowsOf(amending.before(person), person.enrolment).some(isOpenAt(now))),
    held: count(({ id, enrolment }) => (held.get(id)?.length ?? 0) > (enrolment?.held?.length ?? 0)),
    moved: count((person) => hasMoved(one(person), person, held.get(person.id))),
    messagesNow: messages.filter(({ atOnce }) => atOnce).length,
    messagesMoved: messages.filter(({ moved }) => moved).length,
    consent: count((person) => isAskedAgain(one(person), person)),
  };
  return { effect, held };
}

function windowsOf(schedule: Schedule, enrolment: Enrolment | undefined): readonly WaveWindow[] {
  return enrolment === undefined ? [] : schedule.enrolled(enrolment).windows;
}

const isOpenAt =
  (now: number) =>
  ({ opensAt, closesAt }: WaveWindow): boolean =>
    opensAt <= now && now < closesAt;

function heldOf(
  { before, after, now, moveOpen }: AmendingOne,
  { id, enrolment }: PersonToContact,
): readonly (readonly [string, readonly WaveWindow[]])[] {
  const held = enrolment && heldWindows(before, after, enrolment, { now, moveOpen });
  return held === undefined ? [] : [[id, held]];
}

/** What will be known of a person once the amendment is in force. */
function amendedFacts(
  amending: AmendingOne,
  person: PersonToContact,
  held: readonly WaveWindow[] | undefined,
): Pick<PersonToContact, "enrolment" | "consentAgain"> {
  const { enrolment } = person;
  const { version } = amending.after.protocol.consent;
  return {
    enrolment: enrolment && { ...enrolment, held: held ?? [] },
    consentAgain: isAskedAgain(amending, person) ? { version, since: amending.now } : person.consentAgain,
  };
}

/** A new version of the consent is put to everyone who gave an older one. */
function isAskedAgain({ before, after }: AmendingOne, { consentVersion }: PersonToContact): boolean {
  const { version } = after.protocol.consent;
  return (
    version > before.protocol.consent.version && consentVersion !== undefined && consentVersion < version
  );
}

function hasMoved(
  { before, after, now }: AmendingOne,
  { enrolment }: PersonToContact,
  held: readonly WaveWindow[] | undefined,
): boolean {
  if (enrolment === undefined) return false;
  const moved = windowsOf(after, { ...enrolment, held: held ?? [] });
  return windowsOf(before, enrolment).some((window) => {
    const other = moved.find(({ wave }) => wave === window.wave);
    if (other === undefined || window.closesAt <= now) return false;
    return other.opensAt !== window.opensAt || other.closesAt !== window.closesAt;
  });
}

interface Due {
  readonly decisions: readonly ContactDecision[];
  readonly next: number | undefined;
}

function changedMessages(before: Due, after: Due): { readonly atOnce: boolean; readonly moved: boolean } {
  const planned = new Set(before.decisions.filter(isSent).map(nameOf));
  return {
    atOnce: after.decisions.some((decision) => isSent(decision) && !planned.has(nameOf(decision))),
    moved: before.next !== after.next,
  };
}

const isSent = ({ kind }: ContactDecision): boolean => kind === "send";
const nameOf = ({ wave, contact }: ContactDecision): string => `${wave} ${contact}`;
