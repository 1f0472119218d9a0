import { groupSizes } from "../../frame/groups.ts";
import type { ModelFrame } from "../../frame/model-frame.ts";
import { satterthwaiteDf } from "../../inference/satterthwaite-df.ts";
import { waldRow } from "../../inference/wald.ts";
import { lowerFactor } from "../../linalg/lower-factor.ts";
import { blockOf, type Optimum } from "./optimum.ts";
import type { ResolvedOptions } from "./options.ts";
import type { Coefficient, LmmFit, RandomBlock } from "./result.ts";
import { type SatterthwaiteParts, satterthwaiteParts } from "./satterthwaite.ts";
import type { Block, LmmSetup } from "./setup.ts";
import { congruence, devianceShift, fixedTransform, product, randomTransform } from "./units.ts";
import { fitWarnings } from "./warn.ts";

/** The fixed effects in the units of the data. */
export function fixedEffects(setup: LmmSetup, beta: Float64Array): Float64Array {
  const p = beta.length;
  const transform = fixedTransform(setup);
  const { shift, scale } = setup.yScale;
  const effects = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) effects[i] += scale * transform[i * p + j] * beta[j];
  }
  if (setup.hasIntercept) effects[0] += shift;
  return effects;
}

/** The relative Cholesky factor of one block in the units of the data. */
function blockLambda(setup: LmmSetup, optimum: Optimum, block: Block): Float64Array {
  const n = block.names.length;
  const scaled = blockOf(optimum.work.lambda, setup.sums.q, block);
  return lowerFactor(product(randomTransform(setup, block), scaled, n), n);
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

type Satterthwaite = NonNullable<LmmFit["satterthwaite"]>;

function inUserUnits(
  setup: LmmSetup,
  optimum: Optimum,
  parts: SatterthwaiteParts,
  sigma: number,
): Satterthwaite {
  const transform = fixedTransform(setup);
  const { scale } = setup.yScale;
  const n = parts.dInverse.length;
  const unit = (i: number) => (i === n ? scale : 1);
  return {
    vcovParameters: parts.vcovParameters.map((row, i) => row.map((value, j) => value * unit(i) * unit(j))),
    dVcov: [
      ...parts.dInverse.map((matrix) => congruence(transform, matrix, -sigma * sigma)),
      congruence(transform, optimum.work.inverse, 2 * sigma),
    ],
  };
}

interface Numbers {
  readonly sigma: number;
  readonly vcov: number[][];
  readonly satterthwaite: Satterthwaite | null;
  readonly fixed: Coefficient[];
}

function inference(setup: LmmSetup, optimum: Optimum, options: ResolvedOptions): Numbers {
  const { work, criterion } = optimum;
  const sigma = setup.yScale.scale * Math.sqrt(work.rho2 / criterion.nu);
  const parts = satterthwaiteParts(optimum);
  const vcov = congruence(fixedTransform(setup), work.inverse, sigma * sigma);
  const mixed = setup.blocks.length > 0;
  const satterthwaite =
    mixed && options.df === "satterthwaite" ? inUserUnits(setup, optimum, parts, sigma) : null;
  const estimates = fixedEffects(setup, work.beta);
  const dfResidual = setup.sums.nobs - setup.names.length;
  const fixed = setup.names.map((term, j) => {
    const l = setup.names.map((_, k) => (k === j ? 1 : 0));
    const df = satterthwaite === null ? dfResidual : satterthwaiteDf(vcov, satterthwaite, l);
    const row = { term, estimate: estimates[j], stdError: Math.sqrt(vcov[j][j]) };
    return waldRow({ ...row, df: options.df === "none" ? null : df }, options.level);
  });
  return { sigma, vcov, satterthwaite, fixed };
}

/** The result in the units of the data, as plain data. */
export function describeLmm(
  frame: ModelFrame,
  setup: LmmSetup,
  optimum: Optimum,
  options: ResolvedOptions,
): LmmFit {
  const reml = options.method === "reml";
  const { nu } = optimum.criterion;
  const { nobs } = setup.sums;
  const numbers = inference(setup, optimum, options);
  const lambdas = setup.blocks.map((block) => blockLambda(setup, optimum, block));
  const theta = setup.blocks.flatMap((block, b) => lowerTriangle(lambdas[b], block.names.length));
  const deviance = optimum.deviance + devianceShift(setup, nu, reml);
  const nParameters = setup.names.length + theta.length + 1;
  const mixed = setup.blocks.length > 0;
  return {
    formula: frame.formula.text,
    estimator: mixed ? "lmm" : "lm",
    method: options.method,
    dfMethod: options.df,
    level: options.level,
    nobs,
    ngroups: mixed ? { [setup.blocks[0].group]: setup.sums.ngroups } : {},
    fixed: numbers.fixed,
    vcov: numbers.vcov,
    random: setup.blocks.map((block, b) => describeBlock(block, lambdas[b], numbers.sigma)),
    theta,
    sigma: numbers.sigma,
    logLik: -deviance / 2,
    deviance,
    aic: deviance + 2 * nParameters,
    bic: deviance + Math.log(nobs) * nParameters,
    dfResidual: nobs - setup.names.length,
    converged: optimum.converged,
    singular: optimum.singular,
    warnings: fitWarnings(frame, setup, optimum),
    rows: frame.rows,
    groupsWithTwoRows: repeatedGroups(frame),
    dropped: setup.dropped,
    withinStdDev: frame.withinStdDev,
    satterthwaite: numbers.satterthwaite,
  };
}

function repeatedGroups({ groups, people }: ModelFrame): number {
  const grouping = people ?? groups;
  return grouping === null ? 0 : groupSizes(grouping).reduce((sum, size) => sum + (size >= 2 ? 1 : 0), 0);
}
