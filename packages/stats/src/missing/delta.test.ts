import { describe, expect, test } from "vitest";
import { lmm } from "../models/lmm/fit.ts";
import { createRandom } from "../random/random.ts";
import { createTable, numericColumn } from "../table/columns.ts";
import type { FitData, NumericColumn, Table } from "../table/table.ts";
import { expectRelative } from "../testing/compare.ts";
import { readFixture } from "../testing/read-csv.ts";
import { type DeltaOptions, deltaMap, deltaTables } from "./delta.ts";
import { lastWaveSeen, unitShifts } from "./delta-shift.ts";
import { completeLong, fitImputations, impute } from "./impute.ts";
import { pool } from "./pool.ts";
import { wideTable } from "./wide.ts";

const panel = wideTable(readFixture("hunt_like"), {
  id: "id",
  time: "wave",
  varying: ["pain_c", "ex"],
  person: ["sex", "age"],
});
const imputations = impute(panel, { m: 3, iterations: 3 });
const shifted = { outcome: "pain_c", exposure: "ex" };
const fit = (data: FitData) => lmm("pain_c ~ within(ex) + between(ex) + sex + wave + (1 | id)", data);
const options: DeltaOptions = {
  outcome: "pain_c",
  outcomeDeltas: [-1, 0, 1],
  exposure: "ex",
  exposureDeltas: [-2, 0],
  fit,
  term: "wave",
};

function values(table: Table, name: string): Float64Array {
  return (table.columns[name] as NumericColumn).values;
}

describe("imputations shifted away from missing at random", () => {
  test("deltas of 0 are the imputations under missing at random", () => {
    const tables = deltaTables(imputations, shifted, { outcome: 0, exposure: 0 });
    expect(tables[2]).toEqual(completeLong(imputations, 2));
    const map = deltaMap(imputations, options);
    const mar = pool(fitImputations(imputations, fit));
    expect(map.cells[1][1].coefficient).toEqual(mar.fixed.find(({ term }) => term === "wave"));
    expect(map.cells[1][1].changed).toBe(false);
  });

  test("only what was imputed after a person's last answer moves", () => {
    const before = completeLong(imputations, 0);
    const [after] = deltaTables(imputations, shifted, { outcome: 1, exposure: 0 });
    const last = lastWaveSeen(imputations, shifted);
    const [a, b] = [values(before, "pain_c"), values(after, "pain_c")];
    for (let place = 0; place < a.length; place++) {
      const dropped = place % 5 > last[Math.floor(place / 5)];
      if (dropped) expect(b[place]).toBeGreaterThan(a[place] + 0.5);
      else expect(b[place]).toBe(a[place]);
    }
  });

  test("the first shifted wave moves by the delta, later ones by more: the shift is carried on", () => {
    const { outcomeByOutcome } = unitShifts(imputations, shifted, 0);
    const last = lastWaveSeen(imputations, shifted);
    const early = [...last.keys()].filter((person) => last[person] === 1);
    expect(early.length).toBeGreaterThan(5);
    for (const person of early) {
      expect(outcomeByOutcome[person * 5 + 2]).toBe(1);
      expect(outcomeByOutcome[person * 5 + 3]).toBeGreaterThan(1);
    }
  });

  test("without carrying each shifted value moves by the delta", () => {
    const alone = unitShifts(imputations, { ...shifted, carry: false }, 0);
    expect(new Set(alone.outcomeByOutcome)).toEqual(new Set([0, 1]));
    expect(new Set(alone.exposureByOutcome)).toEqual(new Set([0]));
  });

  test("the shift is linear in the delta", () => {
    const base = values(completeLong(imputations, 1), "pain_c");
    const one = values(deltaTables(imputations, shifted, { outcome: 1, exposure: 0 })[1], "pain_c");
    const three = values(deltaTables(imputations, shifted, { outcome: 3, exposure: 0 })[1], "pain_c");
    base.forEach((value, i) => {
      expect(three[i] - value).toBeCloseTo(3 * (one[i] - value), 9);
    });
  });

  test("the units of the outcome scale the shift with it", () => {
    const raw = readFixture("hunt_like");
    const pain = raw.columns.pain_c as NumericColumn;
    const tens = { ...pain, values: pain.values.map((value) => 10 * value) };
    const scaled = wideTable(
      { ...raw, columns: { ...raw.columns, pain_c: tens } },
      { id: "id", time: "wave", varying: ["pain_c", "ex"], person: ["sex", "age"] },
    );
    const both = { ...shifted };
    const a = unitShifts(imputations, both, 0);
    const b = unitShifts(impute(scaled, { m: 3, iterations: 3 }), both, 0);
    const place = a.exposureByOutcome.findIndex((value) => Math.abs(value) > 0.01);
    expectRelative(b.exposureByOutcome[place], a.exposureByOutcome[place] / 10, 0.2);
    expectRelative(b.outcomeByOutcome[place], a.outcomeByOutcome[place], 0.2);
  });
});

