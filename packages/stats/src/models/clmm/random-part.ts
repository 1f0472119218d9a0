import { StatsError } from "../../errors.ts";
import { type DesignColumn, designColumns, INTERCEPT } from "../../frame/design.ts";
import type { ModelFrame } from "../../frame/model-frame.ts";
import { type ColumnScale, scaleOf, UNSCALED } from "../lmm/scaling.ts";
import type { CategoricalModel } from "./options.ts";
import type { FactorPlace } from "./workspace.ts";

/** One or two random effects of one group. */
export interface RandomPart {
  readonly group: string;
  readonly columns: readonly DesignColumn[];
  readonly scales: readonly ColumnScale[];
  /** False when the two effects are uncorrelated (`||`). */
  readonly correlated: boolean;
  /** The free elements of the Cholesky factor of their covariance. */
  readonly places: readonly FactorPlace[];
}

function refused(model: CategoricalModel, found: string): StatsError {
  return new StatsError(
    `${model}.random-part`,
    `Expected (1 | person), or an intercept and one slope of a number such as (1 + x | person); found ${found}. The integral over more effects is not offered; leave some out.`,
  );
}

function effectColumns(frame: ModelFrame): DesignColumn[] {
  return frame.formula.random.flatMap((random) =>
    designColumns(
      { intercept: random.intercept, terms: random.terms },
      frame.variables,
      frame.outcome.length,
    ),
  );
}

/**
 * The random effects of the formula; null without a random term.
 *
 * @throws StatsError `clmm.random-part`, `clmm.one-group`, `clmm.one-row-per-group`, or the same of glmm.
 */
export function randomPart(frame: ModelFrame, model: CategoricalModel): RandomPart | null {
  const { random } = frame.formula;
  if (random.length === 0) return null;
  const columns = effectColumns(frame);
  const names = columns.map(({ name }) => name);
  if (columns.length > 2) throw refused(model, names.join(", "));
  checkGroups(frame, model, random[0].group);
  const correlated = random.length === 1 && random[0].correlated;
  const scales = columns.map(({ name, values }) =>
    name === INTERCEPT ? UNSCALED : scaleOf(values, correlated && names.includes(INTERCEPT)),
  );
  return {
    group: random[0].group,
    columns,
    scales,
    correlated,
    places: freePlaces(columns.length, correlated),
  };
}

function freePlaces(effects: number, correlated: boolean): FactorPlace[] {
  if (effects === 1) return ["11"];
  return correlated ? ["11", "21", "22"] : ["11", "22"];
}

function checkGroups({ groups, outcome }: ModelFrame, model: CategoricalModel, name: string): void {
  if (groups === null) return;
  if (groups.count < 2) {
    throw new StatsError(
      `${model}.one-group`,
      `Expected at least two values of "${name}" among the rows used; found one. A random term needs several; remove it, or check the id column.`,
    );
  }
  if (groups.count === outcome.length) {
    throw new StatsError(
      `${model}.one-row-per-group`,
      `Expected repeated rows of "${name}"; found one row for each of its ${groups.count} values, so that nothing tells its random effect apart. Remove the random term, or check the id column.`,
    );
  }
}
