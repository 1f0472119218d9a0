import { canonicalJson, type Protocol } from "@longwave/study";

/** The parts of the plan that are not the same in two texts, by the ids that a reader of the plan knows them by. */
export function planPartsOf(before: Protocol, after: Protocol): readonly string[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.filter((name) => old.get(name) !== now.get(name));
}

function partsOf({ plan, derived, power }: Protocol): ReadonlyMap<string, string> {
  const { hypotheses, sensitivity, exploratory, comparisons, ...rest } = plan;
  const clauses = [...hypotheses, ...sensitivity, ...exploratory, ...comparisons];
  return new Map([
    ...clauses.map((clause) => [clause.id, canonicalJson(clause)] as const),
    ["derived variables", canonicalJson(derived)],
    ["size of the study", canonicalJson(power)],
    ["plan", canonicalJson(rest)],
  ]);
}
