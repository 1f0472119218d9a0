import { StatsError } from "../../errors.ts";
import { rootColumn, type Variable } from "../../formula/formula.ts";
import { type DesignColumn, designColumns } from "../../frame/design.ts";
import { deviation, groupMeans } from "../../frame/groups.ts";
import { formulaVariables } from "../../frame/variables.ts";
import { factorColumn, numericColumn } from "../../table/columns.ts";
import { columnOf } from "../../table/nearest-name.ts";
import type { Column, FitData, Table } from "../../table/table.ts";
import type { FittedRows } from "./cluster.ts";
import { randomBlocks } from "./setup.ts";

/** New rows, coded as the rows of the fit were. */
export interface NewRows {
  /** The rows of the new table in which every variable is given. */
  readonly kept: readonly number[];
  /** The columns of X that the fit has, unscaled, over the new table. */
  readonly fixed: readonly DesignColumn[];
  /** The columns of Z, unscaled, over the new table. */
  readonly random: readonly DesignColumn[];
  /** For each block, the level of every new row among those of the fit; -1 where the fit has none. */
  readonly levels: readonly Int32Array[];
}

function textAt(column: Column, row: number): string | null {
  if (column.missing[row] === 1) return null;
  return column.kind === "numeric" ? String(column.values[row]) : column.levels[column.codes[row]];
}

/** The rows of the fit and the new ones under one another; a factor keeps the levels of the fit. */
function stacked(old: Column, added: Column, name: string): Column {
  const texts = Array.from(added.missing, (_, row) => textAt(added, row));
  if (old.kind === "numeric") {
    const values = added.kind === "numeric" ? added.values : Float64Array.from(texts, Number);
    const tail = Array.from(values, (value, row) => (added.missing[row] === 1 ? null : value));
    return numericColumn([...old.values, ...tail]);
  }
  const unknown = texts.find((text) => text !== null && !old.levels.includes(text));
  if (unknown !== undefined) {
    throw new StatsError(
      "predict.unknown-level",
      `Expected values of "${name}" that the fit has seen (${old.levels.join(", ")}); found "${unknown}". Nothing is known about it; leave these rows out.`,
    );
  }
  const known = Array.from(old.codes, (code) => old.levels[code]);
  return factorColumn([...known, ...texts], old.levels);
}

/** What stands inside within() or between() as the mean of each person over the rows of the fit. */
function fittedMeans(model: FittedRows, data: FitData, argument: Variable): Float64Array | null {
  const { variables, people, kept } = model.frame;
  const between = variables.get(`between(${argument.text})`);
  if (between?.kind === "numeric") return between.values;
  if (people === null || argument.kind !== "column") return null;
  const column = numbersOf(columnOf(data.table, argument.name));
  const means = groupMeans(
    Float64Array.from(kept, (row) => column[row]),
    people,
  );
  return Float64Array.from(people.codes, (code) => means[code]);
}

/** The mean of each new row's person in the fit; NaN for people the fit does not know. */
function personMeans(
  model: FittedRows,
  data: FitData,
  table: Table,
  argument: Variable,
): Float64Array | null {
  const means = fittedMeans(model, data, argument);
  const ids = idColumns(model);
  if (means === null || ids.length === 0 || ids.some((id) => !Object.hasOwn(table.columns, id))) return null;
  const meanOf = new Map<string, number>();
  means.forEach((value, i) => {
    meanOf.set(keyAt(data.table, ids, model.frame.kept[i]), value);
  });
  return Float64Array.from(
    { length: table.nrows },
    (_, row) => meanOf.get(keyAt(table, ids, row)) ?? Number.NaN,
  );
}

/** The values of some columns in one row, as one text. */
function keyAt(table: Table, names: readonly string[], row: number): string {
  return names.map((name) => textAt(columnOf(table, name), row)).join("\u0000");
}

function idColumns({ fit, frame }: FittedRows): readonly string[] {
  return fit.frame.id === null ? (frame.factors[0]?.columns ?? []) : [fit.frame.id];
}

/** A variable over new rows: the column of that name, or computed as in the fit. */
function newVariable(model: FittedRows, data: FitData, table: Table, variable: Variable): Column {
  if (Object.hasOwn(table.columns, variable.text)) return table.columns[variable.text];
  if (variable.kind === "column") return columnOf(table, variable.name);
  if (variable.call === "factor") return newVariable(model, data, table, variable.argument);
  const means = variable.call === "lag" ? null : personMeans(model, data, table, variable.argument);
  if (means === null) {
    throw new StatsError(
      "predict.variable",
      `Expected a column "${variable.text}" in the new rows, or people of the fit whose mean is known; found neither. Give a column of that name: for ${rootColumn(variable)}, 0 is the usual value of within().`,
    );
  }
  const values =
    variable.call === "between"
      ? means
      : numbersOf(newVariable(model, data, table, variable.argument)).map((value, row) =>
          deviation(value, means[row]),
        );
  return numericColumn(Array.from(values, (value) => (Number.isNaN(value) ? null : value)));
}

function numbersOf(column: Column): Float64Array {
  if (column.kind === "numeric")
    return column.values.map((value, row) => (column.missing[row] === 1 ? Number.NaN : value));
  return Float64Array.from(column.codes, (_, row) => Number(textAt(column, row) ?? Number.NaN));
}

function tail(columns: readonly DesignColumn[], from: number): DesignColumn[] {
  return columns.map(({ name, values }) => ({ name, values: values.subarray(from) }));
}

/** The level of each new row among those of the fit. */
function newLevels(model: FittedRows, data: FitData, table: Table): Int32Array[] {
  return model.design.blocks.map(({ group }, b) => {
    const names = group.split(":");
    if (names.some((name) => !Object.hasOwn(table.columns, name)))
      return new Int32Array(table.nrows).fill(-1);
    const known = new Map<string, number>();
    model.blockGroups[b].codes.forEach((code, i) => {
      known.set(keyAt(data.table, names, model.frame.kept[i]), code);
    });
    return Int32Array.from({ length: table.nrows }, (_, row) => known.get(keyAt(table, names, row)) ?? -1);
  });
}

/**
 * The design of new rows. A variable is the column of its name (`within(ex)` may be given as such), or is computed:
 * within() and between() with the mean that the person has in the fit, factors with the levels of the fit.
 *
 * @throws StatsError `predict.variable`, `predict.unknown-level`, `data.unknown-column`
 */
export function newRows(model: FittedRows, data: FitData, table: Table): NewRows {
  const { frame, design } = model;
  const nobs = frame.outcome.length;
  const total = nobs + table.nrows;
  const missing = new Uint8Array(table.nrows);
  const variables = new Map<string, Column>();
  for (const variable of formulaVariables(frame.formula)) {
    const column = newVariable(model, data, table, variable);
    column.missing.forEach((bit, row) => {
      missing[row] |= bit;
    });
    const old = frame.variables.get(variable.text);
    if (old !== undefined) variables.set(variable.text, stacked(old, column, variable.text));
  }
  const coded = designColumns(frame.formula, variables, total);
  const { columns } = randomBlocks(frame, { variables, nobs: total });
  return {
    kept: [...missing.keys()].filter((row) => missing[row] === 0),
    fixed: tail(
      design.names.flatMap((name) => coded.find((column) => column.name === name) ?? []),
      nobs,
    ),
    random: tail(columns, nobs),
    levels: newLevels(model, data, table),
  };
}
