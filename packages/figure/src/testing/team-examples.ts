import { caterpillar } from "../team/caterpillar.ts";
import { influencePlot } from "../team/influence-plot.ts";
import { personLines } from "../team/person-lines.ts";
import { personMap } from "../team/person-map.ts";
import { residualPlot } from "../team/residual-plot.ts";
import { spaghetti } from "../team/spaghetti.ts";
import type { TeamFigure } from "../types.ts";
import { context, note } from "./context.ts";

/** Numbers between 0 and 1 that look irregular and are the same each time. */
const wobble = (index: number): number => (Math.sin(index * 12.9898) * 43758.5453) % 1;

const waves = ["Wave 1", "Wave 2", "Wave 3", "Wave 4", "Wave 5"];

export const spaghettiData = {
  waves,
  yLabel: "Pain, 0 to 5",
  yRange: [0, 5] as const,
  people: Array.from({ length: 200 }, (_, person) =>
    waves.map((_, wave) => {
      const seen = Math.abs(wobble(person * 7 + wave)) > 0.25;
      return seen
        ? Math.round(Math.min(5, Math.max(0, 1.7 + 2.2 * wobble(person) + wobble(person * 5 + wave))))
        : null;
    }),
  ),
  means: waves.map((_, wave) => ({
    mean: 1.7 - 0.04 * wave,
    lower: 1.65 - 0.04 * wave,
    upper: 1.75 - 0.04 * wave,
    count: 150,
  })),
};

export const caterpillarData = {
  slopes: Array.from({ length: 300 }, (_, person) => {
    const estimate = -0.04 + 0.05 * wobble(person + 3);
    const half = 0.03 + 0.05 * Math.abs(wobble(person + 40));
    return {
      estimate,
      lower: estimate - half,
      upper: estimate + half,
      reliability: half < 0.045 ? 0.6 : 0.2,
    };
  }),
  mean: -0.041,
  lowLabel: "less pain",
  highLabel: "more pain",
  unit: "pain points",
};

export const influenceData = {
  measure: "Cook's distance",
  threshold: 0.04,
  points: Array.from({ length: 60 }, (_, person) => ({
    label: `P-${1000 + person}`,
    value: 0.06 * wobble(person + 9) ** 2,
  })),
};

const normalLike = Array.from({ length: 300 }, (_, index) => -2.7 + (5.4 * index) / 299);

export const residualData = {
  quantiles: normalLike.map((theoretical) => ({
    theoretical,
    residual: theoretical + 0.06 * theoretical ** 3 * 0.4,
  })),
  points: normalLike.map((_, index) => ({
    fitted: 1 + 1.5 * Math.abs(wobble(index + 2)),
    residual: 1.4 * wobble(index),
  })),
};

export const mapData = {
  waves,
  highLabel: "more pain",
  people: spaghettiData.people,
  range: [0, 5] as const,
};

export const linesData = {
  xLabel: "Exercise (index)",
  yLabel: "Pain, 0 to 5",
  xRange: [0, 15] as const,
  yRange: [0, 5] as const,
  people: Array.from({ length: 60 }, (_, person) => {
    const middle = 5 + 4.5 * wobble(person + 20);
    const half = 1 + 2 * Math.abs(wobble(person + 60));
    return {
      x1: Math.max(0, middle - half),
      x2: middle + half,
      mean: { x: middle, y: 1.9 - 0.05 * middle + 1.2 * wobble(person + 90) },
      slope: -0.04 + 0.03 * wobble(person + 7),
    };
  }),
  total: 4194,
  between: { slope: -0.05, intercept: 1.9 },
  typical: { slope: -0.041, x: 5, y: 1.65 },
};

export const teamFigures: readonly TeamFigure[] = [
  spaghetti(
    spaghettiData,
    { title: "Answers over time", reading: "Thin lines are single people.", note },
    context,
  ),
  caterpillar(
    caterpillarData,
    { title: "Personal slopes", reading: "Each line is one person.", note },
    context,
  ),
  personMap(
    mapData,
    { title: "Who answered when, and what", reading: "Each row is one person.", note },
    context,
  ),
  personLines(linesData, { title: "Own lines", reading: "Each thin line is one person.", note }, context),
  influencePlot(influenceData, { title: "Whom the fit leans on", reading: "Largest first.", note }, context),
  residualPlot(
    residualData,
    { title: "Residuals", reading: "Points near the line are as expected.", note },
    context,
  ),
];
