import { chmodSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDataColumns } from "./data-columns.ts";
import { openFile } from "./file-source.ts";
import type { Source } from "./source.ts";
import { runDuckdb } from "./testing/duckdb.ts";
import { temporaryFolder } from "./testing/temporary-files.ts";

const folder = temporaryFolder();

async function withSource<T>(path: string, use: (source: Source) => Promise<T>): Promise<T> {
  const source = await openFile(path);
  try {
    return await use(source);
  } finally {
    await source.close();
  }
}

async function columnOf(path: string, name: string) {
  return withSource(path, async (source) => (await source.fitData({ columns: [name] })).table.columns[name]);
}

async function valuesOf(path: string): Promise<Record<string, readonly unknown[]>> {
  const columns = await readDataColumns(path);
  return Object.fromEntries(columns.map((column) => [column.name, column.values]));
}

/** Runs SQL that writes a Parquet file. */
async function writeParquet(name: string, select: string): Promise<string> {
  const path = join(folder.path, name);
  await runDuckdb(":memory:", `copy (${select}) to '${path}' (format parquet)`);
  return path;
}

describe("reading CSV", () => {
  test("numbers, text, dates and true/false become columns, and empty cells and NA are missing", async () => {
    const path = folder.write(
      "kinds.csv",
      'id,pain,sex,day,active\n1,2.5,female,2026-03-01,true\n2,NA,"NA",2026-03-02,false\n3,,"",,TRUE\n',
    );
    expect(await valuesOf(path)).toEqual({
      id: [1, 2, 3],
      pain: [2.5, null, null],
      sex: ["female", null, null],
      day: ["2026-03-01", "2026-03-02", null],
      active: [1, 0, 1],
    });
    const description = await withSource(path, (source) => source.describe());
    expect(description.nrows).toBe(3);
    expect(description.columns).toEqual([
      { name: "id", kind: "number", missing: 0 },
      { name: "pain", kind: "number", missing: 2 },
      { name: "sex", kind: "text", missing: 2 },
      { name: "day", kind: "date", missing: 1 },
      { name: "active", kind: "number", missing: 0 },
    ]);
  });

  test("dates count as days since 1970-01-01, the time of day as a fraction", async () => {
    const days = await columnOf(folder.write("days.csv", "d,t\n1970-01-02,1970-01-02 12:00:00\n"), "d");
    const times = await columnOf(join(folder.path, "days.csv"), "t");
    expect(days).toMatchObject({ kind: "numeric", values: Float64Array.of(1) });
    expect(times).toMatchObject({ kind: "numeric", values: Float64Array.of(1.5) });
  });

  test("text becomes a factor with its levels in code-point order, whatever the order of the rows", async () => {
    const column = await columnOf(folder.write("levels.csv", "g\nøst\nb\nA\nNA\na\nb\n"), "g");
    expect(column).toEqual({
      kind: "factor",
      levels: ["A", "a", "b", "øst"],
      codes: Int32Array.of(3, 2, 0, 0, 1, 2),
      missing: Uint8Array.of(0, 0, 0, 1, 0, 0),
    });
  });

  test("labels made of digits stay text: a leading zero, or too large for a double", async () => {
    const path = folder.write(
      "labels.csv",
      "code,long,decimal,zero\n007,123456789012345678,0.5,0\n8,123456789012345679,00.25,1\n",
    );
    expect(await valuesOf(path)).toEqual({
      code: ["007", "8"],
      long: ["123456789012345678", "123456789012345679"],
      decimal: [0.5, 0.25],
      zero: [0, 1],
    });
  });

  test("quoted text may hold separators, quotation marks and line breaks", async () => {
    const path = folder.write("quoted.csv", 'id,note\n1,"a, b"\n2,"she said ""hi"""\n3,"two\nlines"\n');
    expect((await valuesOf(path)).note).toEqual(["a, b", 'she said "hi"', "two\nlines"]);
  });

  test("semicolons with decimal commas, tabs, a byte-order mark, Windows line ends and R's row names are read", async () => {
    const semicolons = folder.write("semicolons.csv", "\uFEFFid;pain\r\n1;2,5\r\n2;3,25\r\n");
    expect(await valuesOf(semicolons)).toEqual({ id: [1, 2], pain: [2.5, 3.25] });
    const tabs = folder.write("tabs.csv", "id\tpain\n1\t2.5\n");
    expect(await valuesOf(tabs)).toEqual({ id: [1], pain: [2.5] });
    const rowNames = folder.write("rownames.csv", '"","pain"\n"1",4\n');
    expect(await valuesOf(rowNames)).toEqual({ column_1: [1], pain: [4] });
  });

  test("a gzip-compressed CSV is read whatever its name", async () => {
    const bytes = gzipSync("id,pain\n1,4\n2,5\n");
    expect(await valuesOf(folder.write("small.csv.gz", bytes))).toEqual({ id: [1, 2], pain: [4, 5] });
    expect(await valuesOf(folder.write("renamed.csv", bytes))).toEqual({ id: [1, 2], pain: [4, 5] });
  });

  test("a file name with pattern characters and quotes names that one file", async () => {
    folder.write("waves1.csv", "x\n1\n");
    expect(await valuesOf(folder.write("waves[1]'s.csv", "x\n2\n"))).toEqual({ x: [2] });
  });

  test("columns whose names differ only in capitals are different columns", async () => {
    expect(await valuesOf(folder.write("capitals.csv", "Age,age\n1,2\n"))).toEqual({ Age: [1], age: [2] });
  });

  test("rows keep the order of the file, also across many chunks and with several threads", async () => {
    const nrows = 300_000;
    const lines = Array.from({ length: nrows }, (_, row) => `${row},${row % 7 === 0 ? "NA" : `g${row % 5}`}`);
    const path = folder.write("long.csv", `row,group\n${lines.join("\n")}\n`);
    const source = await openFile(path, { threads: 2 });
    const { table } = await source.fitData({ columns: ["row", "group"] });
    await source.close();
    const column = table.columns.row;
    const inOrder = column?.kind === "numeric" && column.values.every((value, row) => value === row);
    expect([table.nrows, inOrder]).toEqual([nrows, true]);
  });

  test("any table of numbers and text written as CSV is read back", async () => {
    const row = fc.record({
      number: fc.option(fc.double({ noNaN: true, min: -1e12, max: 1e12 })),
      text: fc.option(fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).map((text) => `t${text}`)),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const quote = (text: string | null) => (text === null ? "" : `"${text.replaceAll('"', '""')}"`);
        const lines = rows.map(({ number, text }) => `x,${number ?? ""},${quote(text)}`);
        const path = folder.write(`any-${run++}.csv`, `key,number,text\n${lines.join("\n")}\n`);
        const values = await valuesOf(path);
        expect(values.number).toEqual(rows.map(({ number }) => (number === null ? null : number + 0)));
        if (rows.some(({ text }) => text !== null)) expect(values.text).toEqual(rows.map(({ text }) => text));
      }),
      { numRuns: 40 },
    );
  });
});

