import { StatsError } from "../../errors.ts";
import { parseFormula } from "../../formula/parse.ts";
import { type DesignColumn, designColumns, INTERCEPT } from "../../frame/design.ts";
import { deviation, type Grouping, groupMeans, groupRows, regroup } from "../../frame/groups.ts";
import { type ModelFrame, modelFrame } from "../../frame/model-frame.ts";
import { columnOf } from "../../table/nearest-name.ts";
import type { Column, FitData } from "../../table/table.ts";

/** The rows of a panel: people by time, with the coded predictors. */
export interface Panel {
  readonly frame: ModelFrame;
  readonly people: Grouping;
  /** The predictors without an intercept. */
  readonly predictors: readonly DesignColumn[];
}

export interface PanelNames {
  readonly id: string;
  readonly time: string | undefined;
  readonly minRows: number | undefined;
}

/**
 * The rows of a panel model and its predictors; the intercept is part of everybody's level.
 *
 * @throws StatsError `fe.random-term`, `fe.one-person`, `formula.*`, `data.*`
 */
export function setupPanel(formula: string, data: FitData, names: PanelNames): Panel {
  const parsed = parseFormula(formula);
  if (parsed.random.length > 0) {
    throw new StatsError(
      "fe.random-term",
      `Expected a formula without random terms; found (... | ${parsed.random[0].group}). Remove it and name the id column.`,
    );
  }
  const frame = modelFrame(parsed, data.table, names);
  const people = frame.people;
  if (people === null || people.count < 2) {
    throw new StatsError(
      "fe.one-person",
      `Expected at least two people in "${names.id}"; found one. Use a model for one person's series.`,
    );
  }
  const side = { intercept: true, terms: parsed.terms };
  const predictors = designColumns(side, frame.variables, frame.outcome.length).filter(
    ({ name }) => name !== INTERCEPT,
  );
  return { frame, people, predictors };
}

/** Values less the mean of their person; exactly 0 where a column does not vary within people. */
export function withinPeople(values: Float64Array, people: Grouping): Float64Array {
  const means = groupMeans(values, people);
  return values.map((value, i) => deviation(value, means[people.codes[i]]));
}

/** The times of the rows in their order, and an indicator of each but the first. */
export function timeColumns(
  frame: ModelFrame,
  data: FitData,
  time: string,
): { readonly labels: readonly string[]; readonly columns: readonly Float64Array[] } {
  const column = columnOf(data.table, time);
  const { codes, count } = regroup(groupRows(column), frame.kept);
  const firstRow = new Int32Array(count).fill(-1);
  codes.forEach((code, i) => {
    if (firstRow[code] < 0) firstRow[code] = frame.kept[i];
  });
  const order = [...firstRow.keys()].sort((a, b) => rank(column, firstRow[a]) - rank(column, firstRow[b]));
  const columns = order.slice(1).map((level) => Float64Array.from(codes, (code) => Number(code === level)));
  return { labels: order.map((level) => labelOf(column, firstRow[level])), columns };
}

function rank(column: Column, row: number): number {
  return column.kind === "numeric" ? column.values[row] : column.codes[row];
}

/** The text of a cell. */
export function labelOf(column: Column, row: number): string {
  return column.kind === "numeric" ? String(column.values[row]) : column.levels[column.codes[row]];
}
