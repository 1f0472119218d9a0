import { StatsError } from "../../errors.ts";
import { satterthwaiteDf } from "../../inference/satterthwaite-df.ts";
import { waldRow } from "../../inference/wald.ts";
import { lowerFactor } from "../../linalg/lower-factor.ts";
import type { Coefficient, RandomBlock } from "../fit.ts";
import { blockOf } from "./block.ts";
import type { FrameFacts } from "./frame-facts.ts";
import type { ResolvedOptions } from "./options.ts";
import type { ContrastParts, KenwardRoger, LmmFit } from "./result.ts";
import type { Block, LmmShape } from "./setup.ts";
import type { LmmSolution, SatterthwaiteParts } from "./solution.ts";
import { congruence, devianceShift, fixedTransform, product, randomTransform } from "./units.ts";
import { fitWarnings } from "./warn.ts";

/** The fixed effects in the units of the data. */
export function fixedEffects(design: LmmShape, beta: Float64Array): Float64Array {
  const p = beta.length;
  const transform = fixedTransform(design);
  const { shift, scale } = design.yScale;
  const effects = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) effects[i] += scale * transform[i * p + j] * beta[j];
  }
  if (design.hasIntercept) effects[0] += shift;
  return effects;
}

/** The relative Cholesky factor of one block in the units of the data. */
function blockLambda(design: LmmShape, solution: LmmSolution, block: Block): Float64Array {
  const n = block.names.length;
  const scaled = blockOf(solution.lambda, design.zScale.length, block);
  return lowerFactor(product(randomTransform(design, block), scaled, n), n);
}

function describeBlock(block: Block, lambda: Float64Array, sigma: number): RandomBlock {
  const n = block.names.length;
  const identity = new Float64Array(n * n).map((_, e) => (e % (n + 1) === 0 ? 1 : 0));
  const covariance = congruence(lambda, identity, sigma * sigma);
  const stdDev = covariance.map((row, i) => Math.sqrt(row[i]));
  const correlation = covariance.map((row, i) =>
    row.map((value, j) => (i === j ? 1 : value / (stdDev[i] * stdDev[j]))),
  );
  return { group: block.group, terms: block.names, covariance, stdDev, correlation };
}

function lowerTriangle(lambda: Float64Array, n: number): number[] {
  const theta: number[] = [];
  for (let j = 0; j < n; j++) for (let i = j; i < n; i++) theta.push(lambda[i * n + j]);
  return theta;
}

function inUserUnits(
  design: LmmShape,
  solution: LmmSolution,
  parts: SatterthwaiteParts,
  sigma: number,
): ContrastParts {
  const transform = fixedTransform(design);
  const { scale } = design.yScale;
  const n = parts.dInverse.length;
  const unit = (i: number) => (i === n ? scale : 1);
  return {
    vcovParameters: parts.vcovParameters.map((row, i) => row.map((value, j) => value * unit(i) * unit(j))),
    dVcov: [
      ...parts.dInverse.map((matrix) => congruence(transform, matrix, -sigma * sigma)),
      congruence(transform, solution.inverse, 2 * sigma),
    ],
  };
}

interface Numbers {
  readonly sigma: number;
  readonly vcov: number[][];
  readonly satterthwaite: ContrastParts | null;
  readonly kenwardRoger: KenwardRoger | null;
  readonly fixed: Coefficient[];
}

/** True when some variance parameter is estimated besides the residual variance. */
function hasVarianceParameters(design: LmmShape, solution: LmmSolution): boolean {
  return design.blocks.length > 0 || solution.nResidualParameters > 0;
}

/** Kenward and Roger's adjusted covariance and parts, in the units of the data. */
function kenwardRogerOf(
  design: LmmShape,
  solution: LmmSolution,
  sigma: number,
): { readonly vcov: number[][]; readonly kenwardRoger: KenwardRoger } {
  if (solution.kenwardRoger === undefined) {
    throw new StatsError(
      "lmm.kenward-roger",
      "Expected independent residuals, for which Kenward-Roger is defined; found a residual structure. Use df satterthwaite.",
    );
  }
  const transform = fixedTransform(design);
  const { vcovParameters, dInverse, adjustment } = solution.kenwardRoger();
  const adjusted = solution.inverse.map((value, e) => value + adjustment[e]);
  const kenwardRoger = {
    vcovUnadjusted: congruence(transform, solution.inverse, sigma * sigma),
    vcovParameters,
    dVcov: dInverse.map((matrix) => congruence(transform, matrix, sigma * sigma)),
  };
  return { vcov: congruence(transform, adjusted, sigma * sigma), kenwardRoger };
}

