import { createTable, numericColumn, type Table } from "@longwave/stats";
import { valuesOf } from "./support.ts";

function withColumn(table: Table, name: string, value: (row: number) => number): Table {
  const made = Array.from({ length: table.nrows }, (_, row) => value(row));
  return createTable({ ...table.columns, [name]: numericColumn(made) });
}

function at(values: ArrayLike<number>, row: number): number {
  return values[row] ?? Number.NaN;
}

/** The simulated cohort with the columns of the R script; `people` keeps the first of those with two rows. */
export function simCohort(table: Table, people = Number.POSITIVE_INFINITY): Table {
  const sex = table.columns.sex;
  if (sex?.kind !== "factor") throw new Error("sex is not a column of text");
  const [id, pain, exercise, age] = ["id", "pain_vrs", "ex_index", "age"].map((name) =>
    valuesOf(table, name),
  );
  if (!id || !pain || !exercise || !age) throw new Error("a column is missing");
  const counts = new Map<number, number>();
  pain.forEach((value, row) => {
    if (Number.isNaN(value) || Number.isNaN(at(exercise, row))) return;
    counts.set(at(id, row), (counts.get(at(id, row)) ?? 0) + 1);
  });
  const order = [...counts].filter(([, count]) => count >= 2).map(([person]) => person);
  const kept = new Set(order.slice(0, people));
  const male = withColumn(table, "male", (row) => (sex.levels[at(sex.codes, row)] === "male" ? 1 : 0));
  const decades = withColumn(male, "age10", (row) => (at(age, row) - 50) / 10);
  return withColumn(decades, "pain_vrs", (row) => (kept.has(at(id, row)) ? at(pain, row) : Number.NaN));
}

/** The simulated panel with the person mean centred at the mean of the people, as the R script has it. */
export function huntPanel(table: Table): Table {
  const [id, pain, exercise] = ["id", "pain_o", "ex"].map((name) => valuesOf(table, name));
  const [age, time] = ["age", "time"].map((name) => valuesOf(table, name));
  if (!id || !pain || !exercise || !age || !time) throw new Error("a column is missing");
  const sums = new Map<number, { sum: number; count: number }>();
  exercise.forEach((value, row) => {
    if (Number.isNaN(value) || Number.isNaN(at(pain, row))) return;
    const { sum, count } = sums.get(at(id, row)) ?? { sum: 0, count: 0 };
    sums.set(at(id, row), { sum: sum + value, count: count + 1 });
  });
  const means = new Map([...sums].map(([person, { sum, count }]) => [person, sum / count]));
  const centre = [...means.values()].reduce((sum, mean) => sum + mean, 0) / means.size;
  const meanOf = (row: number) => means.get(at(id, row)) ?? Number.NaN;
  const within = withColumn(table, "ex_w", (row) => at(exercise, row) - meanOf(row));
  const between = withColumn(within, "ex_bc", (row) => meanOf(row) - centre);
  const decades = withColumn(between, "age10", (row) => (at(age, row) - 50) / 10);
  const years = withColumn(decades, "yrs", (row) => at(time, row) / 365.25);
  return withColumn(years, "high", (row) =>
    Number.isNaN(at(pain, row)) ? Number.NaN : Number(at(pain, row) >= 2),
  );
}

/** The same rows with the outcome of later people missing. */
export function firstPeople(table: Table, last: number): Table {
  const [id, pain] = [valuesOf(table, "id"), valuesOf(table, "pain_o")];
  return withColumn(table, "pain_o", (row) => (at(id, row) <= last ? at(pain, row) : Number.NaN));
}
