import { type CalendarEntry, type ContactFacts, RECRUITMENT } from "./contact-types.ts";
import { contactsDue } from "./contacts-due.ts";
import { type Schedule, timetableFor } from "./timetable.ts";

/** A stretch of time, ms UTC; `to` is the first moment after it. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * What will happen to one person between two moments if they do nothing and nothing changes: the waves that open and
 * close, and the messages they would get. What they have finished, and a person who left, have nothing to come.
 */
export function calendarOf(
  schedule: Schedule,
  facts: ContactFacts,
  stretch: Stretch,
): readonly CalendarEntry[] {
  if (facts.withdrawn || (facts.stoppedAt !== undefined && facts.enrolment === undefined)) return [];
  const within = ({ at }: CalendarEntry): boolean => at >= stretch.from && at < stretch.to;
  return [...windowEntries(schedule, facts), ...messageEntries(schedule, facts, stretch)]
    .filter(within)
    .sort((a, b) => a.at - b.at || order[a.kind] - order[b.kind]);
}

const order: Readonly<Record<CalendarEntry["kind"], number>> = { closes: 0, opens: 1, message: 2 };

function windowEntries(schedule: Schedule, facts: ContactFacts): readonly CalendarEntry[] {
  const { windows, contacts } = timetableFor(schedule, facts);
  if (facts.enrolment === undefined) {
    const [first] = contacts;
    return first && facts.writesFrom !== undefined
      ? [{ at: first.closesAt, kind: "closes", wave: RECRUITMENT }]
      : [];
  }
  return windows
    .filter(({ wave }) => !facts.finished.has(wave))
    .flatMap(({ wave, opensAt, closesAt }) => [
      { at: opensAt, kind: "opens" as const, wave },
      { at: closesAt, kind: "closes" as const, wave },
    ]);
}

/** Lets time pass from one decision to the next. */
function messageEntries(
  schedule: Schedule,
  facts: ContactFacts,
  { from, to }: Stretch,
): readonly CalendarEntry[] {
  const entries: CalendarEntry[] = [];
  const decided = [...facts.decided];
  let now: number | undefined = from;
  while (now !== undefined && now < to) {
    const at: number = now;
    const due = contactsDue(schedule, { ...facts, decided }, at);
    for (const { wave, contact, kind } of due.decisions) {
      decided.push({ wave, contact, at, sent: kind === "send" });
      if (kind === "send") entries.push({ at, kind: "message", wave, contact });
    }
    now = due.next;
  }
  return entries;
}

/** What was known of a person at a moment in the past; at one to come, all that is known now. */
export function factsAsOf(facts: ContactFacts, at: number): ContactFacts {
  const { enrolment, agreedAt, stoppedAt } = facts;
  const known = (moment: number | undefined): number | undefined =>
    moment !== undefined && moment <= at ? moment : undefined;
  const joined = enrolment !== undefined && enrolment.enrolledAt <= at;
  return {
    ...facts,
    enrolment: joined
      ? { ...enrolment, moves: (enrolment.moves ?? []).filter((move) => move.at <= at) }
      : undefined,
    agreedAt: known(agreedAt),
    stoppedAt: known(stoppedAt),
    withdrawn: facts.withdrawn === true && known(stoppedAt) !== undefined,
    finished: new Map([...facts.finished].filter(([, finishedAt]) => finishedAt <= at)),
    decided: facts.decided.filter((each) => each.at <= at),
  };
}
