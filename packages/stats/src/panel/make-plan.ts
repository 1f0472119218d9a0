import { type Formula, rootColumn, type Variable } from "../formula/formula.ts";
import { groupKey, parseFormula } from "../formula/parse.ts";
import { type Codings, codedColumns } from "../frame/design.ts";
import { formulaVariables, isCentred, meansAreShared } from "../frame/variables.ts";
import type { PanelFacts } from "./facts.ts";
import { monomialOf, NeedsRows, type PanelAtom, type PanelCell, type PanelPlan } from "./plan.ts";
import { multiply, type Polynomial } from "./polynomial.ts";
import {
  levelAt,
  levelsOf,
  numberAt,
  type RowPlace,
  type VariableContext,
  varyingColumns,
} from "./variables.ts";

// Beyond these a fit from rows costs less than the products of all pairs of cells.
const MOST_WAVES = 20;
const MOST_CELLS = 150;
const MOST_LEVELS = 30;

/** What a plan is made of. */
export interface PlanInput {
  readonly formula: string;
  /** The column that says which wave a row is. */
  readonly time: string;
  /** The column that names the person; the grouping factor of the random terms by default. */
  readonly person?: string;
  readonly facts: PanelFacts;
  /** Columns known to differ between the waves of one person; the others of the formula are taken as constant. */
  readonly varying?: readonly string[];
  /** True to sum what random slopes need too that differ from person to person, for a fit over people one by one. */
  readonly slopes?: boolean;
}

/**
 * The column that names the person: the grouping factor of the random terms, else the one given.
 *
 * @throws StatsError `sums.needs-rows` where it is not one column.
 */
export function panelPerson(formula: Formula, person: string | undefined): string {
  const groups = new Set(formula.random.map(groupKey));
  if (groups.size > 1) throw new NeedsRows("several grouping factors");
  const columns = formula.random[0]?.columns ?? (person === undefined ? [] : [person]);
  const [column] = columns;
  if (column === undefined) throw new NeedsRows("no column that names the person");
  if (columns.length > 1) throw new NeedsRows("groups that are named by several columns together");
  if (person !== undefined && person !== column)
    throw new NeedsRows(`people named by "${person}" and random terms of "${column}"`);
  return column;
}

/**
 * A random slope of something else than the wave, which differs between people seen at the same waves; null where there
 * is none: then people with the same waves have the same covariance.
 */
export function personalSlope(formula: Formula, time: string): string | null {
  for (const { terms } of formula.random) {
    for (const { variables, text } of terms) {
      if (variables.every((variable) => variable.kind !== "call" || variable.call === "factor")) {
        if (variables.every((variable) => rootColumn(variable) === time)) continue;
      }
      return text;
    }
  }
  return null;
}

function checkRandom(formula: Formula, time: string): void {
  const slope = personalSlope(formula, time);
  if (slope !== null) throw new NeedsRows(`a random slope of ${slope}, which differs from person to person`);
}

function checkVariables(formula: Formula, variables: readonly Variable[], time: string): void {
  if (formula.outcome.kind !== "column" || formula.outcome.name === time)
    throw new NeedsRows(`the outcome ${formula.outcome.text}`);
  const shared = variables.find(
    (variable) => variable.kind === "call" && meansAreShared(formula, variable.argument),
  );
  if (shared !== undefined) throw new NeedsRows("lag() of a deviation from a person's mean");
}

/** The atoms collected so far; asking for one again gives the same place. */
function atomList() {
  const atoms: PanelAtom[] = [];
  const places = new Map<string, number>();
  const atomOf = (wanted: PanelAtom): number => {
    const code = wanted.code.kind === "number" ? "#" : `=${wanted.code.level}`;
    const key = `${wanted.role}${code} ${wanted.column}`;
    const known = places.get(key) ?? atoms.push(wanted) - 1;
    places.set(key, known);
    return known;
  };
  return { atoms, atomOf };
}

function contextOf(
  input: PlanInput,
  formula: Formula,
  variables: readonly Variable[],
  atomOf: VariableContext["atomOf"],
): VariableContext {
  const { facts, time } = input;
  const varying = new Set([...varyingColumns(formula, variables), ...(input.varying ?? [])]);
  const levels: Record<string, readonly string[]> = {};
  for (const variable of variables) {
    const found = levelsOf(variable, facts, time);
    if (found === null) continue;
    if (found.length > MOST_LEVELS) throw new NeedsRows(`${found.length} levels of ${variable.text}`);
    levels[variable.text] = found;
  }
  return {
    time,
    waves: facts.waves,
    levels,
    atomOf,
    roleOf: (column) => (varying.has(column) ? "varying" : "constant"),
    codeOf: (column) => {
      const known = facts.columns[column];
      if (known?.kind === "number") return known;
      throw new NeedsRows(`text in "${column}" where a number stands`);
    },
  };
}

/** What each variable of a formula is in a row, and each column of its designs, as polynomials. */
export interface RowAlgebra {
  readonly codings: Codings;
  readonly outcomeAt: (place: RowPlace) => Polynomial;
  readonly partAt: (
    part: { readonly variable: string; readonly code: number | null },
    place: RowPlace,
  ) => Polynomial;
}

