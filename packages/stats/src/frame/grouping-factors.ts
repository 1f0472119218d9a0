import { StatsError } from "../errors.ts";
import type { Formula } from "../formula/formula.ts";
import { groupKey } from "../formula/parse.ts";
import type { Table } from "../table/table.ts";
import { type Grouping, regroup } from "./groups.ts";
import { groupByColumns } from "./variables.ts";

/** A grouping factor of the random terms. */
export interface GroupingFactor {
  /** As in the results: a column, or columns joined by ":". */
  readonly name: string;
  readonly columns: readonly string[];
  readonly grouping: Grouping;
}

function formulaFactors({ random }: Formula): { name: string; columns: readonly string[] }[] {
  const byKey = new Map<string, { name: string; columns: readonly string[] }>();
  for (const term of random) {
    const key = groupKey(term);
    if (!byKey.has(key)) byKey.set(key, { name: term.group, columns: term.columns });
  }
  return [...byKey.values()];
}

/** The factor with the most groups first; equal ones in the order written (lme4's order). */
function finestFirst(factors: readonly GroupingFactor[]): GroupingFactor[] {
  return [...factors].sort((a, b) => b.grouping.count - a.grouping.count);
}

/**
 * The grouping factors of a formula over all rows of the table, the finest first.
 *
 * @throws StatsError `lmm.several-groups` when there are several and the model takes one only.
 */
export function groupingFactors(formula: Formula, table: Table, nested: boolean): GroupingFactor[] {
  const factors = formulaFactors(formula);
  if (factors.length > 1 && !nested) {
    throw new StatsError(
      "lmm.several-groups",
      `Expected random terms of one grouping column; found ${factors.map(({ name }) => name).join(", ")}. Keep the terms of one of them.`,
    );
  }
  return finestFirst(
    factors.map((factor) => ({ ...factor, grouping: groupByColumns(table, factor.columns) })),
  );
}

/** The first two rows of one group of `inner` that are in different groups of `outer`; null when it is nested. */
function crossedRows(inner: Grouping, outer: Grouping): readonly [number, number] | null {
  const firstRow = new Int32Array(inner.count).fill(-1);
  for (let row = 0; row < inner.codes.length; row++) {
    const code = inner.codes[row];
    if (firstRow[code] < 0) firstRow[code] = row;
    else if (outer.codes[firstRow[code]] !== outer.codes[row]) return [firstRow[code], row];
  }
  return null;
}

function checkNested(inner: GroupingFactor, outer: GroupingFactor, kept: Int32Array): void {
  const rows = crossedRows(inner.grouping, outer.grouping);
  if (rows !== null) {
    const [first, second] = rows.map((row) => kept[row] + 1);
    throw new StatsError(
      "lmm.crossed-groups",
      `Expected nested groups: every "${inner.name}" within one "${outer.name}"; found rows ${first} and ${second} of one "${inner.name}" in two. If each has its own numbering within "${outer.name}", write (1 | ${outer.name}/${inner.name}); crossed random effects are not supported: make one of the two a fixed effect, factor(${outer.name}).`,
    );
  }
  if (inner.grouping.count > outer.grouping.count) return;
  throw new StatsError(
    "lmm.same-groups",
    `Expected several "${inner.name}" in some "${outer.name}"; found one in each, so that their variances cannot be told apart. Leave out the random terms of one of them.`,
  );
}

/**
 * The grouping factors over the rows used, the finest first, each nested in the next.
 *
 * @throws StatsError `lmm.crossed-groups`, `lmm.same-groups`
 */
export function nestedFactors(factors: readonly GroupingFactor[], kept: Int32Array): GroupingFactor[] {
  const used = finestFirst(
    factors.map((factor) => ({ ...factor, grouping: regroup(factor.grouping, kept) })),
  );
  for (let i = 1; i < used.length; i++) checkNested(used[i - 1], used[i], kept);
  return used;
}
