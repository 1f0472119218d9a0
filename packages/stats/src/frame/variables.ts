import { StatsError } from "../errors.ts";
import type { Formula, Term, Variable } from "../formula/formula.ts";
import { columnOf } from "../table/nearest-name.ts";
import type { Column, FactorColumn, NumericColumn, Table } from "../table/table.ts";
import { combineGroups, deviation, type Grouping, groupMeans, groupRows } from "./groups.ts";
import { lagColumn, previousWaveRows } from "./lag.ts";

/** What variables are evaluated from: all rows of the table, before any is dropped. */
export interface RawRows {
  readonly table: Table;
  readonly formula: Formula;
  /** The columns whose values together name the person. */
  readonly idColumns: readonly string[] | undefined;
  readonly timeName: string | undefined;
  /** Filled as needed: the grouping by person, the previous rows, and variables by their text. */
  readonly cache: { person?: Grouping; previous?: Int32Array; readonly columns: Map<string, Column> };
}

/** Every variable of the fixed and the random terms, each once. */
export function formulaVariables(formula: Formula): Variable[] {
  const terms: Term[] = [...formula.terms, ...formula.random.flatMap((random) => random.terms)];
  const byText = new Map<string, Variable>();
  for (const term of terms) for (const variable of term.variables) byText.set(variable.text, variable);
  return [...byText.values()];
}

/** True for within(x) and between(x), which are computed after rows are dropped. */
export function isCentred(variable: Variable): variable is Extract<Variable, { kind: "call" }> {
  return variable.kind === "call" && (variable.call === "within" || variable.call === "between");
}

/**
 * The rows grouped by person.
 *
 * @throws StatsError `data.id-needed` when neither a random term nor `id` names the person.
 */
export function personGrouping(raw: RawRows, asker: string): Grouping {
  if (raw.idColumns === undefined) {
    throw new StatsError(
      "data.id-needed",
      `Expected to know which rows belong to one person, for ${asker}; found no random term and no id. Give the id column (--id COLUMN), or add (1 | COLUMN).`,
    );
  }
  raw.cache.person ??= groupByColumns(raw.table, raw.idColumns);
  return raw.cache.person;
}

/** The rows by the values of one or several columns together. */
export function groupByColumns(table: Table, columns: readonly string[]): Grouping {
  return columns.map((name) => groupRows(columnOf(table, name))).reduce(combineGroups);
}

function previousRows(raw: RawRows, asker: string): Int32Array {
  if (raw.timeName === undefined) {
    throw new StatsError(
      "data.time-needed",
      `Expected a time column, for ${asker}; found none. Name the column with the wave number (--time COLUMN).`,
    );
  }
  if (raw.cache.previous === undefined) {
    const time = requireNumbers(columnOf(raw.table, raw.timeName), raw.timeName, "as the time");
    raw.cache.previous = previousWaveRows(time, personGrouping(raw, asker), raw.timeName);
  }
  return raw.cache.previous;
}

/**
 * The column itself when it holds numbers.
 *
 * @throws StatsError `data.text-needs-numbers`, quoting values that are not numbers.
 */
export function requireNumbers(column: Column, name: string, use: string): NumericColumn {
  if (column.kind === "numeric") return column;
  const shown = column.levels
    .filter((level) => level.trim() === "" || !Number.isFinite(Number(level)))
    .slice(0, 3);
  const examples = (shown.length > 0 ? shown : column.levels.slice(0, 3)).map((level) => `"${level}"`);
  throw new StatsError(
    "data.text-needs-numbers",
    `Expected numbers in "${name}" ${use}; found text such as ${examples.join(", ")}. Correct these values or leave them empty.`,
  );
}

/** The column itself when it holds categories, else a factor of its distinct numbers, in numeric order. */
export function factorOf(column: Column): FactorColumn {
  if (column.kind === "factor") return column;
  const found = new Set<number>();
  for (let row = 0; row < column.values.length; row++) {
    if (column.missing[row] === 0) found.add(column.values[row]);
  }
  const levels = [...found].sort((a, b) => a - b);
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  const codes = new Int32Array(column.values.length);
  for (let row = 0; row < codes.length; row++) {
    if (column.missing[row] === 0) codes[row] = codeOf.get(column.values[row]) ?? 0;
  }
  return { kind: "factor", codes, levels: levels.map(String), missing: column.missing.slice() };
}

/**
 * A variable over all rows, before any is dropped: columns, factor(), lag(), and what stands inside lag().
 *
 * within() and between() here use the rows where their argument and the outcome were both observed.
 */
export function rawVariable(raw: RawRows, variable: Variable): Column {
  const known = raw.cache.columns.get(variable.text);
  if (known !== undefined) return known;
  const column = evaluateRaw(raw, variable);
  raw.cache.columns.set(variable.text, column);
  return column;
}

function evaluateRaw(raw: RawRows, variable: Variable): Column {
  if (variable.kind === "column") return columnOf(raw.table, variable.name, variable.position);
  const argument = rawVariable(raw, variable.argument);
  if (variable.call === "factor") return factorOf(argument);
  if (variable.call === "lag") return lagColumn(argument, previousRows(raw, variable.text));
  return centredRaw(raw, variable, argument);
}

function centredRaw(
  raw: RawRows,
  variable: Extract<Variable, { kind: "call" }>,
  column: Column,
): NumericColumn {
  const { values, missing } = requireNumbers(column, variable.argument.text, `for ${variable.text}`);
  const person = personGrouping(raw, variable.text);
  const outcome = rawVariable(raw, raw.formula.outcome);
  const use = missing.map((bit, row) =>
    bit === 0 && outcome.missing[row] === 0 && person.codes[row] >= 0 ? 1 : 0,
  );
  const means = groupMeans(values, person, use);
  const result = values.map((value, row) => {
    if (use[row] === 0) return Number.NaN;
    const mean = means[person.codes[row]];
    return variable.call === "within" ? deviation(value, mean) : mean;
  });
  return { kind: "numeric", values: result, missing: use.map((bit) => 1 - bit) };
}

/** True when the formula has lag(within(x)) or lag(between(x)) of the same x, whose means are then shared. */
export function meansAreShared(formula: Formula, argument: Variable): boolean {
  const inside = (variable: Variable, lagged: boolean): boolean => {
    if (variable.kind === "column") return false;
    if (lagged && isCentred(variable) && variable.argument.text === argument.text) return true;
    return inside(variable.argument, lagged || variable.call === "lag");
  };
  return formulaVariables(formula).some((variable) => inside(variable, false));
}
