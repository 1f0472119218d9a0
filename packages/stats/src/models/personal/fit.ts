import { groupSizes } from "../../frame/groups.ts";
import { satterthwaiteDf } from "../../inference/satterthwaite-df.ts";
import { waldRow } from "../../inference/wald.ts";
import { multiply, toRows, transpose } from "../../linalg/dense.ts";
import { normalQuantile } from "../../numeric/distributions.ts";
import type { FitData } from "../../table/table.ts";
import { type Warning, warning } from "../../warnings.ts";
import type { ContrastParts, ResidualStructure } from "../lmm/result.ts";
import { INDEPENDENT } from "../lmm/solution.ts";
import { correlationAt, type Series, seriesState } from "./objective.ts";
import { type PersonalOptimum, personalOptimum } from "./optimum.ts";
import { type PersonalOptions, type ResolvedPersonalOptions, resolvePersonalOptions } from "./options.ts";
import type { PersonalFit } from "./result.ts";
import { type PersonalSetup, setupPersonal } from "./setup.ts";

/** Fewer occasions than this say little about one person. */
export const FEW_OCCASIONS = 14;

/** Undoes the shift and scale of the design: beta = scale_y T beta_scaled. */
function unscale({ xScale, yScale, hasIntercept }: PersonalSetup): Float64Array {
  const p = xScale.length;
  const out = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    out[j * p + j] = yScale.scale / xScale[j].scale;
    if (hasIntercept && j > 0) out[j] = (-yScale.scale * xScale[j].shift) / xScale[j].scale;
  }
  return out;
}

function congruent(t: Float64Array, a: Float64Array, p: number, factor: number): Float64Array {
  const size = { n: p, k: p, m: p };
  return multiply(multiply(t, a, size), transpose(t, p, p), size).map((value) => factor * value);
}

/** Covariance of (z, log sigma^2) and how the covariance of the coefficients moves with them. */
function contrastParts(
  series: Series,
  { z, curvature, state }: PersonalOptimum,
  toUser: (inverse: Float64Array) => number[][],
): ContrastParts | null {
  if (z === null || curvature === null) return null;
  const nu = series.reml ? series.n - series.p : series.n;
  const mixed = (-state.rssSlope * nu) / state.rss;
  const ofZ = 2 / curvature;
  const both = (-mixed / nu) * ofZ;
  const ofSigma = 2 / nu + (mixed / nu) ** 2 * ofZ;
  const h = 1e-4;
  const [above, below] = [seriesState(series, z + h), seriesState(series, z - h)];
  if (above === null || below === null) return null;
  const slope = above.inverse.map((value, i) => (value - below.inverse[i]) / (2 * h));
  return {
    vcovParameters: [
      [ofZ, both],
      [both, ofSigma],
    ],
    dVcov: [toUser(slope), toUser(state.inverse)],
  };
}

/** The limits of the correlation at distance 1, from its transform; null where the curvature is not known. */
function correlationLimits(
  { z, curvature }: PersonalOptimum,
  signed: boolean,
  level: number,
): number[] | null {
  if (z === null || curvature === null) return null;
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(2 / curvature);
  return [correlationAt(z - half, signed), correlationAt(z + half, signed)];
}

function structureOf(
  { residual, time, level }: ResolvedPersonalOptions,
  optimum: PersonalOptimum,
  step: number,
): ResidualStructure {
  const { phi } = optimum;
  if (residual === "iid" || phi === null) return INDEPENDENT;
  const ar1 = residual === "ar1";
  const inTime = (correlation: number) => (ar1 ? correlation : correlation ** (1 / step));
  const limits = correlationLimits(optimum, ar1, level);
  return {
    ...INDEPENDENT,
    type: residual,
    time,
    step: ar1 ? step : null,
    parameters: [inTime(phi)],
    lower: [limits === null ? null : inTime(limits[0])],
    upper: [limits === null ? null : inTime(limits[1])],
    range: ar1 || phi === 0 ? null : -step / Math.log(phi),
    atLimit: optimum.atLimit ? "the correlation of residuals" : null,
    unit: `correlation of residuals ${ar1 ? step : 1} apart in ${time}`,
  };
}

function rankWarning({ dropped }: PersonalSetup): Warning[] {
  if (dropped.length === 0) return [];
  return [
    warning(
      "personal.rank-deficient",
      `Expected columns that each add something; found ${dropped.join(", ")} constant or determined by the others. Left out; an exposure that never changed cannot be studied.`,
    ),
  ];
}

/** A series shorter than this many correlation times hardly shows the mean to which residuals return. */
const CORRELATION_TIMES = 5;

/** How many times the longest series is as long as the time in which the correlation falls to 1/e. */
function lengthInCorrelationTimes({ sequence: { distance } }: PersonalSetup, phi: number): number {
  let [longest, current] = [0, 0];
  for (const step of distance) {
    current = Number.isNaN(step) ? 0 : current + step;
    longest = Math.max(longest, current);
  }
  return -longest * Math.log(Math.abs(phi));
}

function limitWarning(setup: PersonalSetup, { phi, atLimit }: PersonalOptimum): Warning[] {
  if (phi === null) return [];
  if (phi === 0) {
    return [
      warning(
        "personal.correlation-limit",
        "Expected neighbouring residuals to be alike; found a correlation of 0, the limit of car1. The fit is that of independent residuals; ar1 allows negative ones.",
      ),
    ];
  }
  const times = lengthInCorrelationTimes(setup, phi);
  if (!atLimit && (phi < 0 || times >= CORRELATION_TIMES)) return [];
  return [
    warning(
      "personal.correlation-limit",
      `Expected residuals that return to their mean within the series; found a correlation of ${phi.toFixed(3)}, so that the series is only ${times.toFixed(1)} times as long as they remember. Add the trend that is missing, and read the intervals with care.`,
    ),
  ];
}

