import {
  CONSENT_AGAIN,
  type ContactDecision,
  type ContactFacts,
  type ContactName,
  type ContactStanding,
  type ContactsDue,
  type DropReason,
  RECRUITMENT,
} from "./contact-types.ts";
import { consentContact, type PlannedContact, type Schedule, timetableFor, zoneAt } from "./timetable.ts";

/** No two messages of a study come closer together. */
const APART_MS = 12 * 3_600_000;

/**
 * The contacts to be decided about one person at `now` (ms UTC), and the next moment at which there can be more without
 * news of the person.
 *
 * A contact is decided from the first moment of its local day outside the quiet hours, until its time has passed
 * (three days at most, a day before the one after it, a day before the wave closes); then it is left out, with the
 * reason. Nothing is decided in the person's quiet hours, nor within twelve hours of another message. A contact that
 * has been decided is known by wave and name and is never decided again, whatever the protocol says now.
 */
export function contactsDue(schedule: Schedule, facts: ContactFacts, now: number): ContactsDue {
  const since = writesSince(facts);
  if (since === undefined || !mayWrite(facts)) return { decisions: [], next: undefined };
  const decisions: ContactDecision[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (const planned of plannedContacts(schedule, facts)) {
    if (isSettled(facts, planned) || planned.until <= since) continue;
    if (cameInPause(facts, planned)) {
      const { wave, contact } = planned;
      decisions.push({ wave, contact, kind: "skip", why: "paused" });
      continue;
    }
    const at = earliest(schedule, facts, planned, { now, justDecided: decisions.some(isSent) });
    if (at < planned.until && at > now) next = Math.min(next, at);
    else decisions.push(decide(schedule, facts, planned, { now, overdue: at >= planned.until, decisions }));
  }
  return { decisions, next: next === Number.POSITIVE_INFINITY ? undefined : next };
}

/** Not to someone who left, in a pause, or to someone invited once recruitment is closed. */
function mayWrite({ stoppedAt, paused, recruitmentClosed, enrolment }: ContactFacts): boolean {
  if (stoppedAt !== undefined || paused === true) return false;
  return enrolment !== undefined || recruitmentClosed !== true;
}

/** A contact that came due in a pause that is over is left out, so that nothing is sent in a heap afterwards. */
function cameInPause({ pauses = [] }: ContactFacts, { from }: PlannedContact): boolean {
  return pauses.some((pause) => pause.from <= from && from < pause.until);
}

/** Since when the study may write: its own beginning with this person, and for an enrolled one their tick. */
function writesSince({ writesFrom, agreedAt, enrolment }: ContactFacts): number | undefined {
  if (writesFrom === undefined || enrolment === undefined) return writesFrom;
  return agreedAt === undefined ? undefined : Math.max(writesFrom, agreedAt);
}

function plannedContacts(schedule: Schedule, facts: ContactFacts): readonly PlannedContact[] {
  const { contacts } = timetableFor(schedule, facts);
  const consent = consentContact(schedule, facts);
  return consent === undefined ? contacts : [...contacts, consent];
}

function isSettled(facts: ContactFacts, name: ContactName): boolean {
  return facts.finished.has(name.wave) || facts.decided.some((each) => isSame(each, name));
}

function isSame(one: ContactName, other: ContactName): boolean {
  return one.wave === other.wave && one.contact === other.contact;
}

const isSent = ({ kind }: ContactDecision): boolean => kind === "send";

/** The first moment from now on at which this contact may be decided. */
function earliest(
  { time }: Schedule,
  facts: ContactFacts,
  { from }: PlannedContact,
  { now, justDecided }: { readonly now: number; readonly justDecided: boolean },
): number {
  if (from > now) return from;
  const last = facts.decided.reduce(
    (latest, { at, sent }) => (sent ? Math.max(latest, at) : latest),
    justDecided ? now : Number.NEGATIVE_INFINITY,
  );
  const at = Math.max(now, last + APART_MS);
  return time.afterQuiet(at, zoneAt(facts, at));
}

function decide(
  schedule: Schedule,
  facts: ContactFacts,
  { wave, contact }: PlannedContact,
  { now, overdue, decisions }: Moment,
): ContactDecision {
  if (overdue) return { wave, contact, kind: "skip", why: "overdue" };
  const had = messagesOf(schedule, facts, wave, { now, decisions });
  if (had >= schedule.protocol.messages.maxPerWave) return { wave, contact, kind: "skip", why: "enough" };
  return { wave, contact, kind: "send", finish: facts.started.has(wave) };
}

/** When it is decided, and what has been decided about the same person just now. */
interface Moment {
  readonly now: number;
  readonly overdue: boolean;
  readonly decisions: readonly ContactDecision[];
}

/**
 * How many messages have been sent about a wave. One that asks for consent anew while a wave is open is one of those the
 * wave may have.
 */
function messagesOf(
  schedule: Schedule,
  facts: ContactFacts,
  about: string,
  { now, decisions }: Pick<Moment, "now" | "decisions">,
): number {
  const sent = [
    ...facts.decided.filter((each) => each.sent),
    ...decisions.filter(isSent).map(({ wave, contact }) => ({ wave, contact, at: now })),
  ];
  const open = timetableFor(schedule, facts).windows.find(({ wave, opensAt, closesAt }) =>
    about === CONSENT_AGAIN ? opensAt <= now && now < closesAt : wave === about,
  );
  const asked = sent.filter(
    ({ wave, at }) => wave === CONSENT_AGAIN && open && open.opensAt <= at && at < open.closesAt,
  );
  return sent.filter(({ wave }) => wave === (open?.wave ?? about)).length + asked.length;
}

/**
 * Whether a decided message may still be sent at `now`, by all that is known now: the person may have answered or left
 * meanwhile, or the mail server have been away until the next message is near.
 *
 * @param asked  sent again by staff with a reason: only a late hour is no obstacle then.
 */
export function contactStands(
  schedule: Schedule,
  facts: ContactFacts,
  name: ContactName,
  { now, asked = false }: { readonly now: number; readonly asked?: boolean },
): ContactStanding {
  const drop = (why: DropReason): ContactStanding => ({ kind: "drop", why });
  if (facts.stoppedAt !== undefined) return drop("stopped");
  if (facts.paused === true) return drop("paused");
  if (name.wave === RECRUITMENT && facts.enrolment !== undefined) return drop("enrolled");
  if (facts.enrolment === undefined && facts.recruitmentClosed === true) return drop("recruitment_closed");
  if (facts.enrolment !== undefined && facts.agreedAt === undefined) return drop("not_agreed");
  if (facts.finished.has(name.wave)) return drop("finished");
  const planned = plannedContacts(schedule, facts).find((each) => isSame(each, name));
  if (planned === undefined) return drop("removed");
  if (now >= planned.closesAt) return drop("closed");
  if (now >= planned.until && !asked) return drop("overdue");
  return { kind: "send", finish: facts.started.has(name.wave), closesAt: planned.closesAt };
}
