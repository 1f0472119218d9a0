import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createTable, factorColumn, numericColumn, selectRows, takeRows } from "../table/columns.ts";
import type { Table } from "../table/table.ts";
import { longTable, wideTable } from "./wide.ts";

const long = createTable({
  id: factorColumn(["søren", "søren", "anna", "anna", "anna", "bo"]),
  wave: numericColumn([1, 3, 1, 2, 3, 2]),
  pain: numericColumn([4, null, 1, 2, 3, 5]),
  work: factorColumn(["yes", "no", "no", null, "no", "yes"]),
  sex: factorColumn(["m", "m", "f", null, "f", "m"]),
});
const options = { id: "id", time: "wave", varying: ["pain", "work"], person: ["sex"] };

function reordered(table: Table, order: readonly number[]): Table {
  const rows = Int32Array.from(order);
  const columns = Object.entries(table.columns).map(([name, column]) => [name, takeRows(column, rows)]);
  return createTable(Object.fromEntries(columns));
}

describe("a long table as a wide panel", () => {
  test("has one row for each person and a column for each variable and wave", () => {
    const panel = wideTable(long, options);
    expect(Object.keys(panel.table.columns)).toEqual([
      "id",
      "sex",
      "pain.1",
      "work.1",
      "pain.2",
      "work.2",
      "pain.3",
      "work.3",
    ]);
    expect(panel.table.columns["pain.2"]).toEqual(numericColumn([2, 5, null]));
    expect([...panel.table.columns["work.2"].missing]).toEqual([1, 0, 1]);
    expect([...panel.present]).toEqual([1, 1, 1, 0, 1, 0, 1, 0, 1]);
    expect(panel.rows).toEqual({ read: 6, used: 6, droppedMissing: 0 });
  });

  test("takes a person's own value from a row where it was seen", () => {
    const sex = wideTable(long, options).table.columns.sex;
    expect(sex.kind === "factor" && [...sex.codes].map((code) => sex.levels[code])).toEqual(["f", "m", "m"]);
  });

  test("goes back to the rows there were, or to every person and wave", () => {
    const panel = wideTable(long, options);
    const back = longTable(panel);
    expect(back.nrows).toBe(6);
    expect(back.columns.pain).toEqual(numericColumn([1, 2, 3, 5, 4, null]));
    expect(longTable(panel, "all").nrows).toBe(9);
    expect(wideTable(back, options).table).toEqual(panel.table);
  });

  test("does not depend on the order of the rows", () => {
    const panel = wideTable(long, options);
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
    const same = fc.property(order, (rows) => {
      expect(wideTable(reordered(long, rows), options).table).toEqual(panel.table);
    });
    fc.assert(same, { numRuns: 20 });
  });

  test("rows without a person or a wave are left out and counted", () => {
    const holes = createTable({
      id: numericColumn([1, null, 2]),
      wave: numericColumn([1, 1, null]),
      y: numericColumn([1, 2, 3]),
    });
    const panel = wideTable(holes, { id: "id", time: "wave", varying: ["y"] });
    expect(panel.table.nrows).toBe(1);
    expect(panel.rows).toEqual({ read: 3, used: 1, droppedMissing: 2 });
  });

  test("refuses two rows of one person at one wave and shows them", () => {
    const twice = selectRows(
      createTable({ ...long.columns, wave: numericColumn([1, 1, 1, 2, 3, 2]) }),
      () => true,
    );
    expect(() => wideTable(twice, options)).toThrow(/1 more, such as søren at 1/);
  });

  test("refuses a person's column that changes and names who", () => {
    const changed = createTable({ ...long.columns, sex: factorColumn(["m", "f", "f", "f", "f", "m"]) });
    expect(() => wideTable(changed, options)).toThrow(/different values in 1 people, such as søren/);
  });

  test.each([
    [["pain", "pain"], /"pain" twice/],
    [["pain", "sex"], /"sex" twice/],
    [[], /no varying column/],
  ])("refuses the varying columns %j", (varying, message) => {
    expect(() => wideTable(long, { ...options, varying })).toThrow(message);
  });

  test("refuses times that are not waves", () => {
    const many = createTable({
      id: numericColumn(Array.from({ length: 200 }, (_, i) => i)),
      wave: numericColumn(Array.from({ length: 200 }, (_, i) => 1.7e9 + i)),
      y: numericColumn(new Float64Array(200)),
    });
    expect(() => wideTable(many, { id: "id", time: "wave", varying: ["y"] })).toThrow(/found 200/);
  });
});
