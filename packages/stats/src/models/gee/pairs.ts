import type { WorkingCorrelationType } from "./options.ts";

/**
 * The pairs of rows of one person, in classes that share a correlation: all pairs (exchangeable), pairs as many
 * waves apart (ar1), or pairs of the same two waves (unstructured).
 *
 * Pairs are numbered person after person: rows (0, 1), (0, 2), ... (1, 2), ...
 */
export interface Pairs {
  readonly count: number;
  readonly classes: number;
  /** The class of each pair; null when there is one class. */
  readonly classOf: Int32Array | null;
  /** Waves between the rows of each class (ar1), else 1: the correlation of a class is alpha^distance. */
  readonly distance: Float64Array;
  /** The names of the correlations, in order. */
  readonly terms: readonly string[];
  /** Null unless unstructured. */
  readonly sets: WaveSets | null;
}

interface PeopleRows {
  readonly start: Int32Array;
  readonly people: number;
  readonly time: Float64Array | null;
}

function pairCount({ start, people }: PeopleRows): number {
  let count = 0;
  for (let k = 0; k < people; k++) {
    const n = start[k + 1] - start[k];
    count += (n * (n - 1)) / 2;
  }
  return count;
}

/** Numbers the classes of all pairs by a key of their two waves, in the order of the waves. */
function classify(
  rows: PeopleRows,
  time: Float64Array,
  keyOf: (earlier: number, later: number) => number,
): { classOf: Int32Array; members: (readonly [number, number])[] } {
  const numberOf = new Map<number, number>();
  const members: (readonly [number, number])[] = [];
  const classOf = new Int32Array(pairCount(rows));
  let pair = 0;
  for (let k = 0; k < rows.people; k++) {
    for (let i = rows.start[k]; i < rows.start[k + 1]; i++) {
      for (let j = i + 1; j < rows.start[k + 1]; j++) {
        const key = keyOf(time[i], time[j]);
        let known = numberOf.get(key);
        if (known === undefined) {
          known = members.push([time[i], time[j]]) - 1;
          numberOf.set(key, known);
        }
        classOf[pair++] = known;
      }
    }
  }
  return sorted(classOf, members);
}

/** A number for each pair of waves. */
function keyOfWaves(time: Float64Array): (earlier: number, later: number) => number {
  const placeOf = new Map<number, number>();
  for (const wave of time) if (!placeOf.has(wave)) placeOf.set(wave, placeOf.size);
  const count = placeOf.size;
  return (earlier, later) => (placeOf.get(earlier) ?? 0) * count + (placeOf.get(later) ?? 0);
}

/** People with the same waves, who share a correlation matrix. */
interface WaveSets {
  /** The set of each person. */
  readonly of: Int32Array;
  /** For each set the number of its waves, and the first pair of a person who has it. */
  readonly sizes: readonly number[];
  readonly firstPair: readonly number[];
}

function waveSets({ start, people }: PeopleRows, time: Float64Array): WaveSets {
  const numberOf = new Map<string, number>();
  const of = new Int32Array(people);
  const sizes: number[] = [];
  const firstPair: number[] = [];
  let pair = 0;
  for (let k = 0; k < people; k++) {
    const n = start[k + 1] - start[k];
    const key = time.subarray(start[k], start[k + 1]).join(",");
    const known = numberOf.get(key) ?? sizes.push(n) - 1;
    numberOf.set(key, known);
    firstPair[known] ??= pair;
    of[k] = known;
    pair += (n * (n - 1)) / 2;
  }
  return { of, sizes, firstPair };
}

function sorted(classOf: Int32Array, members: (readonly [number, number])[]) {
  const order = [...members.keys()].sort(
    (a, b) => members[a][0] - members[b][0] || members[a][1] - members[b][1],
  );
  const rank = new Int32Array(members.length);
  order.forEach((old, place) => {
    rank[old] = place;
  });
  return { classOf: classOf.map((c) => rank[c]), members: order.map((old) => members[old]) };
}

/** The pairs of a working correlation. */
export function pairsOf(correlation: WorkingCorrelationType, rows: PeopleRows): Pairs {
  const none = new Float64Array(0);
  if (correlation === "independence")
    return { count: 0, classes: 0, classOf: null, distance: none, terms: [], sets: null };
  const count = pairCount(rows);
  const { time } = rows;
  if (correlation === "exchangeable" || time === null) {
    return { count, classes: 1, classOf: null, distance: Float64Array.of(1), terms: ["alpha"], sets: null };
  }
  const keyOf =
    correlation === "ar1" ? (earlier: number, later: number) => later - earlier : keyOfWaves(time);
  const { classOf, members } = classify(rows, time, keyOf);
  const ar1 = correlation === "ar1";
  const distance = Float64Array.from(members, ([earlier, later]) => (ar1 ? later - earlier : 1));
  const terms = ar1 ? ["alpha"] : members.map(([a, b]) => `${a}:${b}`);
  const sets = ar1 ? null : waveSets(rows, time);
  return { count, classes: members.length, classOf, distance, terms, sets };
}

/** rho and its derivative by alpha, for each class of pairs. */
export function classCorrelations(
  pairs: Pick<Pairs, "terms" | "distance">,
  alpha: Float64Array,
): { readonly rho: Float64Array; readonly slope: Float64Array } {
  const power = pairs.terms.length === 1;
  const rho = pairs.distance.map((d, c) => (power ? alpha[0] ** d : alpha[c]));
  const slope = pairs.distance.map((d) => (power ? d * alpha[0] ** (d - 1) : 1));
  return { rho, slope };
}
