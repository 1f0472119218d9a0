/** A formula of ours as lme4 reads it, once `within_x` and `between_x` are columns; undefined when R has no such word. */
export function rFormula(formula: string): string | undefined {
  const text = splitColumns(formula);
  const calls = [...text.matchAll(/([A-Za-z_][A-Za-z0-9_.]*)\(/g)].map(([, name]) => name);
  return calls.every((name) => name === "factor") ? text : undefined;
}

/** `within(x)` and `between(x)` are calls to us and columns in R. */
function splitColumns(text: string): string {
  return text.replaceAll(/\b(within|between)\(\s*([A-Za-z_][A-Za-z0-9_.]*)\s*\)/g, "$1_$2");
}

/** The columns a formula splits into a person's own mean and what departs from it. */
export function splitNames(formula: string): readonly string[] {
  const found = [...formula.matchAll(/\b(?:within|between)\(\s*([A-Za-z_][A-Za-z0-9_.]*)\s*\)/g)];
  return [...new Set(found.map(([, name]) => name ?? ""))];
}

/** The name R gives a coefficient: `factor(smoking)[2]` is `factor(smoking)2`, `x[b]` is `xb`. */
export function rTerm(term: string): string {
  return splitColumns(term).replaceAll(/\[([^\]]*)\]/g, "$1");
}

/** A rule for rows in the closed language, as R reads it; undefined when it calls something R has not. */
export function rCondition(rule: string): string | undefined {
  if (/[A-Za-z_][A-Za-z0-9_.]*\s*\(/.test(rule.replaceAll(/\b(and|or|not)\b/g, ""))) return undefined;
  return rule
    .replaceAll(/\band\b/g, "&")
    .replaceAll(/\bor\b/g, "|")
    .replaceAll(/\bnot\b/g, "!")
    .replaceAll(/\btrue\b/g, "TRUE")
    .replaceAll(/\bfalse\b/g, "FALSE");
}

/** A text as an R string. */
export function rString(text: string): string {
  return JSON.stringify(text);
}

/** A number with all its digits, or NA. */
export function rNumber(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? "NA" : String(value);
}

/** `c("a" = 1, "b" = -1)`. */
export function rNamed(weights: Readonly<Record<string, number>>): string {
  const entries = Object.entries(weights).map(([term, weight]) => `${rString(rTerm(term))} = ${weight}`);
  return `c(${entries.join(", ")})`;
}

/** `c("a", "b")`. */
export function rStrings(texts: readonly string[]): string {
  return `c(${texts.map(rString).join(", ")})`;
}

/** A text on comment lines of R. */
export function rComment(text: string): string {
  return text
    .split("\n")
    .map((line) => `# ${line}`)
    .join("\n");
}
