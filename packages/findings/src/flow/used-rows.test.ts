import { createTable, factorColumn, numericColumn } from "@longwave/stats";
import { expect, test } from "vitest";
import { usedRows } from "./used-rows.ts";

const table = createTable({
  id: factorColumn(["a", "a", "b", "b", "b", "c", "c"]),
  pain: numericColumn([1, 2, null, 3, 4, 1, null]),
  ex: numericColumn([0, 1, 2, 3, null, 1, 2]),
});

test("only people with two rows that are complete in every column of the model count", () => {
  expect(usedRows(table, ["id", "pain", "ex"], "id").byPerson.length).toBe(1);
  expect(usedRows(table, ["id", "pain"], "id").byPerson.length).toBe(2);
});

test("without a column that names the person nobody counts", () => {
  expect(usedRows(table, ["pain"], "nobody").byPerson.length).toBe(0);
});
