import { pathDiagram } from "../path-diagram.ts";
import type { Figure } from "../types.ts";
import { context, note } from "./context.ts";

const interval = (estimate: number, half: number) => ({
  estimate,
  lower: estimate - half,
  upper: estimate + half,
});
const path = (standard: number, scale: number) => ({
  raw: interval(standard * scale, 0.024 * scale),
  standardised: interval(standard, 0.024),
});

export const everyone = {
  label: "",
  people: 4194,
  xToX: path(0.13, 0.98),
  yToY: path(0.18, 1.02),
  xToY: path(-0.002, 0.31),
  yToX: path(-0.017, 2.7),
  together: interval(-0.14, 0.02),
};

export const diagramData = {
  xName: "Exercise",
  yName: "Pain",
  earlier: "One wave",
  later: "Three months later",
  groups: [everyone],
};

export const twoGroups = {
  ...diagramData,
  groups: [
    { ...everyone, label: "Women", people: 2320 },
    { ...everyone, label: "Men", people: 1874, xToY: path(-0.041, 0.31) },
  ],
};

export const lagFigures: readonly Figure[] = [
  pathDiagram(
    diagramData,
    {
      title: "Linked in the same wave; across three months the links are near zero",
      reading: "An arrow shows which wave comes first, not what makes what happen.",
      note,
    },
    context,
  ),
  pathDiagram(
    twoGroups,
    { id: "path-groups", title: "Women and men look alike", reading: "One diagram a group.", note },
    context,
  ),
];
