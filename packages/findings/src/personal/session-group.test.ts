import { buildDataset } from "@longwave/study";
import { expect, test } from "vitest";
import { protocol } from "../testing/study.ts";
import { sessionGroup } from "./session-group.ts";
import { eventsOf, rowsOf } from "./testing/own-record.ts";

const items = {
  event: "session_log",
  before: "s_pre",
  after: "s_post",
  rest: { event: "rest_prompt", before: "r_now", after: "r_30" },
};

/** People whose changes over sessions lie around their own difference, in steps of one point. */
function datasetOf(differences: readonly number[], count: number) {
  const around = (centre: number) =>
    Array.from({ length: count }, (_, index) => [5, 5 + centre + (index % 2 === 0 ? 1 : -1)] as const);
  let seq = 0;
  const people = differences.map((_, index) => ({
    id: `p${index}`,
    invitedAt: 0,
    enrolledAt: Date.UTC(2026, 2, 2),
    timeZone: "Europe/Oslo",
  }));
  const answers = differences.flatMap((difference, index) => {
    const events = { ...eventsOf("session", around(difference)), ...eventsOf("rest", around(0)) };
    return rowsOf(events, `p${index}`).map((row) => ({ ...row, seq: ++seq }));
  });
  return buildDataset({ protocol, people, answers, upToSeq: seq });
}

test("the group's numbers are those of the people who have both sessions and rest", () => {
  const differences = Array.from({ length: 12 }, (_, index) => (index % 3) - 1);
  const group = sessionGroup(datasetOf(differences, 20), items);
  expect(group?.people).toBe(12);
  expect(group?.mean).toBeCloseTo(0, 9);
  // 20 changes of plus and minus 1: 20 / 19.
  expect(group?.residual).toBeCloseTo(Math.sqrt(20 / 19), 9);
  // The differences -1, 0 and 1 have variance 8 / 11, of which 2 / 19 is error; all weigh alike.
  expect(group?.between).toBeCloseTo(Math.sqrt(8 / 11 - 2 / 19), 6);
});

test("people without rest say nothing about the group", () => {
  expect(sessionGroup(datasetOf([0], 20), items)).toBeUndefined();
  expect(sessionGroup(datasetOf([0, 1], 1), items)).toBeUndefined();
});
