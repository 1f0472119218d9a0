import { datasetSource } from "@longwave/source";
import {
  createRandom,
  createTable,
  fitImputations,
  gee,
  impute,
  lmm,
  numericColumn,
  pool,
  type Table,
  wideTable,
  withColumn,
} from "@longwave/stats";
import { describe, expect, test } from "vitest";
import { contextOf, quickProtocol, runScope, withSensitivity } from "../../testing/beside.ts";
import { simulatedDataset } from "../../testing/study.ts";
import { balancedSlope } from "./balanced-slope.ts";
import { measureShifts } from "./shifted-imputation.ts";

/** Everyone at every wave. */
function balanced(people: number, waves: number): Table {
  const random = createRandom(4);
  const rows = Array.from({ length: people }, (_, id) => {
    const [level, own] = [random.normal(), random.normal()];
    return Array.from({ length: waves }, (_, wave) => {
      const x = level + random.normal();
      return { id, wave: wave + 1, x, z: level, y: 0.3 * x + level + own + 0.1 * wave + random.normal() };
    });
  }).flat();
  const column = (name: "id" | "wave" | "x" | "y" | "z") => numericColumn(rows.map((row) => row[name]));
  return createTable(
    Object.fromEntries((["id", "wave", "x", "y", "z"] as const).map((name) => [name, column(name)])),
  );
}

describe("identities", () => {
  test("in a balanced panel the slope without a search is that of the mixed model", () => {
    const data = { kind: "rows" as const, table: balanced(80, 4) };
    const fit = lmm("y ~ within(x) + between(x) + z + factor(wave) + (1 | id)", data, {
      id: "id",
      time: "wave",
    });
    const quick = balancedSlope(data, { outcome: "y", exposure: "x", waves: 4, term: "within(x)" }, fit);
    const [slow] = fit.fixed.filter(({ term }) => term === "within(x)");
    expect(quick?.fixed[0]?.estimate).toBeCloseTo(slow?.estimate ?? Number.NaN, 9);
    expect(quick?.fixed[0]?.stdError).toBeCloseTo(slow?.stdError ?? Number.NaN, 9);
    expect(
      balancedSlope(data, { outcome: "y", exposure: "x", waves: 3, term: "within(x)" }, fit),
    ).toBeUndefined();
  });

  test("shifts of zero are the imputation under missing at random, value by value", async () => {
    const dataset = simulatedDataset(2, 250);
    const draft = await runScope(dataset, { protocol: withSensitivity([]), scope: "confirmatory" });
    const model = quickProtocol.plan.sensitivity.find(({ id }) => id === "S6")?.model;
    if (model?.family !== "delta_imputation") throw new Error("S6 is an imputation");
    const context = contextOf(dataset, draft);
    const { map } = await measureShifts(context, model);
    const data = await datasetSource(dataset).fitData({
      columns: ["id", "wave", "pain_vrs", "ex", "man", "age10", "education", "smoking"],
      where: "late == 0",
    });
    const panel = wideTable(data.table, {
      ...{ id: "id", time: "wave", varying: ["pain_vrs", "ex"] },
      person: ["man", "age10", "education", "smoking"],
    });
    const fits = fitImputations(impute(panel, { m: model.imputations, seed: 1 }), (long) =>
      lmm(model.formula, long, { id: "id", time: "wave" }),
    );
    const pooled = pool(fits).fixed.find(({ term }) => term === "within(ex)");
    const cell = map?.cells[model.exposureDeltas.indexOf(0)]?.[model.outcomeDeltas.indexOf(0)];
    expect((cell?.estimate ?? 0) / (pooled?.estimate ?? 0)).toBeGreaterThan(1);
    const ratio = (cell?.estimate ?? 0) / (pooled?.estimate ?? 1);
    const width = ((cell?.upper ?? 0) - (cell?.lower ?? 0)) / ((pooled?.upper ?? 1) - (pooled?.lower ?? 0));
    expect(width / ratio).toBeCloseTo(1, 2);
    expect(map?.cells.flat()).toHaveLength(45);
  }, 60_000);

  test("weights that are all 1 give the estimate without weights", () => {
    const table = balanced(60, 4);
    const ones = numericColumn(new Array<number>(table.nrows).fill(1));
    const options = { id: "id", time: "wave", correlation: "independence" as const };
    const formula = "y ~ within(x) + between(x) + factor(wave)";
    const plain = gee(formula, { kind: "rows", table }, options);
    const weighted = gee(
      formula,
      { kind: "rows", table: withColumn(table, "w", ones) },
      { ...options, weights: "w" },
    );
    for (const [index, row] of weighted.fixed.entries()) {
      expect(row.estimate).toBeCloseTo(plain.fixed[index]?.estimate ?? Number.NaN, 12);
      expect(row.stdError).toBeCloseTo(plain.fixed[index]?.stdError ?? Number.NaN, 12);
    }
  });
});
