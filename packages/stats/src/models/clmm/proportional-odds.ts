import { parseFormula } from "../../formula/parse.ts";
import { INTERCEPT } from "../../frame/design.ts";
import { type ModelFrame, modelFrame } from "../../frame/model-frame.ts";
import { waldRow } from "../../inference/wald.ts";
import { invertPositive } from "../../linalg/dense.ts";
import { chiSquareUpper } from "../../numeric/chi-square.ts";
import type { FitData } from "../../table/table.ts";
import { type Warning, warning } from "../../warnings.ts";
import { describeCategorical } from "./describe.ts";
import { personLogLik, prepare } from "./objective.ts";
import { findOptimum, type Optimum } from "./optimum.ts";
import { type ClmmOptions, type ResolvedOptions, resolveOptions } from "./options.ts";
import { type CategoricalSetup, setupCategorical } from "./setup.ts";
import { userParameters } from "./units.ts";

/** One slope at one cut: of the log odds of a category above the cut. */
export interface CutSlope {
  readonly cut: string;
  readonly estimate: number;
  readonly stdError: number;
  readonly lower: number;
  readonly upper: number;
}

/** A chi-square test that slopes are the same at every cut; null where it cannot be computed. */
export interface CutTest {
  readonly chiSquare: number;
  readonly df: number;
  readonly pValue: number;
}

/** The slopes of one logistic model at every cut of an ordered outcome. */
export interface ProportionalOdds {
  readonly formula: string;
  readonly nobs: number;
  readonly levels: readonly string[];
  /** The cuts that could be fitted, "1|2" for 2 or higher against 1. */
  readonly cuts: readonly string[];
  readonly slopes: readonly {
    readonly term: string;
    readonly cuts: readonly CutSlope[];
    readonly test: CutTest | null;
  }[];
  /** All slopes at once. */
  readonly overall: CutTest | null;
  /** Standard deviation of each random effect at each cut; differing ones stretch the slopes differently. */
  readonly stdDev: readonly { readonly cut: string; readonly stdDev: readonly number[] }[];
  readonly warnings: readonly Warning[];
}

interface Cut {
  readonly name: string;
  readonly terms: readonly string[];
  readonly slopes: readonly CutSlope[];
  readonly stdDev: readonly number[];
  /** The influence of each person on each slope: people x terms. */
  readonly influence: Float64Array;
}

/** Fewer rows than this on a side of a cut say too little about slopes there. */
const FEW_ROWS = 10;

/** The frame with the outcome "above the k-th level". */
function splitFrame(frame: ModelFrame, k: number): ModelFrame {
  return { ...frame, outcome: frame.outcome.map((code) => (code > k ? 1 : 0)), outcomeLevels: ["0", "1"] };
}

/** The person of each term of the likelihood: a group, or a row where rows stand alone. */
function peopleOfTerms(frame: ModelFrame, setup: CategoricalSetup, optimum: Optimum): Int32Array {
  const terms = optimum.criterion.rows.starts.length - 1;
  const grouping = setup.random === null ? frame.people : frame.groups;
  if (grouping === null) return Int32Array.from({ length: terms }, (_, i) => i);
  if (terms === grouping.count && setup.random !== null)
    return Int32Array.from({ length: terms }, (_, g) => g);
  return setup.order.map((row) => grouping.codes[row]);
}

/** Each person's score times the inverse information, in the units of the data: people x fixed effects. */
function influences(frame: ModelFrame, setup: CategoricalSetup, optimum: Optimum): Float64Array | null {
  const { criterion, work, psi, hessian } = optimum;
  const n = psi.length;
  const p = setup.rows.p;
  const inverse = invertPositive(hessian, n);
  if (inverse === null || !prepare(criterion, work, psi)) return null;
  const { jacobian } = userParameters(setup, optimum);
  const people = peopleOfTerms(frame, setup, optimum);
  const count = people.reduce((most, person) => Math.max(most, person), 0) + 1;
  const out = new Float64Array(count * p);
  for (let term = 0; term < people.length; term++) {
    personLogLik(criterion, work, term);
    for (let j = 0; j < p; j++) {
      let sum = 0;
      for (let a = 0; a < n; a++) {
        if (jacobian[j][a] === 0) continue;
        for (let b = 0; b < n; b++) sum += jacobian[j][a] * inverse[a * n + b] * work.score[b];
      }
      out[people[term] * p + j] += sum;
    }
  }
  return out;
}

