import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ColumnMapping, DataColumn } from "../dataset/types.ts";
import { readProtocol } from "../text/read-protocol.ts";
import { readPanel } from "./read-panel.ts";

const template = new URL("../../../../protocols/templates/two-waves.yaml", import.meta.url);
const protocol = readProtocol(readFileSync(template, "utf8"), "two-waves.yaml");

const column = (name: string, values: DataColumn["values"]): DataColumn => ({
  name,
  kind: values.some((value) => typeof value === "string") ? "text" : "number",
  values,
});

const long: readonly DataColumn[] = [
  column("id", ["a", "a", "b"]),
  column("wave", [1, 2, 1]),
  column("enrolled_day", ["2026-01-10", "2026-01-10", "2026-02-01"]),
  column("pain_avg", [3, 4, 7]),
  column("active_days", [2, null, 0]),
  column("active_days__missing", [null, "skipped", null]),
  column("harm", [0, 1, 0]),
  column("sex", [1, 1, 0]),
  column("weight", [80, 81, 60]),
];

const mapping: ColumnMapping = { columns: {}, people: { email: "mail" } };
const codes = (columns: readonly DataColumn[], how: ColumnMapping = mapping) =>
  readPanel({ protocol, columns, mapping: how }).problems.map(({ code, path, found }) => [
    code,
    path.join("."),
    found,
  ]);

describe("a panel file", () => {
  test("gives people and answers by the names and codes of the study, and leaves the rest alone", () => {
    const { people, answers, leftAlone, problems } = readPanel({ protocol, columns: long });
    expect(problems).toEqual([]);
    expect(people).toEqual([
      { id: "a", timeZone: "Europe/Oslo", language: "en", enrolledAt: Date.UTC(2026, 0, 10, 11) },
      { id: "b", timeZone: "Europe/Oslo", language: "en", enrolledAt: Date.UTC(2026, 1, 1, 11) },
    ]);
    const of = (person: string, wave: string) =>
      Object.fromEntries(
        answers
          .filter((each) => each.person === person && each.wave === wave)
          .map(({ item, payload }) => [item, payload]),
      );
    expect(of("a", "w2")).toEqual({
      pain_avg: { kind: "value", value: 4 },
      active_days: { kind: "skipped" },
      harm: { kind: "value", value: true },
    });
    expect(of("a", "w1").sex).toEqual({ kind: "value", value: 1 });
    expect(leftAlone).toEqual(["weight"]);
  });

  test("of one row a person is the same, with the days of its waves", () => {
    const wide = [
      column("person", ["a", "b"]),
      column("joined", ["2026-01-10", "2026-02-01"]),
      column("p1", ["three", "seven"]),
      column("p2", ["four", null]),
      column("d1", ["2026-01-12", "2026-02-01"]),
      column("d2", ["2026-12-24", null]),
    ];
    const { answers, problems } = readPanel({
      protocol,
      columns: wide,
      mapping: {
        columns: {
          id: { column: "person" },
          pain_avg: { column: "pain", values: { three: 3, four: 4, seven: 7 } },
        },
        wide: { pain: ["p1", "p2"], answered: ["d1", "d2"] },
        people: { consentedOn: "joined", answeredOn: "answered" },
      },
    });
    expect(problems).toEqual([]);
    expect(answers.map(({ person, wave, answeredAt, late }) => [person, wave, answeredAt, late])).toEqual([
      ["a", "w1", Date.UTC(2026, 0, 12, 11), false],
      ["b", "w1", Date.UTC(2026, 1, 1, 11), false],
      ["a", "w2", Date.UTC(2026, 11, 24, 11), true],
    ]);
  });

  test.each<[string, readonly DataColumn[], readonly unknown[]]>([
    [
      "values off the scale, with how many",
      long.map((each) => (each.name === "pain_avg" ? column("pain_avg", [30, 30, 7]) : each)),
      ["dataset.unknown-code", "pain_avg", "in column “pain_avg”: 30 (2 rows)"],
    ],
    [
      "a row that stands twice",
      long.map((each) => (each.name === "wave" ? column("wave", [1, 1, 1]) : each)),
      ["dataset.duplicate-row", "wave", "row 2: person a, wave 1 again"],
    ],
    [
      "two days of consent",
      long.map((each) =>
        each.name === "enrolled_day"
          ? column("enrolled_day", ["2026-01-10", "2026-01-11", "2026-02-01"])
          : each,
      ),
      ["import.person-differs", "people.consentedOn", "several for a"],
    ],
    [
      "no day of consent at all",
      long.filter(({ name }) => name !== "enrolled_day"),
      ["import.no-consent-day", "people.consentedOn", "none"],
    ],
    [
      "two answers to what is asked once",
      long.map((each) => (each.name === "sex" ? column("sex", [1, 0, 0]) : each)),
      ["import.person-differs", "sex", "a"],
    ],
    [
      "ids that name people",
      long.map((each) => (each.name === "id" ? column("id", ["a@example.org", "a@example.org", "b"]) : each)),
      ["import.id-not-a-code", "id", "“a@example.org”"],
    ],
    [
      "a day that is none",
      long.map((each) =>
        each.name === "enrolled_day" ? column("enrolled_day", ["1.2.26", "1.2.26", "2026-02-01"]) : each,
      ),
      ["import.not-a-day", "people.consentedOn", "“1.2.26” (a)"],
    ],
    [
      "no wave",
      long.filter(({ name }) => name !== "wave"),
      ["dataset.missing-column", "wave", expect.any(String)],
    ],
  ])("is refused whole for %s", (_, columns, problem) => {
    expect(codes(columns)).toEqual([problem]);
    expect(readPanel({ protocol, columns }).answers).toEqual([]);
  });

  test("is refused for an answer to a question that the wave does not ask", () => {
    const five = new URL("../../../../protocols/exercise-and-pain.yaml", import.meta.url);
    const flagship = readProtocol(readFileSync(five, "utf8"), "flagship.yaml");
    const columns = [
      column("id", ["a"]),
      column("wave", [2]),
      column("enrolled_day", ["2026-01-10"]),
      column("pgic", [3]),
    ];
    const [problem] = readPanel({ protocol: flagship, columns }).problems;
    expect([problem?.code, problem?.found]).toEqual(["import.not-asked", "one (1 row)"]);
  });
});
