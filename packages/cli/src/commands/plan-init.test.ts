import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Publication } from "@longwave/findings";
import { describe, expect, test } from "vitest";
import { main } from "../run.ts";
import { longwave, memoryIo, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const examples = fileURLToPath(new URL("../../../../examples/", import.meta.url));
const cohort = join(examples, "r-simulated-cohort/cohort.csv");
const crossover = join(examples, "hivsn-crossover-pain/hivsn_crossover_pain.csv");
const trial = join(examples, "ashar-back-pain/ashar_backpain.csv");
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const bundle = (name: string) => JSON.parse(read(`${name}/publication.json`)) as Publication;

/** A plan's own lines, without the comments. */
const lines = (name: string) =>
  read(name)
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, ""))
    .filter((line) => line !== "" && !line.startsWith("#"));

describe("a simulated cohort with other names and codes", () => {
  test("gets a plan from its columns, and analyse waits for what no data can tell", async () => {
    const ran = await longwave(folder, "plan", "init", cohort, "--yes", "--out", "cohort.yaml");
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    expect(ran.stdout).toContain(`Next: longwave analyse cohort.yaml ${cohort} --out report/`);
    expect(lines("cohort.yaml").slice(1)).toMatchSnapshot();
    const waiting = await longwave(folder, "analyse", "cohort.yaml", cohort, "--out", "waiting");
    expect(waiting.code).toBe(2);
    expect(waiting.stderr).toMatch(
      /cohort\.yaml:\d+:3 outcome\.noticeable: .*found FILL-IN\. Which difference/,
    );
    expect(readdirSync(folder)).not.toContain("waiting");
  });

  test("is analysed once the limits are there, and the bundle can be verified by the plan", async () => {
    write(
      "cohort.yaml",
      read("cohort.yaml")
        .replace("negligible: FILL-IN", "negligible: 0.1")
        .replace("noticeable: FILL-IN", "noticeable: 0.5"),
    );
    const ran = await longwave(
      folder,
      "analyse",
      "cohort.yaml",
      cohort,
      "--out",
      "cohort",
      "--simulated",
      "--confirmatory",
    );
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    const { findings, dataset, methods } = bundle("cohort");
    expect(findings.map(({ id, rule }) => [id, rule])).toEqual([
      ["H1", 3],
      ["H2", 6],
      ["H3", 7],
      ["H4", 7],
      ["H5", 6],
    ]);
    expect(dataset.people).toBe(568);
    expect(methods.flatMap(({ paragraphs }) => paragraphs).join(" ")).toContain(
      "How they were asked or measured is not in the plan.",
    );
    const same = await longwave(
      folder,
      "verify",
      "cohort/publication.json",
      cohort,
      "--protocol",
      "cohort.yaml",
    );
    expect([same.code, same.stderr]).toEqual([0, ""]);
    expect(same.stdout).toContain("Same:");
  }, 240_000);

  test("gives the estimate of the same formula fitted by hand", async () => {
    const fit = await longwave(
      folder,
      "fit",
      "pain_vrs ~ within(ex_index) + between(ex_index) + sex + age + factor(education) + factor(smoking) + factor(wave) + (1 + within(ex_index) | id)",
      cohort,
      "--min-rows",
      "2",
      "--json",
    );
    const slopeOf = (json: unknown): number =>
      (json as { fixed: { term: string; estimate: number }[] }).fixed.find(
        ({ term }) => term === "within(ex_index)",
      )?.estimate ?? Number.NaN;
    const byHand = slopeOf(JSON.parse(fit.stdout));
    expect(byHand).toBeLessThan(-0.03);
    expect(slopeOf(bundle("cohort").models[0]?.fit)).toBeCloseTo(byHand, 7);
  });

  test("can be exported as a preregistration that says the answers exist", async () => {
    const ran = await longwave(folder, "plan", "export", "cohort.yaml");
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("The answers had been gathered when this plan was written.");
    expect(ran.stdout).not.toContain("1 people");
  });
});

