import { StatsError } from "../../errors.ts";
import type { SemModel, SemParameter } from "./model.ts";

/** Where a row of the parameter table stands in the matrices of the reticular action model. */
export interface Cell {
  readonly matrix: "paths" | "covariances" | "intercepts";
  /** For paths: from `column` to `row`. For covariances: row >= column. For intercepts: column is 0. */
  readonly row: number;
  readonly column: number;
}

/** A cell that holds a free parameter. */
export interface FreeCell extends Cell {
  readonly free: number;
}

/** One group's matrices with the fixed values in place and zero for the free ones. */
export interface GroupStructure {
  /** t x t, row is the outcome: the asymmetric paths A. */
  readonly paths: Float64Array;
  /** t x t: the symmetric S. */
  readonly covariances: Float64Array;
  /** Length t. */
  readonly intercepts: Float64Array;
  readonly cells: readonly FreeCell[];
  /** The variables, each after those with a path to it; null where paths form a loop. */
  readonly order: Int32Array | null;
}

/** A parameter table turned into matrices. */
export interface SemStructure {
  /** Observed, then latent. */
  readonly variables: readonly string[];
  readonly nobserved: number;
  readonly nfree: number;
  readonly start: Float64Array;
  readonly groups: readonly GroupStructure[];
}

function broken(expected: string, found: string, action: string): StatsError {
  return new StatsError("sem.model", `Expected ${expected}; found ${found}. ${action}`);
}

function described({ lhs, op, rhs, group }: SemParameter): string {
  return `"${lhs} ${op}${rhs === "" ? "" : ` ${rhs}`}" in group ${group}`;
}

function cellOf(parameter: SemParameter, index: ReadonlyMap<string, number>): Cell {
  const at = (name: string): number => {
    const found = index.get(name);
    if (found !== undefined) return found;
    throw broken(
      "names of the model's observed or latent variables",
      `"${name}" in ${described(parameter)}`,
      "Add the variable to the model or correct the name.",
    );
  };
  const { lhs, op, rhs } = parameter;
  if (op === "~1") return { matrix: "intercepts", row: at(lhs), column: 0 };
  if (op === "=~") return { matrix: "paths", row: at(rhs), column: at(lhs) };
  if (op === "~") return { matrix: "paths", row: at(lhs), column: at(rhs) };
  const [i, j] = [at(lhs), at(rhs)];
  return { matrix: "covariances", row: Math.max(i, j), column: Math.min(i, j) };
}

function checkNames(variables: readonly string[]): void {
  const twice = variables.find((name, i) => variables.indexOf(name) !== i);
  if (twice === undefined) return;
  throw broken("each variable once", `"${twice}" twice`, "Give latent variables names of their own.");
}

function checkParameter(parameter: SemParameter, groups: number): void {
  const { group, free, value } = parameter;
  if (!Number.isInteger(group) || group < 0 || group >= groups)
    throw broken(
      `a group from 0 to ${groups - 1}`,
      described(parameter),
      "Number groups as the model lists them.",
    );
  if (!Number.isFinite(value))
    throw broken("a finite value", `${value} for ${described(parameter)}`, "Give a fixed or start value.");
  if (free !== null && !(Number.isInteger(free) && free >= 0))
    throw broken(
      "a whole free index from 0",
      `${free} for ${described(parameter)}`,
      "Number free parameters from 0.",
    );
}

function startValues(parameters: readonly SemParameter[]): Float64Array {
  const free = parameters.filter((parameter) => parameter.free !== null);
  const nfree = free.reduce((most, parameter) => Math.max(most, (parameter.free ?? 0) + 1), 0);
  const start = new Float64Array(nfree).fill(Number.NaN);
  for (const { free: index, value } of free) {
    if (index !== null && Number.isNaN(start[index])) start[index] = value;
  }
  const gap = start.findIndex(Number.isNaN);
  if (gap >= 0)
    throw broken("free indices without gaps", `none for ${gap} of ${nfree}`, "Number them from 0.");
  return start;
}

function groupStructure(
  rows: readonly { readonly cell: Cell; readonly parameter: SemParameter }[],
  t: number,
): GroupStructure {
  const group = {
    paths: new Float64Array(t * t),
    covariances: new Float64Array(t * t),
    intercepts: new Float64Array(t),
  };
  const seen = new Set<string>();
  const cells: FreeCell[] = [];
  for (const { cell, parameter } of rows) {
    const key = `${cell.matrix} ${cell.row} ${cell.column}`;
    if (seen.has(key))
      throw broken(
        "each place of the model once",
        `${described(parameter)} twice`,
        "Remove one of the rows.",
      );
    seen.add(key);
    if (parameter.free !== null) cells.push({ ...cell, free: parameter.free });
    else placeInto(group, cell, parameter.value, t);
  }
  return { ...group, cells, order: causalOrder(group.paths, cells, t) };
}

/** An order in which every path points forward, or null where there is none. */
function causalOrder(fixed: Float64Array, cells: readonly FreeCell[], t: number): Int32Array | null {
  const present = fixed.map((value) => (value === 0 ? 0 : 1));
  for (const { matrix, row, column } of cells) if (matrix === "paths") present[row * t + column] = 1;
  const order: number[] = [];
  const placed = new Set<number>();
  for (let round = 0; round < t && order.length < t; round++) {
    for (let i = 0; i < t; i++) {
      const row = present.subarray(i * t, (i + 1) * t);
      if (placed.has(i) || row.some((value, j) => value === 1 && !placed.has(j))) continue;
      placed.add(i);
      order.push(i);
    }
  }
  return order.length === t ? Int32Array.from(order) : null;
}

/** Writes a value into its place, covariances on both sides. */
export function placeInto(
  group: Pick<GroupStructure, "paths" | "covariances" | "intercepts">,
  cell: Cell,
  value: number,
  t: number,
): void {
  if (cell.matrix === "intercepts") group.intercepts[cell.row] = value;
  else group[cell.matrix][cell.row * t + cell.column] = value;
  if (cell.matrix === "covariances") group.covariances[cell.column * t + cell.row] = value;
}

/**
 * The matrices of a parameter table.
 *
 * @throws StatsError `sem.model` for a table that is no model.
 * McArdle & McDonald (1984), Br. J. Math. Stat. Psychol. 37, 234-251 (the reticular action model).
 */
export function semStructure(model: SemModel): SemStructure {
  const variables = [...model.observed, ...model.latent];
  checkNames(variables);
  if (model.groups.length === 0) throw broken("at least one group", "none", 'Use [""] for a single group.');
  for (const parameter of model.parameters) checkParameter(parameter, model.groups.length);
  const index = new Map(variables.map((name, i) => [name, i]));
  const rows = model.parameters.map((parameter) => ({ parameter, cell: cellOf(parameter, index) }));
  const start = startValues(model.parameters);
  return {
    variables,
    nobserved: model.observed.length,
    nfree: start.length,
    start,
    groups: model.groups.map((_, g) =>
      groupStructure(
        rows.filter(({ parameter }) => parameter.group === g),
        variables.length,
      ),
    ),
  };
}
