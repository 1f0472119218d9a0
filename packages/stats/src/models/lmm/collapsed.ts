import type { ModelFrame } from "../../frame/model-frame.ts";
import { inverseFromCholeskyInto } from "../../linalg/cholesky.ts";
import type { Table } from "../../table/table.ts";
import { unidentifiedEffect } from "./identified.ts";
import { kenwardRogerAt } from "./nested/fit.ts";
import { findOptimum, type Optimum } from "./optimum.ts";
import { describeEffects, fittedRows, groupEffects } from "./ranef.ts";
import { satterthwaiteParts } from "./satterthwaite.ts";
import { type SummedLmm, setupLmm } from "./setup.ts";
import { INDEPENDENT, type LmmSolution, type SolvedModel } from "./solution.ts";

/** The optimum of collapsed sums in the form that all engines share; it asks for nobody's rows. */
export function collapsedSolution(setup: SummedLmm, optimum: Optimum): LmmSolution {
  const { work, criterion, converged, singular, deviance } = optimum;
  inverseFromCholeskyInto(work.inverse, work.chol, setup.names.length);
  return {
    deviance,
    beta: work.beta,
    inverse: work.inverse,
    lambda: work.lambda,
    sigma2: work.rho2 / criterion.nu,
    converged,
    singular,
    residual: INDEPENDENT,
    nResidualParameters: 0,
    unidentified: unidentifiedEffect(setup),
    satterthwaite: () => satterthwaiteParts(optimum),
  };
}

/** A linear mixed model with at most one grouping factor, from sums over groups with equal Gram matrices. */
export function solveCollapsed(frame: ModelFrame, table: Table, reml: boolean): SolvedModel {
  const setup = setupLmm(frame);
  const optimum = findOptimum(setup, reml);
  return {
    design: setup,
    solution: {
      ...collapsedSolution(setup, optimum),
      kenwardRoger: () => kenwardRogerAt(frame, setup, optimum.work.lambda),
    },
    details: () => {
      const effects = groupEffects(setup, optimum);
      return {
        ranef: describeEffects(frame, table, setup, effects),
        fitted: fittedRows(frame, setup, optimum, effects),
      };
    },
  };
}
