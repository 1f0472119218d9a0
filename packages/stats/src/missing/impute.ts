import { createRandom, type Random } from "../random/random.ts";
import { createTable } from "../table/columns.ts";
import type { Column, FitData, Table } from "../table/table.ts";
import { type Warning, warning } from "../warnings.ts";
import { type CodedPanel, type CodedVariable, codePanel, writeCode } from "./impute-code.ts";
import { drawNormal, predictRows, type RegressionRows } from "./impute-draws.ts";
import { imputeLogistic, imputePolytomous } from "./impute-logistic.ts";
import { matchDonors } from "./impute-match.ts";
import {
  type ImputeMethod,
  type ImputeOptions,
  methodFor,
  type ResolvedImputeOptions,
  resolveImputeOptions,
} from "./impute-options.ts";
import { choosePredictors, type Predictors } from "./impute-predictors.ts";
import { longTable, type WidePanel } from "./wide.ts";

/** A column of the wide table whose missing values were imputed. */
export interface ImputedColumn {
  readonly name: string;
  readonly variable: string;
  readonly wave: number | null;
  /** `constant` where everyone observed has the same value. */
  readonly method: ImputeMethod | "constant";
  /** The people (rows of the wide table) whose value is missing. */
  readonly people: Int32Array;
  readonly predictors: readonly string[];
}

/** Mean and SD of the imputed values of a column (codes of levels for a factor), by iteration and imputation. */
export interface ImputationChain {
  readonly name: string;
  /** iterations x m */
  readonly means: readonly (readonly number[])[];
  /** iterations x m */
  readonly stdDevs: readonly (readonly number[])[];
}

/** Imputed values of a wide panel; plain data that survives `structuredClone`. */
export interface Imputations {
  readonly panel: WidePanel;
  readonly m: number;
  readonly iterations: number;
  readonly seed: number;
  /** People with a missing value; use at least as many imputations as they are percent of all. */
  readonly incompletePeople: number;
  /** In the order of imputation: fewest missing first. */
  readonly columns: readonly ImputedColumn[];
  /** m x columns: a value for each of the column's `people`; for a factor the code of a level. */
  readonly values: readonly (readonly Float64Array[])[];
  readonly chains: readonly ImputationChain[];
  readonly warnings: readonly Warning[];
}

/** One column to impute and how. */
interface Target {
  readonly variable: CodedVariable;
  readonly method: ImputeMethod;
  readonly predictors: Predictors;
}

interface Plan {
  readonly coded: CodedPanel;
  readonly targets: readonly Target[];
  readonly constant: readonly CodedVariable[];
  readonly options: ResolvedImputeOptions;
  readonly warnings: readonly Warning[];
}

function names(variables: readonly CodedVariable[]): string {
  return variables.map(({ name }) => name).join(", ");
}

function unusableWarnings(empty: readonly CodedVariable[], constant: readonly CodedVariable[]): Warning[] {
  const warnings: Warning[] = [];
  if (empty.length > 0) {
    warnings.push(
      warning(
        "impute.column-empty",
        `Expected each column to be observed in someone; found nobody in ${names(empty)}. They stay missing and predict nothing; leave them out.`,
      ),
    );
  }
  if (constant.length > 0) {
    warnings.push(
      warning(
        "impute.constant-column",
        `Expected each column to vary; found one value in ${names(constant)}. Missing ones get that value; check the column.`,
      ),
    );
  }
  return warnings;
}

function planImputation(panel: WidePanel, given: ImputeOptions): Plan {
  const options = resolveImputeOptions(panel, given);
  const coded = codePanel(panel);
  const incomplete = coded.variables.filter(({ missing }) => missing.length > 0);
  const empty = incomplete.filter(({ distinct }) => distinct === 0);
  const constant = incomplete.filter(({ distinct }) => distinct === 1);
  const varying = incomplete
    .filter(({ distinct }) => distinct > 1)
    .sort((a, b) => a.missing.length - b.missing.length);
  const chosen = choosePredictors(coded, varying, options);
  const targets = varying.map(
    (variable, i): Target => ({
      variable,
      method: methodFor(variable.column, variable, options),
      predictors: chosen.predictors[i],
    }),
  );
  return {
    coded,
    targets,
    constant,
    options,
    warnings: [...unusableWarnings(empty, constant), ...chosen.warnings],
  };
}

function valuesOf(column: Column): Float64Array | Int32Array {
  return column.kind === "numeric" ? column.values : column.codes;
}

/** Writes values of the target's missing rows into the design. */
function writeImputed(
  coded: CodedPanel,
  design: Float64Array,
  variable: CodedVariable,
  values: Float64Array,
) {
  const { missing } = variable;
  for (let i = 0; i < missing.length; i++) writeCode(design, missing[i] * coded.width, variable, values[i]);
}

/** A first guess: a value drawn from those observed. */
function drawObserved({ column, observed, missing }: CodedVariable, random: Random): Float64Array {
  const values = valuesOf(column);
  return Float64Array.from(missing, () => values[observed[random.integer(observed.length)]]);
}

/** What the regression of a target predicts: the scaled number, or the code of the level. */
function outcomeOf(coded: CodedPanel, { column, observed, first }: CodedVariable): Float64Array {
  if (column.kind === "factor") return Float64Array.from(observed, (row) => column.codes[row]);
  return Float64Array.from(observed, (row) => coded.design[row * coded.width + first]);
}

