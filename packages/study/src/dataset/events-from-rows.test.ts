import { describe, expect, test } from "vitest";
import { dataTableCsv } from "../export/table-csv.ts";
import { flagship } from "../testing/flagship.ts";
import { eventsFromRows } from "./events-from-rows.ts";
import type { ColumnMapping, DataColumn } from "./types.ts";

const people = ["a", "b"];
const text = (name: string, values: readonly (string | null)[]): DataColumn => ({
  name,
  kind: "text",
  values,
});
const number = (name: string, values: readonly (number | null)[]): DataColumn => ({
  name,
  kind: "number",
  values,
});

const file: readonly DataColumn[] = [
  text("id", ["a", "a", "b"]),
  text("event", ["session_log", "rest_prompt", "session_log"]),
  text("s_type", ["walk", null, "yoga"]),
  number("s_pre", [3, null, 2]),
  number("s_post", [2, null, null]),
  number("r_now", [null, 4, null]),
  number("r_30", [null, 4, null]),
  number("r_30_minutes", [null, 45, null]),
];

function read(columns: readonly DataColumn[], mapping?: ColumnMapping) {
  return eventsFromRows({ protocol: flagship, columns, mapping, people });
}

describe("sessions and rests from a file", () => {
  test("have the columns of a study's own event table, with the reason where the file has none", () => {
    const table = read(file);
    const column = (name: string) => table.columns.find((one) => one.name === name);
    expect(table.nrows).toBe(3);
    expect(column("s_type")?.values).toEqual(["walk", null, "yoga"]);
    expect(column("r_30_minutes")?.values).toEqual([null, 45, null]);
    expect(column("s_post")?.missing).toEqual([null, "not_answered", "not_answered"]);
    expect(column("s_next")?.missing).toEqual(["not_in_file", "not_in_file", "not_in_file"]);
    expect(dataTableCsv(table, { reasons: "left-out" }).split("\r\n")[0]).toMatch(
      /^id,event,occurrence,answered_at,s_type/,
    );
  });

  test("are counted for each person in the order of the file when it does not number them", () => {
    expect(read(file).columns.find(({ name }) => name === "occurrence")?.values).toEqual(["1", "2", "1"]);
  });

  test("take their part of a mapping that also serves the rows by wave", () => {
    const [id, event, ...rest] = file;
    const renamed = [text("who", id?.values as readonly string[]), ...(event ? [event] : []), ...rest];
    const mapping = { columns: { id: { column: "who" }, pain_vrs: { column: "pain" } } };
    expect(read(renamed, mapping).columns[0]?.values).toEqual(["a", "a", "b"]);
  });

  test.each([
    [
      "an activity nobody listed",
      [...file.slice(0, 2), text("s_type", ["walk", "chess", "yoga"])],
      "dataset.unknown-code",
    ],
    ["no column that says whose they are", file.slice(1), "dataset.missing-column"],
    [
      "a row that is neither session nor rest",
      [file[0], text("event", ["session_log", null, "rest_prompt"])],
      "dataset.missing-column",
    ],
    ["other people altogether", [text("id", ["x", "y", "z"]), ...file.slice(1)], "dataset.unknown-person"],
  ])("with %s are refused", (_, columns, code) => {
    expect(() => read(columns as readonly DataColumn[])).toThrow(expect.objectContaining({ code }));
  });
});
