import { forest } from "../forest.ts";
import { missingnessMap } from "../missingness-map.ts";
import { sessionsAgainstRest } from "../sessions-against-rest.ts";
import { specificationStrip } from "../specification-strip.ts";
import type { Figure } from "../types.ts";
import { context, note } from "./context.ts";

const around = (estimate: number, half: number) => ({
  estimate,
  lower: estimate - half,
  upper: estimate + half,
});
const limits = [
  { lower: -0.5, upper: 0.5, label: "smaller than people usually notice" },
  { lower: -0.1, upper: 0.1, label: "too small to matter" },
];
const axis = { zones: limits, lowLabel: "less pain", highLabel: "more pain" };
const unit = "pain points for a usual-sized step in exercise";

export const stripData = {
  ...axis,
  unit,
  rows: [
    {
      label: "Cumulative link mixed model",
      kind: "sensitivity",
      agrees: true,
      ...around(-0.34, 0.1),
      unit: "log odds",
      people: 4194,
    },
    { label: "As planned", kind: "confirmatory", agrees: true, ...around(-0.115, 0.016), people: 4194 },
    {
      label: "Waves with illness or injury left out, painkillers and flares added",
      kind: "sensitivity",
      agrees: true,
      ...around(-0.12, 0.021),
      people: 4011,
    },
    {
      label: "Only people who answered all waves",
      kind: "sensitivity",
      agrees: true,
      ...around(-0.14, 0.031),
      people: 1901,
    },
    {
      label: "Month of the year added",
      kind: "sensitivity",
      agrees: true,
      ...around(-0.116, 0.017),
      people: 4194,
    },
    {
      label: "Weighted by the chance of staying",
      kind: "sensitivity",
      agrees: false,
      ...around(-0.07, 0.019),
      people: 4194,
    },
    {
      label: "Square root of exercise",
      kind: "exploratory",
      agrees: null,
      ...around(-0.158, 0.02),
      people: 4194,
    },
  ],
} as const;

export const sectionData = {
  ...axis,
  unit,
  rows: [{ label: "Everyone", ...around(-0.115, 0.016), role: "everyone" }],
  sections: [
    {
      label: "Sex",
      interactionP: 0.00002,
      adjustedP: 0.00006,
      rows: [
        { label: "Women", ...around(-0.083, 0.021), role: "women", people: 2320 },
        { label: "Men", ...around(-0.153, 0.025), role: "men", people: 1874 },
      ],
    },
    {
      label: "Age",
      interactionP: 0.214,
      adjustedP: 0.214,
      rows: [
        { label: "18 to 39", ...around(-0.09, 0.041), role: "plain" },
        { label: "40 to 64", ...around(-0.112, 0.022), role: "plain" },
        { label: "65 and over", ...around(-0.131, 0.034), role: "plain" },
      ],
    },
    {
      label: "Pain at the start",
      interactionP: 0.048,
      adjustedP: 0.072,
      rows: [
        { label: "None or mild", ...around(-0.101, 0.02), role: "plain" },
        { label: "Moderate or more", ...around(-0.137, 0.028), role: "plain" },
      ],
    },
  ],
} as const;

export const sessionData = {
  ...axis,
  unit: "points from 0 to 10, after against before",
  types: [
    {
      label: "Walking",
      session: { ...around(-0.41, 0.09), count: 3120 },
      rest: { ...around(-0.28, 0.11), count: 940 },
      difference: around(-0.13, 0.14),
    },
    {
      label: "Strength training",
      session: { ...around(-0.22, 0.15), count: 812 },
      rest: { ...around(-0.27, 0.2), count: 260 },
      difference: around(0.05, 0.25),
    },
  ],
} as const;

export const missingData = {
  waves: ["Wave 1", "Wave 2", "Wave 3", "Wave 4", "Wave 5"],
  patterns: [
    { answered: [true, true, true, false, false], people: 402 },
    { answered: [true, true, true, true, true], people: 1901 },
    { answered: [true, false, false, false, false], people: 311 },
    { answered: [true, true, true, true, false], people: 377 },
    { answered: [true, false, true, true, true], people: 198 },
    { answered: [false, true, true, true, true], people: 86 },
    { answered: null, people: 44 },
  ],
} as const;

export const checkFigures: readonly Figure[] = [
  specificationStrip(
    stripData,
    {
      title: "One choice of seven changes the words",
      reading: "Each row is one way of analysing the same answers.",
      note,
    },
    context,
  ),
  forest(
    sectionData,
    {
      id: "forest-sections",
      title: "Men lean a little more; ages look alike",
      reading: "Groups under each heading.",
      note,
    },
    context,
  ),
  sessionsAgainstRest(
    sessionData,
    {
      title: "Sessions look like rest",
      reading: "Change over a session, over rest, and their difference.",
      note,
    },
    context,
  ),
  missingnessMap(
    missingData,
    {
      title: "Three of five answered every wave",
      reading: "A dot is an answer, a short stroke a gap.",
      note,
    },
    context,
  ),
  specificationStrip(
    { ...stripData, rows: [] },
    { id: "strip-empty", title: "Nothing to draw yet", reading: "No analysis was run.", note },
    { ...context, language: "nb" },
  ),
];
