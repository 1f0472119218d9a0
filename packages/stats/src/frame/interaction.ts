import type { Formula, Term, Variable } from "../formula/formula.ts";
import { termKey } from "../formula/terms.ts";
import { type Warning, warning } from "../warnings.ts";

/** The key of the term with between() for within(), or null where that would repeat a variable. */
function swapped(term: Term): string | null {
  const rename = (variable: Variable): Variable => {
    if (variable.kind === "column" || variable.call !== "within") return variable;
    return { ...variable, call: "between", text: `between(${variable.argument.text})` };
  };
  const variables = term.variables.map(rename);
  const distinct = new Set(variables.map(({ text }) => text)).size === variables.length;
  return distinct ? termKey({ variables, text: "" }) : null;
}

function hasWithin(term: Term): boolean {
  return term.variables.some((variable) => variable.kind === "call" && variable.call === "within");
}

/** Names each interaction of within(x) that lacks the same one of between(x): the two answer different questions. */
export function interactionWarnings({ terms }: Formula): Warning[] {
  const keys = new Set(terms.map(termKey));
  return terms
    .filter((term) => {
      const counterpart = swapped(term);
      return term.variables.length > 1 && hasWithin(term) && counterpart !== null && !keys.has(counterpart);
    })
    .map((term) =>
      warning(
        "formula.between-interaction-missing",
        `Expected the same interaction with between() beside ${term.text}; found none. Write (within(x) + between(x)) * z, so that differences between people are not read as changes within them.`,
      ),
    );
}
