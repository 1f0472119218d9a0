import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import type { DataTable } from "../dataset/types.ts";
import { csvText, spreadsheetSafe } from "./csv.ts";
import { dataTableCsv, reasonColumnName } from "./table-csv.ts";

const table: DataTable = {
  name: "person_wave",
  nrows: 3,
  columns: [
    { name: "id", kind: "text", values: ["a", "b", "c"] },
    { name: "pain_vrs", kind: "number", values: [0, null, 2.5], missing: [null, "skipped", null] },
    { name: "s_type", kind: "text", values: ["walk", null, "=1+1"], missing: [null, "not_asked", null] },
  ],
};

test("each column that can be missing is followed by the reasons", () => {
  expect(dataTableCsv(table)).toBe(
    [
      "id,pain_vrs,pain_vrs__missing,s_type,s_type__missing",
      "a,0,,walk,",
      "b,,skipped,,not_asked",
      "c,2.5,,'=1+1,",
      "",
    ].join("\n"),
  );
});

test("reasons can be left out", () => {
  expect(dataTableCsv(table, { reasons: "left-out" })).toBe(
    "id,pain_vrs,s_type\na,0,walk\nb,,\nc,2.5,'=1+1\n",
  );
});

test("an empty table is its header", () => {
  const none: DataTable = {
    name: "event",
    nrows: 0,
    columns: [{ name: "id", kind: "text", values: [], missing: [] }],
  };
  expect(dataTableCsv(none)).toBe(`id,${reasonColumnName("id")}\n`);
});

test("words that a spreadsheet would compute are shown instead, and numbers stay numbers", () => {
  const cells = ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "\tx", "\rx", "-5", "+5", "a=b", "'"];
  expect(cells.map(spreadsheetSafe)).toEqual([
    "'=1+1",
    "'+SUM(A1)",
    "'-2+3",
    "'@cmd",
    "'\tx",
    "'\rx",
    "-5",
    "+5",
    "a=b",
    "'",
  ]);
  expect(csvText(["x"], [[-0.25]])).toBe("x\n-0.25\n");
});

test("what is not a number and what is not there are empty cells", () => {
  expect(csvText(["x", "y"], [[Number.NaN, null]])).toBe("x,y\n,\n");
});

test("another reader of CSV finds the same cells, whatever is written in them", () => {
  const cell = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom('"', ",", "\n", "\r\n", "=1", "æ"));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
      const parsed = Papa.parse<string[]>(csvText(["a", "b"], rows), { newline: "\n" }).data;
      expect(parsed.slice(0, -1)).toEqual([["a", "b"], ...rows.map((row) => row.map(spreadsheetSafe))]);
    }),
    { seed: 20260801 },
  );
});
