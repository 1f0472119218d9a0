import type { DataColumn, DataTable } from "@longwave/study";

/** The numbers in some rows of a column, without those that are missing. */
export function numbersIn(column: DataColumn | undefined, rows: readonly number[]): readonly number[] {
  return rows.flatMap((row) => {
    const value = column?.values[row];
    return typeof value === "number" && Number.isFinite(value) ? [value] : [];
  });
}

/** The column of a table, if it has one. */
export function columnOf(table: DataTable, name: string): DataColumn | undefined {
  return table.columns.find((column) => column.name === name);
}

/** Mean and standard deviation (n - 1). */
export function meanAndSd(values: readonly number[]): { readonly mean: number; readonly sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}

/** A quantile by linear interpolation (R's type 7). */
export function quantileOf(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return low + (high - low) * (place - Math.floor(place));
}
