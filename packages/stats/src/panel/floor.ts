import { moved } from "./align.ts";
import type { ColumnFacts } from "./facts.ts";
import { panelPlan } from "./make-plan.ts";
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

/** With no more people than numbers a person, sums of products nearly are the rows: this many times more are asked. */
export const PEOPLE_A_NUMBER = 2;

/** True when someone stands nearly alone: a group, or its rest, of at least one person and fewer than the floor. */
function hasFew(plan: PanelPlan, pattern: PanelPattern, floor: number): boolean {
  if (floor <= 1) return false;
  if (pattern.people < floor) return true;
  const rows = patternRows(plan, pattern);
  if (pattern.people < PEOPLE_A_NUMBER * rows.size) return true;
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

/** The plan without waves and levels that nobody kept has, so that it says nothing of those who were left out. */
function withoutTraces(sums: PanelSums): PanelSums {
  const { plan, patterns } = sums;
  const rows = patterns.map((pattern) => patternRows(plan, pattern));
  const levelsSeen = (column: string): Set<string> =>
    new Set(
      plan.cells.flatMap((cell) => {
        const [a] = cell.atoms;
        const atom = plan.atoms[a];
        if (cell.atoms.length !== 1 || atom.column !== column || atom.code.kind !== "level") return [];
        const weights = new Map([[monomialOf(cell, plan), 1]]);
        const isHere = (one: PatternRows) => cell.wave === null || one.waves.includes(cell.wave);
        const count = rows.filter(isHere).reduce((sum, one) => sum + sumOf(one, one.weigh(weights)), 0);
        return count > 0.5 ? [atom.code.level] : [];
      }),
    );
  const columns = Object.entries(plan.columns).map(([name, facts]): readonly [string, ColumnFacts] => {
    const seen = levelsSeen(name);
    if (facts.kind === "category")
      return [name, { ...facts, levels: facts.levels.filter((level) => seen.has(level)) }];
    const values = facts.values?.filter((value) => seen.has(String(value))) ?? null;
    return [name, { ...facts, values }];
  });
  const waves = plan.waves.filter((_, place) => patterns.some((pattern) => pattern.waves.includes(place)));
  const facts = { waves, columns: Object.fromEntries(columns) };
  const { formula, time, person, varying } = plan;
  return moved(sums, panelPlan({ formula, time, person, varying, facts }));
}

/**
 * The sums without the patterns in which a group of people, or two groups crossed, has fewer people than a floor, or
 * that have hardly more people than numbers a person; waves and levels of those left out are gone from the plan too.
 *
 * Groups are what columns with two values and levels of categories make. What this does not see: numbers with three to
 * six values, whose counts can be worked out; a group in which everybody answered the same; and two exports that
 * differ by one person. Export once for each question, to someone who is bound by an agreement.
 */
export function withFloor(sums: PanelSums, floor: number): FlooredSums {
  const few = new Set(sums.patterns.filter((pattern) => hasFew(sums.plan, pattern, floor)));
  const lost = [...few];
  const kept = sums.patterns.filter((pattern) => !few.has(pattern));
  const rowsOf = (patterns: readonly PanelPattern[]) =>
    patterns.reduce((sum, { people, waves }) => sum + people * waves.length, 0);
  const whole = { ...sums, rows: { ...sums.rows, used: rowsOf(kept) }, patterns: kept };
  return {
    sums: lost.length === 0 || kept.length === 0 ? whole : withoutTraces(whole),
    lost: {
      patterns: lost.length,
      people: lost.reduce((sum, { people }) => sum + people, 0),
      rows: rowsOf(lost),
    },
  };
}
