import { createTable, factorColumn, type Table } from "@longwave/stats";

/**
 * A table in which every `factor(name)` among the covariates is a column of categories, and the bare names.
 * Predictors of leaving are named by column, so a number that stands for a category must become one.
 */
export function factorColumns(
  table: Table,
  covariates: readonly string[],
): { readonly table: Table; readonly names: readonly string[] } {
  const columns = { ...table.columns };
  const names = covariates.map((covariate) => {
    const [, name] = covariate.match(/^factor\((\w+)\)$/) ?? [];
    if (name === undefined) return covariate;
    const column = columns[name];
    if (column?.kind === "numeric") {
      const codes = Array.from(column.values, (value, row) =>
        column.missing[row] === 1 ? null : String(value),
      );
      columns[name] = factorColumn(codes);
    }
    return name;
  });
  return { table: createTable(columns), names };
}