function imputeTarget(target: Target, rows: RegressionRows, donors: number, random: Random): Float64Array {
  const { variable, method } = target;
  const { missing, observed, column } = variable;
  if (method === "logistic") return imputeLogistic(rows, missing, random);
  if (method === "polytomous" && column.kind === "factor") {
    return imputePolytomous(rows, missing, column.levels.length, random);
  }
  const { fitted, drawn, sigma } = drawNormal(rows, random);
  const predicted = predictRows(rows, missing, drawn);
  if (method === "normal") {
    return predicted.map((mean) => variable.shift + variable.scale * (mean + sigma * random.normal()));
  }
  const values = valuesOf(column);
  const places = matchDonors(fitted, predicted, donors, random);
  const out = new Float64Array(places.length);
  for (let i = 0; i < out.length; i++) out[i] = values[observed[places[i]]];
  return out;
}

interface OneChain {
  readonly values: readonly Float64Array[];
  /** iterations x targets. */
  readonly moments: readonly (readonly { readonly mean: number; readonly stdDev: number }[])[];
}

function momentsOf(values: Float64Array): { mean: number; stdDev: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, stdDev: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}

/** One imputation: values drawn from those observed, then rounds of regressions on all other columns. */
function runChain({ coded, targets, constant, options }: Plan, random: Random): OneChain {
  const design = Float64Array.from(coded.design);
  for (const variable of constant) writeImputed(coded, design, variable, drawObserved(variable, random));
  const values = targets.map(({ variable }) => drawObserved(variable, random));
  targets.forEach(({ variable }, t) => {
    writeImputed(coded, design, variable, values[t]);
  });
  const outcomes = targets.map(({ variable }) => outcomeOf(coded, variable));
  const moments: { mean: number; stdDev: number }[][] = [];
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    targets.forEach((target, t) => {
      const { columns } = target.predictors;
      const rows = {
        design,
        width: coded.width,
        columns,
        rows: target.variable.observed,
        outcome: outcomes[t],
      };
      values[t] = imputeTarget(target, rows, options.donors, random);
      writeImputed(coded, design, target.variable, values[t]);
    });
    moments.push(values.map(momentsOf));
  }
  return { values, moments };
}

function countIncomplete({ coded }: Plan): number {
  const incomplete = new Set(coded.variables.flatMap(({ missing }) => [...missing]));
  return incomplete.size;
}

function constantValues({ column, observed, missing }: CodedVariable): Float64Array {
  return new Float64Array(missing.length).fill(valuesOf(column)[observed[0]]);
}

function imputedColumn(
  { name, variable, wave, missing }: CodedVariable,
  method: ImputedColumn["method"],
  predictors: readonly string[],
): ImputedColumn {
  return { name, variable, wave, method, people: missing, predictors };
}

/**
 * Multiple imputation of a wide panel by chained equations.
 *
 * Each incomplete column is regressed in turn, fewest missing first, on all others (every wave of every
 * variable, and the person's own columns). within() and between() are not imputed: they are computed from the
 * completed long table. All people of the panel are imputed at all its waves.
 *
 * @throws StatsError `impute.option`
 * van Buuren & Groothuis-Oudshoorn (2011), J. Stat. Softw. 45(3).
 */
export function impute(panel: WidePanel, options: ImputeOptions = {}): Imputations {
  const plan = planImputation(panel, options);
  const { m, iterations, seed } = plan.options;
  const random = createRandom(seed);
  const chains = Array.from({ length: m }, (_, k) => runChain(plan, random.fork(`imputation ${k + 1}`)));
  const constants = plan.constant.map(constantValues);
  return {
    panel,
    m,
    iterations,
    seed,
    incompletePeople: countIncomplete(plan),
    columns: [
      ...plan.targets.map((t) => imputedColumn(t.variable, t.method, t.predictors.names)),
      ...plan.constant.map((variable) => imputedColumn(variable, "constant", [])),
    ],
    values: chains.map((chain) => [...chain.values, ...constants]),
    chains: plan.targets.map(({ variable }, t) => ({
      name: variable.name,
      means: Array.from({ length: iterations }, (_, i) => chains.map(({ moments }) => moments[i][t].mean)),
      stdDevs: Array.from({ length: iterations }, (_, i) =>
        chains.map(({ moments }) => moments[i][t].stdDev),
      ),
    })),
    warnings: plan.warnings,
  };
}

function completed(column: Column, people: Int32Array, values: Float64Array): Column {
  const missing = new Uint8Array(column.missing.length);
  if (column.kind === "numeric") {
    const numbers = Float64Array.from(column.values);
    for (let i = 0; i < people.length; i++) numbers[people[i]] = values[i];
    return { kind: "numeric", values: numbers, missing };
  }
  const codes = Int32Array.from(column.codes);
  for (let i = 0; i < people.length; i++) codes[people[i]] = values[i];
  return { kind: "factor", codes, levels: column.levels, missing };
}

/** The wide table with the values of imputation `k` (from 0). */
export function completeWide(imputations: Imputations, k: number): Table {
  const { panel, columns, values } = imputations;
  const filled: Record<string, Column> = { ...panel.table.columns };
  columns.forEach(({ name, people }, c) => {
    filled[name] = completed(panel.table.columns[name], people, values[k][c]);
  });
  return createTable(filled);
}

/** The long table of imputation `k` (from 0): every person at every wave, or only the rows there were. */
export function completeLong(imputations: Imputations, k: number, rows: "all" | "present" = "all"): Table {
  return longTable(imputations.panel, rows, completeWide(imputations, k));
}

/** A model fitted to each imputed data set in long form; `pool` takes the result. */
export function fitImputations<T>(
  imputations: Imputations,
  fit: (data: FitData, imputation: number) => T,
  rows: "all" | "present" = "all",
): T[] {
  return Array.from({ length: imputations.m }, (_, k) =>
    fit({ kind: "rows", table: completeLong(imputations, k, rows) }, k),
  );
}
