/**
 * The sums of named columns and of their products as SQL: for each column its sum, then its row of the lower triangle.
 */
export function triangleSql(names: readonly string[]): readonly string[] {
  return names.flatMap((own, i) => [
    `sum(${own})`,
    ...names.slice(0, i + 1).map((other) => `sum(${own} * ${other})`),
  ]);
}

/** The sums of the columns that are known and the lower triangle of their products, out of those of all columns. */
export function triangleOf(
  numbers: readonly number[],
  observed: readonly number[],
): { readonly sum: readonly number[]; readonly products: readonly number[] } {
  // Row i of the triangle stands after those before it, each with its sum in front.
  const start = (i: number) => (i * (i + 1)) / 2 + i;
  const at = (place: number) => numbers[place] ?? Number.NaN;
  return {
    sum: observed.map((i) => at(start(i))),
    products: observed.flatMap((i, own) => observed.slice(0, own + 1).map((j) => at(start(i) + 1 + j))),
  };
}