function fitCut(frame: ModelFrame, k: number, name: string, options: ResolvedOptions): Cut | null {
  const split = splitFrame(frame, k);
  const above = split.outcome.reduce((sum, value) => sum + value, 0);
  if (Math.min(above, split.outcome.length - above) < FEW_ROWS) return null;
  const setup = setupCategorical(split, "glmm");
  const optimum = findOptimum(setup, options.nodes);
  const fit = describeCategorical(split, setup, optimum, options);
  const influence = influences(split, setup, optimum);
  const usable = fit.fixed.every(({ stdError }) => Number.isFinite(stdError));
  if (!fit.converged || !usable || influence === null) return null;
  const slopes = fit.fixed
    .filter(({ term }) => term !== INTERCEPT)
    .map((row) => ({ ...waldRow({ ...row, df: null }, options.level), cut: name }))
    .map(({ cut, estimate, stdError, lower, upper }) => ({ cut, estimate, stdError, lower, upper }));
  return {
    name,
    terms: setup.names,
    slopes,
    stdDev: fit.random.flatMap((block) => block.stdDev),
    influence,
  };
}

/** The test that the slopes at `places` are the same at every cut, all rows of a person counted together. */
function compare(cuts: readonly Cut[], places: readonly number[]): CutTest | null {
  const p = cuts[0]?.terms.length ?? 0;
  const df = (cuts.length - 1) * places.length;
  const people = p === 0 ? 0 : cuts[0].influence.length / p;
  if (df < 1 || people <= df) return null;
  const offset = cuts[0].terms.indexOf(INTERCEPT) >= 0 ? 1 : 0;
  const pairs = cuts.slice(1).flatMap((cut) => places.map((place) => ({ cut, place })));
  const differences = pairs.map(
    ({ cut, place }) => cut.slopes[place].estimate - cuts[0].slopes[place].estimate,
  );
  const covariance = new Float64Array(df * df);
  const own = new Float64Array(df);
  for (let i = 0; i < people; i++) {
    pairs.forEach(({ cut, place }, a) => {
      const at = i * p + place + offset;
      own[a] = cut.influence[at] - cuts[0].influence[at];
    });
    for (let a = 0; a < df; a++) for (let b = 0; b < df; b++) covariance[a * df + b] += own[a] * own[b];
  }
  const inverse = invertPositive(covariance, df);
  if (inverse === null) return null;
  let chiSquare = 0;
  for (let a = 0; a < df; a++) {
    for (let b = 0; b < df; b++) chiSquare += differences[a] * inverse[a * df + b] * differences[b];
  }
  return { chiSquare, df, pValue: chiSquareUpper(chiSquare, df) };
}

function leftOut(names: readonly string[]): Warning[] {
  return names.map((name) =>
    warning(
      "clmm.proportional-odds",
      `Expected at least ${FEW_ROWS} rows on each side of every cut and slopes that can be estimated there; found too little at ${name}. That cut is left out of the comparison; say so.`,
    ),
  );
}

/**
 * The slopes of a logistic mixed model at every cut of an ordered outcome, and a test of their being the same.
 *
 * A cumulative model takes each slope as the same at every cut (proportional odds). Look at the table first: with
 * many rows the test finds differences too small to matter, with few it finds none. Each cut has its own random
 * effects, and a larger standard deviation goes with larger slopes at that cut.
 *
 * The Wald test takes the covariance of slopes of different cuts from the scores of the people (their sandwich
 * estimate), as Brant (1990), Biometrics 46, 1171-1178, does for independent rows.
 *
 * @throws StatsError `formula.*`, `data.*`, `clmm.*`
 */
export function proportionalOdds(
  formula: string,
  data: FitData,
  options: ClmmOptions = {},
): ProportionalOdds {
  const resolved = resolveOptions("clmm", options);
  const frame = modelFrame(parseFormula(formula), data.table, { ...resolved, outcome: "category" });
  const { levels } = setupCategorical(frame, "clmm");
  const names = levels.slice(1).map((level, k) => `${levels[k]}|${level}`);
  const place = (level: string) => (frame.outcomeLevels ?? []).indexOf(level);
  const fits = names.map((name, k) => fitCut(frame, place(levels[k]), name, { ...resolved, model: "glmm" }));
  const cuts = fits.filter((cut) => cut !== null);
  const terms = (cuts[0]?.terms ?? []).filter((term) => term !== INTERCEPT);
  return {
    formula: frame.formula.text,
    nobs: frame.outcome.length,
    levels,
    cuts: cuts.map(({ name }) => name),
    slopes: terms.map((term, j) => ({
      term,
      cuts: cuts.map(({ slopes }) => slopes[j]),
      test: compare(cuts, [j]),
    })),
    overall: compare(cuts, [...terms.keys()]),
    stdDev: cuts.map(({ name, stdDev }) => ({ cut: name, stdDev })),
    warnings: leftOut(names.filter((_, k) => fits[k] === null)),
  };
}
