import { describe, expect, test } from "vitest";
import { StudyError } from "../errors.ts";
import { flagship } from "../testing/flagship.ts";
import { dependentsOf } from "./dependents.ts";
import { parseProtocol } from "./parse.ts";

function problemsOf(release: unknown): readonly string[] {
  try {
    parseProtocol({ ...flagship, release });
    return [];
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    return error.problems.map(({ code, path }) => `${code} ${path.join(".")}`);
  }
}

describe("the part of a study text about releases", () => {
  test("may be left out", () => {
    const { release: _, ...silent } = flagship;
    expect(parseProtocol(silent).release).toBeUndefined();
  });

  test.each([
    [{ tick: "share" }, "protocol.unknown-name release.tick"],
    [{ leaveOut: ["birthyear"] }, "protocol.unknown-name release.leaveOut.0"],
    [{ sensitive: ["pain"] }, "protocol.unknown-name release.sensitive.0"],
    [{ quasiIdentifiers: [{ name: "pain_vrs" }] }, "protocol.unknown-name release.quasiIdentifiers.0.name"],
    [{ quasiIdentifiers: [{ name: "age" }] }, "protocol.missing-field release.quasiIdentifiers.0.steps"],
    [
      { quasiIdentifiers: [{ name: "sex", steps: [{ groups: [[0], [7]] }] }] },
      "protocol.unknown-name release.quasiIdentifiers.0.steps.0.groups.1.0",
    ],
  ])("%j is a mistake that names its place", (release, problem) => {
    expect(problemsOf(release)).toEqual([problem]);
  });

  test.each([
    [{ k: 1 }],
    [{ quasiIdentifiers: [] }],
    [{ quasiIdentifiers: [{ name: "age", steps: [{ breaks: [65, 40] }] }] }],
    [{ quasiIdentifiers: [{ name: "age", steps: [{ breaks: [40], groups: [[0]] }] }] }],
    [{ secret: true }],
  ])("%j has the wrong shape", (release) => {
    expect(problemsOf(release)).toHaveLength(1);
  });
});

test("what is computed from a variable is found through others", () => {
  expect([...dependentsOf(flagship, new Set(["birth_year"]))]).toEqual(["age", "age10", "age_band"]);
  expect(dependentsOf(flagship, new Set(["evs_min"]))).toContain("sqrt_evs_week");
});