function personalWarnings(setup: PersonalSetup, optimum: PersonalOptimum, people: number): Warning[] {
  const nobs = setup.frame.outcome.length;
  const warnings = [...rankWarning(setup), ...limitWarning(setup, optimum)];
  if (!optimum.converged && !optimum.atLimit) {
    warnings.unshift(
      warning(
        "personal.not-converged",
        "Expected the optimiser to reach a minimum; it stopped before. Do not report these numbers; look for outlying values.",
      ),
    );
  }
  if (people > 1) {
    warnings.push(
      warning(
        "personal.several-people",
        `Expected the rows of one person; found ${people}. One set of coefficients was fitted for all. Filter to one person, or use personalSeries.`,
      ),
    );
  }
  if (people === 1 && nobs < FEW_OCCASIONS) {
    warnings.push(
      warning(
        "personal.few-occasions",
        `Expected at least ${FEW_OCCASIONS} occasions of one person; found ${nobs}. Too few for a statement about this person; wait for more.`,
      ),
    );
  }
  return warnings;
}

function deviancePlus(setup: PersonalSetup, reml: boolean, n: number): number {
  const p = setup.names.length;
  const design = reml ? setup.xScale.reduce((sum, { scale }) => sum + 2 * Math.log(scale), 0) : 0;
  return 2 * (reml ? n - p : n) * Math.log(setup.yScale.scale) + design;
}

function seriesOf(setup: PersonalSetup, options: ResolvedPersonalOptions): Series {
  return {
    n: setup.frame.outcome.length,
    p: setup.names.length,
    rows: setup.scaled,
    distance: setup.sequence.distance,
    reml: options.method === "reml",
    signed: options.residual !== "car1",
  };
}

function describe(
  setup: PersonalSetup,
  optimum: PersonalOptimum,
  series: Series,
  options: ResolvedPersonalOptions,
): PersonalFit {
  const { n, p, reml } = series;
  const { state } = optimum;
  const transform = unscale(setup);
  const dfResidual = n - p;
  const variance = state.rss / dfResidual;
  const toUser = (inverse: Float64Array) => toRows(congruent(transform, inverse, p, variance), p, p);
  const vcov = toUser(state.inverse);
  const satterthwaite = options.df === "residual" ? null : contrastParts(series, optimum, toUser);
  const beta = multiply(transform, state.beta, { n: p, k: p, m: 1 });
  if (setup.hasIntercept) beta[0] += setup.yScale.shift;
  const fixed = setup.names.map((term, j) => {
    const l = setup.names.map((_, i) => (i === j ? 1 : 0));
    const df = satterthwaite === null ? dfResidual : satterthwaiteDf(vcov, satterthwaite, l);
    return waldRow({ term, estimate: beta[j], stdError: Math.sqrt(vcov[j][j]), df }, options.level);
  });
  const deviance = state.deviance + deviancePlus(setup, reml, n);
  const nparameters = p + (optimum.phi === null ? 1 : 2);
  const { people } = setup.frame;
  const count = options.id === null ? 1 : (people?.count ?? 1);
  const sizes = people === null ? [n] : [...groupSizes(people)];
  return {
    formula: setup.frame.formula.text,
    estimator: "personal",
    method: options.method,
    dfMethod: options.df,
    level: options.level,
    nobs: n,
    ngroups: options.id === null ? {} : { [options.id]: count },
    fixed,
    vcov,
    sigma: setup.yScale.scale * Math.sqrt(state.rss / (reml ? dfResidual : n)),
    residual: structureOf(options, optimum, setup.sequence.step),
    logLik: -deviance / 2,
    deviance,
    aic: deviance + 2 * nparameters,
    bic: deviance + Math.log(n) * nparameters,
    nparameters,
    dfResidual,
    converged: optimum.converged || optimum.atLimit,
    warnings: personalWarnings(setup, optimum, count),
    rows: setup.rows,
    frame: { time: options.time, id: options.id, minRows: null },
    groupsWithTwoRows: sizes.filter((size) => size >= 2).length,
    dropped: setup.dropped,
    withinStdDev: setup.frame.withinStdDev,
    satterthwaite,
  };
}

/**
 * Regression on one person's series, with residuals that are more alike the nearer they are in time.
 *
 * Exact (restricted) maximum likelihood with the correlation profiled to one parameter; gaps count with their
 * length. `pain ~ steps + lag(steps) + weekday` asks for the same day, the next day, and the day of the week
 * (see `weekdayColumn`).
 *
 * @throws StatsError `formula.*`, `data.*`, `personal.*`; doubtful answers are warnings in the result.
 * Pinheiro & Bates (2000), Mixed-Effects Models in S and S-PLUS, sections 5.3 and 5.4.
 */
export function personal(formula: string, data: FitData, options: PersonalOptions): PersonalFit {
  const resolved = resolvePersonalOptions(options);
  const setup = setupPersonal(formula, data.table, resolved);
  const series = seriesOf(setup, resolved);
  return describe(setup, personalOptimum(series), series, resolved);
}
