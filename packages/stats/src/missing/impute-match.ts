import type { Random } from "../random/random.ts";
import { shuffled } from "./impute-draws.ts";

/** The first place in ascending `sorted` that is not below `value`. */
function lowerBound(sorted: Float64Array, value: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle] < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** One of the `donors` places of `sorted` that are nearest to `value`, each as likely. */
function nearPlace(sorted: Float64Array, value: number, donors: number, random: Random): number {
  let right = lowerBound(sorted, value);
  let left = right - 1;
  const wanted = 1 + Math.floor(random.uniform() * donors);
  let place = right;
  for (let taken = 0; taken < wanted; taken++) {
    const useLeft = right >= sorted.length || (left >= 0 && value - sorted[left] <= sorted[right] - value);
    place = useLeft ? left-- : right++;
  }
  return place;
}

/**
 * For each of `targets` the place in `candidates` of a donor drawn from the `donors` nearest; ties are broken at
 * random.
 *
 * Type 1 matching of van Buuren (2018), Flexible Imputation of Missing Data, section 3.4.
 */
export function matchDonors(
  candidates: Float64Array,
  targets: Float64Array,
  donors: number,
  random: Random,
): Int32Array {
  const order = shuffled(random, candidates.length).sort((a, b) => candidates[a] - candidates[b]);
  const sorted = Float64Array.from(order, (place) => candidates[place]);
  const used = Math.min(donors, sorted.length);
  return Int32Array.from(targets, (value) => order[nearPlace(sorted, value, used, random)]);
}
