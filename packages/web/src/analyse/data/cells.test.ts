import { describe, expect, test } from "vitest";
import { numberOf, oddCell, writingOf } from "./cells.ts";
import { decode } from "./decode.ts";
import { readTable } from "./table-file.ts";

describe("the cells of a column", () => {
  test.each([
    [["1", "2.5", null], ";", "point", 2.5],
    [["1", "2,5", null], ";", "comma", 2.5],
    [["1", "2,5"], ",", "comma", 2.5],
    [["1", "1,234"], ";", "comma", 1.234],
    [["2024-01-05", "1970-01-03"], ",", "date", 2],
    [["2024-01-05", "1970-01-03T12:00"], ",", "date", 2.5],
    [["5.1.2024", "03.01.1970"], ",", "date", 2],
  ] as const)("%j between %j are read as %s", (cells, delimiter, writing, second) => {
    expect(writingOf(cells, delimiter)).toBe(writing);
    expect(numberOf(cells[1], writing)).toBe(second);
  });

  test.each([
    [["1", "1,234"], ","],
    [["2024-02-30", "2024-01-01"], ","],
    [["3,5", "2024-01-01"], ";"],
    [["mild", "1"], ","],
  ] as const)("%j between %j stay text, because they may mean something else", (cells, delimiter) => {
    expect(writingOf(cells, delimiter)).toBe("text");
  });

  test("that keep an otherwise numeric column from being numbers are found", () => {
    expect(oddCell(["1", "2,5", "don't know"])).toBe("don't know");
    expect(oddCell(["mild", "severe", "1"])).toBeNull();
  });
});

describe("a file from a spreadsheet", () => {
  test("keeps its letters, whichever way it was saved", () => {
    const windows = new Uint8Array([0x6b, 0xf8, 0x6e]).buffer;
    expect(decode(windows)).toEqual({ text: "køn", encoding: "windows-1252" });
    expect(decode(new TextEncoder().encode("køn").buffer)).toEqual({ text: "køn", encoding: null });
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, 0x61]).buffer;
    expect(decode(marked)).toEqual({ text: "a", encoding: "UTF-8-BOM" });
    const wide = new Uint8Array([0xff, 0xfe, 0xf8, 0x00]).buffer;
    expect(decode(wide)).toEqual({ text: "ø", encoding: "UTF-16" });
  });

  test("says how it is written, so that other programs can read it alike", () => {
    const { form, columns } = readTable(
      "id;dag;x;y\na;2024-01-05;1,5;NA\nb;2024-01-06;.;3\n",
      "windows-1252",
    );
    expect(form).toEqual({
      delimiter: ";",
      encoding: "windows-1252",
      writing: { id: "text", dag: "date", x: "comma", y: "point" },
      missing: [".", "NA"],
    });
    expect(columns.map(({ kind }) => kind)).toEqual(["text", "date", "number", "number"]);
  });
});
