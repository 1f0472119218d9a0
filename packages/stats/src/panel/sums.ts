import { StatsError } from "../errors.ts";
import type { RowCounts } from "../models/fit.ts";
import { packedLength } from "../sums/grouped-sums.ts";
import { cellsOf, type PanelPlan } from "./plan.ts";

/** People who have rows at the same waves, added up. */
export interface PanelPattern {
  /** The places of their waves, ascending. */
  readonly waves: readonly number[];
  readonly people: number;
  /** The packed upper triangle of the sum of r r', r = 1 and the cells of the pattern in the order of the plan. */
  readonly products: readonly number[];
}

/** All that a linear mixed model needs of a panel, without anybody's rows; plain data that survives JSON. */
export interface PanelSums {
  readonly plan: PanelPlan;
  readonly rows: RowCounts;
  readonly patterns: readonly PanelPattern[];
}

function samePlan(left: PanelPlan, right: PanelPlan): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function sumPatterns(patterns: readonly PanelPattern[]): PanelPattern {
  const [head] = patterns;
  return {
    waves: head.waves,
    people: patterns.reduce((sum, { people }) => sum + people, 0),
    products: head.products.map((_, at) => patterns.reduce((sum, { products }) => sum + products[at], 0)),
  };
}

/**
 * The sums of all parts together, in the order given (the order decides the last bits). No person may have rows in
 * two parts.
 *
 * @throws StatsError `sums.different-shape` for parts that were summed by different plans.
 */
export function mergePanels(parts: readonly PanelSums[]): PanelSums {
  const [head] = parts;
  if (head === undefined || parts.some(({ plan }) => !samePlan(plan, head.plan))) {
    throw new StatsError(
      "sums.different-shape",
      "Expected sums that were made by one plan, with the same constants and levels; found different ones or none. Make every part with the plan of the first.",
    );
  }
  const byWaves = new Map<string, PanelPattern[]>();
  for (const pattern of parts.flatMap(({ patterns }) => patterns)) {
    const key = pattern.waves.join();
    byWaves.set(key, [...(byWaves.get(key) ?? []), pattern]);
  }
  const total = (count: (rows: RowCounts) => number) => parts.reduce((sum, { rows }) => sum + count(rows), 0);
  return {
    plan: head.plan,
    rows: {
      read: total(({ read }) => read),
      used: total(({ used }) => used),
      droppedMissing: total(({ droppedMissing }) => droppedMissing),
    },
    patterns: [...byWaves.values()].map(sumPatterns),
  };
}

/**
 * The sums themselves when every pattern has the products that its plan asks for.
 *
 * @throws StatsError `sums.different-shape`
 */
export function checkPanelSums(sums: PanelSums): PanelSums {
  for (const { waves, products } of sums.patterns) {
    const wanted = packedLength(1 + cellsOf(sums.plan, waves).length);
    if (products.length === wanted && products.every(Number.isFinite)) continue;
    throw new StatsError(
      "sums.different-shape",
      `Expected ${wanted} finite sums for people seen at waves ${waves.map((wave) => sums.plan.waves[wave]).join(", ")}; found ${products.length}, or some that are not finite. Make the sums again.`,
    );
  }
  return sums;
}
