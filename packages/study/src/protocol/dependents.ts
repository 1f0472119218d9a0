import { mentions } from "./language/names.ts";
import { parseExpression } from "./language/parse.ts";
import type { DerivedVariable, Protocol } from "./types.ts";

/** The derived variables that are computed from any of `names`, directly or through others. */
export function dependentsOf(protocol: Protocol, names: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const derived of protocol.derived) {
      if (sourcesOf(derived).some((name) => names.has(name) || found.has(name))) found.add(derived.name);
    }
  }
  return found;
}

function sourcesOf({ expr, zeroWhen, missingWhen }: DerivedVariable): readonly string[] {
  return [expr, zeroWhen, missingWhen].flatMap((source) =>
    source === undefined
      ? []
      : mentions(parseExpression(source)).flatMap(({ name, as }) => (as === "wave" ? [] : [name])),
  );
}
