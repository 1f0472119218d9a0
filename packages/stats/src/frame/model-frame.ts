import { StatsError } from "../errors.ts";
import type { Formula, Variable } from "../formula/formula.ts";
import type { RowCounts } from "../models/fit.ts";
import { takeObserved } from "../table/columns.ts";
import { columnOf } from "../table/nearest-name.ts";
import type { Column, NumericColumn, Table } from "../table/table.ts";
import { type GroupingFactor, groupingFactors, nestedFactors } from "./grouping-factors.ts";
import { deviation, type Grouping, groupMeans, regroup } from "./groups.ts";
import { type OutcomeKind, outcomeColumn, outcomeValues } from "./outcome.ts";
import {
  formulaVariables,
  isCentred,
  meansAreShared,
  personGrouping,
  type RawRows,
  rawVariable,
  requireNumbers,
} from "./variables.ts";

/** The rows a model uses, with every variable of its formula evaluated on them. */
export interface ModelFrame {
  readonly formula: Formula;
  readonly rows: RowCounts;
  /** The rows of the table that are used, in their order. */
  readonly kept: Int32Array;
  /** Numbers; codes from 0 that index `outcomeLevels` where the outcome is a category; 0 and 1 where binary. */
  readonly outcome: Float64Array;
  /** The levels of an outcome that is a category, in order, used or not; null for a number. */
  readonly outcomeLevels: readonly string[] | null;
  /** Variables by their text, without missing values. */
  readonly variables: ReadonlyMap<string, Column>;
  /** The grouping factors of the random terms, the finest first, each nested in the next. */
  readonly factors: readonly GroupingFactor[];
  /** The rows by the (finest) grouping factor of the random terms; null without one. */
  readonly groups: Grouping | null;
  /** The rows by person: the id column, else the (finest) grouping factor; null without either. */
  readonly people: Grouping | null;
  readonly withinStdDev: Readonly<Record<string, number>>;
}

export interface FrameOptions {
  readonly time?: string | undefined;
  readonly id?: string | undefined;
  readonly minRows?: number | undefined;
  /** What the outcome is; a number by default. */
  readonly outcome?: OutcomeKind | undefined;
  /** True for a model that takes several grouping factors when they are nested. */
  readonly nested?: boolean | undefined;
}

/** What must be observed in a row for it to be used. */
function requiredVariables(formula: Formula): Variable[] {
  const base = formulaVariables(formula).map((variable) =>
    isCentred(variable) ? variable.argument : variable,
  );
  return [formula.outcome, ...base];
}

function completeRows(columns: readonly Column[], nrows: number): Uint8Array {
  const complete = new Uint8Array(nrows).fill(1);
  for (const { missing } of columns) {
    if (!missing.includes(1)) continue;
    for (let row = 0; row < nrows; row++) if (missing[row] === 1) complete[row] = 0;
  }
  return complete;
}

/** Leaves out the rows of people who have fewer than `minRows` complete ones. */
function dropShortPeople(complete: Uint8Array, person: Grouping, minRows: number): void {
  const counts = new Int32Array(person.count);
  for (let row = 0; row < complete.length; row++) if (complete[row] === 1) counts[person.codes[row]]++;
  for (let row = 0; row < complete.length; row++) {
    if (complete[row] === 1 && counts[person.codes[row]] < minRows) complete[row] = 0;
  }
}

function countOnes(bits: Uint8Array): number {
  let count = 0;
  for (let row = 0; row < bits.length; row++) count += bits[row];
  return count;
}

function rowsOf(complete: Uint8Array): Int32Array {
  const kept = new Int32Array(countOnes(complete));
  let next = 0;
  for (let row = 0; row < complete.length; row++) if (complete[row] === 1) kept[next++] = row;
  return kept;
}

function noRows(columns: ReadonlyMap<string, Column>, nrows: number): StatsError {
  const counts = [...columns].map(([name, { missing }]) => {
    const lost = missing.reduce((sum, bit) => sum + bit, 0);
    return `${name} is missing in ${lost}`;
  });
  return new StatsError(
    "data.no-rows",
    `Expected rows in which every variable of the formula is observed; found none of ${nrows} (${counts.join(", ")}). Check the column names and the filter.`,
  );
}

/** The rows used, by person, and the person means over them; computed once for within(x) and between(x). */
interface KeptPeople {
  readonly kept: Int32Array;
  readonly people: Grouping | null;
  readonly means: Map<string, Float64Array>;
}

function personMeans(use: KeptPeople, people: Grouping, name: string, values: Float64Array): Float64Array {
  const means = use.means.get(name) ?? groupMeans(values, people);
  use.means.set(name, means);
  return means;
}

