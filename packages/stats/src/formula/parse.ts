import { errorAt, type StatsError } from "../errors.ts";
import { nearestName } from "../table/nearest-name.ts";
import {
  type CallName,
  type Formula,
  quoteName,
  type RandomTerm,
  rootColumn,
  type Term,
  type Variable,
} from "./formula.ts";
import { interact, orderByDegree, remove, singleTerm, type TermList, termKey, unite } from "./terms.ts";
import { type Token, tokenizeFormula } from "./tokens.ts";

const CALLS: readonly string[] = ["factor", "within", "between", "lag"];

/** Where the parser stands: the tokens and the index of the next one. */
interface Reader {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly random: RandomTerm[];
  next: number;
}

function peek(reader: Reader): Token {
  return reader.tokens[reader.next];
}

function isSymbol(reader: Reader, symbol: string): boolean {
  const token = peek(reader);
  return token.kind === "symbol" && token.text === symbol;
}

function takeSymbol(reader: Reader, symbol: string): boolean {
  if (!isSymbol(reader, symbol)) return false;
  reader.next++;
  return true;
}

function found(token: Token): string {
  return token.kind === "end" ? token.text : `"${token.text}"`;
}

function syntaxError(reader: Reader, expected: string, remedy: string): StatsError {
  const token = peek(reader);
  return errorAt("formula.syntax", `Expected ${expected}; found ${found(token)}. ${remedy}`, {
    text: reader.text,
    position: token.position,
  });
}

function expectSymbol(reader: Reader, symbol: string, remedy: string): void {
  if (!takeSymbol(reader, symbol)) throw syntaxError(reader, `"${symbol}"`, remedy);
}

function readName(reader: Reader, what: string): Token {
  const token = peek(reader);
  if (token.kind !== "name") throw syntaxError(reader, what, "Write the name of a column there.");
  reader.next++;
  return token;
}

function readVariable(reader: Reader): Variable {
  const token = readName(reader, "a column name");
  const { position } = token;
  if (!isSymbol(reader, "(")) {
    return { kind: "column", name: token.text, text: quoteName(token.text), position };
  }
  if (!CALLS.includes(token.text)) throw unknownFunction(reader, token);
  reader.next++;
  const argument = readVariable(reader);
  expectSymbol(reader, ")", `Close the parenthesis of ${token.text}( after one column.`);
  const call = token.text as CallName;
  return { kind: "call", call, argument, text: `${call}(${argument.text})`, position };
}

function unknownFunction(reader: Reader, token: Token): StatsError {
  const nearest = nearestName(token.text, CALLS);
  const hint = nearest === undefined ? "Compute the column before fitting." : `Did you mean ${nearest}()?`;
  return errorAt(
    "formula.function",
    `Expected one of factor(), within(), between(), lag(); found "${token.text}(". ${hint}`,
    { text: reader.text, position: token.position },
  );
}

function readNumber(reader: Reader): TermList {
  const token = peek(reader);
  if (token.text !== "0" && token.text !== "1") {
    throw errorAt(
      "formula.number",
      `Expected 0 or 1, the only numbers a formula has; found "${token.text}". Compute the column before fitting.`,
      { text: reader.text, position: token.position },
    );
  }
  reader.next++;
  return { terms: [], intercept: token.text === "1" };
}

function readAtom(reader: Reader): TermList {
  const token = peek(reader);
  if (token.kind === "number") return readNumber(reader);
  if (token.kind === "symbol" && token.text === "(") return readParenthesis(reader);
  if (token.kind !== "name") {
    throw syntaxError(
      reader,
      'a column name, 0, 1 or "("',
      "Write a term there, or remove the sign before it.",
    );
  }
  return singleTerm(readVariable(reader));
}

function readParenthesis(reader: Reader): TermList {
  const { position } = peek(reader);
  const before = reader.random.length;
  reader.next++;
  const inner = readSum(reader);
  const correlated = isSymbol(reader, "|");
  if (!correlated && !isSymbol(reader, "||")) {
    expectSymbol(reader, ")", "Close the parenthesis.");
    return inner;
  }
  if (reader.random.length > before) throw randomTermError(reader, reader.random[before].position);
  reader.next++;
  const factors = readGroups(reader);
  expectSymbol(
    reader,
    ")",
    "A random term is (effects | column) or (effects | site/person); close it there.",
  );
  const terms = orderByDegree(inner.terms);
  for (const columns of factors) {
    const group = columns.join(":");
    reader.random.push({ intercept: inner.intercept ?? true, terms, correlated, group, columns, position });
  }
  return { terms: [], intercept: undefined };
}

/** The grouping factors of a random term, each as its columns: `a` and `b:a` for `a/b`, as in lme4. */
function readGroups(reader: Reader): string[][] {
  const factors: string[][] = [];
  do {
    const columns = [readName(reader, "the column that names the person").text];
    while (takeSymbol(reader, ":")) columns.push(readName(reader, "a column to combine").text);
    factors.push([...columns, ...(factors.at(-1) ?? [])]);
  } while (takeSymbol(reader, "/"));
  return factors;
}

