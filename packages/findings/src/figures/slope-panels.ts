import type { SlopePanel } from "@longwave/figure";
import type { Coefficient } from "@longwave/stats";
import type { Protocol } from "@longwave/study";
import { numberAt, rowsOfModel } from "../flow/used-rows.ts";
import type { FittedModel } from "../plan/fit-model.ts";
import { averageByBins, countCells, type Point, quantile, type Range } from "./binning.ts";

export interface PanelWords {
  readonly between: Pick<SlopePanel, "label" | "xLabel" | "yLabel">;
  readonly within: Pick<SlopePanel, "label" | "xLabel" | "yLabel">;
}

interface PersonPoints {
  readonly between: readonly Point[];
  readonly within: readonly Point[];
}

/** Coarser than the steps in which people's means fall, so that the grid has no empty stripes. */
const GRID = { x: 12, y: 10 };

const EMPTY_RANGE: Range = [0, 0];

/**
 * The two panels of the within and between figure: binned counts, averages in quantile bins, and the two
 * slopes of the model, each drawn through the middle of its own points.
 */
export function slopePanels(
  protocol: Protocol,
  model: FittedModel,
  words: PanelWords,
): { readonly between: SlopePanel; readonly within: SlopePanel } {
  const { outcome, exposure } = protocol.plan.variables;
  const points = personPoints(protocol, model);
  const slope = (kind: "between" | "within"): Coefficient | undefined =>
    model.fit.fixed.find((coefficient) => coefficient.term === `${kind}(${exposure.name})`);
  return {
    between: panelOf(points.between, slope("between"), words.between, outcome.range),
    within: panelOf(points.within, slope("within"), words.within, undefined),
  };
}

/** The points of every person, as they stand in a file. */
export interface SlopePanelInput {
  readonly people: readonly (readonly Point[])[];
  readonly between: Coefficient | undefined;
  readonly within: Coefficient | undefined;
  readonly words: PanelWords;
}

/** The same two panels for points that come from no protocol. */
export function slopePanelsOf(input: SlopePanelInput): {
  readonly between: SlopePanel;
  readonly within: SlopePanel;
} {
  const points = comparedPoints(input.people);
  return {
    between: panelOf(points.between, input.between, input.words.between, undefined),
    within: panelOf(points.within, input.within, input.words.within, undefined),
  };
}

function personPoints(protocol: Protocol, model: FittedModel): PersonPoints {
  const { outcome, exposure, person } = protocol.plan.variables;
  const { table } = model.data;
  const used = rowsOfModel(model, person);
  return comparedPoints(
    used.byPerson.map((rows) =>
      rows.map((row) => ({
        x: numberAt(table.columns[exposure.name], row),
        y: numberAt(table.columns[outcome.name], row),
      })),
    ),
  );
}

/** Each person's means, and each answer as a deviation from them. */
function comparedPoints(people: readonly (readonly Point[])[]): PersonPoints {
  const between: Point[] = [];
  const within: Point[] = [];
  for (const own of people) {
    const mean = { x: average(own.map(({ x }) => x)), y: average(own.map(({ y }) => y)) };
    between.push(mean);
    for (const { x, y } of own) within.push({ x: x - mean.x, y: y - mean.y });
  }
  return { between, within };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function panelOf(
  points: readonly Point[],
  slope: Coefficient | undefined,
  words: PanelWords["between"],
  yLimits: Range | undefined,
): SlopePanel {
  const xRange = middleRange(points.map(({ x }) => x));
  const yRange = yLimits ?? middleRange(points.map(({ y }) => y));
  const mean = { x: average(points.map(({ x }) => x)), y: average(points.map(({ y }) => y)) };
  const cells = countCells(points, { x: xRange, y: yRange }, GRID);
  const averages = averageByBins(points, 6);
  // With nothing to draw, no slope is claimed either.
  const drawn = cells.length + averages.length > 0 ? slope : undefined;
  const estimate = drawn?.estimate ?? Number.NaN;
  return {
    ...words,
    slope: estimate,
    lower: drawn?.lower ?? Number.NaN,
    upper: drawn?.upper ?? Number.NaN,
    intercept: mean.y - estimate * mean.x,
    cells,
    averages,
    xRange,
    yRange,
  };
}

/** The middle 98 % of the values, so that a few far ones do not press the rest together. */
function middleRange(values: readonly number[]): Range {
  const sorted = [...values].sort((a, b) => a - b);
  const [from, to] = [quantile(sorted, 0.01), quantile(sorted, 0.99)];
  return Number.isFinite(from) && Number.isFinite(to) ? [from, to] : EMPTY_RANGE;
}