/** The covariance of the fixed effects and what its degrees of freedom need. */
function covariances(
  design: LmmShape,
  solution: LmmSolution,
  { df }: ResolvedOptions,
): Omit<Numbers, "fixed"> {
  const sigma = design.yScale.scale * Math.sqrt(solution.sigma2);
  const vcov = congruence(fixedTransform(design), solution.inverse, sigma * sigma);
  const none = { sigma, vcov, satterthwaite: null, kenwardRoger: null };
  if (!hasVarianceParameters(design, solution) || df === "none") return none;
  if (df === "satterthwaite") {
    return { ...none, satterthwaite: inUserUnits(design, solution, solution.satterthwaite(), sigma) };
  }
  return { ...none, ...kenwardRogerOf(design, solution, sigma) };
}

function inference(design: LmmShape, solution: LmmSolution, options: ResolvedOptions): Numbers {
  const parts = covariances(design, solution, options);
  const { vcov, satterthwaite, kenwardRoger } = parts;
  const estimates = fixedEffects(design, solution.beta);
  const dfResidual = design.nobs - design.names.length;
  const dfOf = (l: readonly number[]): number | null => {
    if (options.df === "none") return null;
    if (kenwardRoger !== null) return satterthwaiteDf(kenwardRoger.vcovUnadjusted, kenwardRoger, l);
    return satterthwaite === null ? dfResidual : satterthwaiteDf(vcov, satterthwaite, l);
  };
  const fixed = design.names.map((term, j) => {
    const l = design.names.map((_, k) => (k === j ? 1 : 0));
    const row = { term, estimate: estimates[j], stdError: Math.sqrt(vcov[j][j]) };
    return waldRow({ ...row, df: dfOf(l) }, options.level);
  });
  return { ...parts, fixed };
}

/** The result in the units of the data, as plain data. */
export function describeLmm(
  frame: FrameFacts,
  design: LmmShape,
  solution: LmmSolution,
  options: ResolvedOptions,
): LmmFit {
  const reml = options.method === "reml";
  const { nobs } = design;
  const p = design.names.length;
  const numbers = inference(design, solution, options);
  const lambdas = design.blocks.map((block) => blockLambda(design, solution, block));
  const theta = design.blocks.flatMap((block, b) => lowerTriangle(lambdas[b], block.names.length));
  const deviance = solution.deviance + devianceShift(design, reml ? nobs - p : nobs, reml);
  const nparameters = p + theta.length + solution.nResidualParameters + 1;
  return {
    formula: frame.formula.text,
    estimator: hasVarianceParameters(design, solution) ? "lmm" : "lm",
    method: options.method,
    dfMethod: options.df,
    se: "model",
    level: options.level,
    nobs,
    ngroups: design.ngroups,
    fixed: numbers.fixed,
    vcov: numbers.vcov,
    random: design.blocks.map((block, b) => describeBlock(block, lambdas[b], numbers.sigma)),
    theta,
    sigma: numbers.sigma,
    residual: solution.residual,
    logLik: -deviance / 2,
    deviance,
    aic: deviance + 2 * nparameters,
    bic: deviance + Math.log(nobs) * nparameters,
    nparameters,
    dfResidual: nobs - p,
    converged: solution.converged,
    singular: solution.singular,
    warnings: fitWarnings(frame, design, solution),
    rows: frame.rows,
    frame: { time: options.time ?? null, id: options.id ?? null, minRows: options.minRows ?? null },
    groupsWithTwoRows: frame.groupsWithTwoRows,
    dropped: design.dropped,
    withinStdDev: frame.withinStdDev,
    satterthwaite: numbers.satterthwaite,
    kenwardRoger: numbers.kenwardRoger,
    robust: null,
  };
}