/** The same for `a:b` and `b:a`. */
export function groupKey({ columns }: Pick<RandomTerm, "columns">): string {
  return [...columns].sort().join("\u0000");
}

/** Reads an operand of `:` or `*`, or of anything below a sum, where a random term may not stand. */
function readOperand(reader: Reader, read: (reader: Reader) => TermList): TermList {
  const before = reader.random.length;
  const operand = read(reader);
  if (reader.random.length > before) throw randomTermError(reader, reader.random[before].position);
  return operand;
}

function randomTermError(reader: Reader, position: number): StatsError {
  return errorAt(
    "formula.random-term",
    "Expected a random term to stand alone; found one in a product, a difference, or another parenthesis. Add it with +.",
    { text: reader.text, position },
  );
}

function readInteraction(reader: Reader): TermList {
  let left = readAtom(reader);
  if (!isSymbol(reader, ":")) return left;
  refuseRandomOperand(reader, left);
  while (takeSymbol(reader, ":")) left = interact(left, readOperand(reader, readAtom));
  return left;
}

function readProduct(reader: Reader): TermList {
  let left = readInteraction(reader);
  if (!isSymbol(reader, "*")) return left;
  refuseRandomOperand(reader, left);
  while (takeSymbol(reader, "*")) {
    const right = readOperand(reader, readInteraction);
    left = unite(unite(left, right), interact(left, right));
  }
  return left;
}

/** An empty operand just before `:` or `*` can only be a random term (or 0, 1, which multiply nothing). */
function refuseRandomOperand(reader: Reader, left: TermList): void {
  if (left.terms.length > 0) return;
  if (left.intercept === undefined) {
    throw randomTermError(reader, reader.random.at(-1)?.position ?? peek(reader).position);
  }
  throw syntaxError(
    reader,
    "+ or - after 0 or 1",
    "0 and 1 stand for the intercept and cannot be multiplied.",
  );
}

function readSum(reader: Reader): TermList {
  let total: TermList = { terms: [], intercept: undefined };
  if (takeSymbol(reader, "-")) total = remove(total, readOperand(reader, readProduct));
  else total = unite(total, readProduct(reader));
  for (;;) {
    if (takeSymbol(reader, "+")) total = unite(total, readProduct(reader));
    else if (takeSymbol(reader, "-")) total = remove(total, readOperand(reader, readProduct));
    else return total;
  }
}

function checkRandomTerms(formula: Formula): void {
  const seen = new Set<string>();
  for (const random of formula.random) {
    const keys = random.terms.map(termKey);
    if (random.intercept) keys.push("1");
    if (keys.length === 0) {
      throw errorAt("formula.random-term", "Expected an effect before |; found none. Write (1 | person).", {
        text: formula.text,
        position: random.position,
      });
    }
    for (const key of keys) {
      const full = `${groupKey(random)}\u0001${key}`;
      if (seen.has(full)) throw duplicateRandomTerm(formula, random);
      seen.add(full);
    }
  }
}

function duplicateRandomTerm(formula: Formula, random: RandomTerm): StatsError {
  return errorAt(
    "formula.duplicate-random-term",
    `Expected each random effect of "${random.group}" once; found one twice. Remove it from one term, for example (1 | id) + (0 + x | id).`,
    { text: formula.text, position: random.position },
  );
}

/**
 * Reads a model formula: `outcome ~ terms + (effects | group)`.
 *
 * @throws StatsError `formula.*` with the position of the fault.
 * Wilkinson & Rogers (1973), Appl. Stat. 22, 392-399; random terms as in lme4 (Bates et al. 2015, section 2.2).
 */
export function parseFormula(text: string): Formula {
  const reader: Reader = { text, tokens: tokenizeFormula(text), random: [], next: 0 };
  const name = readName(reader, "the outcome, a column name");
  const outcome: Variable = {
    kind: "column",
    name: name.text,
    text: quoteName(name.text),
    position: name.position,
  };
  expectSymbol(reader, "~", "A formula is outcome ~ terms.");
  const right = readSum(reader);
  if (peek(reader).kind !== "end") {
    throw syntaxError(reader, "+, -, :, * or the end", "Put an operator between the terms.");
  }
  const terms: Term[] = orderByDegree(right.terms);
  const formula = {
    text: text.trim(),
    outcome,
    intercept: right.intercept ?? true,
    terms,
    random: reader.random,
  };
  checkRandomTerms({ ...formula, text });
  return formula;
}

/** The raw columns a formula needs, each once: outcome, predictors, then groups. */
export function formulaColumns(formula: Formula | string): string[] {
  const parsed = typeof formula === "string" ? parseFormula(formula) : formula;
  const names = [rootColumn(parsed.outcome)];
  const terms = [...parsed.terms, ...parsed.random.flatMap((random) => random.terms)];
  for (const term of terms) names.push(...term.variables.map(rootColumn));
  names.push(...parsed.random.flatMap((random) => random.columns));
  return [...new Set(names)];
}
