import type { RandomBlock } from "../fit.ts";
import type { CategoricalSetup } from "./setup.ts";
import type { UserParameters } from "./units.ts";

/** A block of random effects with the standard errors of its standard deviations. */
export interface BlockNumbers {
  readonly block: RandomBlock;
  readonly stdError: (number | null)[];
}

/** A standard error that no data give: the likelihood is flat, because categories are told apart perfectly. */
const FLAT_STD_ERROR = 100;
const FAR = 10;

function range(values: Float64Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return high > low ? high - low : 1;
}

/** True for an effect that went away over its whole range while the likelihood hardly changed. */
function isSeparated(estimate: number, variance: number, span: number): boolean {
  const flat = !(Math.sqrt(variance) * span < FLAT_STD_ERROR);
  return flat && Math.abs(estimate) * span > FAR;
}

/**
 * True when nobody with several rows ever answered differently: the more people differ, the likelier that is, so that
 * the variance between them has no finite estimate, and nothing else has that is measured against it.
 */
function neverVaries({ rows: { starts, category } }: CategoricalSetup): boolean {
  for (let g = 0; g + 1 < starts.length; g++) {
    for (let i = starts[g] + 1; i < starts[g + 1]; i++) if (category[i] !== category[starts[g]]) return false;
  }
  return true;
}

/** A block whose variance no data bound. */
function unknownBlock({ block: { group, terms }, stdError }: BlockNumbers): BlockNumbers {
  const unknown = terms.map(() => terms.map(() => Number.NaN));
  const stdDev = terms.map(() => Number.NaN);
  return {
    block: { group, terms, covariance: unknown, stdDev, correlation: unknown },
    stdError: stdError.map(() => null),
  };
}

/** Which parameters the data leave without a finite estimate, and what is known of the others. */
export interface Separation {
  readonly blocks: readonly BlockNumbers[];
  readonly flatThresholds: readonly boolean[];
  readonly flatFixed: readonly boolean[];
  /** What tells the categories apart: predictors and thresholds, or the grouping factor. */
  readonly separated: readonly string[];
  /** The covariance of all parameters, NaN where one of the two has no finite estimate. */
  readonly known: number[][];
}

/**
 * Finds the parameters along which the likelihood has no maximum.
 *
 * @param found  the covariance of thresholds, fixed effects and theta, and the blocks of random effects.
 */
export function separation(
  setup: CategoricalSetup,
  user: UserParameters,
  {
    vcovAll,
    blocks,
    thresholds,
  }: {
    readonly vcovAll: readonly (readonly number[])[];
    readonly blocks: readonly BlockNumbers[];
    readonly thresholds: readonly string[];
  },
): Separation {
  const never = blocks.length > 0 && neverVaries(setup);
  const unbounded = blocks.map(({ block }) => never || block.stdDev.some((sd) => sd > FLAT_STD_ERROR));
  const all = unbounded.includes(true);
  const t = thresholds.length;
  const flatThresholds = user.thresholds.map((value, k) => all || isSeparated(value, vcovAll[k][k], 1));
  const flatFixed = user.beta.map(
    (value, j) => all || isSeparated(value, vcovAll[t + j][t + j], range(setup.fixed[j].values)),
  );
  const flat = [...flatThresholds, ...flatFixed, ...user.theta.map(() => all)];
  const groups = blocks.filter((_, k) => unbounded[k]).map(({ block }) => block.group);
  const names = [
    ...setup.names.filter((_, j) => flatFixed[j]),
    ...thresholds.filter((_, k) => flatThresholds[k]),
  ];
  return {
    blocks: blocks.map((numbers, k) => (unbounded[k] ? unknownBlock(numbers) : numbers)),
    flatThresholds,
    flatFixed,
    separated: all ? [...new Set(groups)] : names,
    known: vcovAll.map((row, i) => row.map((value, j) => (flat[i] || flat[j] ? Number.NaN : value))),
  };
}
