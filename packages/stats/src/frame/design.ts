import type { Term, Variable } from "../formula/formula.ts";
import { termKey } from "../formula/terms.ts";
import type { Column, FactorColumn } from "../table/table.ts";

/** One column of a design matrix, named as in the results. */
export interface DesignColumn {
  readonly name: string;
  readonly values: Float64Array;
}

export const INTERCEPT = "(Intercept)";

/** Which margins a design has, to decide whether a factor needs all its levels or all but the first. */
type Margins = ReadonlySet<string>;

function marginsOf(intercept: boolean, terms: readonly Term[]): Set<string> {
  const margins = new Set(terms.map(termKey));
  if (intercept) margins.add("");
  return margins;
}

function indicator(codes: Int32Array, level: number): Float64Array {
  const values = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) if (codes[i] === level) values[i] = 1;
  return values;
}

/** The codes of the levels that occur, in order. */
function usedCodes({ codes, levels }: FactorColumn): number[] {
  const used = new Uint8Array(levels.length);
  for (let i = 0; i < codes.length; i++) used[codes[i]] = 1;
  return [...levels.keys()].filter((code) => used[code] === 1);
}

function codeVariable(variable: Variable, column: Column, allLevels: boolean): DesignColumn[] {
  if (column.kind === "numeric") return [{ name: variable.text, values: column.values }];
  const used = usedCodes(column);
  // A factor with one level would vanish without a word; its column is found to be constant and named instead.
  const coded = allLevels || used.length === 1 ? used : used.slice(1);
  return coded.map((code) => ({
    name: `${variable.text}[${column.levels[code]}]`,
    values: indicator(column.codes, code),
  }));
}

function product(left: DesignColumn, right: DesignColumn): DesignColumn {
  const values = new Float64Array(left.values.length);
  for (let i = 0; i < values.length; i++) values[i] = left.values[i] * right.values[i];
  return { name: `${left.name}:${right.name}`, values };
}

function codeTerm(term: Term, variables: ReadonlyMap<string, Column>, margins: Margins): DesignColumn[] {
  let columns: DesignColumn[] = [];
  for (const variable of term.variables) {
    const rest = { variables: term.variables.filter((other) => other !== variable), text: "" };
    const column = variables.get(variable.text);
    if (column === undefined) continue;
    const coded = codeVariable(variable, column, !margins.has(termKey(rest)));
    const before = columns;
    const first = variable === term.variables[0];
    columns = first ? coded : coded.flatMap((right) => before.map((left) => product(left, right)));
  }
  return columns;
}

/**
 * The columns of `intercept + terms`: numbers as they are, factors as indicators of all levels but the
 * first, or of all levels where the model has no margin for them to be measured from (R's rule for
 * treatment contrasts; Chambers & Hastie 1992, section 2.4.1).
 */
export function designColumns(
  side: { readonly intercept: boolean; readonly terms: readonly Term[] },
  variables: ReadonlyMap<string, Column>,
  nobs: number,
): DesignColumn[] {
  const margins = marginsOf(side.intercept, side.terms);
  const columns: DesignColumn[] = [];
  if (side.intercept) columns.push({ name: INTERCEPT, values: new Float64Array(nobs).fill(1) });
  for (const term of side.terms) {
    columns.push(...codeTerm(term, variables, margins));
    const [only] = term.variables;
    const spansConstant = term.variables.length === 1 && variables.get(only.text)?.kind === "factor";
    if (spansConstant) margins.add("");
  }
  return columns;
}
