import type { Formula } from "../../formula/formula.ts";
import { groupSizes } from "../../frame/groups.ts";
import type { ModelFrame } from "../../frame/model-frame.ts";
import type { RowCounts } from "../fit.ts";

/** What a fit says of the rows it used, whether it saw them or only their sums. */
export interface FrameFacts {
  readonly formula: Formula;
  readonly rows: RowCounts;
  /** True when a column says whose each row is. */
  readonly hasPeople: boolean;
  /** People (else groups) with at least two rows used. */
  readonly groupsWithTwoRows: number;
  readonly withinStdDev: Readonly<Record<string, number>>;
}

/** The facts of rows at hand. */
export function frameFacts({ formula, rows, people, groups, withinStdDev }: ModelFrame): FrameFacts {
  const grouping = people ?? groups;
  const sizes = grouping === null ? new Int32Array(0) : groupSizes(grouping);
  const groupsWithTwoRows = sizes.reduce((count, size) => (size >= 2 ? count + 1 : count), 0);
  return { formula, rows, hasPeople: people !== null, groupsWithTwoRows, withinStdDev };
}
