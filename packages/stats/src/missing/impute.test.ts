import { describe, expect, test } from "vitest";
import { createRandom } from "../random/random.ts";
import { createTable, factorColumn, numericColumn, takeRows } from "../table/columns.ts";
import type { Table } from "../table/table.ts";
import { readFixture } from "../testing/read-csv.ts";
import { completeLong, completeWide, impute } from "./impute.ts";
import { codePanel } from "./impute-code.ts";
import { drawLogistic } from "./impute-logistic.ts";
import { matchDonors } from "./impute-match.ts";
import { wideTable } from "./wide.ts";

const hunt = readFixture("hunt_like");
const options = { id: "id", time: "wave", varying: ["pain_c", "ex"], person: ["sex", "age", "edu"] };
const panel = wideTable(hunt, options);
const quick = { m: 3, iterations: 3 };

function codes(warnings: readonly { readonly code: string }[]): string[] {
  return warnings.map(({ code }) => code);
}

/** A panel of people with two waves of y and whatever else is given. */
function twoWaves(n: number, extra: (i: number, wave: number) => Record<string, number | null>): Table {
  const rows = Array.from({ length: 2 * n }, (_, r) => ({ i: Math.floor(r / 2), wave: 1 + (r % 2) }));
  const names = Object.keys(extra(0, 1));
  const columns = names.map((name) => [name, numericColumn(rows.map(({ i, wave }) => extra(i, wave)[name]))]);
  return createTable({
    id: numericColumn(rows.map(({ i }) => i)),
    wave: numericColumn(rows.map(({ wave }) => wave)),
    ...Object.fromEntries(columns),
  });
}