describe("a map of the conclusion", () => {
  test("has a cell for each pair of deltas, moving one way along the outcome", () => {
    const { cells } = deltaMap(imputations, options);
    expect(cells.map((row) => row.length)).toEqual([3, 3]);
    const estimates = cells[1].map(({ coefficient }) => coefficient.estimate);
    expect(estimates[0]).toBeLessThan(estimates[1]);
    expect(estimates[1]).toBeLessThan(estimates[2]);
  });

  test("the tipping point is the delta nearest to 0 at which the conclusion changes", () => {
    const map = deltaMap(imputations, {
      ...options,
      outcomeDeltas: [-1, -0.5, 0, 0.5, 1],
      exposureDeltas: [0],
      conclude: ({ estimate }) => (estimate > 0.03 ? "rises" : "does not rise"),
    });
    expect(map.conclusion).toBe("does not rise");
    const changed = map.cells[0].filter((cell) => cell.changed).map(({ outcomeDelta }) => outcomeDelta);
    expect(changed.length).toBeGreaterThan(0);
    expect(map.outcomeTipping).toEqual([Math.min(...changed)]);
    expect(map.exposureTipping).toHaveLength(5);
  });

  test("a conclusion that never changes has no tipping point", () => {
    const map = deltaMap(imputations, { ...options, conclude: () => "the same" });
    expect(map.outcomeTipping).toEqual([null, null]);
    expect(map.exposureTipping).toEqual([null, null, null]);
  });

  test("says how many values move and by how much", () => {
    const map = deltaMap(imputations, { ...options, outcomeDeltas: [0], exposureDeltas: [0] });
    expect(map.shiftedValues).toBeGreaterThan(100);
    expect(map.meanShiftPerUnit).toBeGreaterThan(1);
    expect(JSON.parse(JSON.stringify(map))).toEqual(map);
  });

  test.each([
    [{ outcomeDeltas: [1, 2] }, /include 0/],
    [{ outcomeDeltas: [0, -1] }, /increasing/],
    [{ outcome: "sex" }, /numeric varying column/],
    [{ exposure: "pain_c" }, /other than the outcome/],
    [{ term: "nobody" }, /a term of the fit/],
  ])("refuses %j", (wrong, message) => {
    expect(() => deltaMap(imputations, { ...options, ...wrong })).toThrow(message);
  });
});

describe("against truth", () => {
  test("the delta by which leavers really differ gives back everyone's mean, later waves included", () => {
    const random = createRandom(12);
    const people = Array.from({ length: 3000 }, (_, id) => {
      const y1 = random.normal();
      const gone = random.uniform() < 1 / (1 + Math.exp(0.5 - y1));
      const extra = gone ? 0.8 : 0;
      const y2 = 0.6 * y1 + extra + 0.8 * random.normal();
      const y3 = 0.3 * y1 + 0.5 * y2 + extra + 0.7 * random.normal();
      return { id, gone, y: [y1, y2, y3] };
    });
    const meanOfAll = people.reduce((sum, { y }) => sum + y[2], 0) / people.length;
    const long = people.flatMap(({ id, gone, y }) =>
      y.map((value, wave) => ({ id, wave, y: gone && wave > 0 ? null : value })),
    );
    const left = wideTable(
      createTable({
        id: numericColumn(long.map(({ id }) => id)),
        wave: numericColumn(long.map(({ wave }) => wave)),
        y: numericColumn(long.map(({ y }) => y)),
      }),
      { id: "id", time: "wave", varying: ["y"] },
    );
    const made = impute(left, { m: 10, iterations: 5, methods: { y: "normal" } });
    const lastMean = (delta: number, carry: boolean) => {
      const tables = deltaTables(
        made,
        { outcome: "y", exposure: null, carry },
        { outcome: delta, exposure: 0 },
      );
      const sums = tables.map((table) =>
        values(table, "y").reduce((sum, v, i) => sum + (i % 3 === 2 ? v : 0), 0),
      );
      return sums.reduce((a, b) => a + b, 0) / tables.length / people.length;
    };
    expect(Math.abs(lastMean(0, true) - meanOfAll)).toBeGreaterThan(0.3);
    expect(Math.abs(lastMean(0.8, true) - meanOfAll)).toBeLessThan(0.06);
    expect(Math.abs(lastMean(0.8, false) - meanOfAll)).toBeGreaterThan(0.1);
  });
});
