import type { Formula, Variable } from "../formula/formula.ts";
import { rootColumn } from "../formula/formula.ts";
import { formulaVariables } from "../frame/variables.ts";

/** What has to be known of a column before its sums are formed. */
export type ColumnFacts =
  | {
      readonly kind: "number";
      /**
       * Constants that keep products from losing digits: a mean and a spread, so roughly that they say nothing of
       * single people (`roughConstants`); or, of a column with two values, the lower one and the distance, so that it
       * becomes 0 and 1.
       */
      readonly shift: number;
      readonly scale: number;
      /** True for a column with no more than two values. */
      readonly binary: boolean;
      /** The distinct values, ascending; needed only where the formula writes factor(). */
      readonly values: readonly number[] | null;
    }
  | { readonly kind: "category"; readonly levels: readonly string[] };

/** What has to be known of a panel before its sums are formed. */
export interface PanelFacts {
  /** The distinct values of the time column, ascending. */
  readonly waves: readonly number[];
  readonly columns: Readonly<Record<string, ColumnFacts>>;
}

/** A column that a formula asks about; `asFactor` where its distinct values are needed. */
export interface AskedColumn {
  readonly name: string;
  readonly asFactor: boolean;
}

function isFactorCall(variable: Variable): boolean {
  return variable.kind === "call" && (variable.call === "factor" || isFactorCall(variable.argument));
}

/** The columns whose facts a formula needs, each once; the time column is not among them. */
export function askedColumns(formula: Formula, time: string): AskedColumn[] {
  const asked = new Map<string, boolean>();
  for (const variable of [formula.outcome, ...formulaVariables(formula)]) {
    const name = rootColumn(variable);
    if (name === time) continue;
    asked.set(name, (asked.get(name) ?? false) || isFactorCall(variable));
  }
  return [...asked].map(([name, asFactor]) => ({ name, asFactor }));
}

/**
 * A mean and a spread so roughly that nobody's value can be worked out from them: the spread as a power of two, the
 * mean as a whole number of spreads. That is near enough to keep products from losing digits.
 */
export function roughConstants(
  mean: number,
  spread: number,
): { readonly shift: number; readonly scale: number } {
  if (!(spread > 0) || !Number.isFinite(spread)) return { shift: 0, scale: 1 };
  const scale = 2 ** Math.round(Math.log2(spread));
  return { shift: Math.round(mean / scale) * scale, scale };
}
