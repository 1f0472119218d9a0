import { type PatternRows, patternRows, sumOf, sumOfProducts } from "./pattern-rows.ts";
import { cellsOf, isIndicator, monomialOf, type PanelPlan } from "./plan.ts";
import type { PanelPattern, PanelSums } from "./sums.ts";

/** What was kept back so that no sum speaks of few people. */
export interface LostToFloor {
  readonly patterns: number;
  readonly people: number;
  readonly rows: number;
}

/** Sums that may leave the house, and what they cost. */
export interface FlooredSums {
  readonly sums: PanelSums;
  readonly lost: LostToFloor;
}

/** The weights of each cell that is 0 or 1 for everybody of a pattern. */
function indicators(plan: PanelPlan, rows: PatternRows): Float64Array[] {
  return cellsOf(plan, rows.waves)
    .map((c) => plan.cells[c])
    .filter(({ atoms }) => atoms.every((a) => isIndicator(plan.atoms[a], plan)))
    .map((cell) => rows.weigh(new Map([[monomialOf(cell, plan), 1]])));
}

/** True when someone stands nearly alone: a group, or its rest, of at least one person and fewer than the floor. */
function hasFew(plan: PanelPlan, pattern: PanelPattern, floor: number): boolean {
  if (pattern.people < floor) return true;
  const rows = patternRows(plan, pattern);
  const all = indicators(plan, rows);
  const isFew = (count: number) => Math.round(count) > 0 && Math.round(count) < floor;
  const counts = all.map((one) => sumOf(rows, one));
  return all.some((left, j) =>
    all.slice(j).some((right, k) => {
      const [a, b] = [counts[j], counts[j + k]];
      const both = sumOfProducts(rows, left, right);
      return [both, a - both, b - both, pattern.people - a - b + both].some(isFew);
    }),
  );
}

/**
 * The sums without the patterns in which a group of people, or two groups crossed, has fewer people than a floor.
 *
 * Groups are what columns with two values and levels of categories make. Sums over many people of numbers with many
 * values do not name anyone, but two exports that differ by one person do: release one.
 */
export function withFloor(sums: PanelSums, floor: number): FlooredSums {
  const isKept = (pattern: PanelPattern) => !hasFew(sums.plan, pattern, floor);
  const kept = sums.patterns.filter(isKept);
  const lost = sums.patterns.filter((pattern) => !isKept(pattern));
  const rowsOf = (patterns: readonly PanelPattern[]) =>
    patterns.reduce((sum, { people, waves }) => sum + people * waves.length, 0);
  return {
    sums: { ...sums, rows: { ...sums.rows, used: rowsOf(kept) }, patterns: kept },
    lost: {
      patterns: lost.length,
      people: lost.reduce((sum, { people }) => sum + people, 0),
      rows: rowsOf(lost),
    },
  };
}