/** within() and between() over the rows used; those of a lagged pair keep the means of the lag. */
function centredVariable(
  raw: RawRows,
  variable: Extract<Variable, { kind: "call" }>,
  use: KeptPeople,
): NumericColumn {
  if (meansAreShared(raw.formula, variable.argument)) {
    return takeObserved(rawVariable(raw, variable), use.kept) as NumericColumn;
  }
  const people = use.people ?? regroup(personGrouping(raw, variable.text), use.kept);
  const column = takeObserved(rawVariable(raw, variable.argument), use.kept);
  const { values, missing } = requireNumbers(column, variable.argument.text, `for ${variable.text}`);
  const means = personMeans(use, people, variable.argument.text, values);
  // `values` was gathered for this variable alone, so it may be overwritten.
  const { codes } = people;
  if (variable.call === "within") {
    for (let i = 0; i < values.length; i++) values[i] = deviation(values[i], means[codes[i]]);
  }
  if (variable.call === "between") for (let i = 0; i < values.length; i++) values[i] = means[codes[i]];
  return { kind: "numeric", values, missing };
}

function keptVariable(raw: RawRows, variable: Variable, use: KeptPeople): Column {
  return isCentred(variable)
    ? centredVariable(raw, variable, use)
    : takeObserved(rawVariable(raw, variable), use.kept);
}

/**
 * sqrt(sum of squared deviations / (rows - people)) over people with at least two rows.
 *
 * Whoever has one row deviates by 0 and adds as much to the rows as to the people, so all may be counted.
 */
function withinStdDev(deviations: Float64Array, people: Grouping): number {
  let sum = 0;
  for (let i = 0; i < deviations.length; i++) sum += deviations[i] * deviations[i];
  const df = deviations.length - people.count;
  return df > 0 ? Math.sqrt(sum / df) : Number.NaN;
}

interface KeptRows {
  readonly kept: Int32Array;
  /** Rows left out because a value is missing; people with too few rows are not counted here. */
  readonly droppedMissing: number;
}

function keepRows(raw: RawRows, options: FrameOptions): KeptRows {
  const required = new Map<string, Column>();
  for (const variable of requiredVariables(raw.formula))
    required.set(variable.text, rawVariable(raw, variable));
  const naming = [...raw.formula.random.flatMap(({ columns }) => columns), ...(raw.idColumns ?? [])];
  for (const name of naming) required.set(name, columnOf(raw.table, name));
  const complete = completeRows([...required.values()], raw.table.nrows);
  const droppedMissing = raw.table.nrows - countOnes(complete);
  if (options.minRows !== undefined && options.minRows > 1) {
    dropShortPeople(complete, personGrouping(raw, "min-rows"), options.minRows);
  }
  const kept = rowsOf(complete);
  if (kept.length === 0) throw noRows(required, raw.table.nrows);
  return { kept, droppedMissing };
}

/**
 * The model frame: lag() from the raw rows by time; then rows with a missing value are dropped, and people
 * with fewer than `minRows` rows; then within() and between() over the rows left.
 *
 * @throws StatsError `data.*`, `lmm.several-groups`, and with `nested` `lmm.crossed-groups`, `lmm.same-groups`
 */
export function modelFrame(formula: Formula, table: Table, options: FrameOptions): ModelFrame {
  const rawFactors = groupingFactors(formula, table, options.nested === true);
  const raw: RawRows = {
    table,
    formula,
    idColumns: options.id === undefined ? rawFactors[0]?.columns : [options.id],
    timeName: options.time,
    cache: { columns: new Map() },
  };
  if (options.id === undefined && rawFactors.length > 0) raw.cache.person = rawFactors[0].grouping;
  const { text } = formula.outcome;
  const outcome = outcomeColumn(rawVariable(raw, formula.outcome), text, options.outcome ?? "number");
  const { kept, droppedMissing } = keepRows(raw, options);
  const people = raw.idColumns === undefined ? null : regroup(personGrouping(raw, "id"), kept);
  const factors = nestedFactors(rawFactors, kept);
  const use: KeptPeople = { kept, people, means: new Map() };
  const variables = new Map<string, Column>();
  for (const variable of formulaVariables(formula)) {
    variables.set(variable.text, keptVariable(raw, variable, use));
  }
  return {
    formula,
    rows: { read: table.nrows, used: kept.length, droppedMissing },
    kept,
    outcome: outcomeValues(outcome, kept),
    outcomeLevels: outcome.levels,
    variables,
    factors,
    groups: factors[0]?.grouping ?? null,
    people,
    withinStdDev: withinStdDevs(formula, variables, people),
  };
}

function withinStdDevs(
  formula: Formula,
  variables: ReadonlyMap<string, Column>,
  people: Grouping | null,
): Record<string, number> {
  const result: Record<string, number> = {};
  for (const variable of formulaVariables(formula)) {
    const column = variables.get(variable.text);
    if (!isCentred(variable) || variable.call !== "within") continue;
    if (people !== null && column?.kind === "numeric")
      result[variable.text] = withinStdDev(column.values, people);
  }
  return result;
}
