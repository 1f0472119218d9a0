import { expect, test } from "vitest";
import { compileEventForm } from "../instruments/compile-event-form.ts";
import { flagship } from "../testing/flagship.ts";
import { comingEventPart, eventPartState, openEventPart } from "./events.ts";

const form = compileEventForm(flagship, "session", "en");
const began = { event: "session_log", id: "a", beganAt: 0, answered: ["s_type", "s_pre"] };
const minute = 60_000;

test("a session has three parts with every question of the study text, in its order", () => {
  expect(form?.parts.map(({ id, items }) => [id, items.map((item) => item.id)])).toEqual([
    ["before", ["s_type", "s_pre"]],
    ["after", ["s_min", "s_rpe", "s_post"]],
    ["next_day", ["s_next"]],
  ]);
});

test("after the rating before, the rating after is open for half a day, then the next day's comes and goes", () => {
  if (form === undefined) throw new Error("the flagship study logs sessions");
  const at = (now: number) => [openEventPart(form, began, now)?.id, comingEventPart(form, began, now)?.id];
  expect(at(5 * minute)).toEqual(["after", "next_day"]);
  expect(at(13 * 60 * minute)).toEqual([undefined, "next_day"]);
  expect(at(20 * 60 * minute)).toEqual(["next_day", undefined]);
  expect(at(31 * 60 * minute)).toEqual([undefined, undefined]);
  expect(form.parts.map((part) => eventPartState(part, began, 31 * 60 * minute))).toEqual([
    "done",
    "passed",
    "passed",
  ]);
});

test("a rest's second rating comes half an hour after the first", () => {
  const rest = compileEventForm(flagship, "rest", "nb");
  expect(rest?.parts.map(({ fromMinutes, untilMinutes }) => [fromMinutes, untilMinutes])).toEqual([
    [0, 120],
    [30, 90],
  ]);
});