describe("reading Parquet", () => {
  test("its own types decide: text made of digits stays text, and very large whole numbers become labels", async () => {
    const path = await writeParquet(
      "kinds.parquet",
      `select * from (values (1, '12', true, date '2026-03-01', 1.5::decimal(4,2), 9223372036854775807),
         (2, null, false, null, null, 1)) t(id, code, flag, day, amount, big)`,
    );
    expect(await valuesOf(path)).toEqual({
      id: [1, 2],
      code: ["12", null],
      flag: [1, 0],
      day: ["2026-03-01", null],
      amount: [1.5, null],
      big: ["9223372036854775807", "1"],
    });
  });

  test("a nested column is described, and refused when it is asked for", async () => {
    const path = await writeParquet("nested.parquet", "select 1 as id, [1, 2] as list");
    const description = await withSource(path, (source) => source.describe());
    expect(description.columns[1]).toEqual({ name: "list", kind: "other", missing: 0 });
    await expect(columnOf(path, "list")).rejects.toMatchObject({ code: "source.column-kind" });
    expect(await columnOf(path, "id")).toMatchObject({ values: Float64Array.of(1) });
  });

  test("a truncated file and a file that only has the name are refused", async () => {
    const whole = await writeParquet("whole.parquet", "select 1 as id");
    const cut = folder.write("cut.parquet", readFileSync(whole).subarray(0, 60));
    await expect(openFile(cut)).rejects.toMatchObject({ code: "source.parquet" });
    const named = folder.write("named.parquet", "id\n1\n");
    await expect(openFile(named)).rejects.toMatchObject({ code: "source.parquet" });
  });

  test("a file that was cut off is named, also among many, and so are files whose columns are of other kinds", async () => {
    const whole = await writeParquet("part-1.parquet", "select i as id, i % 7 as x from range(5000) t(i)");
    await writeParquet("part-2.parquet", "select i as id, 'word' || i as x from range(5000) t(i)");
    const parts = join(folder.path, "part-*.parquet");
    await expect(openFile(parts)).rejects.toMatchObject({
      code: "source.parquet",
      message: expect.stringMatching(/part-2\.parquet.*column "x".*VARCHAR/),
    });
    folder.write("part-2.parquet", readFileSync(whole).subarray(0, 3000));
    await expect(openFile(parts)).rejects.toMatchObject({
      code: "source.parquet",
      message: expect.stringMatching(/No magic bytes.*part-2\.parquet/),
    });
  });

  test("a file without rows is refused", async () => {
    const path = await writeParquet("norows.parquet", "select 1 as id where false");
    await expect(openFile(path)).rejects.toMatchObject({ code: "source.header-only" });
  });
});

