import { groupSizes } from "../../frame/groups.ts";
import { interactionWarnings } from "../../frame/interaction.ts";
import { waldRow } from "../../inference/wald.ts";
import { invertPositive } from "../../linalg/dense.ts";
import type { FitData } from "../../table/table.ts";
import { type Warning, warning } from "../../warnings.ts";
import type { Coefficient } from "../fit.ts";
import { unitDeviance } from "./family.ts";
import { type GlmSolution, solveGlm } from "./objective.ts";
import { type GlmOptions, type ResolvedGlmOptions, resolveGlmOptions } from "./options.ts";
import type { GlmFit } from "./result.ts";
import { endlessTerms } from "./separation.ts";
import { type RegressionRows, regressionFrame, regressionRows } from "./setup.ts";
import { coefficientsInUnits, covarianceInUnits } from "./units.ts";
import { independenceWarnings, perfectFit, rankWarnings } from "./warn.ts";

interface Deviances {
  readonly residual: number;
  readonly zero: number;
  /** -2 log-likelihood; null where weights are no counts and no likelihood exists. */
  readonly minusTwoLogLik: number | null;
  readonly dispersion: number;
}

function areCounts(weights: Float64Array): boolean {
  return weights.every((weight) => Number.isInteger(weight));
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function nullDeviance(rows: RegressionRows, family: GlmFit["family"]): number {
  const { y, weights, hasIntercept } = rows;
  const total = sumOf(weights);
  const mean = y.reduce((sum, value, i) => sum + weights[i] * value, 0) / total;
  const eta = family === "gaussian" ? mean : Math.log(mean / (1 - mean));
  const used = hasIntercept ? eta : 0;
  return y.reduce((sum, value, i) => sum + weights[i] * unitDeviance(family, value, used), 0);
}

function deviancesOf(rows: RegressionRows, solution: GlmSolution, { family }: ResolvedGlmOptions): Deviances {
  const unit = rows.yScale.scale * rows.yScale.scale;
  const residual = unit * solution.deviance;
  const zero = unit * nullDeviance(rows, family);
  if (family === "binomial") {
    return { residual, zero, minusTwoLogLik: areCounts(rows.weights) ? residual : null, dispersion: 1 };
  }
  const { nobs, weights } = rows;
  const logWeights = weights.reduce((sum, weight) => sum + Math.log(weight), 0);
  const minusTwoLogLik = nobs * (Math.log((2 * Math.PI * residual) / nobs) + 1) - logWeights;
  return { residual, zero, minusTwoLogLik, dispersion: residual / (nobs - rows.p) };
}

interface Estimates {
  readonly fixed: Coefficient[];
  readonly vcov: number[][];
}

function estimates(rows: RegressionRows, solution: GlmSolution, options: ResolvedGlmOptions): Estimates {
  const { p, names, nobs } = rows;
  const inverse = invertPositive(solution.information, p) ?? new Float64Array(p * p).fill(Number.NaN);
  const scaledDispersion = options.family === "binomial" ? 1 : solution.deviance / (nobs - p);
  const endless =
    solution.separation === null ? names.map(() => false) : endlessTerms(rows, solution.separation);
  const vcov = covarianceInUnits(
    rows,
    inverse.map((value) => value * scaledDispersion),
  ).map((row, j) => row.map((value, k) => (endless[j] || endless[k] ? Number.NaN : value)));
  const b = coefficientsInUnits(rows, solution.b);
  const df = options.family === "binomial" ? null : nobs - p;
  const fixed = names.map((term, j) => {
    const estimate = endless[j] ? Number.NaN : b[j];
    return waldRow({ term, estimate, stdError: Math.sqrt(vcov[j][j]), df }, options.level);
  });
  return { fixed, vcov };
}

function convergenceWarnings(rows: RegressionRows, solution: GlmSolution): Warning[] {
  if (solution.separation !== null) {
    const endless = endlessTerms(rows, solution.separation);
    const terms = rows.names.filter((_, j) => endless[j]).join(", ");
    return [
      warning(
        "glm.separation",
        `Expected both outcomes to occur wherever the predictors lead; found that ${terms} tell the outcomes apart without an error (separation), so that their estimates are infinite and none is shown. Merge levels or leave the predictor out.`,
      ),
    ];
  }
  if (solution.converged) return [];
  return [
    warning(
      "glm.not-converged",
      "Expected the likelihood to reach its maximum; the iteration stopped before. Do not report these numbers; look for outlying values or use fewer terms.",
    ),
  ];
}

function weightWarnings(rows: RegressionRows, { family, weights }: ResolvedGlmOptions): Warning[] {
  if (family === "gaussian" || areCounts(rows.weights)) return [];
  return [
    warning(
      "glm.weights-not-counts",
      `Expected weights that count rows; found "${weights}" with numbers that are not whole. The standard errors do not hold for such weights; use gee() with them, whose robust standard errors do.`,
    ),
  ];
}

function describe(rows: RegressionRows, solution: GlmSolution, options: ResolvedGlmOptions): GlmFit {
  const { frame } = rows;
  const deviances = deviancesOf(rows, solution, options);
  const { minusTwoLogLik } = deviances;
  const nparameters = rows.p + (options.family === "gaussian" ? 1 : 0);
  const penalised = (penalty: number) =>
    minusTwoLogLik === null ? null : minusTwoLogLik + penalty * nparameters;
  const people = frame.people;
  return {
    formula: frame.formula.text,
    estimator: "glm",
    family: options.family,
    dfMethod: options.family === "binomial" ? "none" : "residual",
    dfResidual: rows.nobs - rows.p,
    level: options.level,
    nobs: rows.nobs,
    ngroups: {},
    ...estimates(rows, solution, options),
    logLik: minusTwoLogLik === null ? null : -minusTwoLogLik / 2,
    deviance: minusTwoLogLik,
    residualDeviance: deviances.residual,
    nullDeviance: deviances.zero,
    dispersion: deviances.dispersion,
    aic: penalised(2),
    bic: penalised(Math.log(rows.nobs)),
    nparameters,
    converged: solution.converged,
    warnings: [
      ...convergenceWarnings(rows, solution),
      ...rankWarnings(rows),
      ...weightWarnings(rows, options),
      ...independenceWarnings(rows),
      ...interactionWarnings(frame.formula),
    ],
    rows: frame.rows,
    frame: { time: options.time ?? null, id: options.id ?? null, minRows: options.minRows ?? null },
    groupsWithTwoRows:
      people === null ? 0 : groupSizes(people).reduce((sum, size) => sum + (size >= 2 ? 1 : 0), 0),
    dropped: rows.dropped,
    withinStdDev: frame.withinStdDev,
    weights: options.weights ?? null,
  };
}

/**
 * A generalised linear model with independent rows: ordinary (gaussian) or logistic (binomial) regression by
 * maximum likelihood.
 *
 * @param formula  such as `left ~ last_pain + factor(wave)`, without random terms; a binomial outcome is 0 and 1
 *   or a text column with two levels, of which the second counts.
 * @throws StatsError `formula.*`, `data.*`, `regression.*`; doubtful answers are warnings in the result.
 * McCullagh & Nelder (1989), Generalized Linear Models, 2nd ed., section 2.5.
 */
export function glm(formula: string, data: FitData, options: GlmOptions = {}): GlmFit {
  const resolved = resolveGlmOptions(options);
  const question = { ...resolved, required: [] };
  const rows = regressionRows(regressionFrame(formula, data, question), question);
  const solution = solveGlm(rows, resolved.family);
  if (resolved.family === "gaussian" && !(solution.deviance > 1e-13 * rows.nobs)) throw perfectFit(rows);
  return describe(rows, solution, resolved);
}
