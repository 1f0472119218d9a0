import type { Term } from "../formula/formula.ts";
import { parseFormula } from "../formula/parse.ts";
import { termKey } from "../formula/terms.ts";
import { independentColumns } from "../linalg/cholesky.ts";
import type { TestableFit } from "./contrast-df.ts";
import { type JointTest, testOfContrasts } from "./joint-test.ts";

/** The test of one term of the formula, all its columns together. */
export interface TermTest extends JointTest {
  readonly term: string;
}

/** A column of the design by its name: the variables and, for factors, the level of each. */
interface NamedColumn {
  readonly key: string;
  readonly levels: ReadonlyMap<string, string>;
}

/** Reads `within(ex):sex[male]`; colons inside [level] do not split a name. */
function readColumn(name: string): NamedColumn {
  const variables: string[] = [];
  const levels = new Map<string, string>();
  for (const part of name.split(/:(?![^[]*\])/)) {
    const bracket = part.endsWith("]") ? part.indexOf("[") : -1;
    const variable = bracket < 0 ? part : part.slice(0, bracket);
    variables.push(variable);
    if (bracket >= 0) levels.set(variable, part.slice(bracket + 1, -1));
  }
  return { key: variables.sort().join("\u0000"), levels };
}

function variablesOf(term: Term): Set<string> {
  return new Set(term.variables.map(({ text }) => text));
}

/** An interaction that holds a term, with the number of levels over which each of its other factors is averaged. */
interface HigherTerm {
  readonly others: ReadonlyMap<string, number>;
}

/**
 * The levels of a factor in a term, the reference included: it is absent from the columns where the term without
 * the factor is in the model, as `designColumns` codes it.
 */
function countLevels(
  columns: readonly NamedColumn[],
  terms: readonly Term[],
  [term, variable]: readonly [Term, string],
): number {
  const key = termKey(term);
  const named = columns.filter((column) => column.key === key).map(({ levels }) => levels.get(variable));
  const rest = { variables: term.variables.filter(({ text }) => text !== variable), text: "" };
  const hasReference = terms.some((other) => termKey(other) === termKey(rest));
  return new Set(named).size + (hasReference ? 1 : 0);
}

/**
 * The weights of one column of a term: itself, and its interactions with other factors averaged over all their
 * levels (the reference, whose columns are absent, included).
 */
function typeThreeRow(
  columns: readonly NamedColumn[],
  own: NamedColumn,
  higher: ReadonlyMap<string, HigherTerm>,
): number[] {
  return columns.map((column) => {
    for (const [variable, level] of own.levels) if (column.levels.get(variable) !== level) return 0;
    if (column.key === own.key) return column === own ? 1 : 0;
    const term = higher.get(column.key);
    if (term === undefined) return 0;
    let weight = 1;
    for (const [variable, count] of term.others) {
      // A number in the interaction: the term is tested at its zero.
      if (!column.levels.has(variable)) return 0;
      weight /= count;
    }
    return weight;
  });
}

/** The interactions that hold all variables of a term and more. */
function higherTerms(
  columns: readonly NamedColumn[],
  terms: readonly Term[],
  term: Term,
): Map<string, HigherTerm> {
  const mine = variablesOf(term);
  const found = new Map<string, HigherTerm>();
  for (const other of terms) {
    const theirs = variablesOf(other);
    if (theirs.size <= mine.size || ![...mine].every((variable) => theirs.has(variable))) continue;
    const others = [...theirs].filter((variable) => !mine.has(variable));
    const counts = others.map(
      (variable) => [variable, countLevels(columns, terms, [other, variable])] as const,
    );
    found.set(termKey(other), { others: new Map(counts) });
  }
  return found;
}

/** The rows that are not determined by earlier ones. */
function independentRows(rows: readonly number[][]): number[][] {
  const n = rows.length;
  const gram = Float64Array.from({ length: n * n }, (_, e) =>
    rows[e % n].reduce((sum, value, j) => sum + value * rows[Math.floor(e / n)][j], 0),
  );
  return independentColumns(gram, n, 1e-10).map((i) => rows[i]);
}

/**
 * One test for each term of the formula, all columns of a factor together (type III).
 *
 * A term that stands in interactions with other factors is tested at the average over all levels of these, each
 * level counting the same; with numbers in its interactions it is tested at their zero. Terms whose columns were
 * all left out are absent. Searle (1987), Linear Models for Unbalanced Data, section 4.11; as lmerTest's
 * `anova(type = 3)` for factors that are coded against a reference level.
 */
export function termTests(fit: TestableFit): TermTest[] {
  const { terms } = parseFormula(fit.formula);
  const columns = fit.fixed.map(({ term }) => readColumn(term));
  const known = [...columns, ...fit.dropped.map(readColumn)];
  return terms.flatMap((term) => {
    const higher = higherTerms(known, terms, term);
    const rows = columns
      .filter(({ key }) => key === termKey(term))
      .map((column) => typeThreeRow(columns, column, higher));
    if (rows.length === 0) return [];
    return [{ term: term.text, ...testOfContrasts(fit, independentRows(rows)) }];
  });
}
