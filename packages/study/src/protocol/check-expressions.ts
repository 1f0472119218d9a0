import type { Expression } from "../answering/index.ts";
import type { StudyProblem } from "../errors.ts";
import { mentions } from "./language/names.ts";
import { parseExpression } from "./language/parse.ts";
import { ExpressionError } from "./language/tokens.ts";
import type { Protocol } from "./types.ts";
import { unknownName } from "./unknown-name.ts";
import { builtInNamesOf, eventItems, waveItems } from "./variables.ts";

type Path = readonly (string | number)[];
/** The names an expression may use, by what they stand for. */
export interface Scope {
  readonly variable: readonly string[];
  readonly wave: readonly string[];
  readonly item: readonly string[];
}

/** Every mistake in an `askIf`, a derived variable, a help rule or a row rule. */
export function checkExpressions(protocol: Protocol): readonly StudyProblem[] {
  return [...checkQuestions(protocol), ...checkDerived(protocol), ...checkCircles(protocol)];
}

function checkQuestions(protocol: Protocol): readonly StudyProblem[] {
  const items = [...waveItems(protocol).keys(), ...eventItems(protocol).keys()];
  const scope: Scope = { variable: items, wave: [], item: [] };
  const check = (source: string | undefined, path: Path) =>
    source === undefined ? [] : checkOne(source, path, scope);
  return [
    ...protocol.instruments.flatMap((instrument, i) => [
      ...check(instrument.askIf, ["instruments", i, "askIf"]),
      ...instrument.items.flatMap((item, j) => check(item.askIf, ["instruments", i, "items", j, "askIf"])),
    ]),
    ...protocol.safety.helpWhen.flatMap((source, i) => check(source, ["safety", "helpWhen", i])),
  ];
}

function checkDerived(protocol: Protocol): readonly StudyProblem[] {
  const items = [...waveItems(protocol).keys()];
  const scope: Scope = {
    variable: [...items, ...builtInNamesOf(protocol), ...protocol.derived.map((derived) => derived.name)],
    wave: protocol.waves.map((wave) => wave.id),
    item: items,
  };
  const rows = protocol.plan.rows;
  return [
    ...protocol.derived.flatMap((derived, i) =>
      (["expr", "zeroWhen", "missingWhen"] as const).flatMap((field) => {
        const source = derived[field];
        return source === undefined ? [] : checkOne(source, ["derived", i, field], scope);
      }),
    ),
    ...(rows === undefined ? [] : checkOne(rows, ["plan", "rows"], scope)),
  ];
}

/** The mistakes in one expression: how it is written, and names that are not in scope. */
export function checkOne(source: string, path: Path, scope: Scope): readonly StudyProblem[] {
  const parsed = tryParse(source, path);
  if ("code" in parsed) return [parsed];
  return mentions(parsed).flatMap((mention) => unknownName(mention.name, scope[mention.as], path));
}

function tryParse(source: string, path: Path): Expression | StudyProblem {
  try {
    return parseExpression(source);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return {
      code: "protocol.expression",
      path,
      expected: `${error.expected} at character ${error.at + 1} of “${source}”`,
      found: error.found,
      remedy: "See docs/glossary.md, “The language of derived variables”.",
    };
  }
}

/** A derived variable that needs itself, directly or through others. */
function checkCircles(protocol: Protocol): readonly StudyProblem[] {
  const needs = new Map(protocol.derived.map((derived) => [derived.name, needsOf(derived)]));
  return protocol.derived.flatMap((derived, i): readonly StudyProblem[] => {
    if (!reaches(needs, derived.name, derived.name, new Set())) return [];
    return [
      {
        code: "protocol.circular",
        path: ["derived", i, "expr"],
        expected: "a variable made from others",
        found: `“${derived.name}” needs itself`,
        remedy: "Break the circle: write one of them from answers.",
      },
    ];
  });
}

function needsOf(derived: Protocol["derived"][number]): readonly string[] {
  return [derived.expr, derived.zeroWhen, derived.missingWhen].flatMap((source) => {
    if (source === undefined) return [];
    const parsed = tryParse(source, []);
    return "code" in parsed ? [] : mentions(parsed).map((mention) => mention.name);
  });
}

function reaches(
  needs: ReadonlyMap<string, readonly string[]>,
  from: string,
  goal: string,
  seen: Set<string>,
): boolean {
  return (needs.get(from) ?? []).some((next) => {
    if (next === goal) return true;
    if (seen.has(next)) return false;
    seen.add(next);
    return reaches(needs, next, goal, seen);
  });
}
