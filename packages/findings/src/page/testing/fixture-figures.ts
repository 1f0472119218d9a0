import {
  type FigureContext,
  forest,
  participantFlow,
  type SlopePanel,
  withinBetween,
} from "@longwave/figure";
import { parseHTML } from "linkedom";
import type { Publication } from "../../publication/types.ts";

export const context: FigureContext = {
  document: parseHTML("<!doctype html><html><body></body></html>").document,
};
const note = "Simulated people · invented numbers for a test page";
export const limits = [
  { lower: -0.5, upper: 0.5 },
  { lower: -0.1, upper: 0.1 },
];
export const lagLimits = [{ lower: -0.03, upper: 0.03 }];

export const flow: Publication["flow"] = {
  invited: 6419,
  consented: 4601,
  answeredOnce: 4534,
  answeredTwice: 4219,
  answeredAll: 1901,
  waves: [4025, 3805, 3547, 3327, 3064].map((answered, index) => ({ wave: `w${index + 1}`, answered })),
};

export const groups = [
  { label: "Women", role: "women", estimate: -0.083, lower: -0.104, upper: -0.062 },
  { label: "Men", role: "men", estimate: -0.153, lower: -0.178, upper: -0.129 },
] as const;
export const everyone = {
  label: "Everyone",
  role: "everyone",
  estimate: -0.115,
  lower: -0.131,
  upper: -0.099,
} as const;

function panel(kind: "between" | "within"): SlopePanel {
  const within = kind === "within";
  const slope = within ? -0.041 : -0.045;
  const intercept = within ? 0 : 1.6;
  const [xLow, yLow] = within ? [-6, -1.6] : [0, 0];
  const cells = Array.from({ length: 20 * 16 }, (_, index) => {
    const x0 = xLow + (index % 20) * 0.6;
    const y0 = yLow + Math.floor(index / 20) * 0.2;
    const across = (x0 + 0.3 - (xLow + 6)) / 2.8;
    const up = (y0 + 0.1 - intercept - slope * (x0 + 0.3)) / 0.55;
    return {
      x0,
      x1: x0 + 0.6,
      y0,
      y1: y0 + 0.2,
      count: Math.round(200 * Math.exp(-(across ** 2 + up ** 2) / 2)),
    };
  });
  const averages = [0.08, 0.2, 0.31, 0.41, 0.52, 0.62, 0.73, 0.88].map((share, index) => {
    const x = xLow + 12 * share;
    const mean = intercept + slope * x + (index % 2 === 0 ? 0.03 : -0.03);
    return { x, mean, lower: mean - 0.07, upper: mean + 0.07, count: 500 };
  });
  return {
    label: within ? "Within a person" : "Between people",
    xLabel: within ? "More exercise than own usual" : "Usual exercise (index)",
    yLabel: within ? "Pain against own usual" : "Usual pain, 0–5",
    slope,
    lower: slope - 0.008,
    upper: slope + 0.008,
    intercept,
    cells: cells.filter((cell) => cell.count >= 10),
    averages,
    xRange: [xLow, xLow + 12],
    yRange: [yLow, yLow + 3.2],
  };
}

export const figures: Publication["figures"] = [
  participantFlow(
    {
      invited: flow.invited,
      stages: [
        { label: "Answered at least once", count: flow.answeredOnce, kind: "group" },
        ...flow.waves.map(({ answered }, index) => ({
          label: `Wave ${index + 1}`,
          count: answered,
          kind: "wave" as const,
        })),
        { label: "Answered twice or more", count: flow.answeredTwice, kind: "group" },
        { label: "Answered all five", count: flow.answeredAll, kind: "group" },
      ],
    },
    {
      title: "Two of three invited people answered at least twice",
      reading: "4,219 people answered twice or more, so that they can be compared with themselves.",
      note,
    },
    context,
  ),
  withinBetween(
    { between: panel("between"), within: panel("within") },
    {
      title: "Both slopes point down, and both are shallow",
      reading:
        "Darker squares hold more answers; squares with fewer than ten are left out. Marks are averages with 95% intervals. Both panels use the same scale.",
      note,
    },
    context,
  ),
  forest(
    {
      rows: [everyone, ...groups],
      zones: [
        { lower: -0.5, upper: 0.5, label: "smaller than people usually notice" },
        { lower: -0.1, upper: 0.1, label: "too small to matter" },
      ],
      lowLabel: "less pain",
      highLabel: "more pain",
      unit: "pain points, 0 to 5",
    },
    {
      id: "women-and-men",
      title: "Every group leans the same way; men a little more",
      reading:
        "Pain points in weeks when a person exercises more than usual, by a step of the size people usually vary.",
      note,
    },
    context,
  ),
];
