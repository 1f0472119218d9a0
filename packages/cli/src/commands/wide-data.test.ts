import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const write = (name: string, lines: readonly string[]) => {
  writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  return name;
};

const cohort = fileURLToPath(new URL("../../../../examples/r-simulated-cohort/cohort.csv", import.meta.url));
const [header = "", ...lines] = readFileSync(cohort, "utf8").trimEnd().split("\n");
const names = header.split(",");
const at = (line: string | undefined, name: string) => line?.split(",")[names.indexOf(name)] ?? "";

/** The cohort with one row for each person; the waves under names of their own. */
function wideCohort(columnOf: (name: string, wave: number) => string): string[] {
  const people = new Map<string, string[]>();
  for (const line of lines) people.set(at(line, "id"), [...(people.get(at(line, "id")) ?? []), line]);
  const series = ["months", "pain_vrs", "ex_index"];
  const waves = [0, 1, 2, 3, 4];
  const head = ["id", "sex", ...series.flatMap((name) => waves.map((wave) => columnOf(name, wave)))];
  const rows = [...people].map(([id, own]) =>
    [
      id,
      at(own[0], "sex"),
      ...series.flatMap((name) =>
        waves.map((wave) =>
          at(
            own.find((line) => at(line, "wave") === String(wave)),
            name,
          ),
        ),
      ),
    ].join(","),
  );
  return [head.join(","), ...rows];
}

const MODEL = "pain_vrs ~ within(ex_index) + between(ex_index) + sex + wave + (1 | id)";
const long = longwave(folder, "fit", MODEL, cohort, "--time", "wave");

describe("longwave fit --wide", () => {
  write(
    "wide.csv",
    wideCohort((name, wave) => `${name}_${wave}`),
  );
  const WIDE = ["--wide", "months,pain_vrs,ex_index"] as const;

  test.each(["rows", "sums"])("prints what long data give, with --engine %s", async (engine) => {
    const found = await longwave(folder, "fit", MODEL, "wide.csv", ...WIDE, "--engine", engine);
    expect(found).toEqual(await long);
  });

  test("columns of any name are listed, with their waves", async () => {
    const letters = ["a", "b", "c", "d", "e"];
    write(
      "letters.csv",
      wideCohort((name, wave) => `${name}.${letters[wave]}`),
    );
    const list = (name: string) => `${name}=${letters.map((letter) => `${name}.${letter}`).join(",")}`;
    const named = ["--wide", ["months", "pain_vrs", "ex_index"].map(list).join(";"), "--waves", "0,1,2,3,4"];
    expect(await longwave(folder, "fit", MODEL, "letters.csv", ...named)).toEqual(await long);
  });

  test("filters and lags are of the long rows", async () => {
    const model = "pain_vrs ~ lag(ex_index) + sex + (1 | id)";
    const where = ["--where", "wave >= 1 and pain_vrs < 6"];
    const wanted = await longwave(folder, "fit", model, cohort, "--time", "wave", ...where);
    for (const engine of ["rows", "sums"]) {
      const found = await longwave(folder, "fit", model, "wide.csv", ...WIDE, ...where, "--engine", engine);
      expect(found).toEqual(wanted);
    }
  });

  test("sums leave the house as those of long data do", async () => {
    const wanted = await longwave(folder, "sums", MODEL, cohort, "--time", "wave");
    expect(await longwave(folder, "sums", MODEL, "wide.csv", ...WIDE)).toEqual(wanted);
  });

  test("--explain prints the statement, which groups no rows by person", async () => {
    const { stdout } = await longwave(folder, "fit", MODEL, "wide.csv", ...WIDE, "--explain");
    expect(stdout).toContain("Plan     sums");
    expect(stdout).not.toContain("group by person");
  });
});

describe("wide data that do not fit are refused in a sentence", () => {
  const refused = async (file: string, ...options: readonly string[]) => {
    const { code, stderr } = await longwave(folder, "fit", "pain ~ wave + (1 | id)", file, ...options);
    expect(code).toBe(2);
    return stderr;
  };
  const small = write("small.csv", ["id,pain_0,pain_3,pain_6", "a,1,2,3", "b,2,,4", "c,5,1,0"]);

  test.each([
    [["--wide", "pian"], 'Did you mean "pain"'],
    [
      ["--wide", "pain=pain_0,pain_3", "--waves", "0,3,6"],
      'a column of "pain" for each of the waves 0, 3, 6',
    ],
    [["--wide", "pain=pain_0,pain_9"], 'Did you mean "pain_0"'],
    [["--wide", "pain", "--time", "id"], "each name once"],
    [["--waves", "0,3"], "Expected --wide LIST with --waves"],
    [["--wide", "pain", "--waves", "3,0"], "numbers that go up"],
    [
      ["--wide", "pain", "--on-duplicate", "first", "--time", "wave"],
      "Expected long data with --on-duplicate",
    ],
    [[], "add --wide pain"],
  ])("%s", async (options, sentence) => {
    expect(await refused(small, ...options)).toContain(sentence);
  });

  test("a person with two rows, and a series of numbers and words", async () => {
    const twice = write("twice.csv", ["id,pain_0,pain_3", "a,1,2", "a,1,3", "b,2,2"]);
    expect(await refused(twice, "--wide", "pain")).toContain("id = a has 2");
    const mixed = write("mixed.csv", ["id,pain_0,pain_3", "a,1,mild", "b,2,bad"]);
    expect(await refused(mixed, "--wide", "pain")).toContain("number in pain_0 and text in pain_3");
  });

  test("rows without a name count as people, and a note says so", async () => {
    const nameless = write("nameless.csv", ["pain_0,pain_3,pain_6", "1,2,3", "2,,4", "5,1,0", "3,3,1"]);
    const { code, stderr } = await longwave(
      folder,
      "fit",
      "pain ~ wave + (1 | id)",
      nameless,
      "--wide",
      "pain",
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining("every row counts as a person")]);
  });
});
