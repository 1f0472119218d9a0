import { describe, expect, test } from "vitest";
import {
  afterMove,
  asksReason,
  isLocked,
  movesFrom,
  studyMoves,
  studyPhases,
  takesAnswers,
  takesPeople,
} from "./moves.ts";

describe("the phases of a study", () => {
  test("allow these moves and no others", () => {
    const table = studyPhases.flatMap((phase) =>
      [false, true].map((paused) => {
        const moves = movesFrom({ phase, paused }).map((move) => {
          const after = afterMove(move, { phase, paused });
          return `${move} → ${after.phase}${after.paused ? " paused" : ""}`;
        });
        return `${phase}${paused ? " paused" : ""}: ${moves.join(", ")}`;
      }),
    );
    expect(`\n${table.join("\n")}\n`).toMatchInlineSnapshot(`
      "
      design: open → recruiting
      design paused: open → recruiting paused
      recruiting: close_recruitment → running, pause → recruiting paused
      recruiting paused: close_recruitment → running paused, resume → recruiting
      running: reopen_recruitment → recruiting, pause → running paused
      running paused: reopen_recruitment → recruiting paused, resume → running
      locked: close → closed
      locked paused: close → closed paused
      published: close → closed
      published paused: close → closed paused
      closed: reopen → locked
      closed paused: reopen → locked paused
      "
    `);
  });

  test("ask why where people notice a break or something goes back", () => {
    expect(studyMoves.filter(asksReason)).toEqual(["reopen_recruitment", "pause", "reopen"]);
  });

  test("take answers, people and readers of results at different times", () => {
    expect(studyPhases.filter(takesAnswers)).toEqual(["recruiting", "running"]);
    expect(studyPhases.filter((phase) => takesPeople({ phase, paused: false }))).toEqual(["recruiting"]);
    expect(takesPeople({ phase: "recruiting", paused: true })).toBe(false);
    expect(studyPhases.filter(isLocked)).toEqual(["locked", "published", "closed"]);
  });
});
