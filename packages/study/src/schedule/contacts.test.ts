import { describe, expect, test } from "vitest";
import { flagship } from "../testing/flagship.ts";
import { calendarOf } from "./calendar.ts";
import { type ContactFacts, type DecidedContact, RECRUITMENT } from "./contact-types.ts";
import { contactStands, contactsDue } from "./contacts-due.ts";
import { compileSchedule } from "./timetable.ts";

const schedule = compileSchedule(flagship);
const oslo = (text: string): number => Date.parse(`${text}+02:00`);
const enrolledAt = Date.UTC(2026, 0, 5, 12);
const day = (number: number): number => 24 * 3_600_000 * number;

/** Enrolled in Oslo on 5 January 2026 with reminders; wave 2 is due on 6 April, in summer time. */
function facts(more: Partial<ContactFacts> = {}): ContactFacts {
  return {
    invitedAt: enrolledAt - day(3),
    timeZone: "Europe/Oslo",
    enrolment: { enrolledAt, timeZone: "Europe/Oslo" },
    writesFrom: enrolledAt,
    agreedAt: enrolledAt,
    started: new Set(),
    finished: new Map([["w1", enrolledAt]]),
    decided: [],
    ...more,
  };
}
const invited = (more: Partial<ContactFacts> = {}): ContactFacts => ({
  invitedAt: oslo("2026-05-04T10:00:00"),
  timeZone: "Europe/Oslo",
  writesFrom: oslo("2026-05-04T10:00:00"),
  started: new Set(),
  finished: new Map(),
  decided: [],
  ...more,
});
const sent = (contact: string, at: number, wave = "w2"): DecidedContact => ({
  wave,
  contact,
  at,
  sent: true,
});
const opened = sent("wave_open", oslo("2026-04-06T08:00:00"));
const namesOf = (known: ContactFacts, at: number): readonly string[] =>
  contactsDue(schedule, known, at).decisions.map((each) => `${each.kind} ${each.contact}`);

