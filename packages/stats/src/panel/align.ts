import { StatsError } from "../errors.ts";
import type { ColumnFacts } from "./facts.ts";
import { panelPlan } from "./make-plan.ts";
import { type PatternRows, patternRows, sumOfProducts } from "./pattern-rows.ts";
import { cellsOf, NeedsRows, type PanelCell, type PanelPlan } from "./plan.ts";
import { add, atom, constant, multiply, type Polynomial } from "./polynomial.ts";
import { mergePanels, type PanelPattern, type PanelSums } from "./sums.ts";

/** Each value once, from the least. */
export function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** What is known of a column in all parts together, with the constants of the first. */
export function unitedColumn(name: string, all: readonly ColumnFacts[]): ColumnFacts {
  const [head] = all;
  const categories = all.flatMap((facts) => (facts.kind === "category" ? [facts] : []));
  const numbers = all.flatMap((facts) => (facts.kind === "number" ? [facts] : []));
  if (categories.length === all.length) {
    const levels = [...new Set(categories.flatMap((facts) => facts.levels))];
    return { kind: "category", levels: levels.sort((a, b) => (a < b ? -1 : 1)) };
  }
  if (head.kind !== "number" || numbers.length < all.length) {
    throw new StatsError(
      "sums.different-shape",
      `Expected "${name}" to be numbers in all sums, or text in all; found both. Make the sums again from columns of one kind.`,
    );
  }
  const same = numbers.every(({ shift, scale }) => shift === head.shift && scale === head.scale);
  return {
    ...head,
    binary: same && numbers.every(({ binary }) => binary),
    values: head.values === null ? null : ascending(numbers.flatMap(({ values }) => values ?? [])),
  };
}

/** One plan for all: every wave and every level of any part. */
function unitedPlan(plans: readonly PanelPlan[]): PanelPlan {
  const [head] = plans;
  const different = plans.find(
    ({ formula, time, person }) => formula !== head.formula || time !== head.time || person !== head.person,
  );
  if (different !== undefined) {
    throw new StatsError(
      "sums.different-shape",
      `Expected sums of one formula, person and time; found "${head.formula}" by ${head.person} and ${head.time}, and "${different.formula}" by ${different.person} and ${different.time}. Make them all with the same words.`,
    );
  }
  const names = Object.keys(head.columns);
  const columns = names.map(
    (name) =>
      [
        name,
        unitedColumn(
          name,
          plans.map((plan) => plan.columns[name]),
        ),
      ] as const,
  );
  return panelPlan({
    formula: head.formula,
    time: head.time,
    person: head.person,
    facts: { waves: ascending(plans.flatMap(({ waves }) => waves)), columns: Object.fromEntries(columns) },
    varying: [...new Set(plans.flatMap(({ varying }) => varying))],
  });
}

/** An atom of one plan in the atoms of another. */
function translated(a: number, wave: number | null, target: PanelPlan, part: PanelPlan): Polynomial {
  const wanted = target.atoms[a];
  const at = part.atoms.findIndex(
    ({ column, role, code }) =>
      column === wanted.column &&
      (role === wanted.role || (role === "constant" && wanted.role === "varying")) &&
      code.kind === wanted.code.kind &&
      (code.kind === "number" || (wanted.code.kind === "level" && code.level === wanted.code.level)),
  );
  if (at < 0) {
    // A level that nobody of this part has.
    if (wanted.code.kind === "level") return constant(0);
    throw new NeedsRows(`"${wanted.column}", which one of the parts did not sum`);
  }
  const own = part.atoms[at];
  const name = own.role === "constant" ? `a${at}` : `a${at}@${wave}`;
  if (own.code.kind === "level" || wanted.code.kind === "level") return atom(name);
  const shift = (own.code.shift - wanted.code.shift) / wanted.code.scale;
  return add(constant(shift), atom(name, own.code.scale / wanted.code.scale));
}

function cellPolynomial(
  cell: PanelCell,
  wave: number | null,
  target: PanelPlan,
  part: PanelPlan,
): Polynomial {
  return cell.atoms.map((a) => translated(a, wave, target, part)).reduce(multiply, constant(1));
}

function movedPattern(rows: PatternRows, target: PanelPlan, part: PanelPlan): PanelPattern {
  const waves = rows.waves.map((wave) => target.waves.indexOf(part.waves[wave]));
  const weights = [
    constant(1),
    ...cellsOf(target, waves).map((c) => {
      const cell = target.cells[c];
      const own = cell.wave === null ? null : part.waves.indexOf(target.waves[cell.wave]);
      return cellPolynomial(cell, own, target, part);
    }),
  ].map((polynomial) => rows.weigh(polynomial));
  const products = weights.flatMap((left, j) =>
    weights.slice(j).map((right) => sumOfProducts(rows, left, right)),
  );
  return { waves, people: rows.people, products };
}

/** The sums as if they had been formed by another plan: exact but for rounding. */
export function moved(sums: PanelSums, target: PanelPlan): PanelSums {
  if (JSON.stringify(sums.plan) === JSON.stringify(target)) return sums;
  const patterns = sums.patterns.map((pattern) =>
    movedPattern(patternRows(sums.plan, pattern), target, sums.plan),
  );
  return { plan: target, rows: sums.rows, patterns };
}

/**
 * The sums of parts that were formed apart, each with its own constants, waves and levels: what one pass over all
 * their people would have given. No person may be in two parts.
 *
 * @throws StatsError `sums.different-shape` where formulas, people, times or kinds of columns differ.
 */
export function poolPanels(parts: readonly PanelSums[]): PanelSums {
  if (parts.length < 2) return mergePanels(parts);
  const target = unitedPlan(parts.map(({ plan }) => plan));
  return mergePanels(parts.map((part) => moved(part, target)));
}
