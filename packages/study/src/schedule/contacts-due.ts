import {
  type ContactDecision,
  type ContactFacts,
  type ContactName,
  type ContactStanding,
  type ContactsDue,
  type DropReason,
  RECRUITMENT,
} from "./contact-types.ts";
import { type PlannedContact, type Schedule, timetableFor, zoneAt } from "./timetable.ts";

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
  if (since === undefined || facts.stoppedAt !== undefined) return { decisions: [], next: undefined };
  const decisions: ContactDecision[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (const planned of timetableFor(schedule, facts).contacts) {
    if (isSettled(facts, planned) || planned.until <= since) continue;
    const at = earliest(schedule, facts, planned, { now, justDecided: decisions.some(isSent) });
    if (at < planned.until && at > now) next = Math.min(next, at);
    else decisions.push(decide(schedule, facts, planned, { overdue: at >= planned.until, decisions }));
  }
  return { decisions, next: next === Number.POSITIVE_INFINITY ? undefined : next };
}

/** Since when the study may write: its own beginning with this person, and for an enrolled one their tick. */
function writesSince({ writesFrom, agreedAt, enrolment }: ContactFacts): number | undefined {
  if (writesFrom === undefined || enrolment === undefined) return writesFrom;
  return agreedAt === undefined ? undefined : Math.max(writesFrom, agreedAt);
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
  { protocol }: Schedule,
  facts: ContactFacts,
  { wave, contact }: PlannedContact,
  now: { readonly overdue: boolean; readonly decisions: readonly ContactDecision[] },
): ContactDecision {
  if (now.overdue) return { wave, contact, kind: "skip", why: "overdue" };
  const before = facts.decided.filter((each) => each.sent && each.wave === wave).length;
  const had = before + now.decisions.filter((each) => isSent(each) && each.wave === wave).length;
  if (had >= protocol.messages.maxPerWave) return { wave, contact, kind: "skip", why: "enough" };
  return { wave, contact, kind: "send", finish: facts.started.has(wave) };
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
  if (name.wave === RECRUITMENT && facts.enrolment !== undefined) return drop("enrolled");
  if (facts.enrolment !== undefined && facts.agreedAt === undefined) return drop("not_agreed");
  if (facts.finished.has(name.wave)) return drop("finished");
  const planned = timetableFor(schedule, facts).contacts.find((each) => isSame(each, name));
  if (planned === undefined) return drop("removed");
  if (now >= planned.closesAt) return drop("closed");
  if (now >= planned.until && !asked) return drop("overdue");
  return { kind: "send", finish: facts.started.has(name.wave), closesAt: planned.closesAt };
}
