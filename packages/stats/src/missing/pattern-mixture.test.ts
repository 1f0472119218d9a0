import { describe, expect, test } from "vitest";
import { lmm } from "../models/lmm/fit.ts";
import { createRandom } from "../random/random.ts";
import { createTable, numericColumn, selectRows } from "../table/columns.ts";
import type { Table } from "../table/table.ts";
import { expectRelative } from "../testing/compare.ts";
import { readFixture, rows } from "../testing/read-csv.ts";
import { patternMixture } from "./pattern-mixture.ts";

const hunt = readFixture("hunt_like");
const FORMULA = "pain_o ~ within(ex) + between(ex) + sex + (1 | id)";
const asked = { id: "id", time: "wave", term: "within(ex)" };

describe("a pattern mixture", () => {
  const mixture = patternMixture(FORMULA, rows(hunt), asked);

  test("names who is complete, late and early by the last wave seen", () => {
    expect(mixture.strata.map(({ pattern, lastWaves }) => [pattern, lastWaves])).toEqual([
      ["complete", [5]],
      ["late", [3, 4]],
      ["early", [1, 2]],
    ]);
    const shares = mixture.strata.reduce((sum, { share }) => sum + share, 0);
    expectRelative(shares, 1, 1e-12);
  });

  test("averages the effects by the people of the patterns, with the shares' own uncertainty", () => {
    const parts = mixture.strata.flatMap(({ people, effect }) =>
      effect === null ? [] : [{ people, effect }],
    );
    const people = parts.reduce((sum, part) => sum + part.people, 0);
    const average = parts.reduce((sum, { people: n, effect }) => sum + (n / people) * effect.estimate, 0);
    const variance = parts.reduce(
      (sum, { people: n, effect }) =>
        sum +
        ((n / people) * effect.stdError) ** 2 +
        ((n / people) * (effect.estimate - average) ** 2) / people,
      0,
    );
    expectRelative(mixture.average.estimate, average, 1e-12);
    expectRelative(mixture.average.stdError, Math.sqrt(variance), 1e-12);
    expect(mixture.shareCovered).toBe(1);
  });

  test("sets the model for everyone beside it", () => {
    const everyone = lmm(FORMULA, rows(hunt), { id: "id", time: "wave" });
    expect(mixture.ignoring).toEqual(everyone.fixed[1]);
    expect(structuredClone(mixture)).toEqual(mixture);
  });
});

/** Simulated: those who stay change by 1 a wave, those who leave in the middle not at all. */
function twoKinds(seed: number, leavers: number): Table {
  const random = createRandom(seed);
  const [id, wave, y]: number[][] = [[], [], []];
  for (let person = 0; person < 200; person++) {
    const level = random.normal();
    const leaves = person < leavers;
    for (let t = 1; t <= (leaves ? 3 : 5); t++) {
      id.push(person);
      wave.push(t);
      y.push(level + (leaves ? 0 : t) + 0.5 * random.normal());
    }
  }
  return createTable({ id: numericColumn(id), wave: numericColumn(wave), y: numericColumn(y) });
}

const growth = { id: "id", time: "wave", term: "wave" };

describe("against the truth", () => {
  test("finds the mean of two kinds of slopes where one model for all does not", () => {
    const mixture = patternMixture("y ~ wave + (1 | id)", rows(twoKinds(1, 100)), growth);
    const { estimate, lower, upper } = mixture.average;
    expect(lower < 0.5 && 0.5 < upper).toBe(true);
    expect(Math.abs(mixture.ignoring.estimate - 0.5)).toBeGreaterThan(Math.abs(estimate - 0.5));
  });
});

describe("thin patterns", () => {
  test("are fitted with a warning when few", () => {
    const mixture = patternMixture("y ~ wave + (1 | id)", rows(twoKinds(2, 12)), growth);
    expect(mixture.warnings.map(({ code }) => code)).toEqual(["pattern-mixture.small-stratum"]);
  });

  test("that cannot be fitted are left out, with the reason and the share that is left", () => {
    const table = selectRows(hunt, (row) => {
      const wave = (hunt.columns.wave as { values: Float64Array }).values[row];
      const id = (hunt.columns.id as { values: Float64Array }).values[row];
      return id > 40 || wave === 1;
    });
    const mixture = patternMixture(FORMULA, rows(table), { ...asked, earlyUntil: 1 });
    const early = mixture.strata.find(({ pattern }) => pattern === "early");
    expect(early?.effect).toBeNull();
    expect(early?.reason).not.toBeNull();
    expect(mixture.shareCovered).toBeLessThan(1);
    expect(mixture.warnings.map(({ code }) => code)).toContain("pattern-mixture.left-out");
  });

  test("of which only one is left are no mixture", () => {
    const stayers = twoKinds(3, 0);
    expect(() => patternMixture("y ~ wave + (1 | id)", rows(stayers), growth)).toThrowError(
      expect.objectContaining({ code: "pattern-mixture.no-patterns" }),
    );
  });

  test("a term that the model does not have is refused", () => {
    expect(() => patternMixture(FORMULA, rows(hunt), { ...asked, term: "ex" })).toThrowError(
      expect.objectContaining({ code: "pattern-mixture.option" }),
    );
  });
});