/** The algebra of a formula's rows over the atoms of a context. */
export function rowAlgebra(formula: Formula, context: VariableContext): RowAlgebra {
  const variables = new Map(formulaVariables(formula).map((variable) => [variable.text, variable]));
  const codings = new Map(
    [...variables.keys()].map((text) => {
      const levels = context.levels[text];
      return [text, levels === undefined ? null : { levels, used: [...levels.keys()] }];
    }),
  );
  const known = new Map<string, Polynomial>();
  /** Asked for again and again: what does not depend on where a row stands is made once. */
  const numberOf = (variable: Variable, { waves, wave }: RowPlace): Polynomial => {
    const others = isCentred(variable) ? waves.join() : "";
    const own = variable.kind === "call" && variable.call === "between" ? "" : wave;
    const key = `${variable.text} ${others}@${own}`;
    const found = known.get(key) ?? numberAt(context, variable, { waves, wave });
    known.set(key, found);
    return found;
  };
  return {
    codings,
    outcomeAt: (place) => numberOf(formula.outcome, place),
    partAt: ({ variable: text, code }, place) => {
      const variable = variables.get(text);
      if (variable === undefined) throw new NeedsRows(`${text}, which is not a variable of the formula`);
      return code === null ? numberOf(variable, place) : levelAt(context, variable, code, place);
    },
  };
}

/** Every monomial that a row of some person can need, from the rows of one seen at every wave. */
function monomialsNeeded(formula: Formula, context: VariableContext): Set<string> {
  const algebra = rowAlgebra(formula, context);
  // With every margin in place each factor gives the indicators of all its levels.
  const columns = [...formula.terms, ...formula.random.flatMap(({ terms }) => terms)].flatMap((term) =>
    codedColumns({ intercept: false, terms: [term] }, algebra.codings),
  );
  const waves = [...context.waves.keys()];
  const needed = new Set<string>();
  for (const wave of waves) {
    const place = { waves, wave };
    const polynomials = columns.map(({ parts }) =>
      parts.map((part) => algebra.partAt(part, place)).reduce(multiply),
    );
    for (const polynomial of [algebra.outcomeAt(place), ...polynomials]) {
      for (const monomial of polynomial.keys()) needed.add(monomial);
    }
  }
  return withParts(needed);
}

/** Monomials with all their parts: constants can then be shifted exactly after the sums were formed. */
function withParts(monomials: ReadonlySet<string>): Set<string> {
  const all = new Set<string>();
  for (const monomial of monomials) {
    let parts = [""];
    for (const factor of monomial.split("*")) {
      parts = [...parts, ...parts.map((part) => (part === "" ? factor : `${part}*${factor}`))];
    }
    for (const part of parts) all.add(part);
  }
  all.delete("");
  return all;
}

function cellOf(monomial: string): PanelCell {
  const parts = monomial.split("*").map((part) => part.slice(1).split("@"));
  const waves = new Set(parts.flatMap(([, wave]) => (wave === undefined ? [] : [Number(wave)])));
  if (waves.size > 1)
    throw new NeedsRows("a product of a person's mean and something that changes over the waves");
  const [wave] = waves;
  return { atoms: parts.map(([place]) => Number(place)), wave: wave ?? null };
}

/** Cells of a person first, then those of each wave in turn. */
function inOrder(cells: readonly PanelCell[], atoms: readonly PanelAtom[]): PanelCell[] {
  const name = (cell: PanelCell) => monomialOf(cell, { atoms });
  return [...cells].sort((a, b) => (a.wave ?? -1) - (b.wave ?? -1) || (name(a) < name(b) ? -1 : 1));
}

function requiredColumns(formula: Formula, variables: readonly Variable[], time: string) {
  const isLagged = (variable: Variable): boolean =>
    variable.kind === "call" && (variable.call === "lag" || isLagged(variable.argument));
  const roots = (list: readonly Variable[]) =>
    [...new Set(list.map(rootColumn))].filter((column) => column !== time);
  return {
    required: roots([formula.outcome, ...variables.filter((variable) => !isLagged(variable))]),
    requiredBefore: roots(variables.filter(isLagged)),
  };
}

/**
 * What to sum over people for a linear mixed model, from what is known of the columns.
 *
 * @throws StatsError `sums.needs-rows` for a model that no sums of this kind determine.
 */
export function panelPlan(input: PlanInput): PanelPlan {
  const { time, facts } = input;
  const formula = parseFormula(input.formula);
  const variables = formulaVariables(formula);
  const person = panelPerson(formula, input.person);
  if (input.slopes !== true) checkRandom(formula, time);
  checkVariables(formula, variables, time);
  if (facts.waves.length > MOST_WAVES)
    throw new NeedsRows(`${facts.waves.length} different values of "${time}"`);
  const { atoms, atomOf } = atomList();
  const context = contextOf(input, formula, variables, atomOf);
  const cells = inOrder([...monomialsNeeded(formula, context)].map(cellOf), atoms);
  if (cells.length > MOST_CELLS) throw new NeedsRows(`${cells.length} numbers for each person`);
  return {
    version: 1,
    formula: formula.text,
    person,
    time,
    columns: facts.columns,
    varying: [...(input.varying ?? [])].sort(),
    waves: facts.waves,
    levels: context.levels,
    ...requiredColumns(formula, variables, time),
    atoms,
    cells,
  };
}
