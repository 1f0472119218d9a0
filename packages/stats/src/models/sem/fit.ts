import { StatsError } from "../../errors.ts";
import { toRows } from "../../linalg/dense.ts";
import { checkVariables, withCovariateMoments } from "./covariates.ts";
import { fitMeasures } from "./goodness.ts";
import { describeImplied } from "./implied.ts";
import { improperReasons } from "./improper.ts";
import { type InvertedInformation, invertInformation } from "./information.ts";
import type { SemFit, SemGroupData, SemModel, SemOptions } from "./model.ts";
import { feasibleStart, type SemProblem, semLogLik, semPoint } from "./objective.ts";
import { type LikelihoodOptimum, maximizeLikelihood } from "./optimum.ts";
import { observedMoments, type RamState, ramState } from "./ram.ts";
import { type RobustParts, robustParts } from "./sandwich.ts";
import { type Saturated, saturatedLikelihood } from "./saturated.ts";
import { reduceScores, type ScorePoints } from "./scores.ts";
import { semStructure } from "./structure.ts";
import { semWarnings } from "./warn.ts";

function checkOptions({ se, level, rows, scores }: SemOptions, { observed }: SemModel): void {
  if (!(level > 0 && level < 1)) {
    throw new StatsError("sem.option", `Expected level between 0 and 1; found ${level}. Change the option.`);
  }
  if (rows !== undefined && rows.names.join("\n") !== observed.join("\n")) {
    throw new StatsError(
      "sem.data",
      `Expected rows with the model's observed variables ${observed.join(", ")}; found ${rows.names.join(", ")}. Give them in that order.`,
    );
  }
  if (se !== "robust" || rows !== undefined || scores !== undefined) return;
  throw new StatsError(
    "sem.rows-needed",
    "Expected the rows of the data for robust standard errors; found only their moments. Give rows, or the sums of their scores, or ask for observed or expected standard errors.",
  );
}

/** The information that the standard errors come from, turned round; null where there is none to stand behind. */
function invertedInformation(
  problem: SemProblem,
  optimum: LikelihoodOptimum,
  se: SemOptions["se"],
): InvertedInformation | null {
  const n = problem.structure.nfree;
  const observed = invertInformation(optimum.observed, n);
  // Where the observed information is singular or indefinite the point is no isolated maximum.
  if (se !== "expected" || observed === null) return observed;
  const expected = semPoint(problem, optimum.theta, "expected")?.information;
  return expected == null ? null : invertInformation(expected, n);
}

function optimumOf(problem: SemProblem): LikelihoodOptimum {
  return maximizeLikelihood(
    { logLik: (theta) => semLogLik(problem, theta), point: (theta, kind) => semPoint(problem, theta, kind) },
    feasibleStart(problem),
  );
}

function statesOf({ structure }: SemProblem, theta: Float64Array): RamState[] {
  return structure.groups.flatMap((group) => ramState(group, theta) ?? []);
}

/** The moments at which a second reading takes each row's score. */
function scorePoints(
  { structure }: SemProblem,
  states: readonly RamState[],
  saturated: readonly (Saturated | null)[],
): ScorePoints[] {
  return states.map((state, g) => ({
    model: observedMoments(state, structure.nobserved),
    saturated: saturated[g]?.moments ?? null,
  }));
}

/**
 * The moments at which `reduceScores` takes each row's score, at the estimates of a fit.
 *
 * @throws StatsError `sem.model`, `sem.covariates-dependent`
 */
export function semScorePoints(
  model: SemModel,
  data: readonly SemGroupData[],
  estimates: readonly number[],
): ScorePoints[] {
  const problem = { structure: semStructure(withCovariateMoments(model, data)), data };
  const saturated = data.map((group) => saturatedLikelihood(group, model.observed.length));
  return scorePoints(problem, statesOf(problem, Float64Array.from(estimates)), saturated);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The robust parts, from the rows or from the sums of their scores; null when not asked for or not possible. */
function robustOf(
  problem: SemProblem,
  at: {
    readonly states: readonly RamState[];
    readonly saturated: readonly (Saturated | null)[];
    readonly inverse: Float64Array | null;
  },
  { se, rows, scores }: SemOptions,
  { fixedCovariates }: SemModel,
): RobustParts | null {
  const { states, saturated, inverse } = at;
  if (se !== "robust" || inverse === null) return null;
  const points = scorePoints(problem, states, saturated);
  const sums = scores ?? (rows === undefined ? null : reduceScores(points, rows, fixedCovariates));
  return sums === null
    ? null
    : robustParts(problem, { scores: sums, states, saturated, inverse }, fixedCovariates);
}

/**
 * A linear mean and covariance structure fitted by full-information maximum likelihood.
 *
 * Rows may miss any values, at random given what was observed. Improper solutions are reported, never clipped.
 *
 * @param data  from `semData`, with the same fixed covariates as the model.
 * @throws StatsError `sem.*`; doubtful answers are warnings in the result.
 * Arbuckle (1996), in Marcoulides & Schumacker (eds.), Advanced Structural Equation Modeling, 243-277.
 */
export function fitSem(model: SemModel, data: readonly SemGroupData[], options: SemOptions): SemFit {
  checkOptions(options, model);
  checkVariables(model, data);
  const structure = semStructure(withCovariateMoments(model, data));
  const problem = { structure, data };
  const optimum = optimumOf(problem);
  const states = statesOf(problem, optimum.theta);
  const saturated = data.map((group) => saturatedLikelihood(group, structure.nobserved));
  const inverted = optimum.converged ? invertedInformation(problem, optimum, options.se) : null;
  const { se, level } = options;
  const robust = robustOf(problem, { states, saturated, inverse: inverted?.inverse ?? null }, options, model);
  const covariance = se === "robust" ? (robust?.vcov ?? null) : (inverted?.inverse ?? null);
  const n = structure.nfree;
  const trusted = optimum.converged && inverted !== null;
  const goodness = fitMeasures(problem, { model, optimum, states, saturated, robust, trusted });
  const improper = states.flatMap((state, g) => improperReasons(state, structure, model.groups[g]));
  const variances = covariance === null ? null : Array.from({ length: n }, (_, i) => covariance[i * (n + 1)]);
  const fit = {
    ...{ converged: optimum.converged, admissible: improper.length === 0, improper },
    ...{ iterations: optimum.iterations, gradientNorm: optimum.gradientNorm },
    conditionNumber: inverted?.conditionNumber ?? null,
    ...{ se, level, estimates: Array.from(optimum.theta), nparameters: n },
    stdErrors: variances === null ? null : variances.map(Math.sqrt),
    vcov: covariance === null ? null : toRows(covariance, n, n),
    ...goodness,
    nobs: total(data.map((group) => group.nobs)),
    nobsByGroup: data.map((group) => group.nobs),
    patterns: total(data.map((group) => group.patterns.length)),
    droppedEmpty: total(data.map((group) => group.droppedEmpty)),
    droppedCovariate: total(data.map((group) => group.droppedCovariate)),
    implied: states.map((state, g) => describeImplied(state, model.groups[g], structure.variables)),
  };
  return { ...fit, warnings: semWarnings(fit) };
}