describe("contactsDue", () => {
  test("writes on the morning of the person's own day, and says when to ask again", () => {
    const morning = oslo("2026-04-06T08:00:00");
    const before = contactsDue(schedule, facts(), morning - 1);
    expect(before).toEqual({ decisions: [], next: morning });
    const due = contactsDue(schedule, facts(), morning);
    expect(due.decisions).toEqual([{ wave: "w2", contact: "wave_open", kind: "send", finish: false }]);
    expect(due.next).toBe(oslo("2026-04-09T08:00:00"));
  });

  test("trap: a wave that is renamed keeps its contacts: what was decided before is not decided again", () => {
    const waves = flagship.waves.map((wave) => ({ ...wave, label: { en: `Round ${wave.id}` } }));
    const renamed = compileSchedule({ ...flagship, version: "1.1.0", waves });
    const later = oslo("2026-04-06T09:00:00");
    const known = facts({ decided: [opened] });
    expect(contactsDue(renamed, known, later)).toEqual({ decisions: [], next: oslo("2026-04-09T08:00:00") });
    expect(calendarOf(renamed, known, { from: later, to: later + day(400) })).toEqual(
      calendarOf(schedule, known, { from: later, to: later + day(400) }),
    );
  });

  test("asks the half-done to finish, in place of the reminder that everyone gets", () => {
    const known = facts({ started: new Set(["w2"]), decided: [opened] });
    const { decisions } = contactsDue(schedule, known, oslo("2026-04-09T08:00:00"));
    expect(decisions).toEqual([{ wave: "w2", contact: "reminder_1", kind: "send", finish: true }]);
  });

  test("writes no more about a wave that is finished, and goes on to the next", () => {
    const finished = new Map([
      ["w1", enrolledAt],
      ["w2", oslo("2026-04-07T09:00:00")],
    ]);
    const due = contactsDue(schedule, facts({ finished, decided: [opened] }), oslo("2026-04-09T08:00:00"));
    expect(due).toEqual({ decisions: [], next: oslo("2026-07-06T08:00:00") });
  });

  test("writes to nobody who left, did not tick reminders, or was given their link by hand", () => {
    const at = oslo("2026-04-06T08:00:00");
    const nothing = { decisions: [], next: undefined };
    expect(contactsDue(schedule, facts({ stoppedAt: at - 1 }), at)).toEqual(nothing);
    expect(contactsDue(schedule, facts({ agreedAt: undefined }), at)).toEqual(nothing);
    expect(contactsDue(schedule, invited({ writesFrom: undefined }), at)).toEqual(nothing);
  });

  test("invites at once by day and in the morning by night, reminds twice, and ends when the person joins", () => {
    const { invitedAt } = invited();
    expect(namesOf(invited(), invitedAt)).toEqual(["send invitation"]);
    const late = oslo("2026-05-04T23:00:00");
    const night = invited({ invitedAt: late, writesFrom: late });
    expect(contactsDue(schedule, night, late)).toEqual({ decisions: [], next: oslo("2026-05-05T08:00:00") });
    const decided = [sent("invitation", invitedAt, RECRUITMENT)];
    expect(contactsDue(schedule, invited({ decided }), invitedAt).next).toBe(oslo("2026-05-11T08:00:00"));
    expect(namesOf(invited({ decided }), oslo("2026-05-11T08:00:00"))).toEqual([
      "send invitation_reminder_1",
    ]);
    expect(contactsDue(schedule, invited({ decided }), invitedAt + day(43)).next).toBeUndefined();
  });

  test("is late rather than silent after a short outage, and leaves out what would stand beside the next one", () => {
    const known = facts({ decided: [opened] });
    expect(namesOf(known, oslo("2026-04-10T15:00:00"))).toEqual(["send reminder_1"]);
    expect(namesOf(known, oslo("2026-04-12T15:00:00"))).toEqual(["skip reminder_1"]);
    expect(namesOf(known, oslo("2026-04-13T09:00:00"))).toEqual(["skip reminder_1", "send reminder_2"]);
  });

  test("does not write on the last day of a wave what there is no day left for", () => {
    const at = oslo("2026-04-26T10:00:00");
    expect(namesOf(facts({ decided: [opened] }), at)).toEqual([
      "skip reminder_1",
      "skip reminder_2",
      "skip last_reminder",
    ]);
  });

  test("follows a person who moves: the next message comes in the morning of the new place", () => {
    const moves = [{ at: oslo("2026-04-07T12:00:00"), timeZone: "America/New_York" }];
    const enrolment = { enrolledAt, timeZone: "Europe/Oslo", moves };
    const known = facts({ enrolment, decided: [opened] });
    // 08:00 in Oslo is two in the night in New York.
    expect(contactsDue(schedule, known, oslo("2026-04-09T08:00:00"))).toEqual({
      decisions: [],
      next: oslo("2026-04-09T14:00:00"),
    });
  });

  test("trap: an amendment of an open wave sends nothing again", () => {
    const renamed = {
      ...flagship,
      version: "1.1.0",
      waves: flagship.waves.map((wave) => ({
        ...wave,
        label: { en: "Round" },
        closesDays: wave.closesDays - 1,
      })),
    };
    const known = facts({ decided: [opened, sent("reminder_1", oslo("2026-04-09T08:00:00"))] });
    const due = contactsDue(compileSchedule(renamed), known, oslo("2026-04-09T08:00:00"));
    expect(due.decisions).toEqual([]);
  });

  test("trap: a month of silence does not disable reminders", () => {
    const silent = facts({ decided: [opened] });
    expect(contactsDue(schedule, silent, oslo("2026-06-01T12:00:00")).next).toBe(oslo("2026-07-06T08:00:00"));
  });

  test("begins with a tick that comes in the middle of a wave, and does not list what came before it as left out", () => {
    const known = facts({ agreedAt: oslo("2026-04-12T12:00:00") });
    expect(contactsDue(schedule, known, oslo("2026-04-12T12:00:00"))).toEqual({
      decisions: [],
      next: oslo("2026-04-13T08:00:00"),
    });
  });

  test("gives a wave no more messages than the protocol promises", () => {
    const three = { ...flagship, messages: { ...flagship.messages, maxPerWave: 1 } };
    const due = contactsDue(
      compileSchedule(three),
      facts({ decided: [opened] }),
      oslo("2026-04-09T08:00:00"),
    );
    expect(due.decisions).toEqual([{ wave: "w2", contact: "reminder_1", kind: "skip", why: "enough" }]);
  });
});

