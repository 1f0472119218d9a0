import { FindingsError } from "../errors.ts";

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Places of the random parts of a formula: top-level parentheses that hold a bar. */
function randomSpans(formula: string): readonly Span[] {
  const spans: Span[] = [];
  let depth = 0;
  let from = 0;
  for (const [index, character] of [...formula].entries()) {
    if (character === "(") {
      if (depth === 0) from = index;
      depth++;
    } else if (character === ")") {
      depth--;
      if (depth === 0 && formula.slice(from, index).includes("|")) spans.push({ from, to: index + 1 });
    }
  }
  return spans;
}

/**
 * A formula with its random part replaced by another, such as `(1 | id)`.
 *
 * @throws FindingsError `findings.random-part-missing` when the formula has no random part to replace.
 */
export function replaceRandomPart(formula: string, random: string): string {
  const [first, ...others] = randomSpans(formula);
  if (!first) {
    throw new FindingsError(
      "findings.random-part-missing",
      `A fallback needs a random part such as (1 | id) to replace; the formula is "${formula}". Take the fallback out of the plan, or add a random part.`,
    );
  }
  let text = formula;
  // From the end, so that earlier places stay where they are.
  for (const span of [...others].reverse()) {
    text = text.slice(0, span.from).replace(/\s*\+\s*$/, "") + text.slice(span.to);
  }
  return text.slice(0, first.from) + random + text.slice(first.to);
}

/** A formula with fixed terms added in front of its random part (or at its end). */
export function addTerms(formula: string, terms: readonly string[]): string {
  if (terms.length === 0) return formula;
  const added = terms.join(" + ");
  const [first] = randomSpans(formula);
  if (!first) return `${formula} + ${added}`;
  return `${formula.slice(0, first.from)}${added} + ${formula.slice(first.from)}`;
}

/** A formula with only those fixed terms that `keep` accepts; its outcome and random part stay. */
export function keepTerms(formula: string, keep: (term: string) => boolean): string {
  const [outcome = "", right = ""] = formula.split(/~(.*)/s);
  const terms = topLevelTerms(right);
  const kept = terms.filter((term) => randomSpans(term).length > 0 || keep(term));
  return `${outcome.trim()} ~ ${kept.length === 0 ? "1" : kept.join(" + ")}`;
}

/** What stands between the plus signs outside every parenthesis. */
function topLevelTerms(text: string): readonly string[] {
  const terms: string[] = [""];
  let depth = 0;
  for (const character of text) {
    depth += character === "(" ? 1 : character === ")" ? -1 : 0;
    if (character === "+" && depth === 0) terms.push("");
    else terms[terms.length - 1] += character;
  }
  return terms.map((term) => term.trim()).filter((term) => term !== "");
}
