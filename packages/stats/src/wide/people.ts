import type { SemRows } from "../models/sem/model.ts";
import type { WideSums } from "./sums.ts";

/** Some people of a wide plan, each by the numbers that the plan sums. */
export interface WidePeople {
  readonly count: number;
  /** The place of the group of each; -1 for people without one. */
  readonly groups: Int32Array;
  /** count x variables of the plan, less their shifts; NaN where missing. */
  readonly values: Float64Array;
}

/** Goes through everybody once, some people at a time. */
export type EachWidePerson = (take: (people: WidePeople) => void) => Promise<void>;

/** Some variables of everybody, as a structure of means and covariances reads rows. */
export async function semRowsOf(
  { plan, patterns }: WideSums,
  { places, names }: { readonly places: readonly number[]; readonly names: readonly string[] },
  each: EachWidePerson,
): Promise<SemRows> {
  const nrows = patterns.reduce((sum, { people }) => sum + people, 0);
  const columns = places.map(() => new Float64Array(nrows));
  const groups = new Int32Array(nrows);
  const width = plan.variables.length;
  let start = 0;
  await each(({ count, groups: own, values }) => {
    groups.set(own, start);
    for (const [j, v] of places.entries()) {
      const { shift } = plan.variables[v];
      for (let i = 0; i < count; i++) columns[j][start + i] = values[i * width + v] + shift;
    }
    start += count;
  });
  return { names, columns, groups, labels: plan.groups };
}
