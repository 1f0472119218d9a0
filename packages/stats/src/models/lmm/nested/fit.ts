import type { ModelFrame } from "../../../frame/model-frame.ts";
import { inverseFromCholeskyInto } from "../../../linalg/cholesky.ts";
import type { Table } from "../../../table/table.ts";
import { createFixedState, solveFixed } from "../fixed-state.ts";
import { kenwardRogerParts } from "../kenward-roger.ts";
import { designLmm, type LmmDesign } from "../setup.ts";
import type { KenwardRogerParts, SolvedModel } from "../solution.ts";
import { createElimination, eliminate } from "./eliminate.ts";
import { nestedDetails } from "./ranef.ts";
import { lowestNested, nestedSolution, psiElements } from "./solution.ts";
import { buildTree } from "./tree.ts";

/** A linear mixed model with several nested grouping factors. */
export function solveNested(frame: ModelFrame, table: Table, reml: boolean): SolvedModel {
  const design = designLmm(frame);
  const lowest = lowestNested(buildTree(frame, design), design, reml);
  return {
    design,
    solution: nestedSolution(lowest, design),
    details: () => nestedDetails(frame, table, design, lowest.criterion),
  };
}

/** Kenward and Roger's parts of a model solved by another engine, from its relative Cholesky factor. */
export function kenwardRogerAt(
  frame: ModelFrame,
  design: LmmDesign,
  lambda: Float64Array,
): KenwardRogerParts {
  const tree = buildTree(frame, design);
  const state = createElimination(tree);
  eliminate(tree, lambda, state);
  const fixed = createFixedState(tree.m);
  fixed.a.set(state.a);
  solveFixed(fixed, tree.m);
  inverseFromCholeskyInto(fixed.inverse, fixed.chol, tree.m - 1);
  return kenwardRogerParts(tree, state, fixed, { lambda, elements: psiElements(tree, design.blocks) });
}