describe("reading many files, zstd and DuckDB", () => {
  test("files that a pattern names are one table, in the order of their names", async () => {
    await writeParquet("many-b.parquet", "select 3 as id, 'c' as g");
    await writeParquet("many-a.parquet", "select * from (values (1, 'a'), (2, 'b')) t(id, g)");
    expect(await valuesOf(join(folder.path, "many-*.parquet"))).toEqual({
      id: [1, 2, 3],
      g: ["a", "b", "c"],
    });
    await expect(openFile(join(folder.path, "none-*.parquet"))).rejects.toThrow("there are none");
    await writeParquet("many-c.parquet", "select 4 as person");
    await expect(openFile(join(folder.path, "many-*.parquet"))).rejects.toMatchObject({
      code: "source.parquet",
    });
  });

  test("a zstd-compressed CSV is read whatever its name, and mistakes in it are found", async () => {
    const write = async (name: string, rows: string) => {
      const path = join(folder.path, name);
      await runDuckdb(":memory:", `copy (${rows}) to '${path}' (format csv, compression zstd)`);
      return path;
    };
    const path = await write("small.csv.zst", "select * from (values (1, 'a, b'), (2, 'c')) t(id, g)");
    expect(await valuesOf(path)).toEqual({ id: [1, 2], g: ["a, b", "c"] });
    const cut = folder.write("cut.csv.zst", readFileSync(path).subarray(0, 20));
    await expect(openFile(cut)).rejects.toMatchObject({ name: "SourceError" });
  });

  test("a table of a DuckDB file is read by its name, which may be left out where there is one", async () => {
    const path = join(folder.path, "study.duckdb");
    await runDuckdb(path, "create table person_wave as select 1 as id, 2.5 as pain");
    expect(await valuesOf(path)).toEqual({ id: [1], pain: [2.5] });
    await runDuckdb(path, "create table other as select 7 as x");
    expect(await valuesOf(`${path}?table=other`)).toEqual({ x: [7] });
    await expect(openFile(path)).rejects.toThrow("has the tables other, person_wave");
    await expect(openFile(`${path}?table=person_wav`)).rejects.toThrow('Did you mean "person_wave"?');
  });
});

