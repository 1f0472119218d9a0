import { createRandom, drawPanel, type FitData, fe, lmm, panelTable } from "@longwave/stats";

/** One truth of lags and what three estimators make of the lag of x on later y, in 400,000 simulated people. */
export interface BiasRow {
  readonly xToY: number;
  readonly yToX: number;
  readonly withinLagOnly: number;
  readonly withinDynamic: number;
  readonly pooled: number;
}

/** Recorded with R 4.2.2 from 400,000 people: 5 waves, own lags 0.2, ICC 0.66. */
export const BIAS_ROWS: readonly BiasRow[] = [
  { xToY: 0, yToX: 0, withinLagOnly: 0.0103, withinDynamic: -0.0007, pooled: -0.0186 },
  { xToY: -0.05, yToX: 0, withinLagOnly: -0.038, withinDynamic: -0.0472, pooled: -0.0356 },
  { xToY: 0, yToX: -0.05, withinLagOnly: 0.023, withinDynamic: 0.0142, pooled: -0.0182 },
  { xToY: -0.05, yToX: -0.05, withinLagOnly: -0.0275, withinDynamic: -0.0344, pooled: -0.0361 },
  { xToY: -0.05, yToX: -0.15, withinLagOnly: -0.004, withinDynamic: -0.007, pooled: -0.0358 },
];

/** The estimates of the three, with their standard errors. */
export function biasedEstimates(
  { xToY, yToX }: BiasRow,
  people: number,
  seed: number,
): Record<"withinLagOnly" | "withinDynamic" | "pooled", { estimate: number; stdError: number }> {
  const truth = {
    waves: 5,
    icc: 0.66,
    autoregression: { x: 0.2, y: 0.2 },
    xToY,
    yToX,
    withinCorrelation: -0.1,
    betweenCorrelation: -0.2,
  };
  const data: FitData = { kind: "rows", table: panelTable(drawPanel(truth, people, createRandom(seed))) };
  const names = { id: "id", time: "wave" };
  const lag = (fit: ReturnType<typeof fe> | ReturnType<typeof lmm>) => {
    const row = fit.fixed.find(({ term }) => term === "lag(x)");
    return { estimate: row?.estimate ?? Number.NaN, stdError: row?.stdError ?? Number.NaN };
  };
  return {
    withinLagOnly: lag(fe("y ~ lag(x)", data, names)),
    withinDynamic: lag(fe("y ~ lag(x) + lag(y)", data, names)),
    pooled: lag(lmm("y ~ lag(x) + lag(y)", data, names)),
  };
}
