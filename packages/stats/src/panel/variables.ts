import { type Formula, rootColumn, type Variable } from "../formula/formula.ts";
import { isCentred } from "../frame/variables.ts";
import type { ColumnFacts, PanelFacts } from "./facts.ts";
import { NeedsRows, type PanelAtom, type PanelPlan } from "./plan.ts";
import { add, atom, constant, type Polynomial, scaled, sum } from "./polynomial.ts";

/** Where a row stands: the places of the person's waves that are used, and of its own. */
export interface RowPlace {
  readonly waves: readonly number[];
  readonly wave: number;
}

/** Finds or makes the atom that a variable stands on. */
type AtomOf = (wanted: PanelAtom) => number;

/** What the variables of a formula are made from. */
export interface VariableContext {
  readonly time: string;
  readonly waves: readonly number[];
  readonly levels: PanelPlan["levels"];
  readonly atomOf: AtomOf;
  readonly roleOf: (column: string) => "constant" | "varying";
  readonly codeOf: (column: string) => { readonly shift: number; readonly scale: number };
}

function valueAt(context: VariableContext, column: string, place: RowPlace, lagged: boolean): Polynomial {
  const role = lagged ? "lagged" : context.roleOf(column);
  const { shift, scale } = context.codeOf(column);
  const index = context.atomOf({ column, role, code: { kind: "number", shift, scale } });
  return add(constant(shift), atom(nameOf(index, role, place), scale));
}

function nameOf(index: number, role: PanelAtom["role"], { wave }: RowPlace): string {
  return role === "constant" ? `a${index}` : `a${index}@${wave}`;
}

/** A number of a row: a column, the wave, or the column one wave before. */
function rawNumber(context: VariableContext, variable: Variable, place: RowPlace): Polynomial {
  if (variable.kind === "column") {
    if (variable.name === context.time) return constant(context.waves[place.wave]);
    return valueAt(context, variable.name, place, false);
  }
  const { argument } = variable;
  if (variable.call === "lag" && argument.kind === "column" && argument.name !== context.time) {
    return valueAt(context, argument.name, place, true);
  }
  throw new NeedsRows(`${variable.text}, which is not a sum over a person's waves`);
}

function mean(terms: readonly Polynomial[]): Polynomial {
  return scaled(sum(terms), 1 / terms.length);
}

/** A number without its constant, which deviations do not have: taking it away later would leave rounding. */
function withoutConstant(polynomial: Polynomial): Polynomial {
  return new Map([...polynomial].filter(([monomial]) => monomial !== ""));
}

/** The number that a variable has in a row, as a polynomial of what is known of the person. */
export function numberAt(context: VariableContext, variable: Variable, place: RowPlace): Polynomial {
  if (!isCentred(variable)) return rawNumber(context, variable, place);
  const at = (wave: number) => rawNumber(context, variable.argument, { ...place, wave });
  const average = mean(place.waves.map(at));
  if (variable.call === "between") return average;
  if (rootColumn(variable) === context.time) return add(at(place.wave), scaled(average, -1));
  return add(withoutConstant(at(place.wave)), scaled(withoutConstant(average), -1));
}

/** 1 where a variable that is coded by level has this level in a row, and else 0. */
export function levelAt(
  context: VariableContext,
  variable: Variable,
  code: number,
  place: RowPlace,
): Polynomial {
  const level = context.levels[variable.text][code];
  const column = rootColumn(variable);
  if (column === context.time) return constant(String(context.waves[place.wave]) === level ? 1 : 0);
  if (variable.kind === "call" && variable.call !== "factor") {
    throw new NeedsRows(`${variable.text}, a category of the wave before`);
  }
  const role = context.roleOf(column);
  return atom(nameOf(context.atomOf({ column, role, code: { kind: "level", level } }), role, place));
}

/** Columns that vary over a person's waves for sure: the outcome, and what deviates from a mean of its own. */
export function varyingColumns(formula: Formula, variables: readonly Variable[]): Set<string> {
  const centred = variables.filter(isCentred).map(rootColumn);
  return new Set([rootColumn(formula.outcome), ...centred]);
}

/** The levels of a variable that is coded by level; null for a number. */
export function levelsOf(variable: Variable, facts: PanelFacts, time: string): readonly string[] | null {
  const isFactor = variable.kind === "call" && variable.call === "factor";
  const column = rootColumn(variable);
  if (column === time) return isFactor ? facts.waves.map(String) : null;
  const known: ColumnFacts | undefined = facts.columns[column];
  if (known?.kind === "category") return known.levels;
  return isFactor && known !== undefined ? (known.values ?? []).map(String) : null;
}
