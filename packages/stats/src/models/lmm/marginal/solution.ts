import type { ModelFrame } from "../../../frame/model-frame.ts";
import { inverseFromCholeskyInto } from "../../../linalg/cholesky.ts";
import { packedLength } from "../../../sums/grouped-sums.ts";
import { type PatternSums, reducePatterns } from "../../../sums/pattern-sums.ts";
import type { Table } from "../../../table/table.ts";
import { unpackInto } from "../fixed-state.ts";
import { lambdaOf } from "../optimum.ts";
import type { ResolvedOptions } from "../options.ts";
import type { ResolvedResidual } from "../residual-options.ts";
import { parameterCovariance, sandwich, twiceInverse } from "../satterthwaite.ts";
import type { Block, LmmDesign } from "../setup.ts";
import type { LmmSolution, SatterthwaiteParts } from "../solution.ts";
import { describeResidual } from "./describe-residual.ts";
import { unidentifiedPart } from "./identified.ts";
import { findMarginalOptimum, type MarginalOptimum } from "./optimum.ts";
import { addPatternDerivativesInto } from "./patterns.ts";
import { type Positions, residualPositions } from "./positions.ts";
import { addSeriesDerivativesInto } from "./series.ts";
import { residualModel } from "./structures.ts";

/** dA by every parameter, each m x m. */
export function productDerivatives({
  criterion,
  evaluation,
  x,
}: Pick<MarginalOptimum, "criterion" | "evaluation" | "x">): Float64Array[] {
  const { m } = criterion.sums;
  const packed = Array.from(x, () => new Float64Array(packedLength(m)));
  addPatternDerivativesInto(packed, criterion, evaluation.covariance, evaluation.patterns);
  addSeriesDerivativesInto(packed, criterion, evaluation);
  return packed.map((matrix) => {
    const full = new Float64Array(m * m);
    unpackInto(full, matrix, m, m);
    return full;
  });
}

function quadratic(c: Float64Array, matrix: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < c.length; i++) {
    for (let j = 0; j < c.length; j++) sum += c[i] * matrix[i * c.length + j] * c[j];
  }
  return sum;
}

function leadingBlock(matrix: Float64Array, m: number, p: number): Float64Array {
  const out = new Float64Array(p * p);
  for (let i = 0; i < p; i++) out.set(matrix.subarray(i * m, i * m + p), i * p);
  return out;
}

function satterthwaiteParts(optimum: MarginalOptimum): SatterthwaiteParts {
  const { criterion, evaluation, hessian } = optimum;
  const { m } = criterion.sums;
  const dA = productDerivatives(optimum);
  const rho2Gradient = Float64Array.from(dA, (matrix) => quadratic(evaluation.fixed.c, matrix));
  return {
    vcovParameters: parameterCovariance({
      hessian,
      rho2: evaluation.fixed.rho2,
      nu: criterion.nu,
      rho2Gradient,
    }),
    dInverse: dA.map((matrix) => sandwich(evaluation.fixed.inverse, leadingBlock(matrix, m, m - 1), m - 1)),
  };
}

/** The covariance of the parameters of R, from the inverse Hessian over all free parameters. */
function residualCovariance({ criterion, x, hessian }: MarginalOptimum): Float64Array {
  const [n, count] = [x.length, criterion.residual.count];
  const all = twiceInverse(hessian, n);
  const out = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    const from = (n - count + i) * n + n - count;
    out.set(all.subarray(from, from + count), i * count);
  }
  return out;
}

interface Asked {
  readonly frame: ModelFrame;
  readonly design: LmmDesign;
  readonly table: Table;
  readonly options: ResolvedOptions;
  readonly residual: ResolvedResidual;
}

/** A model whose residuals of one person go together, reduced to its sums. */
export interface MarginalModel {
  readonly sums: PatternSums;
  readonly blocks: readonly Block[];
  readonly positions: Positions;
  readonly options: ResolvedOptions;
  readonly residual: ResolvedResidual;
}

/**
 * The solution of a mixed or a marginal model whose residuals of one person go together; null where the outcome
 * is determined exactly.
 *
 * @throws StatsError `lmm.residual-*`, `lmm.duplicate-time`, `lmm.one-row-per-group`, `data.id-needed`
 * Pinheiro & Bates (2000), Mixed-Effects Models in S and S-PLUS, chapter 5; sums by pattern: our own.
 */
export function marginalSolution({ frame, design, table, options, residual }: Asked): LmmSolution | null {
  const positions = residualPositions({ frame, table, id: options.id, residual });
  const { codes, count } = positions.people;
  const part = { ...design.part, groups: codes, ngroups: count, positions: positions.values };
  const { rowwise } = residualModel(residual.type, positions);
  const sums = reducePatterns(part, rowwise !== null);
  return marginalFromSums({ sums, blocks: design.blocks, positions, options, residual });
}

/** The same from sums; null where the outcome is determined exactly. */
export function marginalFromSums({
  sums,
  blocks,
  positions,
  options,
  residual,
}: MarginalModel): LmmSolution | null {
  const model = residualModel(residual.type, positions);
  const reml = options.method === "reml";
  const nu = reml ? sums.nobs - (sums.m - 1) : sums.nobs;
  const optimum = findMarginalOptimum({ sums, residual: model, reml, nu }, blocks);
  if (optimum === null) return null;
  const { criterion, evaluation, x } = optimum;
  const { fixed } = evaluation;
  inverseFromCholeskyInto(fixed.inverse, fixed.chol, sums.m - 1);
  const theta = x.subarray(0, criterion.places.row.length);
  return {
    deviance: evaluation.deviance,
    beta: fixed.beta,
    inverse: fixed.inverse,
    lambda: lambdaOf(theta, criterion.places, sums.q),
    sigma2: fixed.rho2 / nu,
    converged: optimum.converged,
    singular: optimum.singular,
    residual: describeResidual({
      model,
      positions,
      residual,
      x: x.subarray(theta.length),
      covariance: residualCovariance(optimum),
      level: options.level,
    }),
    nResidualParameters: model.count,
    unidentified: unidentifiedPart(criterion, x, blocks),
    satterthwaite: () => satterthwaiteParts(optimum),
  };
}
