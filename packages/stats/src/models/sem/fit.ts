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
import { type RamState, ramState } from "./ram.ts";
import { robustParts } from "./sandwich.ts";
import { semStructure } from "./structure.ts";
import { semWarnings } from "./warn.ts";

function checkOptions({ se, level, rows }: SemOptions): void {
  if (!(level > 0 && level < 1)) {
    throw new StatsError("sem.option", `Expected level between 0 and 1; found ${level}. Change the option.`);
  }
  if (se !== "robust" || rows !== undefined) return;
  throw new StatsError(
    "sem.rows-needed",
    "Expected the rows of the data for robust standard errors; found only their moments. Give `rows`, or ask for observed or expected standard errors.",
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

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
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
  checkOptions(options);
  checkVariables(model, data);
  const structure = semStructure(withCovariateMoments(model, data));
  const problem = { structure, data };
  const optimum = optimumOf(problem);
  const states = statesOf(problem, optimum.theta);
  const inverted = optimum.converged ? invertedInformation(problem, optimum, options.se) : null;
  const { se, level, rows } = options;
  const robust =
    se === "robust" && rows !== undefined && inverted !== null
      ? robustParts(problem, { rows, states, inverse: inverted.inverse }, model.fixedCovariates)
      : null;
  const covariance = se === "robust" ? (robust?.vcov ?? null) : (inverted?.inverse ?? null);
  const n = structure.nfree;
  const trusted = optimum.converged && inverted !== null;
  const goodness = fitMeasures(problem, { model, optimum, states, robust, trusted });
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
