import { StatsError } from "../errors.ts";
import type { RowCounts } from "../models/fit.ts";
import { packedLength } from "../sums/grouped-sums.ts";
import type { WidePlan } from "./plan.ts";

/** People of one group who gave the same answers and miss the same, added up. */
export interface WidePattern {
  /** The place of the group; -1 for people without one. */
  readonly group: number;
  /** The places of the variables that are known, ascending: some answers, and all covariates or none. */
  readonly observed: readonly number[];
  readonly people: number;
  /** Sums of the variables less their shifts. */
  readonly sum: readonly number[];
  /** The lower triangle by rows of the sums of their products. */
  readonly products: readonly number[];
}

/** What models of means and covariances need of a panel, without anybody's rows; plain data that survives JSON. */
export interface WideSums {
  readonly plan: WidePlan;
  readonly rows: RowCounts;
  readonly patterns: readonly WidePattern[];
}

/** The key of people who are summed together. */
export function patternKey({ group, observed }: Pick<WidePattern, "group" | "observed">): string {
  return `${group}:${observed.join(",")}`;
}

/** The sums of two sets of people together. */
export function addedPatterns(a: WidePattern, b: WidePattern): WidePattern {
  return {
    ...a,
    people: a.people + b.people,
    sum: a.sum.map((value, i) => value + b.sum[i]),
    products: a.products.map((value, e) => value + b.products[e]),
  };
}

/**
 * The sums themselves when every pattern has the numbers that its plan asks for.
 *
 * @throws StatsError `sums.different-shape`
 */
export function checkWideSums(sums: WideSums): WideSums {
  const { groups, variables } = sums.plan;
  for (const { group, observed, sum, products } of sums.patterns) {
    const inPlace = group < groups.length && observed.every((v) => v < variables.length);
    const whole = sum.length === observed.length && products.length === packedLength(observed.length);
    if (inPlace && whole && [...sum, ...products].every(Number.isFinite)) continue;
    throw new StatsError(
      "sums.different-shape",
      `Expected ${packedLength(observed.length)} finite sums for people with ${observed.length} numbers; found ${products.length}, or some that are not finite. Make the sums again.`,
    );
  }
  return sums;
}
