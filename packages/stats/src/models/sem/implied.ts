import { StatsError } from "../../errors.ts";
import { toRows } from "../../linalg/dense.ts";
import type { SemImplied, SemModel } from "./model.ts";
import { momentJacobian, type RamState, ramState } from "./ram.ts";
import { type SemStructure, semStructure } from "./structure.ts";

/** The implied moments of one group, as plain data. */
export function describeImplied(state: RamState, group: string, variables: readonly string[]): SemImplied {
  const { t, mean, covariance } = state;
  return { group, variables, mean: Array.from(mean), covariance: toRows(covariance, t, t) };
}

function stateOf(structure: SemStructure, group: number, estimates: readonly number[]): RamState {
  const state = ramState(structure.groups[group], Float64Array.from(estimates));
  if (state !== null) return state;
  throw new StatsError(
    "sem.model",
    "Expected paths that can be solved for the variables; found a loop without a solution. Remove a path of the loop or give other values.",
  );
}

/**
 * The means and covariances of all variables, observed then latent, at the estimates, for each group.
 *
 * The moments of fixed covariates must be in the table: see `withCovariateMoments`.
 *
 * @throws StatsError `sem.model`
 */
export function impliedMoments(model: SemModel, estimates: readonly number[]): SemImplied[] {
  const structure = semStructure(model);
  return model.groups.map((group, g) =>
    describeImplied(stateOf(structure, g, estimates), group, structure.variables),
  );
}

/** The derivatives of one group's implied moments in the free parameters. */
export interface ImpliedDerivatives {
  readonly group: string;
  /** The derivative of a mean in each free parameter, by name. */
  readonly mean: (variable: string) => number[];
  /** The derivative of a covariance, or of a variance, in each free parameter, by names. */
  readonly covariance: (first: string, second: string) => number[];
}

/**
 * The derivatives of the implied means and covariances at the estimates, for the delta method.
 *
 * @throws StatsError `sem.model`
 */
export function impliedDerivatives(model: SemModel, estimates: readonly number[]): ImpliedDerivatives[] {
  const structure = semStructure(model);
  const { variables, nfree, groups } = structure;
  const t = variables.length;
  const kk = (t * (t + 1)) / 2 + t;
  const place = (name: string): number => {
    const found = variables.indexOf(name);
    if (found >= 0) return found;
    throw new StatsError(
      "sem.model",
      `Expected a variable of the model; found "${name}". Use one of ${variables.join(", ")}.`,
    );
  };
  return model.groups.map((group, g) => {
    const jacobian = momentJacobian(groups[g], stateOf(structure, g, estimates), { p: t, nfree });
    const at = (moment: number) => Array.from({ length: nfree }, (_, f) => jacobian[f * kk + moment]);
    return {
      group,
      mean: (variable) => at((t * (t + 1)) / 2 + place(variable)),
      covariance: (first, second) => {
        const [i, j] = [Math.max(place(first), place(second)), Math.min(place(first), place(second))];
        return at((i * (i + 1)) / 2 + j);
      },
    };
  });
}
