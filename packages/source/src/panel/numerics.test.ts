import { join } from "node:path";
import { lmmFromSums, type PanelSums } from "@longwave/stats/from-sums";
import { beforeAll, describe, expect, test } from "vitest";
import { openFile } from "../file-source.ts";
import { runDuckdb } from "../testing/duckdb.ts";
import { temporaryFolder } from "../testing/temporary-files.ts";

const folder = temporaryFolder();
const file = join(folder.path, "panel.parquet");
const FORMULA = "y ~ within(x) + between(x) + wave + (1 + wave | id)";

/** Simulated people at five waves: 60,000 of them, as one row group of Parquet has 122,880 rows. */
beforeAll(() =>
  runDuckdb(
    ":memory:",
    `create table level as select i as id, random() as u, random() as v from (select setseed(0.4)), range(60000) t(i);
     create table panel as select id, w as wave, u + random() as x, 3 + u + v * w / 4 + random() as y
       from level, range(5) t(w) order by id, w;
     copy (select id, wave, x, y, 2019 + wave as year, 1600000000 + 7862400 * wave as epoch, 1e8 + 1e6 * x as huge
       from panel) to '${file}' (format parquet)`,
  ),
);

async function sumsOf(formula: string, options: { time?: string; where?: string; threads?: number } = {}) {
  const { time = "wave", where, threads = 1 } = options;
  const source = await openFile(file, { threads });
  try {
    const sums = await source.panel?.sums({ formula, time, ...(where === undefined ? {} : { where }) });
    if (sums === undefined) throw new Error("a file can be summed");
    return sums;
  } finally {
    await source.close();
  }
}

const few = "id < 400";
const fitOf = (sums: PanelSums, time = "wave") => lmmFromSums(sums, { time, method: "ml" });
const relative = (a: number | null | undefined, b: number | null | undefined) =>
  Math.abs((a ?? Number.NaN) / (b ?? Number.NaN) - 1);

describe("rules for sums that keep their digits", () => {
  test.each([
    ["calendar years", "year", 1],
    ["seconds since 1970", "epoch", 7_862_400],
  ])("columns are centred and scaled before products: %s with a random slope", async (_, time, unit) => {
    const plain = fitOf(await sumsOf(FORMULA, { where: few }));
    const other = fitOf(await sumsOf(FORMULA.replaceAll("wave", time), { where: few, time }), time);
    expect(relative(other.deviance, plain.deviance)).toBeLessThan(1e-9);
    expect(relative((other.fixed.at(-1)?.estimate ?? 0) * unit, plain.fixed.at(-1)?.estimate)).toBeLessThan(
      1e-7,
    );
    expect(other.fixed).toHaveLength(4);
  });

  test("columns are centred and scaled before products: a predictor near 1e8", async () => {
    const plain = fitOf(await sumsOf("y ~ x + (1 | id)", { where: few }));
    const huge = fitOf(await sumsOf("y ~ huge + (1 | id)", { where: few }));
    expect(relative(huge.deviance, plain.deviance)).toBeLessThan(1e-9);
    expect(relative((huge.fixed[1]?.estimate ?? 0) * 1e6, plain.fixed[1]?.estimate)).toBeLessThan(1e-7);
  });

  test("the stop rule goes with the size of the deviance: millions of people need no more steps than hundreds", async () => {
    const sums = await sumsOf(FORMULA, { where: few });
    const times = 100_000;
    const many: PanelSums = {
      ...sums,
      rows: { ...sums.rows, read: sums.rows.read * times, used: sums.rows.used * times },
      patterns: sums.patterns.map((pattern) => ({
        ...pattern,
        people: pattern.people * times,
        products: pattern.products.map((sum) => sum * times),
      })),
    };
    const [hundreds, millions] = [fitOf(sums), fitOf(many)];
    expect(millions.deviance).toBeGreaterThan(1e8);
    expect([hundreds.converged, millions.converged]).toEqual([true, true]);
    for (const [k, theta] of hundreds.theta.entries())
      expect(relative(millions.theta[k], theta)).toBeLessThan(1e-6);
  });

  test("one thread adds in one order: the same sums to the last bit, every time", async () => {
    expect(await sumsOf(FORMULA)).toEqual(await sumsOf(FORMULA));
  });

  test("two threads change the last digits of sums, and none that anybody is shown", async () => {
    const [one, two] = await Promise.all([1, 2].map((threads) => sumsOf(FORMULA, { threads })));
    if (one === undefined || two === undefined) throw new Error("both were summed");
    const [first, second] = [one, two].map(({ patterns }) => patterns[0]?.products ?? []);
    const largest = Math.max(...(first ?? []).map(Math.abs));
    first?.forEach((sum, at) => {
      expect(Math.abs(sum - (second?.[at] ?? Number.NaN))).toBeLessThan(1e-13 * largest);
    });
    const [a, b] = [fitOf(one), fitOf(two)];
    expect(relative(a.deviance, b.deviance)).toBeLessThan(1e-12);
    for (const [j, { estimate }] of a.fixed.entries())
      expect(relative(estimate, b.fixed[j]?.estimate)).toBeLessThan(1e-9);
  });
});
