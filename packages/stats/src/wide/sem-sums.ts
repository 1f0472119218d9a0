import { codedColumns } from "../frame/design.ts";
import { covariateFormula } from "../models/riclpm/covariates.ts";
import type { SemPatternSums, SemSums } from "../models/sem/data.ts";
import { packedLength } from "../sums/grouped-sums.ts";
import type { WidePlan } from "./plan.ts";
import { addedPatterns, patternKey, type WidePattern, type WideSums } from "./sums.ts";

/** The places of the answers of a plan. */
export function answerPlaces({ variables }: WidePlan): number[] {
  return [...variables.keys()].filter((v) => variables[v].kind === "answer");
}

/** The places of the covariates' columns as a model has them: without the first level of each factor that occurs. */
export function covariatePlaces({ plan, patterns }: WideSums): number[] {
  const { request, variables } = plan;
  const formula = covariateFormula(request.covariates ?? []);
  if (formula === null) return [];
  const isUsed = (column: string, level: string) =>
    variables.some(
      (variable, v) =>
        variable.kind === "covariate" &&
        variable.parts.some((part) => part.column === column && part.level === level) &&
        patterns.some(({ observed, sum }) => Math.abs(sum[observed.indexOf(v)] ?? 0) > 0),
    );
  const levels = new Map<string, string[]>();
  for (const variable of variables) {
    if (variable.kind === "answer") continue;
    for (const { column, level } of variable.parts) {
      if (level === null || levels.get(column)?.includes(level)) continue;
      levels.set(column, [...(levels.get(column) ?? []), level]);
    }
  }
  const codings = new Map(
    formula.terms
      .flatMap((term) => term.variables)
      .map((variable) => {
        const column = variable.kind === "call" ? variable.argument.text : variable.text;
        const own = levels.get(column);
        if (own === undefined) return [variable.text, null] as const;
        const used = [...own.keys()].filter((code) => isUsed(column, own[code]));
        return [variable.text, { levels: own, used }] as const;
      }),
  );
  const wanted = codedColumns({ intercept: true, terms: formula.terms }, codings).slice(1);
  return wanted.map(({ name }) =>
    variables.findIndex((variable) => variable.kind === "covariate" && variable.name === name),
  );
}

/** A pattern with only some of its variables, numbered anew in the order given. */
function narrowed(pattern: WidePattern, places: readonly number[]): WidePattern {
  const own = places.flatMap((v, place) => {
    const at = pattern.observed.indexOf(v);
    return at < 0 ? [] : [{ at, place }];
  });
  const products = own.flatMap(({ at: a }, i) =>
    own.slice(0, i + 1).map(({ at: b }) => productAt(pattern, a, b)),
  );
  const { group, people, sum } = pattern;
  return {
    group,
    people,
    observed: own.map(({ place }) => place),
    sum: own.map(({ at }) => sum[at]),
    products,
  };
}

/** Which variables a structure has. */
export interface SemVariables {
  /** Variables of the plan, in the order of `names`. */
  readonly places: readonly number[];
  readonly names: readonly string[];
  /** Those without which a person is left out. */
  readonly needed: readonly number[];
}

/**
 * The sums of some variables, as a structure of means and covariances reads them; people of no group, with nothing
 * observed or without something needed are left out, the last two counted.
 */
export function semSumsOf({ plan, patterns }: WideSums, { places, names, needed }: SemVariables): SemSums {
  const found = new Map<string, WidePattern>();
  const droppedEmpty = plan.groups.map(() => 0);
  const droppedCovariate = plan.groups.map(() => 0);
  const others = places.filter((v) => !needed.includes(v));
  for (const pattern of patterns) {
    const { group, people, observed } = pattern;
    if (group < 0) continue;
    if (!others.some((v) => observed.includes(v))) droppedEmpty[group] += people;
    else if (!needed.every((v) => observed.includes(v))) droppedCovariate[group] += people;
    else {
      const own = narrowed(pattern, places);
      const known = found.get(patternKey(own));
      found.set(patternKey(own), known === undefined ? own : addedPatterns(known, own));
    }
  }
  return {
    names,
    labels: plan.groups,
    shift: Float64Array.from(places, (v) => plan.variables[v].shift),
    droppedEmpty,
    droppedCovariate,
    patterns: [...found.values()].map(
      ({ group, observed, people, sum, products }): SemPatternSums => ({
        group,
        observed,
        count: people,
        sum: Float64Array.from(sum),
        products: Float64Array.from(products),
      }),
    ),
  };
}

/** How many have a variable, and its mean and variance over them (divisor: how many). */
export function variableSpread(
  { plan, patterns }: Pick<WideSums, "plan" | "patterns">,
  variable: number,
): { readonly count: number; readonly mean: number; readonly variance: number } {
  let [count, total, squares] = [0, 0, 0];
  for (const { observed, people, sum, products } of patterns) {
    const at = observed.indexOf(variable);
    if (at < 0) continue;
    count += people;
    total += sum[at];
    squares += products[packedLength(at) + at];
  }
  const centre = total / count;
  return {
    count,
    mean: plan.variables[variable].shift + centre,
    variance: squares / count - centre * centre,
  };
}

/** The names of covariates' columns. */
export function variableNamesOf({ variables }: WidePlan, places: readonly number[]): string[] {
  return places.map((v) => {
    const variable = variables[v];
    return variable.kind === "covariate" ? variable.name : variable.column;
  });
}

/** The product of two variables of a pattern, by their places in it. */
function productAt({ products }: WidePattern, i: number, j: number): number {
  return products[packedLength(Math.max(i, j)) + Math.min(i, j)];
}

/** Sum of squared deviations of the answers of a series from people's own means, and its degrees of freedom. */
export function withinSquaresOf(
  { plan, patterns }: Pick<WideSums, "plan" | "patterns">,
  series: number,
): { readonly sum: number; readonly df: number } {
  let [total, df] = [0, 0];
  for (const pattern of patterns) {
    const { observed, people, sum } = pattern;
    const own = [...observed.keys()].filter((i) => {
      const variable = plan.variables[observed[i]];
      return variable.kind === "answer" && variable.series === series;
    });
    if (own.length < 2) continue;
    // Each variable has a shift of its own: deviations are from the common one of the first.
    const first = plan.variables[observed[own[0]]].shift;
    const change = own.map((i) => plan.variables[observed[i]].shift - first);
    let [squares, ofSums] = [0, 0];
    own.forEach((i, a) => {
      own.forEach((j, b) => {
        const product =
          productAt(pattern, i, j) + change[a] * sum[j] + change[b] * sum[i] + people * change[a] * change[b];
        ofSums += product;
        if (i === j) squares += product;
      });
    });
    total += squares - ofSums / own.length;
    df += people * (own.length - 1);
  }
  return { sum: total, df };
}
