import {
  drawHybrid,
  drawPanel,
  gee,
  normalQuantile,
  type PanelTruth,
  panelTable,
  type Replicate,
  riclpm,
} from "@longwave/stats";
import type { CalibrationCell } from "./cell.ts";
import { hybridReplicate, usual } from "./hybrid.ts";

const COVERAGE = { figure: "coverage", value: 0.95 } as const;
const FALSE_ALARM = { figure: "rejected", value: 0.05 } as const;

const panel: PanelTruth = {
  waves: 5,
  icc: 0.66,
  autoregression: { x: 0.2, y: 0.2 },
  xToY: -0.05,
  yToX: -0.15,
  withinCorrelation: -0.1,
  betweenCorrelation: -0.2,
};

/** The lag of x on later y, lags equal over time. */
function lagReplicate(truth: PanelTruth, people: number): CalibrationCell["replicate"] {
  return (random) => {
    const table = panelTable(drawPanel(truth, people, random));
    const columns = { x: "x", y: "y", id: "id", time: "wave" };
    const fit = riclpm(columns, { kind: "rows", table }, { lags: "equal", tests: false });
    const path = fit.parameters.find(({ lhs, rhs, op }) => lhs === "wy2" && op === "~" && rhs === "wx1");
    if (!fit.converged || path === undefined) return null;
    const { estimate, stdError, lower, upper, pValue } = path;
    if (stdError === null || lower === null || upper === null || pValue === null) return null;
    return { estimate, stdError, lower, upper, pValue };
  };
}

/** A within-person slope by GEE with few people and the small-sample sandwich of Mancl and DeRouen. */
function geeReplicate(people: number): CalibrationCell["replicate"] {
  return (random) => {
    const table = panelTable(drawHybrid({ ...usual, within: 0 }, people, random));
    const options = { id: "id", correlation: "exchangeable", se: "mancl-derouen" } as const;
    const fit = gee("y ~ within(x) + between(x)", { kind: "rows", table }, options);
    const row = fit.fixed.find(({ term }) => term === "within(x)");
    return fit.converged && row !== undefined ? withNormalP(row) : null;
  };
}

function withNormalP(row: Omit<Replicate, "pValue"> & { readonly pValue: number | null }): Replicate {
  return {
    ...row,
    pValue: row.pValue ?? (Math.abs(row.estimate / row.stdError) > normalQuantile(0.975) ? 0 : 1),
  };
}

const SLOPE = "(1 + within(x) | id)";
const LEVEL = "(1 | id)";

/**
 * The twelve cells that every push repeats 200 times; `npm run validate` repeats them 2,000 times.
 *
 * Their seeds are fixed; a cell off its target means a fault in the engine or a target that was wrong, never a
 * seed to change.
 */
export const cells: readonly CalibrationCell[] = [
  {
    name: "within-person slope, 60 people, 5 waves, ICC 0.66: the interval holds the truth",
    seed: 101,
    truth: usual.within,
    target: COVERAGE,
    replicate: (random) => hybridReplicate({ truth: usual, people: 60, random: LEVEL }, random),
  },
  {
    name: "within-person slope, 300 people, 3 waves, ICC 0.5: the interval holds the truth",
    seed: 102,
    truth: usual.within,
    target: COVERAGE,
    replicate: (random) =>
      hybridReplicate(
        { truth: { ...usual, waves: 3, residualStdDev: 1 }, people: 300, random: LEVEL },
        random,
      ),
  },
  {
    name: "no within-person slope, 60 people, 5 waves: false alarms",
    seed: 103,
    truth: 0,
    target: FALSE_ALARM,
    replicate: (random) =>
      hybridReplicate({ truth: { ...usual, within: 0 }, people: 60, random: LEVEL }, random),
  },
  {
    name: "personal slopes with an SD of 0.2, modelled, 300 people: the interval holds the mean slope",
    seed: 104,
    truth: usual.within,
    target: COVERAGE,
    replicate: (random) =>
      hybridReplicate({ truth: { ...usual, slopeStdDev: 0.2 }, people: 300, random: SLOPE }, random),
  },
  {
    name: "personal slopes with an SD of 0.4, left out of the model, CR2: the interval holds the mean slope",
    seed: 105,
    truth: usual.within,
    target: COVERAGE,
    replicate: (random) =>
      hybridReplicate(
        {
          truth: { ...usual, slopeStdDev: 0.4 },
          people: 200,
          random: LEVEL,
          options: { se: "cr2" },
        },
        random,
      ),
  },
  {
    name: "40 % leave, the worse off the sooner (MAR), 300 people: the interval holds the slope",
    seed: 106,
    truth: usual.within,
    target: COVERAGE,
    replicate: (random) =>
      hybridReplicate(
        {
          truth: { ...usual, dropout: { share: 0.4, onOutcome: 0.6 } },
          people: 300,
          random: LEVEL,
        },
        random,
      ),
  },
  {
    name: "skewed levels of people (exponential), 60 people: the interval holds the slope",
    seed: 107,
    truth: usual.within,
    target: COVERAGE,
    replicate: (random) =>
      hybridReplicate({ truth: { ...usual, skewed: true }, people: 60, random: LEVEL }, random),
  },
  {
    name: "no slope, outcome answered from 0 to 5, 300 people: false alarms",
    seed: 108,
    truth: 0,
    target: FALSE_ALARM,
    replicate: (random) =>
      hybridReplicate(
        {
          truth: { ...usual, within: 0, between: 0, categories: [0.2, 0.3, 0.25, 0.15, 0.07, 0.03] },
          people: 300,
          random: LEVEL,
        },
        random,
      ),
  },
  {
    name: "30 waves, 60 people, personal slopes: the interval holds the mean slope",
    seed: 109,
    truth: usual.within,
    target: COVERAGE,
    replicate: (random) =>
      hybridReplicate(
        { truth: { ...usual, waves: 30, slopeStdDev: 0.2 }, people: 60, random: SLOPE },
        random,
      ),
  },
  {
    name: "no difference between people, 12 people, Kenward-Roger: false alarms",
    seed: 110,
    truth: 0,
    target: FALSE_ALARM,
    replicate: (random) =>
      hybridReplicate(
        {
          truth: { ...usual, between: 0 },
          people: 12,
          random: LEVEL,
          term: "between(x)",
          options: { df: "kenward-roger" },
        },
        random,
      ),
  },
  {
    name: "RI-CLPM, 300 people, 5 waves: the interval holds the lag of x on later y",
    seed: 111,
    truth: panel.xToY,
    target: COVERAGE,
    replicate: lagReplicate(panel, 300),
  },
  {
    name: "GEE by Mancl and DeRouen, 40 people, no within-person slope: false alarms",
    seed: 112,
    truth: 0,
    target: FALSE_ALARM,
    replicate: geeReplicate(40),
  },
];