test("a crossover trial: words as codes, groups named by their column, gaps read from the column's name", async () => {
  const args = ["--yes", "--negligible", "0.3", "--noticeable", "1", "--by", "arv", "--out", "cross.yaml"];
  await longwave(folder, "plan", "init", crossover, ...args);
  expect(lines("cross.yaml")).toEqual(
    expect.arrayContaining([
      "  values: { A: 0, P: 1 }",
      '  groups: { "No": arv No, "Yes": arv Yes }'.replace(/"(No|Yes)"/g, (name) => name),
      "  days: [0, 14, 35, 63, 77, 98]",
      "answers: [same-time, groups]",
    ]),
  );
  const ran = await longwave(folder, "analyse", "cross.yaml", crossover, "--out", "cross", "--confirmatory");
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  expect(bundle("cross").findings.map(({ rows }) => rows.map(({ label }) => label))).toEqual([
    ["Everyone"],
    ["Arv No", "Arv Yes"],
  ]);
  const words = read("cross/index.html").replace(/<style>[\s\S]*?<\/style>|<[^>]*>/g, " ");
  expect(/\b(wo)?men\b/i.exec(words)).toBeNull();
}, 240_000);

test("a trial with two occasions reads only its patients when the plan says so", async () => {
  const args = [
    "--yes",
    "--negligible",
    "0.3",
    "--noticeable",
    "1",
    "--exposure",
    "pcs",
    "--out",
    "trial.yaml",
  ];
  const init = await longwave(folder, "plan", "init", trial, ...args);
  expect(init.stdout).toContain("With two waves what comes first cannot be asked");
  write("trial.yaml", read("trial.yaml").replace("# only: is_patient == 1 ", "only: is_patient == 1 "));
  const ran = await longwave(folder, "analyse", "trial.yaml", trial, "--out", "trial", "--confirmatory");
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  expect(bundle("trial").dataset.people).toBe(152);
  expect(read("trial/index.html")).toContain("Only the rows with is_patient == 1 were read.");
}, 240_000);

test.each(["myaiguide_p1_weekly.csv", "myaiguide_p1_daily.csv"])(
  "one person's series (%s) is pointed to the command for it",
  async (name) => {
    const file = join(examples, "myaiguide-knee-pain", name);
    const ran = await longwave(folder, "plan", "init", file, "--yes", "--out", "one.yaml");
    expect(ran.code).toBe(2);
    const [, typed = ""] = /no plan is needed: longwave fit (.*?) \(with/.exec(ran.stderr) ?? [];
    expect(ran.stderr).toMatch(/several people with several rows each/);
    const words = Array.from(typed.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? "");
    const fit = await longwave(folder, "fit", ...words);
    expect([fit.code, fit.stderr]).toEqual([0, ""]);
  },
  240_000,
);

test("a file with a row for each person is read as waves when its columns are numbered", async () => {
  const rows = Array.from({ length: 40 }, (_, i) => {
    const [low, high] = [i % 4, (i * 7) % 5];
    return `p${i},${30 + i},${low + 2},${low + 3 - (high > 2 ? 1 : 0)},${low + 1},${high},${high + 1},${(high + i) % 6}`;
  });
  write("wide.csv", `id,age,pain_1,pain_2,pain_3,walk_1,walk_2,walk_3\n${rows.join("\n")}\n`);
  const args = ["--yes", "--negligible", "0.2", "--noticeable", "1", "--out", "wide.yaml"];
  const init = await longwave(folder, "plan", "init", "wide.csv", ...args);
  expect([init.code, init.stderr]).toEqual([0, ""]);
  expect(lines("wide.yaml")).toEqual(
    expect.arrayContaining([
      "  wide:",
      "    pain: [pain_1, pain_2, pain_3]",
      "    walk: [walk_1, walk_2, walk_3]",
    ]),
  );
  const ran = await longwave(folder, "analyse", "wide.yaml", "wide.csv", "--out", "wide", "--confirmatory");
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  expect(bundle("wide").dataset).toMatchObject({ people: 40, rows: 120 });
}, 240_000);

test("a diary of several people over many days becomes weeks, a mean of each", async () => {
  const days = Array.from({ length: 12 * 100 }, (_, i) => {
    const [person, day] = [Math.floor(i / 100), i % 100];
    const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
    return `k${person},${date},${(person + day) % 7},${(person * day) % 9}`;
  });
  write("diary.csv", `person,date,pain,steps\n${days.join("\n")}\n`);
  await longwave(folder, "plan", "init", "diary.csv", "--yes", "--out", "diary.yaml");
  expect(lines("diary.yaml")).toEqual(
    expect.arrayContaining(["  column: date", "  every: 1 week", "  waves: 15", "  several: mean"]),
  );
});

describe("on a terminal", () => {
  /** Runs `plan init` with someone typing these answers. */
  async function typing(answers: readonly string[], ...args: readonly string[]) {
    const io = memoryIo(folder, { answers });
    const code = await main(["plan", "init", ...args], io);
    return { code, ...io.text() };
  }

  test("an empty answer takes what stands in brackets, and a slip is asked again", async () => {
    const ran = await typing(["", "", "pain_vsr", "pain_vrs", "pain"], cohort, "--out", "typed.yaml");
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("Which column says whose row it is? [id] ");
    expect(ran.stderr).toContain("found pain_vsr. Did you mean pain_vrs?");
    expect(lines("typed.yaml")).toEqual(expect.arrayContaining(["  column: pain_vrs", "  label: pain"]));
    expect(lines("typed.yaml")).toEqual(expect.arrayContaining(["  noticeable: FILL-IN"]));
  });

  test("options answer their questions beforehand", async () => {
    const ran = await typing([], cohort, "--id", "id", "--noticeable", "0.4", "--out", "options.yaml");
    expect(ran.stderr).not.toContain("whose row");
    expect(lines("options.yaml")).toEqual(expect.arrayContaining(["  noticeable: 0.4"]));
  });

  test("a plan that is there already is never written over", async () => {
    const before = read("options.yaml");
    const ran = await typing([], cohort, "--out", "options.yaml");
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("may hold your changes")]);
    expect(read("options.yaml")).toBe(before);
  });
});

