import type { HybridTruth, PanelTruth } from "../power/truth.ts";

/** Two lagged series whose lags are those that 500 fits of lavaan were recorded for. */
export const panelTruth: PanelTruth = {
  waves: 5,
  icc: 0.66,
  autoregression: { x: 0.2, y: 0.2 },
  xToY: -0.05,
  yToX: -0.15,
  withinCorrelation: -0.1,
  betweenCorrelation: -0.2,
};

/** A slope within people that differs from person to person. */
export const hybridTruth: HybridTruth = {
  waves: 5,
  within: -0.1,
  between: -0.3,
  slopeStdDev: 0.2,
  exposureWithin: 1,
  exposureBetween: 1,
  interceptStdDev: 1,
  residualStdDev: 0.7,
};
