import type { Formula } from "../formula/formula.ts";
import { type RowAlgebra, rowAlgebra } from "./make-plan.ts";
import { NeedsRows, type PanelPlan } from "./plan.ts";
import { constant, multiply, type Polynomial } from "./polynomial.ts";
import type { RowPlace, VariableContext } from "./variables.ts";

/** The context of a plan that is made already: its atoms, found by what they stand for. */
function planContext(plan: PanelPlan): VariableContext {
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

/** The algebra of a formula's rows over a plan that is made already. */
export function planAlgebra(formula: Formula, plan: PanelPlan): RowAlgebra {
  return rowAlgebra(formula, planContext(plan));
}

/** A column of a design in a row: the product of its parts, 1 for the intercept. */
export function columnPolynomial(
  algebra: RowAlgebra,
  parts: readonly { readonly variable: string; readonly code: number | null }[],
  place: RowPlace,
): Polynomial {
  return parts.map((part) => algebra.partAt(part, place)).reduce(multiply, constant(1));
}
