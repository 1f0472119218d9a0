import { type ContactFacts, RECRUITMENT } from "./contact-types.ts";
import { type Schedule, timetableFor } from "./timetable.ts";

/** What a letter to one person is about now, and the first moment at which it can no longer be answered. */
export interface LetterDue {
  /** A wave, or `RECRUITMENT` for an invitation. */
  readonly about: string;
  /** The wave that a code in the letter opens. */
  readonly wave: string;
  /** ms UTC. */
  readonly closesAt: number;
  /** The wave has been begun: the letter asks to finish it. */
  readonly finish: boolean;
}

/**
 * The letter that is due to a person at `now`, for those who get no mail: the invitation while they can still join, or
 * the wave that is open and not finished. Undefined for whoever has left, wants no messages, or did not agree to be
 * reminded.
 */
export function letterDue(schedule: Schedule, facts: ContactFacts, now: number): LetterDue | undefined {
  if (facts.stoppedAt !== undefined || facts.withdrawn === true || facts.paused === true) return undefined;
  const timetable = timetableFor(schedule, facts);
  if (facts.enrolment === undefined) {
    if (facts.recruitmentClosed === true) return undefined;
    const [first] = schedule.protocol.waves;
    const closesAt = timetable.contacts.find(({ wave }) => wave === RECRUITMENT)?.closesAt;
    if (first === undefined || closesAt === undefined || now >= closesAt) return undefined;
    return { about: RECRUITMENT, wave: first.id, closesAt, finish: false };
  }
  if (facts.agreedAt === undefined) return undefined;
  const open = timetable.windows.find(
    ({ wave, opensAt, closesAt }) => opensAt <= now && now < closesAt && !facts.finished.has(wave),
  );
  if (open === undefined) return undefined;
  const { wave, closesAt } = open;
  return { about: wave, wave, closesAt, finish: facts.started.has(wave) };
}