describe("contactStands", () => {
  const name = { wave: "w2", contact: "reminder_1" };
  const at = oslo("2026-04-09T08:00:00");
  const standing = (more: Partial<ContactFacts>, now = at) =>
    contactStands(schedule, facts({ decided: [opened], ...more }), name, { now });

  test("lets a message go with the day its wave closes, in the words for where the person is by then", () => {
    const closesAt = oslo("2026-04-28T00:00:00");
    expect(standing({})).toEqual({ kind: "send", finish: false, closesAt });
    expect(standing({ started: new Set(["w2"]) })).toEqual({ kind: "send", finish: true, closesAt });
  });

  test.each([
    ["stopped", { stoppedAt: at - 1 }, at],
    ["finished", { finished: new Map([["w2", at - 1]]) }, at],
    ["not_agreed", { agreedAt: undefined }, at],
    ["overdue", {}, oslo("2026-04-12T09:00:00")],
    ["closed", {}, oslo("2026-04-28T00:00:00")],
  ] as const)("keeps back what is %s by the time it would be sent", (why, more, now) => {
    expect(standing(more, now)).toEqual({ kind: "drop", why });
  });

  test("keeps back an invitation of someone who joined meanwhile, and what an amendment has removed", () => {
    const invitation = { wave: RECRUITMENT, contact: "invitation" };
    expect(contactStands(schedule, facts(), invitation, { now: at })).toEqual({
      kind: "drop",
      why: "enrolled",
    });
    const gone = { wave: "w2", contact: "reminder_9" };
    expect(contactStands(schedule, facts(), gone, { now: at })).toEqual({ kind: "drop", why: "removed" });
  });

  test("lets staff send a late one again, but not after the wave has closed", () => {
    const again = (now: number) => contactStands(schedule, facts(), name, { now, asked: true }).kind;
    expect(again(oslo("2026-04-20T12:00:00"))).toBe("send");
    expect(again(oslo("2026-04-28T12:00:00"))).toBe("drop");
  });
});

describe("calendarOf", () => {
  test("lists what opens, closes and is written in a year for someone who never answers", () => {
    const to = enrolledAt + day(366);
    const entries = calendarOf(schedule, facts(), { from: enrolledAt + day(1), to });
    const texts = entries.map(({ at, kind, wave, contact = "" }) =>
      `${new Date(at).toISOString().slice(0, 16)} ${wave} ${kind} ${contact}`.trimEnd(),
    );
    expect(texts.slice(0, 6)).toEqual([
      "2026-03-29T22:00 w2 opens",
      "2026-04-06T06:00 w2 message wave_open",
      "2026-04-09T06:00 w2 message reminder_1",
      "2026-04-13T06:00 w2 message reminder_2",
      "2026-04-20T06:00 w2 message last_reminder",
      "2026-04-27T22:00 w2 closes",
    ]);
    expect(entries).toHaveLength(3 * 6 + 2);
  });

  test("shows someone without reminders their waves only, and someone who left nothing", () => {
    const year = { from: enrolledAt, to: enrolledAt + day(366) };
    const kinds = calendarOf(schedule, facts({ agreedAt: undefined }), year).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["opens", "closes"]));
    expect(calendarOf(schedule, facts({ stoppedAt: enrolledAt, withdrawn: true }), year)).toEqual([]);
  });
});