describe("what it says of a file that cannot be planned for", () => {
  write("empty.csv", "");
  write("once.csv", "id,pain,steps\n1,2,3\n2,3,4\n3,4,5\n");
  write("blank.csv", "id,wave,pain,steps\n1,1,,3\n1,2,,4\n2,1,,5\n2,2,,6\n");
  write("one.csv", "id,wave,pain,steps\n1,1,2,3\n1,2,3,4\n1,3,3,5\n");
  write("twice.csv", "id,wave,pain,steps\n1,1,2,3\n1,1,3,4\n1,2,3,5\n2,1,4,5\n2,2,5,7\n");

  test.each([
    ["an empty file", ["empty.csv", "--yes"], /empty\.csv is empty/],
    [
      "a column it does not have",
      ["twice.csv", "--yes", "--outcome", "pian"],
      /found pian\. Did you mean pain\?/,
    ],
    [
      "one person",
      ["one.csv", "--yes"],
      /found one person in "id".*longwave fit "pain ~ steps" one\.csv --id id --residual "ar1\(/,
    ],
    [
      "people asked once",
      ["once.csv", "--yes"],
      /3 different values of "id" in 3 rows .*so everyone has one/,
    ],
    [
      "an outcome without values",
      ["blank.csv", "--yes", "--outcome", "pain"],
      /"pain" has no value in any row/,
    ],
    ["nobody to ask", ["twice.csv"], /a terminal to ask on, or --yes/],
  ])("%s", async (_, args, message) => {
    const ran = await longwave(folder, "plan", "init", ...args, "--out", "none.yaml");
    expect(ran.stderr).toMatch(message);
    expect(ran.code).toBe(2);
    expect(readdirSync(folder)).not.toContain("none.yaml");
  });

  test("rows of one person and wave are counted before, and named by analyse", async () => {
    const args = ["--yes", "--negligible", "0.1", "--noticeable", "1", "--out", "twice.yaml"];
    const init = await longwave(folder, "plan", "init", "twice.csv", ...args, "--time", "wave");
    expect(init.stdout).toContain('1 rows have a person and a "wave" that an earlier row has too');
    const ran = await longwave(folder, "analyse", "twice.yaml", "twice.csv", "--out", "twice");
    expect(ran.stderr).toMatch(/twice\.yaml:\d+:1 time: .*row 2: person 1, wave 1 again/);
  });
});
