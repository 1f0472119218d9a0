import { forest } from "../forest.ts";
import { fiveAnswerGlyph } from "../glyph.ts";
import { intervalGraphic } from "../interval-graphic.ts";
import { participantFlow } from "../participant-flow.ts";
import type { Figure, FigureParts, ForestRow, SlopePanel } from "../types.ts";
import { withinBetween } from "../within-between.ts";
import { checkFigures } from "./check-examples.ts";
import { context, note } from "./context.ts";
import { lagFigures } from "./lag-examples.ts";
import { spreadFigures } from "./spread-examples.ts";
import { teamFigures } from "./team-examples.ts";

export { context };

export const flowData = {
  invited: 6419,
  stages: [
    { label: "Answered at least once", count: 4534, kind: "group" },
    { label: "Wave 1", count: 4025, kind: "wave" },
    { label: "Wave 2", count: 3805, kind: "wave" },
    { label: "Wave 3", count: 3547, kind: "wave" },
    { label: "Wave 4", count: 3327, kind: "wave" },
    { label: "Wave 5", count: 3064, kind: "wave" },
    { label: "Answered twice or more", count: 4219, kind: "group" },
    { label: "Answered all five", count: 190, kind: "group" },
  ],
} as const;

interface Cloud {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly columns: number;
  readonly rows: number;
  readonly at: (x: number) => number;
  readonly spread: number;
}

/** Bell-shaped counts around a line, without a random number. */
function cellsOf(cloud: Cloud): SlopePanel["cells"] {
  const { columns, rows, at, spread } = cloud;
  const width = (cloud.x[1] - cloud.x[0]) / columns;
  const height = (cloud.y[1] - cloud.y[0]) / rows;
  const middle = (cloud.x[0] + cloud.x[1]) / 2;
  const cells = Array.from({ length: columns * rows }, (_, index) => {
    const x0 = cloud.x[0] + (index % columns) * width;
    const y0 = cloud.y[0] + Math.floor(index / columns) * height;
    const across = (x0 + width / 2 - middle) / (columns * width * 0.24);
    const up = (y0 + height / 2 - at(x0 + width / 2)) / spread;
    return {
      x0,
      x1: x0 + width,
      y0,
      y1: y0 + height,
      count: Math.round(220 * Math.exp(-(across ** 2 + up ** 2) / 2)),
    };
  });
  return cells.filter((cell) => cell.count >= 10);
}

function averagesOf(
  xs: readonly number[],
  at: (x: number) => number,
  halfWidth: number,
): SlopePanel["averages"] {
  return xs.map((x, index) => {
    const mean = at(x) + (index % 2 === 0 ? 0.03 : -0.03);
    return { x, mean, lower: mean - halfWidth, upper: mean + halfWidth, count: 400 };
  });
}

const betweenLine = (x: number): number => 1.6 - 0.045 * x;
const withinLine = (x: number): number => -0.041 * x;

export const slopesData: { between: SlopePanel; within: SlopePanel } = {
  between: {
    label: "Between people",
    xLabel: "Usual exercise (index)",
    yLabel: "Usual pain, 0–5",
    slope: -0.045,
    lower: -0.055,
    upper: -0.035,
    intercept: 1.6,
    cells: cellsOf({ x: [0, 12], y: [0, 3.2], columns: 20, rows: 16, at: betweenLine, spread: 0.8 }),
    averages: averagesOf([0.6, 1.5, 2.6, 3.7, 4.8, 6, 7.8, 10.4], betweenLine, 0.08),
    xRange: [0, 12],
    yRange: [0, 3.2],
  },
  within: {
    label: "Within a person",
    xLabel: "More exercise than own usual",
    yLabel: "Pain against own usual",
    slope: -0.041,
    lower: -0.047,
    upper: -0.035,
    intercept: 0,
    cells: cellsOf({ x: [-6, 6], y: [-1.6, 1.6], columns: 20, rows: 16, at: withinLine, spread: 0.5 }),
    averages: averagesOf([-4.4, -2.9, -1.6, -0.6, 0.4, 1.5, 2.8, 4.3], withinLine, 0.05),
    xRange: [-6, 6],
    yRange: [-1.6, 1.6],
  },
};

