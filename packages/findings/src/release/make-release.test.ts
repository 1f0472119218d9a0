import { createRandom } from "@longwave/stats";
import { sha256 } from "@longwave/study";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { FindingsError } from "../errors.ts";
import { protocol, simulatedDataset } from "../testing/study.ts";
import { type MakeReleaseInput, makeRelease } from "./make-release.ts";
import { columnOf } from "./values/table.ts";
import { zipped } from "./zip.ts";

const dataset = simulatedDataset(1, 900);
const ids = columnOf(dataset.person, "id").values.map(String);
const enrolled = columnOf(dataset.person, "enrolled_at").values;
const agreed = new Set(ids.filter((_, place) => enrolled[place] !== null && place % 5 !== 0));

function input(seed: number, given: Partial<MakeReleaseInput> = {}): MakeReleaseInput {
  return {
    protocol,
    dataset,
    agreed,
    random: createRandom(seed),
    settings: { k: 10, minCell: 10 },
    edition: {
      version: 1,
      madeOn: "2026-03-02",
      simulated: true,
      drawnFrom: "seed" as const,
      software: "0.1.0-test",
    },
    css: "",
    ...given,
  };
}

type Row = Readonly<Record<string, string>>;

function rowsOf(text: string | undefined): readonly Row[] {
  return Papa.parse<Row>(text ?? "", { header: true, skipEmptyLines: true }).data;
}

const release = makeRelease(input(1));
const person = rowsOf(release.files["person.csv"]);
const wave = rowsOf(release.files["person_wave.csv"]);
const quasi = ["sex", "age", "education", "smoking", "work", "bmi"];

describe("a release", () => {
  test("says of nobody who they are by fewer than ten people, counted from its own file", () => {
    const told = quasi.filter((name) => person[0]?.[name] !== undefined);
    const groups = new Map<string, number>();
    for (const row of person) {
      const key = told.map((name) => row[name] || row[`${name}__missing`]).join("|");
      groups.set(key, (groups.get(key) ?? 0) + 1);
    }
    expect(Math.min(...groups.values())).toBeGreaterThanOrEqual(10);
    expect(Math.min(...groups.values())).toBe(release.summary.k.after);
    expect(told).toContain("age");
  });

  test("holds only people who agreed and answered", () => {
    const rows = columnOf(dataset.personWave, "id").values.map(String);
    const answered = new Set(rows.filter((id) => agreed.has(id)));
    expect(person.length).toBe(answered.size - release.summary.people.removed);
    expect(new Set(wave.map(({ id }) => id)).size).toBe(person.length);
  });

  test("names no id of the study, no hash of one, and no true date", () => {
    const all = Object.values(release.files).join("\n");
    expect(ids.filter((id) => all.includes(id))).toEqual([]);
    const days = new Set(columnOf(dataset.personWave, "enrolled_day").values);
    expect(person.filter((row) => days.has(Number(row.enrolled_day)))).toEqual([]);
  });

  test("keeps spans within a person: time since enrolment is that of the dates told", () => {
    const enrolled = new Map(person.map((row) => [row.id, Number(row.enrolled_day)]));
    for (const row of wave) {
      const span = Number(row.answered_day) - (enrolled.get(row.id) ?? 0);
      expect(Number(row.t_years)).toBeCloseTo(span / 365.25, 12);
    }
  });

  test("leaves out words, ticked places and what tells exactly who people are", () => {
    const columns = [...Object.keys(person[0] ?? {}), ...Object.keys(wave[0] ?? {})];
    for (const name of [
      "harm_text",
      "wpi",
      "birth_year",
      "height_cm",
      "weight_kg",
      "man",
      "age10",
      "age_band",
      "answered_month",
    ]) {
      expect(columns).not.toContain(name);
    }
    expect(columns).toEqual(expect.arrayContaining(["wpi_count", "pain_vrs", "ex", "t_years"]));
  });

  test("computes scores anew from numbers whose ends were cut", () => {
    const top = Math.max(...wave.map((row) => Number(row.evs_min)));
    expect(top).toBeLessThan(Math.max(...columnOf(dataset.personWave, "evs_min").values.map(Number)));
    for (const row of wave) {
      if (row.evs_min === "" || row.evs_days === "") continue;
      const week = Math.min(Number(row.evs_days) * Number(row.evs_min), 1680);
      expect(Number(row.evs_week)).toBe(week);
    }
  });

  test("gives a reason beside every empty cell", () => {
    for (const rows of [person, wave]) {
      for (const row of rows) {
        for (const [name, cell] of Object.entries(row)) {
          if (name.endsWith("__missing") || cell !== "") continue;
          expect(row[`${name}__missing`], name).toMatch(/^[a-z_]+$/);
        }
      }
    }
  });

  test("explains every column in its codebook", () => {
    const entries = rowsOf(release.files["codebook.csv"]);
    const known = (table: string) =>
      entries.filter((entry) => entry.table === table).map((entry) => entry.name);
    const plain = (row: Row | undefined) =>
      Object.keys(row ?? {}).filter((name) => !name.endsWith("__missing"));
    expect(known("person")).toEqual(plain(person[0]));
    expect(known("person_wave")).toEqual(plain(wave[0]));
    expect(entries.find((entry) => entry.name === "age")?.treatment).toMatch(/^In bands: /);
  });

  test("shows no count from 1 to 9 in its tables", () => {
    const tables = Object.entries(release.files).filter(([name]) => name.startsWith("tables/"));
    expect(tables.length).toBeGreaterThan(10);
    for (const [, csv] of tables) {
      const cells = Papa.parse<string[]>(csv)
        .data.slice(1)
        .flatMap((row) => row.slice(1));
      expect(cells.filter((cell) => Number(cell) > 0 && Number(cell) < 10)).toEqual([]);
    }
  });

  test("is named by the checksums of its files", () => {
    const { "CHECKSUMS.txt": checksums = "", ...files } = release.files;
    expect(release.hash).toBe(sha256(checksums));
    for (const line of checksums.trimEnd().split("\n")) {
      const [sum, name = ""] = line.split("  ");
      expect(sum).toBe(sha256(files[name] ?? ""));
    }
    expect(checksums.trimEnd().split("\n")).toHaveLength(Object.keys(files).length - 1);
    expect(files["README.md"]).toContain(release.hash);
  });

  test("says in its README what was done, how to read it, and what stays open", () => {
    const readme = release.files["README.md"] ?? "";
    for (const title of [
      "Which release this is",
      "Files",
      "Terms",
      "How to cite",
      "What was done to the data",
      "How to read it",
      "What this does not protect against",
    ]) {
      expect(readme).toContain(`## ${title}`);
    }
    expect(readme).toContain("the seed is a secret");
    expect(readme).toContain(protocol.release?.terms);
  });

  test("says on README and report that people are simulated", () => {
    for (const name of [
      "README.md",
      "privacy-report.md",
      "privacy-report.html",
      "dataset_description.json",
    ]) {
      expect(release.files[name]).toContain("Simulated people");
    }
  });
});

