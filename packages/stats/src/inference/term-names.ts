import { StatsError } from "../errors.ts";
import type { FitCommon } from "../models/fit.ts";
import { suggestName } from "../table/nearest-name.ts";

/** The same for `a:b` and `b:a`; colons inside [level] do not split a name. */
export function nameKey(name: string): string {
  return name
    .split(/:(?![^[]*\])/)
    .sort()
    .join(":");
}

/**
 * The place of a term in `fit.fixed`; the parts of an interaction may come in any order.
 *
 * @throws StatsError `fit.unknown-term`
 */
export function termIndex(fit: FitCommon, term: string): number {
  const names = fit.fixed.map((row) => row.term);
  const exact = names.indexOf(term);
  const index = exact >= 0 ? exact : names.findIndex((name) => nameKey(name) === nameKey(term));
  if (index >= 0) return index;
  const dropped = fit.dropped.includes(term) ? " It was left out because other columns determine it." : "";
  throw new StatsError(
    "fit.unknown-term",
    `Expected a fixed effect called "${term}"; the fit has none.${dropped} ${suggestName(term, names).replace("columns", "effects")}`,
  );
}
