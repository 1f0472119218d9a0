import { StatsError } from "../../errors.ts";

export interface ClmmOptions {
  /** Points of the quadrature for each random effect, 1 to 25; 9 by default. 1 is Laplace's approximation. */
  readonly nodes?: number;
  /** The coverage of intervals, a proportion; 0.95 by default. */
  readonly level?: number;
  /** The column with the wave number, needed by lag(). */
  readonly time?: string;
  /** The column that names the person; by default the grouping factor. */
  readonly id?: string;
  /** Leave out people with fewer rows than this after rows with missing values are dropped. */
  readonly minRows?: number;
}

/** The model that is fitted: ordered categories, or two. It names the codes of errors and warnings. */
export type CategoricalModel = "clmm" | "glmm";

export interface ResolvedOptions {
  readonly model: CategoricalModel;
  readonly nodes: number;
  readonly level: number;
  readonly time: string | undefined;
  readonly id: string | undefined;
  readonly minRows: number | undefined;
}

/**
 * The options with their defaults.
 *
 * @throws StatsError `clmm.option` or `glmm.option` for a value that is not possible.
 */
export function resolveOptions(model: CategoricalModel, options: ClmmOptions): ResolvedOptions {
  const { nodes = 9, level = 0.95, time, id, minRows } = options;
  const check = (valid: boolean, expected: string, found: unknown): void => {
    if (valid) return;
    throw new StatsError(
      `${model}.option`,
      `Expected ${expected}; found ${String(found)}. Change the option.`,
    );
  };
  const isWhole = (value: number, from: number) => Number.isInteger(value) && value >= from;
  check(isWhole(nodes, 1) && nodes <= 25, "nodes a whole number from 1 to 25", nodes);
  check(level > 0 && level < 1, "level between 0 and 1", level);
  check(minRows === undefined || isWhole(minRows, 1), "minRows a whole number from 1", minRows);
  return { model, nodes, level, time, id, minRows };
}
