import { inverseFromCholeskyInto } from "../../../linalg/cholesky.ts";
import { unpackInto } from "../fixed-state.ts";
import { kenwardRogerParts } from "../kenward-roger.ts";
import { findLowest, type Lowest } from "../optimum.ts";
import { parameterCovariance, sandwich } from "../satterthwaite.ts";
import type { Block, LmmDesign } from "../setup.ts";
import { thetaPlaces } from "../setup.ts";
import { INDEPENDENT, type LmmSolution, type SatterthwaiteParts } from "../solution.ts";
import { type NestedCriterion, nestedCriterion } from "./criterion.ts";
import { derivativesByPsi, type PsiElement } from "./derivatives.ts";
import { unidentifiedNested } from "./identified.ts";
import type { Tree } from "./tree.ts";

/** An element of Psi that the model has, at its place among all random columns. */
export interface PlacedElement extends PsiElement {
  /** Among all random columns; row >= column. */
  readonly at: { readonly row: number; readonly column: number };
}

/** The elements of Psi that a model has: the lower triangle of each block. */
export function psiElements(tree: Tree, blocks: readonly Block[]): PlacedElement[] {
  const starts: number[] = [];
  let start = 0;
  for (const { q } of tree.levels) {
    starts.push(start);
    start += q;
  }
  const { row, column } = thetaPlaces(blocks);
  return Array.from(row, (r, k) => {
    const level = starts.findLastIndex((from) => from <= r);
    const at = { row: r, column: column[k] };
    return { level, row: r - starts[level], column: column[k] - starts[level], at };
  });
}

/** The derivative of one element of Psi = Lambda Lambda' by the element of Lambda at (row, column). */
function chain(
  lambda: Float64Array,
  q: number,
  { at }: PlacedElement,
  [row, column]: readonly [number, number],
): number {
  const left = at.row === row ? lambda[at.column * q + column] : 0;
  const right = at.column === row ? lambda[at.row * q + column] : 0;
  return left + right;
}

function satterthwaiteOf(
  lowest: Lowest<NestedCriterion>,
  elements: readonly PlacedElement[],
): SatterthwaiteParts {
  const { criterion, places, hessian } = lowest;
  const { tree, fixed, lambda, nu } = criterion;
  const p = tree.m - 1;
  const vcovParameters = parameterCovariance({
    hessian,
    rho2: fixed.rho2,
    nu,
    rho2Gradient: criterion.residualGradient(),
  });
  const { a } = derivativesByPsi(tree, criterion.state, elements, 1);
  const dInverse = Array.from(lowest.theta, (_, k) => {
    const place = [places.row[k], places.column[k]] as const;
    const packed = new Float64Array(fixed.a.length);
    elements.forEach((element, e) => {
      const weight = chain(lambda, tree.q, element, place);
      if (weight !== 0) for (let i = 0; i < packed.length; i++) packed[i] += weight * a[e][i];
    });
    const dA = new Float64Array(p * p);
    unpackInto(dA, packed, p, tree.m);
    return sandwich(fixed.inverse, dA, p);
  });
  return { vcovParameters, dInverse };
}

/** Where the criterion of a model with nested grouping factors is lowest. */
export function lowestNested(tree: Tree, design: LmmDesign, reml: boolean): Lowest<NestedCriterion> {
  const lowest = findLowest<NestedCriterion>({
    q: tree.q,
    blocks: design.blocks,
    at: (places) => nestedCriterion(tree, places, reml),
  });
  const { fixed } = lowest.criterion;
  inverseFromCholeskyInto(fixed.inverse, fixed.chol, tree.m - 1);
  return lowest;
}

/** The lowest point in the form that all engines share. */
export function nestedSolution(lowest: Lowest<NestedCriterion>, { blocks }: LmmDesign): LmmSolution {
  const { criterion, deviance, converged, singular } = lowest;
  const { tree, fixed, lambda, nu } = criterion;
  const elements = psiElements(tree, blocks);
  return {
    deviance,
    beta: fixed.beta,
    inverse: fixed.inverse,
    lambda,
    sigma2: fixed.rho2 / nu,
    converged,
    singular,
    residual: INDEPENDENT,
    nResidualParameters: 0,
    unidentified: unidentifiedNested(tree, blocks),
    satterthwaite: () => satterthwaiteOf(lowest, elements),
    kenwardRoger: () => kenwardRogerParts(tree, criterion.state, fixed, { lambda, elements }),
  };
}
