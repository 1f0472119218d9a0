import { StatsError } from "../../errors.ts";
import { type Formula, formatFormula, rootColumn, type Variable } from "../../formula/formula.ts";
import { parseFormula } from "../../formula/parse.ts";
import { designColumns } from "../../frame/design.ts";
import { type RawRows, rawVariable } from "../../frame/variables.ts";
import type { Column } from "../../table/table.ts";
import type { RiclpmColumns } from "./options.ts";

/** One design column of the covariates; NaN where a covariate is missing. */
export interface CovariateColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/** The covariates as the right-hand side of a formula, or null without any. */
export function covariateFormula(covariates: readonly string[]): Formula | null {
  if (covariates.length === 0) return null;
  const formula = parseFormula(`outcome ~ ${covariates.join(" + ")}`);
  const calls = formula.terms.flatMap((term) => term.variables).filter(isTimeVarying);
  if (calls.length === 0 && formula.random.length === 0) return formula;
  throw new StatsError(
    "riclpm.covariate",
    `Expected covariates with one value for each person (columns, factor(c), a:b); found ${calls[0]?.text ?? formatFormula(formula)}. Give such columns.`,
  );
}

function isTimeVarying(variable: Variable): boolean {
  return variable.kind === "call" && (variable.call !== "factor" || isTimeVarying(variable.argument));
}

/** The columns of the data that the covariates need. */
export function covariateNames(covariates: readonly string[]): string[] {
  const formula = covariateFormula(covariates);
  const variables = formula?.terms.flatMap((term) => term.variables) ?? [];
  return [...new Set(variables.map(rootColumn))];
}

/** The columns of the data that a model of these series needs, each once. */
export function riclpmColumnNames({ x, y, id, time, group, covariates = [] }: RiclpmColumns): string[] {
  const named = [id, time, group].filter((name) => name !== undefined);
  return [...new Set([...[x].flat(), ...[y].flat(), ...named, ...covariateNames(covariates)])];
}

/**
 * The design columns of the covariates without the intercept: numbers as they are, factors as indicators of all
 * levels but the first.
 *
 * @param person  columns with one value for each of `people`.
 */
export function covariateColumns(
  covariates: readonly string[],
  person: Readonly<Record<string, Column>>,
  people: number,
): CovariateColumn[] {
  const formula = covariateFormula(covariates);
  if (formula === null) return [];
  const raw: RawRows = {
    table: { nrows: people, columns: person },
    formula,
    idColumns: undefined,
    timeName: undefined,
    cache: { columns: new Map() },
  };
  const variables = new Map<string, Column>();
  for (const variable of formula.terms.flatMap((term) => term.variables)) {
    variables.set(variable.text, rawVariable(raw, variable));
  }
  const columns = designColumns({ intercept: true, terms: formula.terms }, variables, people).slice(1);
  const missing = Uint8Array.from({ length: people }, (_, i) =>
    [...variables.values()].some((column) => column.missing[i] === 1) ? 1 : 0,
  );
  return columns.map(({ name, values }) => ({
    name,
    values: values.map((value, i) => (missing[i] === 1 ? Number.NaN : value)),
  }));
}
