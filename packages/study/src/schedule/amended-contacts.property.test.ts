import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { heldWindows } from "../amendments/held-windows.ts";
import type { Protocol } from "../protocol/types.ts";
import { flagship } from "../testing/flagship.ts";
import { CONSENT_AGAIN, type ContactFacts, type DecidedContact } from "./contact-types.ts";
import { contactStands, contactsDue } from "./contacts-due.ts";
import { letterDue } from "./letter-due.ts";
import { clockMinutes } from "./rest-moments.ts";
import { compileSchedule, type Schedule } from "./timetable.ts";
import type { Enrolment } from "./windows.ts";

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 5, 12);
const END = START + 420 * DAY_MS;

const person: ContactFacts = {
  ...{ invitedAt: START, timeZone: "Europe/Oslo", writesFrom: START, agreedAt: START },
  enrolment: { enrolledAt: START, timeZone: "Europe/Oslo" },
  ...{ started: new Set(), finished: new Map(), decided: [] },
};

/** One amendment: on which day, how far the windows move, and which messages a wave has from then on. */
const amendment = fc.record({
  day: fc.integer({ min: 1, max: 400 }),
  opensDays: fc.integer({ min: -20, max: 0 }),
  closesDays: fc.integer({ min: 10, max: 40 }),
  days: fc.uniqueArray(fc.integer({ min: -3, max: 20 }), { minLength: 1, maxLength: 6 }),
  most: fc.integer({ min: 1, max: 5 }),
  moveOpen: fc.boolean(),
  consent: fc.boolean(),
});
type Amendment = typeof amendment extends fc.Arbitrary<infer T> ? T : never;

const names = ["wave_open", "reminder_1", "reminder_2", "last_reminder", "reminder_3", "finish_1"];

function amended({ opensDays, closesDays, days, most }: Amendment): Protocol {
  const messages = days.map((day, index) => ({ day, template: names[index] ?? "finish_2" }));
  return {
    ...flagship,
    messages: { ...flagship.messages, maxPerWave: most },
    waves: flagship.waves.map((wave, index) =>
      index === 0 ? wave : { ...wave, opensDays, closesDays, messages },
    ),
  };
}

interface State {
  schedule: Schedule;
  facts: ContactFacts;
  held: NonNullable<Enrolment["held"]>;
}

/** Lets time pass until a day; everything that is sent is kept. */
function pass(state: State, sent: DecidedContact[], { from, to }: { from: number; to: number }): void {
  let now: number | undefined = from;
  while (now !== undefined && now < to) {
    const at: number = now;
    const due = contactsDue(state.schedule, { ...state.facts, decided: sent }, at);
    for (const { wave, contact, kind } of due.decisions)
      sent.push({ wave, contact, at, sent: kind === "send" });
    now = due.next;
  }
}

function amend(state: State, change: Amendment, version: number): void {
  const now = START + change.day * DAY_MS;
  const schedule = compileSchedule(amended(change));
  const enrolment: Enrolment = { enrolledAt: START, timeZone: "Europe/Oslo", held: state.held };
  const { moveOpen } = change;
  const held = heldWindows(state.schedule, schedule, enrolment, { now, moveOpen }) ?? [];
  if (!moveOpen) {
    const windows = schedule.enrolled({ ...enrolment, held }).windows;
    const begun = state.schedule.enrolled(enrolment).windows.filter(({ opensAt }) => opensAt <= now);
    expect(windows.filter(({ wave }) => begun.some((each) => each.wave === wave))).toEqual(begun);
  }
  state.schedule = schedule;
  state.held = held;
  const asked = change.consent ? { consentAgain: { version, since: now } } : {};
  state.facts = { ...state.facts, ...asked, enrolment: { ...enrolment, held } };
}