test("the same input and seed give the same bytes, in any time zone; another seed gives other numbers to people", () => {
  const zone = process.env.TZ;
  const first = zipped("release", release.files);
  process.env.TZ = "Asia/Tokyo";
  const again = makeRelease(input(1));
  expect(Buffer.from(zipped("release", again.files)).equals(Buffer.from(first))).toBe(true);
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  const other = makeRelease(input(2));
  expect(other.files["person.csv"]).not.toBe(release.files["person.csv"]);
  expect(other.summary).toEqual(release.summary);
});

test("the order in which people agreed changes nothing", () => {
  const reversed = [...agreed].reverse();
  expect(makeRelease(input(1, { agreed: new Set(reversed) })).hash).toBe(release.hash);
});

test("a new version says what changed", () => {
  const previous = release.summary;
  const edition = { version: 2, simulated: true, drawnFrom: "seed" as const, software: "0.1.0-test" };
  const next = makeRelease(input(3, { previous, edition, settings: { k: 20, minCell: 10 } }));
  expect(next.changes).toEqual(
    expect.arrayContaining([
      "The study's own data are the same.",
      expect.stringMatching(/^Fewest people who look alike \(k\): 2\d, before 1\d\.$/),
    ]),
  );
  expect(next.files["README.md"]).toContain("## What changed since version 1");
});

test("too few people who agreed are no release, with the reason", () => {
  const few = new Set(ids.slice(0, 9));
  expect(() => makeRelease(input(1, { agreed: few }))).toThrow(FindingsError);
  expect(() => makeRelease(input(1, { agreed: few }))).toThrow(/Expected at least 10 people who agreed/);
});

test("a study text that says nothing about releases coarsens everything asked once", () => {
  const { release: _, ...silent } = protocol;
  const made = makeRelease(input(1, { protocol: silent }));
  expect(made.summary.quasi.map(({ name }) => name)).toEqual([
    "birth_year",
    "sex",
    "education",
    "smoking",
    "work",
    "height_cm",
    "weight_kg",
  ]);
  expect(made.summary.k.after).toBeGreaterThanOrEqual(10);
});
