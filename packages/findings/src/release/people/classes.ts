import type { Rung } from "./ladder.ts";

/** People by what may be told of them: `classOf[p]` is the class of person `p`, `sizes` how many are in each. */
export interface Classes {
  readonly classOf: Int32Array;
  readonly sizes: readonly number[];
}

/** The classes of people who look alike on all of these. */
export function classesOf(rungs: readonly Pick<Rung, "codes" | "categories">[], people: number): Classes {
  const keys = new Float64Array(people);
  let span = 1;
  for (const { codes, categories } of rungs) {
    if (span * categories.length > Number.MAX_SAFE_INTEGER) span = numberedInto(keys).length;
    span *= categories.length;
    for (let p = 0; p < people; p += 1) keys[p] = (keys[p] ?? 0) * categories.length + (codes[p] ?? 0);
  }
  const sizes = numberedInto(keys);
  return { classOf: Int32Array.from(keys), sizes };
}

/** Numbers the different keys from 0 in the order met, and says how often each is there. */
function numberedInto(keys: Float64Array): readonly number[] {
  const places = new Map<number, number>();
  const sizes: number[] = [];
  keys.forEach((key, p) => {
    let place = places.get(key);
    if (place === undefined) {
      place = places.size;
      places.set(key, place);
    }
    sizes[place] = (sizes[place] ?? 0) + 1;
    keys[p] = place;
  });
  return sizes;
}

/** The size of the smallest class: k; 0 without people. */
export function smallestClass({ sizes }: Classes): number {
  return sizes.length === 0 ? 0 : Math.min(...sizes);
}

/** How many people are in classes smaller than `k`. */
export function peopleUnder({ sizes }: Classes, k: number): number {
  return sizes.reduce((sum, size) => (size < k ? sum + size : sum), 0);
}
