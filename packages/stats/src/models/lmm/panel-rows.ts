import type { Formula } from "../../formula/formula.ts";
import { type CodedColumn, type Codings, codedColumns, type DesignSide } from "../../frame/design.ts";
import { formulaVariables } from "../../frame/variables.ts";
import { columnPolynomial, planAlgebra } from "../../panel/algebra.ts";
import { type PatternRows, sumOf } from "../../panel/pattern-rows.ts";
import type { Polynomial } from "../../panel/polynomial.ts";
import type { PanelSums } from "../../panel/sums.ts";
import type { RowPlace } from "../../panel/variables.ts";

/** The formula of sums as columns of rows, without any row. */
export interface PanelColumns {
  /** Codings with the levels that occur in rows used. */
  readonly codings: Codings;
  readonly columns: (side: DesignSide) => CodedColumn[];
  readonly outcomeAt: (place: RowPlace) => Polynomial;
  readonly columnAt: (column: CodedColumn, place: RowPlace) => Polynomial;
}

/** The columns of a formula over the rows that stand behind sums. */
export function panelColumns(
  formula: Formula,
  { plan }: PanelSums,
  patterns: readonly PatternRows[],
): PanelColumns {
  const algebra = planAlgebra(formula, plan);
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
    columnAt: ({ parts }, place) => columnPolynomial(algebra, parts, place),
  };
}
