import { describe, expect, test } from "vitest";
import { createRandom } from "../random/random.ts";
import { hybridTruth, panelTruth } from "../testing/truths.ts";
import { drawHybrid, drawPanel } from "./draw.ts";
import { panelCovariance } from "./population.ts";

const [panel, hybrid] = [panelTruth, hybridTruth];

function covariance(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  return a.reduce((sum, value, i) => sum + (value - ma) * (b[i] - mb), 0) / a.length;
}

describe("drawn people", () => {
  test("have the covariances that the truth states, at every pair of waves", () => {
    const { x, y } = drawPanel(panel, 60_000, createRandom(1));
    const columns = [...x, ...y];
    const expected = panelCovariance(panel);
    columns.forEach((one, i) => {
      columns.forEach((other, j) => {
        expect(Math.abs(covariance(one, other) - expected[i * columns.length + j])).toBeLessThan(0.05);
      });
    });
  });

  test("leave in the stated share, the worse off the sooner when the truth says so", () => {
    const dropout = { share: 0.4, onOutcome: 0.8 };
    const { y } = drawPanel({ ...panel, dropout }, 40_000, createRandom(2));
    const last = y[y.length - 1];
    const left = last.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0) / last.length;
    expect(Math.abs(left - 0.4)).toBeLessThan(0.03);
    const first = (gone: boolean) => y[0].filter((_, i) => Number.isNaN(last[i]) === gone);
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(first(true))).toBeGreaterThan(mean(first(false)) + 0.3);
  });

  test("answer in categories with the stated shares", () => {
    const categories = [0.3, 0.3, 0.2, 0.1, 0.06, 0.04];
    const { y } = drawHybrid({ ...hybrid, categories }, 30_000, createRandom(3));
    categories.forEach((share, category) => {
      const found = y[0].filter((value) => value === category).length / y[0].length;
      expect(Math.abs(found - share)).toBeLessThan(0.01);
    });
  });

  test("are the same for the same seed", () => {
    expect(drawHybrid(hybrid, 50, createRandom(4))).toEqual(drawHybrid(hybrid, 50, createRandom(4)));
  });

  test("cannot be drawn from lags that no stationary series has", () => {
    const wild = { ...panel, autoregression: { x: 0.99, y: 0.99 }, xToY: 0.5 };
    expect(() => drawPanel(wild, 10, createRandom(5))).toThrow(/no stationary process/);
  });
});
