import type { Term, Variable } from "./formula.ts";

/** What an expression stands for: its terms in order, and what it says about the intercept. */
export interface TermList {
  readonly terms: readonly Term[];
  /** True after `1`, false after `0` or `- 1`, undefined when nothing was said. */
  readonly intercept: boolean | undefined;
}

/** The same for `a:b` and `b:a`. */
export function termKey(term: Term): string {
  return term.variables
    .map((variable) => variable.text)
    .sort()
    .join("\u0000");
}

/** The term of one variable. */
export function singleTerm(variable: Variable): TermList {
  return { terms: [{ variables: [variable], text: variable.text }], intercept: undefined };
}

/** The terms of both, each once. */
export function unite(a: TermList, b: TermList): TermList {
  const seen = new Set(a.terms.map(termKey));
  const added = b.terms.filter((term) => !seen.has(termKey(term)));
  return { terms: [...a.terms, ...added], intercept: b.intercept ?? a.intercept };
}

/** The terms of `a` without those of `b`; `- 1` removes the intercept and `- 0` puts it back. */
export function remove(a: TermList, b: TermList): TermList {
  const unwanted = new Set(b.terms.map(termKey));
  const terms = a.terms.filter((term) => !unwanted.has(termKey(term)));
  return { terms, intercept: b.intercept === undefined ? a.intercept : !b.intercept };
}

/** Every product of a term of `a` and a term of `b`; a variable counts once in a product. */
export function interact(a: TermList, b: TermList): TermList {
  let product: TermList = { terms: [], intercept: a.intercept ?? b.intercept };
  for (const left of a.terms) {
    for (const right of b.terms) {
      const known = new Set(left.variables.map((variable) => variable.text));
      const variables = [...left.variables, ...right.variables.filter((v) => !known.has(v.text))];
      const text = variables.map((variable) => variable.text).join(":");
      product = unite(product, { terms: [{ variables, text }], intercept: undefined });
    }
  }
  return product;
}

/** Main effects first, then products of two, and so on; otherwise in the order written, as R does. */
export function orderByDegree(terms: readonly Term[]): Term[] {
  return [...terms].sort((a, b) => a.variables.length - b.variables.length);
}
