export type CallName = "factor" | "within" | "between" | "lag";

/** One variable of a formula; `text` is its name in the results, `position` its place in the formula. */
export type Variable =
  | { readonly kind: "column"; readonly name: string; readonly text: string; readonly position: number }
  | {
      readonly kind: "call";
      readonly call: CallName;
      readonly argument: Variable;
      readonly text: string;
      readonly position: number;
    };

/** A product of variables; the intercept is the product of none. */
export interface Term {
  readonly variables: readonly Variable[];
  readonly text: string;
}

/** `(intercept + terms | group)`; with `||` the effects are uncorrelated. */
export interface RandomTerm {
  readonly intercept: boolean;
  readonly terms: readonly Term[];
  readonly correlated: boolean;
  /** The name of the grouping factor: a column, or the columns joined by ":" where it combines several. */
  readonly group: string;
  /** The columns whose values together make a group. */
  readonly columns: readonly string[];
  readonly position: number;
}

/** A model formula: main effects come before interactions, as in R. */
export interface Formula {
  readonly text: string;
  readonly outcome: Variable;
  readonly intercept: boolean;
  readonly terms: readonly Term[];
  readonly random: readonly RandomTerm[];
}

/** The column at the bottom of a variable: `x` of `within(lag(x))`. */
export function rootColumn(variable: Variable): string {
  let inner = variable;
  while (inner.kind === "call") inner = inner.argument;
  return inner.name;
}

function rightHandSide(intercept: boolean, terms: readonly Term[]): string {
  const parts = terms.map((term) => term.text);
  if (!intercept) return ["0", ...parts].join(" + ");
  return parts.length === 0 ? "1" : parts.join(" + ");
}

function formatRandom(random: RandomTerm): string {
  const parts = [random.intercept ? "1" : "0", ...random.terms.map((term) => term.text)];
  return `(${parts.join(" + ")} ${random.correlated ? "|" : "||"} ${random.columns.map(quoteName).join(":")})`;
}

/** A column name as it must stand in a formula: in backticks unless it is a plain word. */
export function quoteName(name: string): string {
  return /^[\p{L}_.][\p{L}\p{N}_.]*$/u.test(name) ? name : `\`${name}\``;
}

/** The formula in its expanded form; parsing it again gives the same terms. */
export function formatFormula(formula: Formula): string {
  const right = rightHandSide(formula.intercept, formula.terms);
  return [`${formula.outcome.text} ~ ${right}`, ...formula.random.map(formatRandom)].join(" + ");
}
