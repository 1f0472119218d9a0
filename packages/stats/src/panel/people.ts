/**
 * Some people of a panel, each by the vector r of a plan: 1 and the numbers of every cell, 0 at waves at which the
 * person was not seen. Sums of a person, not rows: a person has one, whatever the number of columns of the model.
 */
export interface PanelPeople {
  readonly count: number;
  /** For each person the places of the waves used, as bits. */
  readonly used: Int32Array;
  /** count x (1 + cells of the plan). */
  readonly r: Float64Array;
  /** The person as the data name them, where that was asked for. */
  readonly names: readonly (number | string)[] | null;
}

/** Goes through everybody once: each call of `take` gives some people. It may be called again for another pass. */
export type EachPerson = (take: (people: PanelPeople) => void) => Promise<void>;

/** The places of some waves as bits. */
export function bitsOf(waves: readonly number[]): number {
  return waves.reduce((bits, wave) => bits | (1 << wave), 0);
}

/** Several linear functions of r, without the numbers that are zero in them. */
export interface LinearForms {
  readonly count: number;
  /** Writes the value of each for the person whose r begins at `from`, to `out` from `at` on. */
  evaluateInto(out: Float64Array, at: number, r: Float64Array, from: number): void;
}

/**
 * Linear functions made ready for many people.
 *
 * @param weights  the weights of each over `places` of r; null for a function that is zero.
 */
export function linearForms(
  weights: readonly (Float64Array | null)[],
  places: readonly number[],
): LinearForms {
  const found = weights.map((own) => [...(own ?? []).entries()].filter(([, weight]) => weight !== 0));
  const starts = new Int32Array(weights.length + 1);
  for (const [f, own] of found.entries()) starts[f + 1] = starts[f] + own.length;
  const at = Int32Array.from(found.flatMap((own) => own.map(([k]) => places[k])));
  const factors = Float64Array.from(found.flatMap((own) => own.map(([, weight]) => weight)));
  return {
    count: weights.length,
    evaluateInto(out, to, r, from) {
      for (let f = 0; f < weights.length; f++) {
        let sum = 0;
        for (let e = starts[f]; e < starts[f + 1]; e++) sum += factors[e] * r[from + at[e]];
        out[to + f] = sum;
      }
    },
  };
}