describe("multiple imputation of a wide panel", () => {
  test("fills every missing value and leaves the observed ones as they are", () => {
    const imputations = impute(panel, quick);
    const wide = completeWide(imputations, 0);
    for (const [name, column] of Object.entries(wide.columns)) {
      expect(column.missing.includes(1), name).toBe(false);
      const before = panel.table.columns[name];
      if (column.kind !== "numeric" || before.kind !== "numeric") continue;
      before.values.forEach((value, i) => {
        if (before.missing[i] === 0) expect(column.values[i]).toBe(value);
      });
    }
    expect(completeLong(imputations, 0).nrows).toBe(600 * 5);
    expect(completeLong(imputations, 0, "present").nrows).toBe(panel.rows.used);
  });

  test("matched values are values that somebody gave at that wave", () => {
    const imputations = impute(panel, quick);
    imputations.columns.forEach(({ name, method }, c) => {
      const column = panel.table.columns[name];
      if (method !== "pmm" || column.kind !== "numeric") return;
      const seen = new Set(column.values);
      expect(imputations.values[1][c].every((value) => seen.has(value))).toBe(true);
    });
  });

  test("is the same for the same seed, and imputation k does not depend on how many there are", () => {
    const three = impute(panel, quick);
    const two = impute(panel, { ...quick, m: 2 });
    expect(two.values).toEqual(three.values.slice(0, 2));
    expect(impute(panel, { ...quick, seed: 2 }).values[0]).not.toEqual(three.values[0]);
    expect(three.values[0]).not.toEqual(three.values[1]);
  });

  test("does not depend on the order of the rows", () => {
    const order = Int32Array.from({ length: hunt.nrows }, (_, i) => hunt.nrows - 1 - i);
    const names = ["id", "wave", "pain_c", "ex", "sex", "age", "edu"];
    const turned = createTable(
      Object.fromEntries(names.map((name) => [name, takeRows(hunt.columns[name], order)])),
    );
    expect(impute(wideTable(turned, options), quick).values).toEqual(impute(panel, quick).values);
  });

  test("does not depend on the units of a predictor", () => {
    const age = hunt.columns.age;
    const years = age.kind === "numeric" ? numericColumn(age.values.map((value) => 1e8 + 1e6 * value)) : age;
    const scaled = createTable({ ...hunt.columns, age: years });
    const [a, b] = [impute(panel, quick), impute(wideTable(scaled, options), quick)];
    const same = a.values[0].map(
      (values, c) => values.filter((value, i) => value === b.values[0][c][i]).length,
    );
    const all = a.values[0].map((values) => values.length);
    // Rounding may break a tie between donors the other way.
    expect(same.reduce((x, y) => x + y) / all.reduce((x, y) => x + y)).toBeGreaterThan(0.98);
  });

  test("reports the mean and SD of imputed values of each iteration and chain", () => {
    const { chains, columns } = impute(panel, quick);
    expect(chains.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
    expect(chains[0].means).toHaveLength(3);
    expect(chains[0].means[0]).toHaveLength(3);
    expect(chains[0].stdDevs.flat().every((value) => value > 0)).toBe(true);
  });

  test("visits the column with the fewest missing values first", () => {
    const counts = impute(panel, quick).columns.map(({ people }) => people.length);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });

  test("uses the predictors it is told, or those that correlate enough", () => {
    const named = impute(panel, { ...quick, predictors: { "ex.2": ["ex.1", "age"], pain_c: ["pain_c"] } });
    const predictorsOf = (name: string) => named.columns.find((column) => column.name === name)?.predictors;
    expect(predictorsOf("ex.2")).toEqual(["age", "ex.1"]);
    expect(predictorsOf("pain_c.2")).toEqual(["pain_c.1", "pain_c.3", "pain_c.4", "pain_c.5"]);
    const all = impute(panel, quick).columns[0].predictors.length;
    expect(impute(panel, { ...quick, minCorrelation: 0.4 }).columns[0].predictors.length).toBeLessThan(all);
  });

  test("draws about a regression line, beyond the observed values, when asked to", () => {
    const normal = impute(panel, { ...quick, methods: { ex: "normal" } });
    const place = normal.columns.findIndex(({ variable }) => variable === "ex");
    const column = panel.table.columns[normal.columns[place].name];
    const seen = new Set(column.kind === "numeric" ? column.values : []);
    expect(normal.values[0][place].some((value) => !seen.has(value))).toBe(true);
  });
});

describe("categories", () => {
  const random = createRandom(5);
  const n = 1500;
  const x = Array.from({ length: n }, () => random.normal());
  const trade = x.map((value) => {
    const [a, b] = [Math.exp(0.5 + value), Math.exp(-1 - value)];
    const u = random.uniform() * (1 + a + b);
    return u < 1 ? "farm" : u < 1 + a ? "mill" : "sea";
  });
  const yes = x.map((value) => (random.uniform() < 1 / (1 + Math.exp(-1 - value)) ? "yes" : "no"));
  const lost = Array.from({ length: n }, () => random.uniform() < 0.3);
  const table = createTable({
    id: numericColumn(x.map((_, i) => i)),
    wave: numericColumn(x.map(() => 1)),
    x: numericColumn(x),
    trade: factorColumn(trade.map((value, i) => (lost[i] ? null : value))),
    yes: factorColumn(yes.map((value, i) => (lost[i] && i % 2 === 0 ? null : value))),
  });
  const people = wideTable(table, { id: "id", time: "wave", varying: ["x", "trade", "yes"] });
  const imputations = impute(people, { m: 5, iterations: 3 });
  const shareOf = (name: string, level: string, truth: readonly string[]) => {
    const c = imputations.columns.findIndex((column) => column.name === name);
    const column = people.table.columns[name];
    const code = column.kind === "factor" ? column.levels.indexOf(level) : -1;
    const { people: rows } = imputations.columns[c];
    const drawn = imputations.values.map(
      (values) => values[c].filter((v) => v === code).length / rows.length,
    );
    const real = [...rows].filter((row) => truth[row] === level).length / rows.length;
    return { drawn: drawn.reduce((sum, value) => sum + value, 0) / drawn.length, real };
  };

  test("two levels are drawn by logistic regression, more by one regression for each level", () => {
    expect(imputations.columns.map(({ variable, method }) => [variable, method])).toEqual([
      ["yes", "logistic"],
      ["trade", "polytomous"],
    ]);
  });

  test.each(["farm", "mill", "sea"])("imputes %s about as often as it was lost", (level) => {
    const { drawn, real } = shareOf("trade.1", level, trade);
    expect(Math.abs(drawn - real)).toBeLessThan(0.05);
  });

  test("imputes yes about as often as it was lost", () => {
    const { drawn, real } = shareOf("yes.1", "yes", yes);
    expect(Math.abs(drawn - real)).toBeLessThan(0.06);
  });

  test("matching on codes of categories is refused", () => {
    expect(() => impute(people, { methods: { trade: "pmm" } })).toThrow(
      /"logistic" \(two levels\) or "polytomous"/,
    );
  });

  test("perfectly separated categories keep finite coefficients", () => {
    const design = Float64Array.from([1, -2, 1, -1, 1, 1, 1, 2]);
    const rows = { design, width: 2, columns: Int32Array.of(0, 1), rows: Int32Array.of(0, 1, 2, 3) };
    const drawn = drawLogistic({ ...rows, outcome: Float64Array.of(0, 0, 1, 1) }, createRandom(1));
    expect(drawn.every((value) => Math.abs(value) < 20)).toBe(true);
  });
});

describe("hard cases", () => {
  const random = createRandom(3);
  const noise = Array.from({ length: 200 }, () => random.normal());

  test("a wave that nobody answered stays missing, predicts nothing, and is named", () => {
    const table = twoWaves(40, (i, wave) => ({
      y: wave === 2 ? null : i % 3 === 0 ? null : noise[i],
      z: noise[i + 50],
    }));
    const made = impute(wideTable(table, { id: "id", time: "wave", varying: ["y", "z"] }), quick);
    expect(codes(made.warnings)).toContain("impute.column-empty");
    expect(made.warnings[0].message).toContain("y.2");
    expect(completeWide(made, 0).columns["y.2"].missing.every((bit) => bit === 1)).toBe(true);
    expect(made.columns.map(({ name }) => name)).toEqual(["y.1"]);
    expect(made.columns[0].predictors).not.toContain("y.2");
  });

  test("a constant column gets its constant and is named", () => {
    const table = twoWaves(40, (i) => ({ y: i % 3 === 0 ? null : noise[i], c: i % 5 === 0 ? null : 7 }));
    const made = impute(wideTable(table, { id: "id", time: "wave", varying: ["y", "c"] }), quick);
    expect(codes(made.warnings)).toContain("impute.constant-column");
    const column = completeWide(made, 1).columns["c.1"];
    expect(column.kind === "numeric" && column.values.every((value) => value === 7)).toBe(true);
  });

  test("of two predictors that say the same one is used, and they are named", () => {
    const table = twoWaves(60, (i, wave) => ({
      y: i % 4 === 0 ? null : noise[i] + noise[i + wave],
      kg: noise[i + 60],
      lb: noise[i + 60] * 2.2046,
    }));
    const made = impute(
      wideTable(table, { id: "id", time: "wave", varying: ["y"], person: ["kg", "lb"] }),
      quick,
    );
    expect(codes(made.warnings)).toEqual(["impute.collinear"]);
    expect(made.warnings[0].message).toContain("lb (as kg)");
    expect(made.columns[0].predictors).not.toContain("lb");
  });

  test("with more predictors than rows the strongest are used, and the column is named", () => {
    const names = Array.from({ length: 30 }, (_, j) => `p${j}`);
    const table = twoWaves(24, (i) => ({
      y: i % 4 === 0 ? null : noise[i] + 3 * noise[(7 * i + 11 * 5) % 200],
      ...Object.fromEntries(names.map((name, j) => [name, noise[(7 * i + 11 * j) % 200]])),
    }));
    const made = impute(wideTable(table, { id: "id", time: "wave", varying: ["y"], person: names }), quick);
    expect(codes(made.warnings)).toContain("impute.predictors-cut");
    expect(made.columns[0].predictors.length).toBeLessThanOrEqual(6);
    expect(made.columns[0].predictors).toContain("p5");
  });

  test("a panel without missing values has nothing to impute", () => {
    const table = twoWaves(10, (i, wave) => ({ y: noise[i + wave] }));
    const made = impute(wideTable(table, { id: "id", time: "wave", varying: ["y"] }), quick);
    expect(made.columns).toEqual([]);
    expect(made.incompletePeople).toBe(0);
    expect(completeWide(made, 2)).toEqual(made.panel.table);
  });

  test.each([
    [{ m: 1 }, /m a whole number from 2/],
    [{ iterations: 0 }, /iterations/],
    [{ donors: 0.5 }, /donors/],
    [{ minCorrelation: 1 }, /minCorrelation/],
    [{ predictors: { nobody: ["ex"] } }, /columns of the panel .* found nobody/],
    [{ methods: { ex: "logistic" as const } }, /"pmm" or "normal"/],
  ])("refuses the option %j", (wrong, message) => {
    expect(() => impute(panel, wrong)).toThrow(message);
  });

  test("survives structuredClone", () => {
    const made = impute(panel, { m: 2, iterations: 1 });
    expect(completeLong(structuredClone(made), 1)).toEqual(completeLong(made, 1));
  });
});

describe("parts", () => {
  test("a donor is one of the nearest, and every one of them is drawn", () => {
    const candidates = Float64Array.of(0, 10, 1, 11, 2, 12, 3, 13);
    const drawn = matchDonors(candidates, new Float64Array(400).fill(1.4), 3, createRandom(1));
    expect(new Set([...drawn].map((place) => candidates[place]))).toEqual(new Set([0, 1, 2]));
  });

  test("ties between donors are broken at random over all that tie", () => {
    const random = createRandom(2);
    const places = Array.from(
      { length: 300 },
      () => matchDonors(new Float64Array(20), Float64Array.of(0), 5, random)[0],
    );
    expect(new Set(places).size).toBe(20);
  });

  test("numbers are coded as standard scores and categories as indicators", () => {
    const coded = codePanel(panel);
    const age = coded.variables.find(({ name }) => name === "age");
    const values = Array.from(
      { length: coded.nrows },
      (_, row) => coded.design[row * coded.width + (age?.first ?? 0)],
    );
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 8);
    expect(values.reduce((sum, value) => sum + value * value, 0) / coded.nrows).toBeCloseTo(1, 10);
  });
});
