import type { LagComparison, ModelReport } from "../../publication/types.ts";

function path(from: "x" | "y", to: "x" | "y", value: number): object {
  const interval = { lower: value - 0.02, upper: value + 0.02, pValue: 0.15 };
  const standardised = { standardizedLower: value - 0.02, standardizedUpper: value + 0.02 };
  return {
    from,
    to,
    group: null,
    equal: true,
    estimate: value,
    ...interval,
    standardized: value,
    ...standardised,
  };
}

const fit: object = {
  model: "riclpm",
  nobs: 4219,
  chiSquare: 82.1,
  df: 81,
  pValue: 0.444,
  cfi: 1,
  rmsea: 0.003,
  srmr: 0.016,
  logLik: -20958,
  converged: true,
  parameters: [],
  warnings: [],
  rows: { read: 17881, used: 17523, droppedMissing: 358 },
  leftOut: { withoutGroup: 0, withoutCovariate: 101, withoutAnswers: 0 },
  paths: [path("x", "x", 0.12), path("x", "y", -0.018), path("y", "x", -0.005), path("y", "y", 0.14)],
};

/** Two panel models of invented numbers: the planned one, and one for comparison. */
export const lagModels: readonly ModelReport[] = [
  {
    ...{ id: "m3", title: "Three months later", comparisonOnly: false, fallbackUsed: false, people: 4219 },
    ...{ formula: "ri_clpm(ex, pain_vrs; lags equal)", planned: "ri_clpm(ex, pain_vrs; lags equal)", fit },
  },
  {
    ...{
      id: "m4",
      title: "Cross-lagged panel model",
      comparisonOnly: true,
      fallbackUsed: false,
      people: 4219,
    },
    ...{ formula: "clpm(ex, pain_vrs; lags equal)", planned: "clpm(ex, pain_vrs; lags equal)", fit },
    note: "For comparison only.",
  },
];

/** The lags of both models, side by side. */
export const lagComparisonFixture: LagComparison = {
  forwardLabel: "Exercise, then pain",
  backwardLabel: "Pain, then exercise",
  rows: [
    {
      ...{ model: "m3", title: "RI-CLPM, the planned model", planned: true },
      forward: { value: -0.018, lower: -0.043, upper: 0.007 },
      backward: { value: -0.005, lower: -0.03, upper: 0.02 },
      reason: "It sets each person's own level apart.",
    },
    {
      ...{ model: "m4", title: "CLPM, without a level of each person's own", planned: false },
      forward: { value: -0.001, lower: -0.013, upper: 0.01 },
      backward: { value: 0.001, lower: -0.011, upper: 0.013 },
      reason: "It takes everyone for the same person.",
    },
  ],
  notes: ["They answer different questions, so different numbers are no mistake."],
};
