import { describe, expect, test } from "vitest";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { readFixture } from "../../testing/read-csv.ts";
import { widen } from "../../testing/sem-models.ts";
import { semData } from "./data.ts";
import { expectationMaximization } from "./expectation-maximization.ts";
import { saturatedLikelihood } from "./saturated.ts";

const rows = widen(readFixture("hunt_like"), {
  ...{ x: "ex", y: "pain_c", id: "id", wave: "wave", waves: [1, 2, 3, 4, 5] },
});
const [group] = semData(rows);

describe("means and covariances without a model", () => {
  test("Newton's steps and expectation-maximisation find the same maximum", () => {
    const newton = saturatedLikelihood(group, 10);
    const covariance = new Float64Array(100).map((_, e) => (e % 11 === 0 ? 2 : 0));
    const start = { mean: new Float64Array(10), covariance };
    const em = expectationMaximization(group.patterns, start, group.nobs);
    // lavaan's EM at a tolerance of 1e-10 (see sem-lavaan.json).
    expectAbsolute(newton?.logLik ?? null, -7413.16139545494, 1e-8);
    expectRelative(em?.logLik ?? null, newton?.logLik ?? Number.NaN, 1e-11);
    newton?.moments.covariance.forEach((value, e) => {
      expectAbsolute(em?.moments.covariance[e] ?? null, value, 1e-4);
    });
    newton?.moments.mean.forEach((value, i) => {
      expectAbsolute(em?.moments.mean[i] ?? null, value, 1e-4);
    });
  });

  test("fewer people than variables have none", () => {
    const few = { ...rows, groups: rows.groups.map((_, i) => (i < 10 ? 0 : -1)) };
    expect(saturatedLikelihood(semData(few)[0], 10)).toBeNull();
    const barely = { ...rows, groups: rows.groups.map((_, i) => (i < 11 ? 0 : -1)) };
    expect(saturatedLikelihood(semData(barely)[0], 10)).toBeNull();
    const [{ patterns, nobs }] = semData(barely);
    const covariance = new Float64Array(100).map((_, e) => (e % 11 === 0 ? 2 : 0));
    expect(expectationMaximization(patterns, { mean: new Float64Array(10), covariance }, nobs)).toBeNull();
  });
});