export const groupRows: readonly ForestRow[] = [
  { label: "Everyone", estimate: -0.115, lower: -0.131, upper: -0.099, role: "everyone" },
  { label: "Women", estimate: -0.083, lower: -0.104, upper: -0.062, role: "women" },
  { label: "Men", estimate: -0.153, lower: -0.178, upper: -0.129, role: "men" },
  { label: "Answered all five", estimate: -0.09, lower: -0.141, upper: -0.039, role: "plain" },
];

export const forestData = {
  rows: groupRows,
  zones: [
    { lower: -0.5, upper: 0.5, label: "smaller than people usually notice" },
    { lower: -0.1, upper: 0.1, label: "too small to matter" },
  ],
  lowLabel: "less pain",
  highLabel: "more pain",
  unit: "pain points for a usual-sized step in exercise",
};

const zones = [
  { lower: -0.5, upper: 0.5 },
  { lower: -0.1, upper: 0.1 },
];

/** Every figure with its expected drawings, whoever may see it. */
export const allFigures = (): readonly FigureParts[] => [...figures, ...teamFigures];

const figures: readonly Figure[] = [
  ...lagFigures,
  ...checkFigures,
  ...spreadFigures,
  participantFlow(
    flowData,
    {
      title: "Two of three invited people answered at least twice",
      reading: "Bars show people still there.",
      note,
    },
    context,
  ),
  withinBetween(
    slopesData,
    {
      title: "Both slopes point down, and both are shallow",
      reading:
        "Darker cells hold more answers. Marks are averages with 95% intervals. Both panels use one scale.",
      note,
    },
    context,
  ),
  forest(
    forestData,
    {
      id: "women-and-men",
      title: "Every group leans the same way; men a little more",
      reading: "The mark is the estimate, the line its 95% interval.",
      note,
    },
    context,
  ),
  withinBetween(
    { between: { ...slopesData.between, cells: [], averages: [] }, within: slopesData.within },
    { id: "not-enough", title: "Nothing to draw yet", reading: "Too few answers so far.", note },
    context,
  ),
];

export const graphics: Readonly<Record<string, string>> = {
  "interval-one": intervalGraphic(
    { rows: groupRows.slice(0, 1), limit: 0.5, zones, alt: "−0.12 (−0.13 to −0.10) pain points" },
    context,
  ),
  "interval-two": intervalGraphic(
    { rows: groupRows.slice(1, 3), limit: 0.5, zones, alt: "Women −0.08, men −0.15 pain points" },
    context,
  ),
  "interval-long-names": intervalGraphic(
    {
      rows: [
        { label: "Not adjusted", estimate: -0.3, lower: -0.41, upper: -0.19, role: "plain" },
        { label: "Adjusted for the start", estimate: 0.002, lower: -0.074, upper: 0.078, role: "plain" },
      ],
      limit: 0.6,
      zones,
      alt: "Not adjusted −0.30 (−0.41 to −0.19), adjusted 0.002 (−0.074 to 0.078) pain points",
    },
    context,
  ),
  "interval-outside": intervalGraphic(
    {
      rows: [{ label: "Lag", estimate: 0.06, lower: -0.02, upper: 0.14, role: "everyone" }],
      limit: 0.1,
      zones: [{ lower: -0.03, upper: 0.03 }],
      alt: "0.06 (−0.02 to 0.14) standard units; the line goes on beyond the picture",
    },
    context,
  ),
  glyph: fiveAnswerGlyph([true, true, true, true, true], "Longwave"),
  "glyph-gaps": fiveAnswerGlyph([true, false, true, true, false], "Answered waves 1, 3 and 4 of 5"),
};
