import { createTable, factorColumn, numericColumn } from "@longwave/stats";
import { expect, test } from "vitest";
import { peopleWithTwoCompleteRows } from "./complete-people.ts";

const table = createTable({
  id: factorColumn(["a", "a", "b", "b", "b", "c", "c"]),
  pain: numericColumn([1, 2, null, 3, 4, 1, null]),
  ex: numericColumn([0, 1, 2, 3, null, 1, 2]),
});

test("only people with two rows that are complete in every column of the model count", () => {
  expect(peopleWithTwoCompleteRows(table, ["id", "pain", "ex"], "id")).toBe(1);
  expect(peopleWithTwoCompleteRows(table, ["id", "pain"], "id")).toBe(2);
});

test("without a column that names the person nobody counts", () => {
  expect(peopleWithTwoCompleteRows(table, ["pain"], "nobody")).toBe(0);
});
