import type { Term } from "../formula/formula.ts";
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

/** A variable as it stands in a design: itself, or the indicator of one of its levels. */
interface CodedVariable {
  readonly variable: string;
  /** The level's place among the levels of the variable; null for a number. */
  readonly code: number | null;
}

/** One column of a design matrix before it is evaluated: the product of its parts, none for the intercept. */
export interface CodedColumn {
  readonly name: string;
  readonly parts: readonly CodedVariable[];
}

/** The levels of a factor, and which of them occur, in order. */
interface FactorCoding {
  readonly levels: readonly string[];
  readonly used: readonly number[];
}

/** How each variable is coded, by its text: null for numbers. */
export type Codings = ReadonlyMap<string, FactorCoding | null>;

function codeVariable(text: string, coding: FactorCoding | null, allLevels: boolean): CodedColumn[] {
  if (coding === null) return [{ name: text, parts: [{ variable: text, code: null }] }];
  const { levels, used } = coding;
  // A factor with one level would vanish without a word; its column is found to be constant and named instead.
  const coded = allLevels || used.length === 1 ? used : used.slice(1);
  return coded.map((code) => ({
    name: `${text}[${levels[code]}]`,
    parts: [{ variable: text, code }],
  }));
}

function product(left: CodedColumn, right: CodedColumn): CodedColumn {
  return { name: `${left.name}:${right.name}`, parts: [...left.parts, ...right.parts] };
}

function codeTerm(term: Term, codings: Codings, margins: Margins): CodedColumn[] {
  let columns: CodedColumn[] = [];
  for (const variable of term.variables) {
    const rest = { variables: term.variables.filter((other) => other !== variable), text: "" };
    const coding = codings.get(variable.text);
    if (coding === undefined) continue;
    const coded = codeVariable(variable.text, coding, !margins.has(termKey(rest)));
    const before = columns;
    const first = variable === term.variables[0];
    columns = first ? coded : coded.flatMap((right) => before.map((left) => product(left, right)));
  }
  return columns;
}

/** What stands on one side of a formula. */
export interface DesignSide {
  readonly intercept: boolean;
  readonly terms: readonly Term[];
}

/**
 * The columns of `intercept + terms` before they are evaluated: numbers as they are, factors as indicators of
 * all levels but the first, or of all levels where the model has no margin for them to be measured from (R's
 * rule for treatment contrasts; Chambers & Hastie 1992, section 2.4.1).
 */
export function codedColumns(side: DesignSide, codings: Codings): CodedColumn[] {
  const margins = marginsOf(side.intercept, side.terms);
  const columns: CodedColumn[] = side.intercept ? [{ name: INTERCEPT, parts: [] }] : [];
  for (const term of side.terms) {
    columns.push(...codeTerm(term, codings, margins));
    const [only] = term.variables;
    const spansConstant = term.variables.length === 1 && (codings.get(only.text) ?? null) !== null;
    if (spansConstant) margins.add("");
  }
  return columns;
}

function multiplied(left: Float64Array, right: Float64Array): Float64Array {
  const values = new Float64Array(left.length);
  for (let i = 0; i < values.length; i++) values[i] = left[i] * right[i];
  return values;
}

/** Evaluates parts of a design; the indicator of a level is made once. */
function partValues(variables: ReadonlyMap<string, Column>): (part: CodedVariable) => Float64Array {
  const indicators = new Map<string, Float64Array>();
  return ({ variable, code }) => {
    const column = variables.get(variable);
    if (column === undefined) return new Float64Array(0);
    if (column.kind === "numeric") return column.values;
    const key = `${code} ${variable}`;
    const values = indicators.get(key) ?? indicator(column.codes, code ?? 0);
    indicators.set(key, values);
    return values;
  };
}

function codingOf(column: Column): FactorCoding | null {
  return column.kind === "numeric" ? null : { levels: column.levels, used: usedCodes(column) };
}

/** The columns of one side of a formula over the rows at hand; see `codedColumns`. */
export function designColumns(
  side: DesignSide,
  variables: ReadonlyMap<string, Column>,
  nobs: number,
): DesignColumn[] {
  const codings = new Map([...variables].map(([text, column]) => [text, codingOf(column)]));
  const valuesOf = partValues(variables);
  return codedColumns(side, codings).map(({ name, parts }) => ({
    name,
    values: parts.length === 0 ? new Float64Array(nobs).fill(1) : parts.map(valuesOf).reduce(multiplied),
  }));
}
