import { describe, expect, test } from "vitest";
import { StudyError } from "../errors.ts";
import { flagshipText } from "../testing/flagship.ts";
import { readProtocol } from "../text/read-protocol.ts";

/** What the reader says of the flagship with one text replaced by another. */
function problemsWith(from: string, to: string): string {
  if (!flagshipText.includes(from)) throw new Error(`the flagship does not hold ${from}`);
  try {
    readProtocol(flagshipText.replace(from, to), "study.yaml");
    return "";
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    return error.message;
  }
}

describe("families of sensitivity and exploratory analyses", () => {
  test("the flagship names a family for every analysis", () => {
    const { plan } = readProtocol(flagshipText, "study.yaml");
    const other = [...plan.sensitivity, ...plan.exploratory].filter(({ model }) => model.family === "other");
    expect(other.map(({ id }) => id)).toEqual([]);
  });

  test("a session model names questions of sessions and rests, each able to play its part", () => {
    expect(problemsWith("after: s_post", "after: s_pst")).toMatch(/s_post/);
    expect(problemsWith("type: s_type", "type: s_min")).toMatch(/answered by a single choice.*s_type/s);
    expect(problemsWith("before: s_pre", "before: s_min")).toMatch(/answered by a scale/);
    expect(problemsWith("before: r_now, after", "before: s_pre, after")).toMatch(/r_now/);
    expect(problemsWith("covariates: [s_min, s_rpe]", "covariates: [s_min, pain_vrs]")).toMatch(/pain_vrs/);
    expect(problemsWith("minutes: [30, 90]", "minutes: [90, 30]")).toMatch(/fewest and most minutes/);
    expect(problemsWith("bounds: nrs_avg", "bounds: nrs")).toMatch(/nrs_avg/);
  });

  test("the parts of a session hold every question once and have a time", () => {
    expect(problemsWith("items: [s_type, s_pre]", "items: [s_type]")).toMatch(/“s_pre” in none/);
    expect(problemsWith("items: [s_next]", "items: [s_nxt, s_next]")).toMatch(/s_next/);
    expect(
      problemsWith("fromMinutes: 1080, untilMinutes: 1800", "fromMinutes: 1800, untilMinutes: 1080"),
    ).toMatch(/fromMinutes before untilMinutes/);
  });

  test("a residual is ar1 or car1 of a column that exists", () => {
    expect(problemsWith("residual: car1(t_years)", "residual: car1(t_year)")).toMatch(/t_years/);
    expect(problemsWith("residual: car1(t_years)", "residual: ar2(wave)")).toMatch(/car1\(t_years\)/);
  });

  test("a hypothesis has independent residuals, and the message says where a structure belongs", () => {
    const found = problemsWith(
      'fallback: ["(1 + within(ex) || id)", "(1 | id)"]',
      'fallback: ["(1 | id)"]\n        residual: car1(t_years)',
    );
    expect(found).toMatch(/plan\.hypotheses\[0\]\.model\.residual/);
    expect(found).toContain("Move `residual` to an entry of `sensitivity`");
  });

  test("a grid of shifts increases and holds 0", () => {
    expect(problemsWith("[-2, -1.5, -1, -0.5, 0]", "[-2, -1]")).toMatch(/increasing numbers with 0/);
    expect(problemsWith("[-2, -1.5, -1, -0.5, 0]", "[0, -1]")).toMatch(/increasing numbers with 0/);
  });

  test("a weighted model is marginal: it has no random part", () => {
    expect(
      problemsWith(
        'factor(wave)"\n        term: within(ex)\n        covariates',
        'factor(wave) + (1 | id)"\n        term: within(ex)\n        covariates',
      ),
    ).toMatch(/without a random part/);
  });

  test("names of hypotheses, columns and reliabilities are checked", () => {
    expect(problemsWith("{ family: e_value, of: H1 }", "{ family: e_value, of: H9 }")).toMatch(/H9/);
    expect(problemsWith("groups: man", "groups: men")).toMatch(/men/);
    expect(problemsWith("reliability: [0.7, 0.8, 0.9]", "reliability: [0.7, 1.2]")).not.toBe("");
  });
});
