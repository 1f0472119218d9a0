import { describe, expect, test } from "vitest";
import { flagship } from "../testing/flagship.ts";
import { sessionPromptsDue } from "./session-prompts.ts";

const noon = Date.UTC(2026, 2, 4, 11);
const minute = 60_000;
const nobody = { timeZone: "Europe/Oslo", logged: [], rests: [], promptedOn: [] };
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
    expect(sessionPromptsDue(flagship, facts, noon - minute)).toEqual({
      prompt: undefined,
      cancelled: [],
      passed: [],
    });
  });

  test("a session logged that day cancels the rest, even one that began after the moment drawn", () => {
    const facts = { ...nobody, rests: [rest], logged: [session(noon + 5 * minute)] };
    expect(sessionPromptsDue(flagship, facts, noon + 10 * minute)).toEqual({
      prompt: undefined,
      cancelled: ["r"],
      passed: [],
    });
  });

  test("a moment that went by while nothing could be sent is not made up for", () => {
    expect(sessionPromptsDue(flagship, { ...nobody, rests: [rest] }, noon + 31 * minute)).toEqual({
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
    expect(sessionPromptsDue(flagship, facts, noon + minute)).toEqual({
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
});
