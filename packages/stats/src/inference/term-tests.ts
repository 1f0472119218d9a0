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

/** The number of levels of each factor, its reference included. */
function factorSizes(columns: readonly NamedColumn[]): Map<string, number> {
  const known = new Map<string, Set<string>>();
  for (const { levels } of columns) {
    for (const [variable, level] of levels)
      known.set(variable, (known.get(variable) ?? new Set<string>()).add(level));
  }
  return new Map([...known].map(([variable, levels]) => [variable, levels.size + 1]));
}

/**
 * The weights of one column of a term: itself, and its interactions with other factors averaged over all their
 * levels (the reference, whose columns are absent, included).
 */
function typeThreeRow(
  columns: readonly NamedColumn[],
  sizes: ReadonlyMap<string, number>,
  own: { readonly column: NamedColumn; readonly term: Term; readonly higher: ReadonlyMap<string, Term> },
): number[] {
  const mine = variablesOf(own.term);
  return columns.map((column) => {
    for (const [variable, level] of own.column.levels) {
      if (column.levels.get(variable) !== level) return 0;
    }
    if (column.key === own.column.key) return column === own.column ? 1 : 0;
    const higher = own.higher.get(column.key);
    if (higher === undefined) return 0;
    let weight = 1;
    for (const variable of variablesOf(higher)) {
      if (mine.has(variable)) continue;
      if (!column.levels.has(variable)) return 0;
      weight /= sizes.get(variable) ?? 1;
    }
    return weight;
  });
}

/** The interactions that hold all variables of a term and more. */
function higherTerms(terms: readonly Term[], term: Term): Map<string, Term> {
  const mine = [...variablesOf(term)];
  const higher = terms.filter((other) => {
    const theirs = variablesOf(other);
    return theirs.size > mine.length && mine.every((variable) => theirs.has(variable));
  });
  return new Map(higher.map((other) => [termKey(other), other]));
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
  const sizes = factorSizes([...columns, ...fit.dropped.map(readColumn)]);
  return terms.flatMap((term) => {
    const higher = higherTerms(terms, term);
    const rows = columns
      .filter(({ key }) => key === termKey(term))
      .map((column) => typeThreeRow(columns, sizes, { column, term, higher }));
    if (rows.length === 0) return [];
    return [{ term: term.text, ...testOfContrasts(fit, independentRows(rows)) }];
  });
}
