import { expect, test } from "vitest";
import { lmm } from "../models/lmm/fit.ts";
import { drawHybrid } from "../power/draw.ts";
import { panelTable } from "../power/panel-table.ts";
import { createRandom } from "../random/random.ts";
import { expectAbsolute } from "../testing/compare.ts";
import { fitImputations, impute } from "./impute.ts";
import { pool } from "./pool.ts";
import { wideTable } from "./wide.ts";

/** Four in ten leave, sooner the worse they felt: missing at random given the answers before. */
const truth = {
  waves: 4,
  within: -0.3,
  between: -0.3,
  slopeStdDev: 0,
  exposureWithin: 1,
  exposureBetween: 1,
  interceptStdDev: 1,
  residualStdDev: 0.7,
  dropout: { share: 0.4, onOutcome: 1 },
};

const replicates = Array.from({ length: 60 }, (_, k) => {
  const table = panelTable(drawHybrid(truth, 80, createRandom(1000 + k)));
  const panel = wideTable(table, { id: "id", time: "wave", varying: ["x", "y"] });
  const imputations = impute(panel, { m: 5, iterations: 4, seed: k, methods: { x: "normal", y: "normal" } });
  const pooled = pool(
    fitImputations(imputations, (data) => lmm("y ~ within(x) + between(x) + wave + (1 | id)", data)),
  );
  const seen = table.columns.y;
  const last = seen.kind === "numeric" ? lastWaveMean(table.columns.wave, seen.values) : 0;
  return { pooled, last };
});

/** The mean outcome of those still there at the last wave. */
function lastWaveMean(wave: { readonly kind: string }, values: Float64Array): number {
  const waves = "values" in wave ? (wave.values as Float64Array) : new Float64Array(0);
  const kept = values.filter((_, row) => waves[row] === 4);
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
}

test("intervals after imputation hold the true within-person slope about as often as they say", () => {
  const covered = replicates.filter(
    ({ pooled: { fixed } }) => fixed[1].lower <= -0.3 && -0.3 <= fixed[1].upper,
  );
  // Four Monte-Carlo standard errors about 0.95.
  expectAbsolute(covered.length / replicates.length, 0.95, 4 * Math.sqrt((0.95 * 0.05) / replicates.length));
});

test("those who stay felt better, and imputation gives back the trend of all", () => {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(replicates.map(({ last }) => last))).toBeLessThan(-0.3);
  const trends = replicates.map(({ pooled }) => pooled.fixed[3].estimate);
  const spread = Math.sqrt(mean(trends.map((value) => value ** 2)) / replicates.length);
  expectAbsolute(mean(trends), 0, 4 * spread);
});