describe("keeping rows", () => {
  test("where keeps the rows it is true for, and may name columns that were not asked for", async () => {
    const path = folder.write("where.csv", "id,pain,patient\n1,4,1\n2,5,0\n3,6,NA\n4,7,1\n");
    const { table } = await withSource(path, (source) =>
      source.fitData({ columns: ["pain"], where: "patient == 1 and pain > 4" }),
    );
    expect(table.nrows).toBe(1);
    expect(table.columns.pain).toMatchObject({ values: Float64Array.of(7) });
  });

  test("a column that is not there is refused with the nearest name", async () => {
    const path = folder.write("names.csv", "id,pain_vrs,exercise\n1,2,3\n");
    await expect(columnOf(path, "pain_vsr")).rejects.toMatchObject({
      code: "source.unknown-column",
      message: expect.stringContaining('Did you mean "pain_vrs"? The columns are: id, pain_vrs, exercise.'),
    });
    const wrongWhere = withSource(path, (source) =>
      source.fitData({ columns: ["id"], where: "exercies > 1" }),
    );
    await expect(wrongWhere).rejects.toThrow('Did you mean "exercise"?');
  });
});

describe("files that cannot be read", () => {
  const cases: readonly [string, string | Uint8Array, string, RegExp][] = [
    ["empty.csv", "", "source.empty-file", /is empty/],
    ["blank.csv", " \n\n", "source.empty-file", /is empty/],
    ["header.csv", "id,pain\n", "source.header-only", /no rows/],
    ["binary.csv", Uint8Array.of(1, 2, 0, 3, 200, 10), "source.not-text", /not text/],
    ["sheet.xlsx", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), "source.spreadsheet", /Excel/],
    ["utf16.csv", Uint8Array.of(0xff, 0xfe, 0x69, 0, 0x0a, 0), "source.encoding", /UTF-16/],
    ["latin.csv", Buffer.from("id,name\n1,Ola\n2,Bj\xf8rn\n", "latin1"), "source.encoding", /line 3/],
    ["twice.csv", "id,pain,pain\n1,2,3\n", "source.duplicate-columns", /"pain" more than once/],
    ["wide.csv", "id,pain\n1,2\n2,3,4\n", "source.ragged-line", /Expected 2 fields.*line 3 .* has 3/],
    ["narrow.csv", 'id,note\n1,"a\nb"\n2\n', "source.ragged-line", /line 4 .* has 1/],
    ["open.csv", 'id,note\n1,"a\n2,b\n', "source.open-quote", /line 2/],
    ["infinite.csv", "id,x\n1,2\n2,Inf\n", "source.not-finite", /column "x"; row 2/],
    ["cut.csv.gz", gzipSync("id,pain\n1,4\n2,5\n").subarray(0, 24), "source.gzip", /unpacked/],
  ];
  test.each(cases)(
    "%s is refused with what was expected, found and what to do",
    async (name, content, code, words) => {
      const path = folder.write(name, content);
      const error = await readDataColumns(path).then(
        () => undefined,
        (reason: unknown) => reason as Error,
      );
      expect(error).toMatchObject({ name: "SourceError", code });
      expect(error?.message).toMatch(words);
      expect(error?.message).toContain("Expected");
    },
  );

  test("no file, and a folder, are refused", async () => {
    await expect(openFile(join(folder.path, "nowhere.csv"))).rejects.toMatchObject({
      code: "source.no-file",
    });
    const inner = join(folder.path, "inner");
    mkdirSync(inner);
    await expect(openFile(inner)).rejects.toMatchObject({ code: "source.folder" });
  });

  test.skipIf(process.getuid?.() === 0)("a file without read permission is refused", async () => {
    const path = folder.write("locked.csv", "id\n1\n");
    chmodSync(path, 0);
    await expect(openFile(path)).rejects.toMatchObject({ code: "source.not-readable" });
  });
});
