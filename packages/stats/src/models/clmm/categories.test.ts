import { expect, test } from "vitest";
import { readFixture, rows } from "../../testing/read-csv.ts";
import { clmm } from "./fit.ts";

test("an outcome with hundreds of values is refused as a number, at once", () => {
  const data = rows(readFixture("hunt_like"));
  expect(() => clmm("pain_c ~ ex + (1 | id)", data)).toThrow(/at most 50 ordered categories; found \d+/);
});
