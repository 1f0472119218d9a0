import { type DeltaMapCell, deltaMap } from "../delta-map.ts";
import { lastWaveMeans } from "../last-wave-means.ts";
import { meanBands } from "../mean-bands.ts";
import { slopeDistribution } from "../slope-distribution.ts";
import type { Figure } from "../types.ts";
import { context, note } from "./context.ts";

const waves = ["Wave 1", "Wave 2", "Wave 3", "Wave 4", "Wave 5"];
const outcomeDeltas = [-0.5, -0.25, 0, 0.25, 0.5, 0.75, 1, 1.25, 1.5];
const exposureDeltas = [-2, -1.5, -1, -0.5, 0];

function shiftedCell(outcome: number, exposure: number): DeltaMapCell {
  const estimate = -0.115 + 0.06 * outcome + 0.012 * exposure * outcome - 0.008 * exposure;
  const changed = estimate + 0.018 > -0.05;
  return {
    estimate,
    lower: estimate - 0.018,
    upper: estimate + 0.018,
    changed,
    verdict: changed ? "Not clear" : "A weak association",
  };
}

export const deltaData = {
  outcomeLabel: "Pain after people left, shifted by (points)",
  exposureLabel: "Exercise after people left, shifted by (index points)",
  outcomeDeltas,
  exposureDeltas,
  cells: exposureDeltas.map((exposure) => outcomeDeltas.map((outcome) => shiftedCell(outcome, exposure))),
  unit: "pain points",
};

const bandPoint = (mean: number, count: number) => ({
  mean,
  lower: mean - 0.05,
  upper: mean + 0.05,
  count,
  bands: [
    { lower: Math.max(0, mean - 1.3), upper: mean + 1.5 },
    { lower: mean - 0.6, upper: mean + 0.7 },
  ],
});

export const bandsData = {
  waves,
  yLabel: "Pain, 0 to 5",
  yRange: [0, 5] as const,
  shares: [0.8, 0.5],
  groups: [
    {
      label: "Women",
      role: "women" as const,
      points: [1.8, 1.75, 1.72, 1.7, 1.66].map((mean, index) => bandPoint(mean, 2200 - 150 * index)),
    },
    {
      label: "Men",
      role: "men" as const,
      points: [1.4, 1.42, null, 1.35, 1.36].map((mean) => (mean === null ? null : bandPoint(mean, 1500))),
    },
  ],
};

export const lastWaveData = {
  yLabel: "Pain, 0 to 5",
  groups: [1, 2, 3, 4, 5].map((last) => ({
    label: `Wave ${last}`,
    people: last === 5 ? 3064 : 420 - 40 * last,
    stayed: last === 5,
    points: Array.from({ length: last }, (_, before) => {
      const mean = 1.9 - 0.06 * last + (before === 0 && last < 5 ? 0.08 : 0);
      const half = last === 5 ? 0.04 : 0.12;
      return { before, mean, lower: mean - half, upper: mean + half, count: 300 };
    }),
  })),
};

export const slopeData = {
  mean: -0.042,
  stdDev: 0.031,
  reliability: 0.07,
  zones: [{ lower: -0.037, upper: 0.037, label: "too small to matter" }],
  shares: [
    { label: "Less pain by more than our limit", share: 0.56, lower: 0.49, upper: 0.66 },
    { label: "More pain, by any amount", share: 0.088, lower: 0.02, upper: 0.15 },
  ],
  lowLabel: "less pain",
  highLabel: "more pain",
  unit: "pain points for one index point of exercise",
};

export const spreadFigures: readonly Figure[] = [
  deltaMap(
    deltaData,
    {
      title: "The words hold until those who left had clearly more pain",
      reading: "Each cell moves the unseen answers.",
      note,
    },
    context,
  ),
  meanBands(
    bandsData,
    { title: "Pain hardly moves", reading: "Lines are means, bands hold most answers.", note },
    context,
  ),
  lastWaveMeans(
    lastWaveData,
    {
      title: "Those who left early had a little more pain",
      reading: "Lines end at people's last answer.",
      note,
    },
    context,
  ),
  slopeDistribution(
    slopeData,
    {
      title: "Personal slopes are expected to lie close together",
      reading: "A bell of the model, not a count of people.",
      note,
    },
    context,
  ),
  slopeDistribution(
    { ...slopeData, reliability: 0.62 },
    {
      id: "slope-reliable",
      title: "With more answers a person's slope can be told",
      reading: "A bell of the model.",
      note,
    },
    { ...context, language: "nb" },
  ),
];
