import { StatsError } from "../errors.ts";
import { concatenate } from "./concatenate.ts";
import type { CollapsedCells, GroupedSums, SingleGroups } from "./grouped-sums.ts";
import { numberGrams } from "./reduce.ts";

function mergeCells(parts: readonly CollapsedCells[], q: number): CollapsedCells {
  const gram = concatenate(parts.map((part) => part.gram));
  const sizes = concatenate(parts.map((part) => part.sizes));
  const moments = concatenate(parts.map((part) => part.moments));
  const { cellOf, first } = numberGrams(gram, sizes.length, q);
  const stride = sizes.length === 0 ? 0 : moments.length / sizes.length;
  const merged = {
    count: first.length,
    gram: concatenate(first.map((cell) => gram.subarray(cell * q * q, (cell + 1) * q * q))),
    sizes: new Float64Array(first.length),
    moments: new Float64Array(first.length * stride),
  };
  for (let cell = 0; cell < sizes.length; cell++) {
    merged.sizes[cellOf[cell]] += sizes[cell];
    for (let k = 0; k < stride; k++) merged.moments[cellOf[cell] * stride + k] += moments[cell * stride + k];
  }
  return merged;
}

function mergeSingles(parts: readonly SingleGroups[]): SingleGroups {
  return {
    count: parts.reduce((sum, part) => sum + part.count, 0),
    gram: concatenate(parts.map((part) => part.gram)),
    cross: concatenate(parts.map((part) => part.cross)),
  };
}

/**
 * The sums of all parts together, in the order given (the order decides the last bits).
 *
 * @throws StatsError `sums.different-shape` when the parts come from different models.
 */
export function merge(parts: readonly GroupedSums[]): GroupedSums {
  const [head] = parts;
  for (const part of parts) {
    if (part.m === head.m && part.q === head.q) continue;
    throw new StatsError(
      "sums.different-shape",
      `Expected sums with ${head.m} columns and ${head.q} random effects; found ${part.m} and ${part.q}. Reduce every part with the same formula.`,
    );
  }
  const products = new Float64Array(head.products.length);
  for (const part of parts) for (let k = 0; k < products.length; k++) products[k] += part.products[k];
  return {
    nobs: parts.reduce((sum, part) => sum + part.nobs, 0),
    ngroups: parts.reduce((sum, part) => sum + part.ngroups, 0),
    m: head.m,
    q: head.q,
    products,
    cells: mergeCells(
      parts.map((part) => part.cells),
      head.q,
    ),
    singles: mergeSingles(parts.map((part) => part.singles)),
  };
}
