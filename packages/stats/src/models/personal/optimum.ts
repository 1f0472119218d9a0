import { StatsError } from "../../errors.ts";
import { minimize } from "../../optimize/newton.ts";
import { correlationAt, type Series, type SeriesState, seriesState } from "./objective.ts";

/** The fitted correlation and the likelihood there. */
export interface PersonalOptimum {
  /** Correlation at distance 1; null for independent residuals. */
  readonly phi: number | null;
  /** null for independent residuals, or at the limit 0. */
  readonly z: number | null;
  readonly state: SeriesState;
  /** Second derivative of the profiled deviance by z; null where there is none to use. */
  readonly curvature: number | null;
  readonly converged: boolean;
  readonly atLimit: boolean;
}

/** Beyond this the residuals hardly return to their mean within any series. */
const NEARLY_ONE = 0.995;

function independentState(series: Series): SeriesState | null {
  return seriesState({ ...series, distance: new Float64Array(series.n).fill(Number.NaN) }, 0);
}

/** Starting values of z, from a correlation near -1 (or near 0) to nearly 1. */
function startGrid(signed: boolean): number[] {
  const [from, to, steps] = signed ? [-3.6, 3.6, 36] : [-9, 8, 34];
  return Array.from({ length: steps + 1 }, (_, i) => from + ((to - from) * i) / steps);
}

function noState(): StatsError {
  return new StatsError(
    "personal.perfect-fit",
    "Expected an outcome with a residual; found it determined exactly by the right-hand side. Remove the term that repeats the outcome.",
  );
}

function usable(state: SeriesState | null, n: number): SeriesState {
  // The outcome has unit variance here: a residual this small is rounding, not data.
  if (state === null || !(state.rss / n > 1e-13)) throw noState();
  return state;
}

/** The grid value with the lowest deviance; the likelihood of a short series can have two maxima. */
function bestStart(series: Series): number {
  let best = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (const z of startGrid(series.signed)) {
    const deviance = seriesState(series, z)?.deviance ?? Number.POSITIVE_INFINITY;
    if (deviance >= lowest) continue;
    lowest = deviance;
    best = z;
  }
  return best;
}

/**
 * The maximum of the (restricted) likelihood over the correlation.
 *
 * @throws StatsError `personal.perfect-fit`
 */
export function personalOptimum(series: Series): PersonalOptimum {
  const independent = usable(independentState(series), series.n);
  const hasPairs = series.distance.some((distance) => !Number.isNaN(distance));
  const none = { z: null, state: independent, curvature: null, converged: true };
  if (!hasPairs) return { ...none, phi: null, atLimit: false };
  const minimum = minimize(
    (x, gradient) => {
      const state = seriesState(series, x[0]);
      gradient[0] = state?.slope ?? 0;
      return state?.deviance ?? Number.POSITIVE_INFINITY;
    },
    Float64Array.of(bestStart(series)),
  );
  const [z] = minimum.x;
  const phi = correlationAt(z, series.signed);
  const state = usable(seriesState(series, z), series.n);
  // CAR(1) has no negative correlation: where independence fits as well, the estimate is 0.
  if (!series.signed && (phi < 1e-4 || independent.deviance <= state.deviance)) {
    return { ...none, phi: 0, atLimit: true };
  }
  const curvature = minimum.hessian[0] > 1e-6 ? minimum.hessian[0] : null;
  return { phi, z, state, curvature, converged: minimum.converged, atLimit: Math.abs(phi) > NEARLY_ONE };
}