describe("messages across random amendments", () => {
  test("none is decided twice, none comes within twelve hours of another, and open windows stay", () => {
    fc.assert(
      fc.property(fc.array(amendment, { minLength: 1, maxLength: 4 }), (changes) => {
        const state: State = { schedule: compileSchedule(flagship), facts: person, held: [] };
        const decided: DecidedContact[] = [];
        let from = START;
        const inOrder = [...changes].sort((a, b) => a.day - b.day);
        for (const [index, change] of inOrder.entries()) {
          const to = START + change.day * DAY_MS;
          pass(state, decided, { from, to });
          amend(state, change, index + 2);
          from = Math.max(from, to);
        }
        pass(state, decided, { from, to: END });
        const keys = decided.map(({ wave, contact }) => `${wave} ${contact}`);
        expect(new Set(keys).size).toBe(keys.length);
        const sent = decided.filter((each) => each.sent);
        for (const [index, { at }] of sent.entries())
          expect(at - (sent[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(DAY_MS / 2);
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  test("consent is asked anew once by mail for each version, and counts among the messages of an open wave", () => {
    const since = START + 91 * DAY_MS;
    const facts = { ...person, consentAgain: { version: 2, since } };
    const decided: DecidedContact[] = [];
    pass({ schedule: compileSchedule(flagship), facts, held: [] }, decided, { from: since, to: END });
    expect(decided.filter(({ wave }) => wave === CONSENT_AGAIN)).toHaveLength(1);
    const second = decided.filter((each) => each.sent && each.wave === "w2");
    expect(second).toHaveLength(3);
  });
});

describe("consent asked anew during a pause", () => {
  test("is mailed once, in the morning after the pause", () => {
    const since = START + 60 * DAY_MS;
    const pauses = [
      { from: since - DAY_MS, until: since + 40 * DAY_MS },
      { from: since + 40 * DAY_MS + 1, until: since + 43 * DAY_MS },
    ];
    const facts = { ...person, pauses, consentAgain: { version: 2, since } };
    const decided: DecidedContact[] = [];
    const from = since + 43 * DAY_MS;
    pass({ schedule: compileSchedule(flagship), facts, held: [] }, decided, { from, to: END });
    const asked = decided.filter(({ wave }) => wave === CONSENT_AGAIN);
    expect(asked.map(({ sent, at }) => [sent, Math.floor((at - from) / DAY_MS)])).toEqual([[true, 0]]);
    expect(clockMinutes(asked[0]?.at ?? 0, "Europe/Oslo")).toBe(
      Number(flagship.messages.quietTo.slice(0, 2)) * 60,
    );
  });
});

describe("a paused study sends nothing", () => {
  const schedule = compileSchedule(flagship);
  const opens = START + 91 * DAY_MS;

  test("while it is paused, whatever was decided before and whatever is due", () => {
    const paused = { ...person, paused: true };
    expect(contactsDue(schedule, paused, opens)).toEqual({ decisions: [], next: undefined });
    const name = { wave: "w2", contact: "wave_open" };
    expect(contactStands(schedule, paused, name, { now: opens })).toEqual({ kind: "drop", why: "paused" });
    expect(letterDue(schedule, paused, opens)).toBeUndefined();
  });

  test("nor afterwards what came due meanwhile: the next one follows as planned", () => {
    const pauses = [{ from: opens - DAY_MS, until: opens + 4 * DAY_MS }];
    const decided: DecidedContact[] = [];
    const from = opens + 4 * DAY_MS;
    pass({ schedule, facts: { ...person, pauses }, held: [] }, decided, { from, to: from + 30 * DAY_MS });
    const wave = decided.filter((each) => each.wave === "w2");
    expect(wave.map(({ contact, sent }) => `${contact} ${sent}`)).toEqual([
      "wave_open false",
      "reminder_1 false",
      "reminder_2 true",
      "last_reminder true",
    ]);
  });

  test("and once recruitment is closed nobody is invited any more", () => {
    const { enrolment: _, agreedAt: __, ...invited } = { ...person, recruitmentClosed: true };
    expect(contactsDue(schedule, invited, START + DAY_MS).decisions).toEqual([]);
    expect(letterDue(schedule, invited, START + DAY_MS)).toBeUndefined();
  });
});
