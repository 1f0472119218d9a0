import { StatsError } from "../errors.ts";
import { ascending, unitedColumn } from "../panel/align.ts";
import { packedLength } from "../sums/grouped-sums.ts";
import { type WidePlan, type WideVariable, widePlan } from "./plan.ts";
import { addedPatterns, patternKey, type WidePattern, type WideSums } from "./sums.ts";

/** What a variable is, whatever the place of its wave among those of one part. */
function nameOf(variable: WideVariable, { waves }: WidePlan): string {
  if (variable.kind === "covariate") return variable.name;
  return `${variable.series}@${waves[variable.wave]}`;
}

function unitedPlan(plans: readonly WidePlan[]): WidePlan {
  const [head] = plans;
  const asked = JSON.stringify(head.request);
  const different = plans.find(({ request }) => JSON.stringify(request) !== asked);
  if (different !== undefined) {
    throw new StatsError(
      "sums.different-shape",
      `Expected sums of the same series, covariates and groups; found ${asked} and ${JSON.stringify(different.request)}. Make them all with the same words.`,
    );
  }
  const columns = Object.keys(head.columns).map((name) => {
    const own = plans.map((plan) => plan.columns[name]);
    return [name, unitedColumn(name, own)] as const;
  });
  const waves = ascending(plans.flatMap((plan) => plan.waves));
  return widePlan(head.request, { waves, columns: Object.fromEntries(columns) });
}

/** A pattern of one part in the places and with the shifts of another plan: exact but for rounding. */
function movedPattern(pattern: WidePattern, from: WidePlan, to: WidePlan): WidePattern {
  const placeOf = new Map(to.variables.map((variable, v) => [nameOf(variable, to), v]));
  const own = pattern.observed.map((v) => placeOf.get(nameOf(from.variables[v], from)) ?? -1);
  const hasCovariates = pattern.observed.some((v) => from.variables[v].kind === "covariate");
  // A level that nobody of this part has: its indicator is 0 for everybody.
  const absent = [...to.variables.keys()].filter(
    (v) => hasCovariates && to.variables[v].kind === "covariate" && !own.includes(v),
  );
  const observed = ascending([...own, ...absent]).filter((v) => v >= 0);
  const places = observed.map((v) => own.indexOf(v));
  const change = observed.map((v, i) =>
    places[i] < 0 ? 0 : from.variables[pattern.observed[places[i]]].shift - to.variables[v].shift,
  );
  const sumAt = (i: number) => (places[i] < 0 ? 0 : pattern.sum[places[i]]);
  const productAt = (i: number, j: number) => {
    const [a, b] = [places[i], places[j]];
    if (a < 0 || b < 0) return 0;
    return pattern.products[packedLength(Math.max(a, b)) + Math.min(a, b)];
  };
  const { people } = pattern;
  const products = observed.flatMap((_, i) =>
    observed
      .slice(0, i + 1)
      .map(
        (_, j) =>
          productAt(i, j) + change[i] * sumAt(j) + change[j] * sumAt(i) + people * change[i] * change[j],
      ),
  );
  const sum = observed.map((_, i) => sumAt(i) + people * change[i]);
  const group = pattern.group < 0 ? -1 : to.groups.indexOf(from.groups[pattern.group]);
  return { group, observed, people, sum, products };
}

/** The sums as if they had been formed by another plan. */
export function movedWide(sums: WideSums, target: WidePlan): WideSums {
  if (JSON.stringify(sums.plan) === JSON.stringify(target)) return sums;
  return {
    ...sums,
    plan: target,
    patterns: sums.patterns.map((one) => movedPattern(one, sums.plan, target)),
  };
}

/**
 * The sums of parts that were formed apart, each with its own constants, waves, levels and groups. No person may be in
 * two parts.
 *
 * @throws StatsError `sums.different-shape`
 */
export function poolWide(parts: readonly WideSums[]): WideSums {
  const target = unitedPlan(parts.map(({ plan }) => plan));
  const found = new Map<string, WidePattern>();
  for (const pattern of parts.flatMap((part) => movedWide(part, target).patterns)) {
    const known = found.get(patternKey(pattern));
    found.set(patternKey(pattern), known === undefined ? pattern : addedPatterns(known, pattern));
  }
  const total = (of: (part: WideSums) => number) => parts.reduce((sum, part) => sum + of(part), 0);
  const rows = {
    read: total((part) => part.rows.read),
    used: total((part) => part.rows.used),
    droppedMissing: total((part) => part.rows.droppedMissing),
  };
  return { plan: target, rows, patterns: [...found.values()] };
}
