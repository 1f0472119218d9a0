import { mentions } from "../protocol/language/names.ts";
import { parseExpression } from "../protocol/language/parse.ts";
import type { PlanModel } from "../protocol/plan-types.ts";
import type { DerivedVariable, Protocol } from "../protocol/types.ts";
import { columnNames } from "../protocol/variables.ts";

/** A variable the plan needs that the file neither holds nor allows to compute. */
export interface MissingNeed {
  readonly name: string;
  /** The columns it could be computed from. */
  readonly instead: readonly string[];
}

/** What the hypotheses need and the columns given do not provide. */
export function missingNeeds(protocol: Protocol, given: ReadonlySet<string>): readonly MissingNeed[] {
  const derived = new Map(protocol.derived.map((entry) => [entry.name, entry]));
  const provided = (name: string): boolean => {
    if (given.has(name) || name === "late") return true;
    const rule = derived.get(name);
    return rule !== undefined && sourcesOf(rule).every(provided);
  };
  const roots = new Set(neededNames(protocol).flatMap((name) => lacking(name, derived, provided)));
  return [...roots].map((name) => {
    const rule = derived.get(name);
    return { name, instead: rule === undefined ? [] : leavesOf(rule, derived) };
  });
}

/** The names to ask for: of a score made from other scores, the one that is really missing. */
function lacking(
  name: string,
  derived: ReadonlyMap<string, DerivedVariable>,
  provided: (name: string) => boolean,
): readonly string[] {
  if (provided(name)) return [];
  const rule = derived.get(name);
  const scores = rule === undefined ? [] : sourcesOf(rule).filter((source) => derived.has(source));
  const lost = scores.flatMap((source) => lacking(source, derived, provided));
  return lost.length > 0 ? lost : [name];
}

function leavesOf(rule: DerivedVariable, derived: ReadonlyMap<string, DerivedVariable>): readonly string[] {
  const leaves = sourcesOf(rule).flatMap((name) => {
    const source = derived.get(name);
    return source === undefined ? [name] : leavesOf(source, derived);
  });
  return [...new Set(leaves)];
}

function sourcesOf(rule: DerivedVariable): readonly string[] {
  const sources = [rule.expr, rule.zeroWhen, rule.missingWhen].flatMap((source) =>
    source === undefined ? [] : mentions(parseExpression(source)),
  );
  return [...new Set(sources.filter((mention) => mention.as !== "wave").map((mention) => mention.name))];
}

function neededNames(protocol: Protocol): readonly string[] {
  const columns = new Set(columnNames(protocol));
  const texts = protocol.plan.hypotheses.flatMap((hypothesis) => modelTexts(hypothesis.model));
  const words = texts.flatMap((text) => text.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []);
  return [...new Set(["id", "wave", ...words.filter((word) => columns.has(word))])];
}

function modelTexts(model: PlanModel): readonly string[] {
  switch (model.family) {
    case "lmm":
      return "formula" in model ? [model.formula] : model.add;
    case "ri_clpm":
    case "clpm":
    case "fe_lag":
      return [model.x, model.y, ...model.covariates];
    default:
      return [];
  }
}
