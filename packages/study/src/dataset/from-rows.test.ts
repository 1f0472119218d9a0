import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { StudyError } from "../errors.ts";
import { flagship } from "../testing/flagship.ts";
import { readMapping } from "../text/index.ts";
import { datasetFromRows } from "./from-rows.ts";
import type { ColumnMapping, DataColumn, DataTable } from "./types.ts";

/** A few simulated people of the R reference cohort, as its script wrote them. */
const cohort = csvColumns(
  readFileSync(new URL("./fixtures/r-simulated-cohort-excerpt.csv", import.meta.url), "utf8"),
);
const mappingText = readFileSync(
  new URL("../../../../protocols/mappings/r-simulated-cohort.map.yaml", import.meta.url),
  "utf8",
);
const mapping = readMapping(mappingText, "r-simulated-cohort.map.yaml");

function csvColumns(text: string): readonly DataColumn[] {
  const [header = [], ...rows] = text
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  return header.map((name, index) => {
    const raw = rows.map((row) => row[index] ?? "");
    const isNumber = raw.every((value) => value === "" || Number.isFinite(Number(value)));
    const values = raw.map((value) => (value === "" ? null : isNumber ? Number(value) : value));
    return { name, kind: isNumber ? "number" : "text", values };
  });
}

function column(table: DataTable, name: string): readonly (number | string | null)[] {
  return table.columns.find((candidate) => candidate.name === name)?.values ?? [];
}

function problemsOf(columns: readonly DataColumn[], map?: ColumnMapping): StudyError {
  try {
    datasetFromRows({ protocol: flagship, columns, ...(map === undefined ? {} : { mapping: map }) });
  } catch (error) {
    if (error instanceof StudyError) return error;
  }
  throw new Error("no problem was found");
}

const minimal: readonly DataColumn[] = [
  { name: "id", kind: "number", values: [1, 1, 2] },
  { name: "wave", kind: "text", values: ["w1", "w2", "w1"] },
  { name: "pain_vrs", kind: "number", values: [3, 2, null] },
  { name: "ex", kind: "number", values: [1.5, 3.75, 0] },
  { name: "sex", kind: "number", values: [1, null, 0] },
  { name: "age", kind: "number", values: [60, 60, 45] },
  { name: "education", kind: "number", values: [0, 0, 2] },
  { name: "smoking", kind: "number", values: [0, 0, 2] },
];

describe("datasetFromRows", () => {
  test("reads the simulated cohort of R through its mapping, in our own codes", () => {
    const { personWave, flow } = datasetFromRows({ protocol: flagship, columns: cohort, mapping });
    expect(personWave.nrows).toBe(cohort[0].values.length);
    expect(column(personWave, "wave").slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(column(personWave, "pain_vrs").slice(5, 10)).toEqual([2, 1, 0, 1, 3]);
    expect(column(personWave, "ex").slice(5, 10)).toEqual([15, 15, null, 7.5, 11.25]);
    expect(column(personWave, "education").slice(0, 1)).toEqual([1]);
    expect(column(personWave, "t_years").slice(0, 5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(flow.answeredOnce).toBe(flow.invited);
  });

  test("takes a score that is given and computes those that are not", () => {
    const { personWave } = datasetFromRows({ protocol: flagship, columns: minimal });
    expect(column(personWave, "ex_w1_group")).toEqual([2, 2, 0]);
    expect(column(personWave, "man")).toEqual([1, 1, 0]);
    expect(column(personWave, "age10")).toEqual([1, 1, -0.5]);
    expect(column(personWave, "late")).toEqual([0, 0, 0]);
  });

  test("gives the same dataset whatever order the rows stand in", () => {
    const turned = minimal.map((entry) => ({ ...entry, values: [...entry.values].reverse() }));
    expect(datasetFromRows({ protocol: flagship, columns: turned })).toEqual(
      datasetFromRows({ protocol: flagship, columns: minimal }),
    );
  });

  test("lists the codes it does not know, with how many rows have each, and never changes one", () => {
    const odd = minimal.map((entry) => (entry.name === "pain_vrs" ? { ...entry, values: [6, 2, 6] } : entry));
    const { code, problems } = problemsOf(odd);
    expect(code).toBe("dataset.unknown-code");
    expect(problems[0].found).toBe("in column “pain_vrs”: 6 (2 rows)");
    expect(problems[0].remedy).toContain("--map");
  });

  test("names a missing column, the nearest one in the file, and the mapping that would use it", () => {
    const renamed = minimal.map((entry) =>
      entry.name === "pain_vrs" ? { ...entry, name: "painvrs" } : entry,
    );
    const [problem] = problemsOf(renamed).problems;
    expect(problem.expected).toBe("a column “pain_vrs”");
    expect(problem.remedy).toBe(
      "Nearest in the file: “painvrs”. Write a mapping with columns: { pain_vrs: { column: painvrs } } and give it with --map.",
    );
  });

  test("says from which columns a missing score could be computed", () => {
    const without = minimal.filter((entry) => entry.name !== "ex");
    expect(problemsOf(without).problems[0].expected).toBe(
      "a column “ex”, or those it is computed from (ex_freq, ex_int, ex_dur)",
    );
  });

  test("lists every missing column and every unknown code at once", () => {
    const { problems } = problemsOf([
      { name: "id", kind: "number", values: [1] },
      { name: "wave", kind: "number", values: [0] },
    ]);
    expect(problems.map((problem) => problem.path[0])).toEqual([
      "wave",
      "pain_vrs",
      "ex",
      "man",
      "age",
      "education",
      "smoking",
    ]);
  });

  test("refuses two rows for one person and wave", () => {
    const twice = minimal.map((entry) => (entry.name === "wave" ? { ...entry, values: [1, 1, 1] } : entry));
    expect(problemsOf(twice).problems[0].found).toBe("row 2: person 1, wave 1 again");
  });

  test("refuses a mapping to a variable or from a column that is not there", () => {
    const wrong = { columns: { pain_vsr: { column: "pain_vrs" }, ex: { column: "exercise" } } };
    expect(problemsOf(minimal, wrong).problems.map((problem) => problem.code)).toEqual([
      "mapping.unknown-name",
      "dataset.missing-column",
    ]);
  });

  test("refuses columns of different lengths", () => {
    const uneven = [...minimal, { name: "flare", kind: "number" as const, values: [0] }];
    expect(problemsOf(uneven).code).toBe("dataset.uneven-columns");
  });
});
