import { describe, expect, test } from "vitest";
import { flagship } from "../testing/flagship.ts";
import { type PromptName, promptStands, restWeekToDraw, sessionPromptsDue } from "./session-prompts.ts";

const noon = Date.UTC(2026, 2, 4, 11);
const minute = 60_000;
const nobody = { timeZone: "Europe/Oslo", logged: [], rests: [], weeksDrawn: ["2026-03-02"], promptedOn: [] };
const rest = { id: "r", localDate: "2026-03-04", dueAt: noon };
const session = (beganAt: number, answered: readonly string[] = ["s_type", "s_pre"]) => ({
  event: "session_log",
  id: "s",
  beganAt,
  answered,
});

describe("prompts about sessions and rests", () => {
  test("a rest moment that has come is asked, and one that waits is left alone", () => {
    const facts = { ...nobody, rests: [rest] };
    expect(sessionPromptsDue(flagship, facts, noon + minute).prompt).toEqual({
      kind: "rest",
      id: "r",
      localDate: "2026-03-04",
    });
    expect(sessionPromptsDue(flagship, facts, noon - minute)).toMatchObject({
      prompt: undefined,
      cancelled: [],
      passed: [],
    });
  });

  test("a session logged that day cancels the rest, even one that began after the moment drawn", () => {
    const facts = { ...nobody, rests: [rest], logged: [session(noon + 5 * minute)] };
    expect(sessionPromptsDue(flagship, facts, noon + 10 * minute)).toMatchObject({
      prompt: undefined,
      cancelled: ["r"],
      passed: [],
    });
  });

  test("a moment that went by while nothing could be sent is not made up for", () => {
    expect(sessionPromptsDue(flagship, { ...nobody, rests: [rest] }, noon + 31 * minute)).toMatchObject({
      prompt: undefined,
      cancelled: [],
      passed: ["r"],
    });
  });

  test("the missing half of a session is reminded of once its time has come, and not when it is there", () => {
    const facts = { ...nobody, logged: [session(noon)] };
    expect(sessionPromptsDue(flagship, facts, noon + 100 * minute).prompt).toBeUndefined();
    expect(sessionPromptsDue(flagship, facts, noon + 151 * minute).prompt).toMatchObject({ part: "after" });
    const whole = { ...nobody, logged: [session(noon, ["s_type", "s_pre", "s_min", "s_rpe", "s_post"])] };
    expect(sessionPromptsDue(flagship, whole, noon + 151 * minute).prompt).toBeUndefined();
    expect(sessionPromptsDue(flagship, whole, noon + 1201 * minute).prompt).toMatchObject({
      part: "next_day",
    });
  });

  test("one message a day is the most: a rest that finds the day taken ends without one", () => {
    const facts = { ...nobody, rests: [rest], promptedOn: ["2026-03-04"] };
    expect(sessionPromptsDue(flagship, facts, noon + minute)).toMatchObject({
      prompt: undefined,
      cancelled: [],
      passed: ["r"],
    });
  });

  test("nothing is sent in the quiet hours of the person's own clock", () => {
    const evening = Date.UTC(2026, 2, 4, 18, 30);
    const facts = { ...nobody, logged: [session(evening)] };
    expect(sessionPromptsDue(flagship, facts, evening + 160 * minute).prompt).toBeUndefined();
    const there = { ...facts, timeZone: "America/New_York" };
    expect(sessionPromptsDue(flagship, there, evening + 160 * minute).prompt).toMatchObject({
      part: "after",
    });
  });

  test("says when to look next: at a rest, at a reminder, on the day after a prompt, and when the next week begins", () => {
    const next = (facts: object, now = noon) => {
      const at = sessionPromptsDue(flagship, { ...nobody, ...facts }, now).next;
      return at === undefined ? undefined : new Date(at).toISOString();
    };
    expect(next({})).toBeUndefined();
    expect(next({ rests: [rest] }, noon - minute)).toBe("2026-03-04T11:00:00.000Z");
    expect(next({ logged: [session(noon)] })).toBe("2026-03-04T13:30:00.000Z");
    const evening = noon + 8 * 60 * minute;
    const half = session(evening, ["s_type", "s_pre", "s_min", "s_rpe", "s_post"]);
    expect(next({ logged: [half] }, evening)).toBe("2026-03-05T15:00:00.000Z");
    const morning = Date.UTC(2026, 2, 4, 8);
    const prompted = { logged: [session(morning)], promptedOn: ["2026-03-04"] };
    expect(next(prompted, noon), "the after part is closed by then").toBe("2026-03-05T07:00:00.000Z");
    const whole = session(noon, ["s_type", "s_pre", "s_min", "s_rpe", "s_post", "s_next"]);
    expect(next({ logged: [whole] })).toBe("2026-03-08T23:00:00.000Z");
    const weeks = 27 * 24 * 60 * minute;
    expect(next({ logged: [whole] }, noon + weeks), "nothing more four weeks after").toBeUndefined();
  });

  test("a week's rests are drawn once, and only for who has logged a session in the last four weeks", () => {
    const drawn = (facts: object, now = noon) => restWeekToDraw(flagship, { ...nobody, ...facts }, now);
    expect(drawn({ weeksDrawn: [] })).toBeUndefined();
    expect(drawn({ weeksDrawn: [], logged: [session(noon - minute)] })).toBe("2026-03-02");
    expect(drawn({ logged: [session(noon - minute)] })).toBeUndefined();
    expect(drawn({ logged: [session(noon)] }, noon + 29 * 24 * 60 * minute)).toBeUndefined();
  });

  test("a decided prompt is asked again before it goes: whoever has answered or logged a session gets none", () => {
    const stands = (name: PromptName, facts: object, now = noon + minute) =>
      promptStands(flagship, { ...nobody, agreed: true, ...facts }, { name, rest, now });
    const asRest: PromptName = { kind: "rest", id: "r", localDate: "2026-03-04" };
    const asPart: PromptName = { ...asRest, kind: "part", event: "session_log", id: "s", part: "after" };
    expect(stands(asRest, {})).toEqual({ kind: "send", beganAt: noon, until: noon + 120 * minute });
    const dropped = (why: string) => ({ kind: "drop", why });
    expect(stands(asRest, { agreed: false })).toEqual(dropped("not_agreed"));
    expect(stands(asRest, { logged: [session(noon)] })).toEqual(dropped("session"));
    const given = { event: "rest_prompt", id: "r", beganAt: noon, answered: ["r_now"] };
    expect(stands(asRest, { logged: [given] })).toEqual(dropped("answered"));
    expect(stands(asRest, {}, noon + 31 * minute)).toEqual(dropped("late"));
    expect(stands(asPart, { logged: [session(noon)] })).toMatchObject({ kind: "send", beganAt: noon });
    expect(stands(asPart, { logged: [session(noon, ["s_pre", "s_min"])] })).toEqual(dropped("answered"));
    expect(stands(asPart, { logged: [session(noon)] }, noon + 721 * minute)).toEqual(dropped("late"));
  });
});
