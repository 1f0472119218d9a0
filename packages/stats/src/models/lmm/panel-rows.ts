import type { Formula } from "../../formula/formula.ts";
import { type CodedColumn, type Codings, codedColumns, type DesignSide } from "../../frame/design.ts";
import { formulaVariables } from "../../frame/variables.ts";
import { rowAlgebra } from "../../panel/make-plan.ts";
import { type PatternRows, sumOf } from "../../panel/pattern-rows.ts";
import { NeedsRows, type PanelPlan } from "../../panel/plan.ts";
import { multiply, type Polynomial } from "../../panel/polynomial.ts";
import type { PanelSums } from "../../panel/sums.ts";
import type { RowPlace, VariableContext } from "../../panel/variables.ts";

/** The formula of sums as columns of rows, without any row. */
export interface PanelColumns {
  /** Codings with the levels that occur in rows used. */
  readonly codings: Codings;
  readonly columns: (side: DesignSide) => CodedColumn[];
  readonly outcomeAt: (place: RowPlace) => Polynomial;
  readonly columnAt: (column: CodedColumn, place: RowPlace) => Polynomial;
}

/** The context of a plan that is made already: its atoms, found by what they stand for. */
function contextOf(plan: PanelPlan): VariableContext {
  const roleOf = (column: string) =>
    plan.atoms.some((atom) => atom.column === column && atom.role === "varying") ? "varying" : "constant";
  const numberCode = (column: string) =>
    plan.atoms
      .map((atom) => (atom.column === column && atom.code.kind === "number" ? atom.code : undefined))
      .find((code) => code !== undefined);
  return {
    time: plan.time,
    waves: plan.waves,
    levels: plan.levels,
    roleOf,
    codeOf: (column) => numberCode(column) ?? { shift: 0, scale: 1 },
    atomOf: (wanted) => {
      const found = plan.atoms.findIndex(
        ({ column, role, code }) =>
          column === wanted.column &&
          role === wanted.role &&
          code.kind === wanted.code.kind &&
          (code.kind === "number" || (wanted.code.kind === "level" && code.level === wanted.code.level)),
      );
      if (found < 0) throw new NeedsRows(`"${wanted.column}", which the plan did not sum`);
      return found;
    },
  };
}

/** The columns of a formula over the rows that stand behind sums. */
export function panelColumns(
  formula: Formula,
  { plan }: PanelSums,
  patterns: readonly PatternRows[],
): PanelColumns {
  const algebra = rowAlgebra(formula, contextOf(plan));
  const isUsed = (text: string, code: number): boolean =>
    patterns.some((pattern) => {
      const { waves } = pattern;
      const count = waves.map((wave) =>
        sumOf(pattern, pattern.weigh(algebra.partAt({ variable: text, code }, { waves, wave }))),
      );
      return count.some((sum) => sum > 0.5);
    });
  const codings = new Map(
    formulaVariables(formula).map(({ text }) => {
      const coding = algebra.codings.get(text) ?? null;
      if (coding === null) return [text, null] as const;
      return [text, { ...coding, used: coding.used.filter((code) => isUsed(text, code)) }] as const;
    }),
  );
  return {
    codings,
    columns: (side) => codedColumns(side, codings),
    outcomeAt: algebra.outcomeAt,
    columnAt: ({ parts }, place) =>
      parts.map((part) => algebra.partAt(part, place)).reduce(multiply, new Map([["", 1]])),
  };
}
