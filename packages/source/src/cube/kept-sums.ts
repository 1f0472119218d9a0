import { z } from "zod";
import { SourceError } from "../errors.ts";
import type { ParquetFooter } from "./footer.ts";

/** The key of a Parquet file's metadata under which a cube keeps its sums. */
export const SUMS_KEY = "longwave.sums";

/** A number of each person: of a column, at a wave where it has a value for each; or 1 where it has a level and else 0. */
export interface KeptVariable {
  readonly column: string;
  readonly wave: number | null;
  readonly level: string | null;
  /** The number was shifted and then divided by these. */
  readonly shift: number;
  readonly scale: number;
}

/** People who have rows at the same waves and miss the same numbers, added up. */
export interface KeptPattern {
  /** A bit for each wave, by its place, at which they have a row. */
  readonly rows: number;
  /** The places of the variables that are known, ascending. */
  readonly observed: readonly number[];
  readonly people: number;
  readonly sum: readonly number[];
  /** The lower triangle by rows of the sums of products. */
  readonly products: readonly number[];
}

/** The sums of all pairs of a cube's numbers, by what people miss: enough for any model without products of columns. */
export interface KeptSums {
  readonly variables: readonly KeptVariable[];
  readonly patterns: readonly KeptPattern[];
}

const place = z.number().int().nonnegative();
const keptSums: z.ZodType<KeptSums> = z.strictObject({
  variables: z.array(
    z.strictObject({
      column: z.string(),
      wave: z.number().nullable(),
      level: z.string().nullable(),
      shift: z.number(),
      scale: z.number(),
    }),
  ),
  patterns: z.array(
    z.strictObject({
      rows: place,
      observed: z.array(place),
      people: place,
      sum: z.array(z.number()),
      products: z.array(z.number()),
    }),
  ),
});

/**
 * The sums that a cube keeps, null for one without.
 *
 * @throws SourceError `source.cube` where they cannot be read
 */
export function readKeptSums({ words }: ParquetFooter, path: string): KeptSums | null {
  const text = words.get(SUMS_KEY);
  if (text === undefined) return null;
  const read = keptSums.safeParse(JSON.parse(text));
  if (read.success) return read.data;
  throw new SourceError(
    "source.cube",
    `Expected sums that this version reads in ${path}; found others. Make the cube again with longwave cube.`,
  );
}

/** What tells variables apart. */
function nameOf({ column, wave, level }: Omit<KeptVariable, "shift" | "scale">): string {
  return JSON.stringify([column, wave, level]);
}

/** Finds the place of a variable; undefined where the sums do not hold it. */
export function variableFinder({
  variables,
}: KeptSums): (wanted: Omit<KeptVariable, "shift" | "scale">) => number | undefined {
  const places = new Map(variables.map((variable, v) => [nameOf(variable), v]));
  return (wanted) => places.get(nameOf(wanted));
}

/** For a column, where it is known: the place of one of its variables at a wave, or of the person's own. */
export function columnFinder({ variables }: KeptSums): (column: string, wave: number) => number | undefined {
  const places = new Map<string, number>();
  for (const [v, { column, wave }] of variables.entries()) places.set(JSON.stringify([column, wave]), v);
  return (column, wave) =>
    places.get(JSON.stringify([column, wave])) ?? places.get(JSON.stringify([column, null]));
}

/** The sum of the product of two variables of a pattern, by their places among those that are known. */
export function productAt({ products }: KeptPattern, a: number, b: number): number {
  const [less, more] = a < b ? [a, b] : [b, a];
  return products[(more * (more + 1)) / 2 + less] ?? Number.NaN;
}
