import type { ModelFrame } from "../../frame/model-frame.ts";
import { groupProducts } from "../../sums/reduce.ts";
import type { Table } from "../../table/table.ts";
import type { RandomEffects } from "../fit.ts";
import { blockOf } from "./block.ts";
import { fixedEffects } from "./describe.ts";
import { kernelsOf } from "./group-kernel.ts";
import { listedGroups } from "./listed-groups.ts";
import type { Optimum } from "./optimum.ts";
import type { LmmSetup } from "./setup.ts";
import { congruence, randomTransform } from "./units.ts";

/** The random effects of every group in the units of the data: each row has q numbers. */
export interface GroupEffects {
  readonly modes: readonly number[][];
  readonly stdDev: readonly number[][];
}

/** K of every group at the optimum and its Z'(y - X beta), both in scaled coordinates. */
function groupFactors(setup: LmmSetup, optimum: Optimum): { k: Float64Array; residual: Float64Array } {
  const { q, m, ngroups } = setup.sums;
  const byGroup = groupProducts(setup.part);
  const residual = new Float64Array(ngroups * q);
  for (let e = 0; e < residual.length; e++) {
    for (let j = 0; j < m; j++) residual[e] += byGroup.cross[e * m + j] * optimum.work.c[j];
  }
  return { k: kernelsOf(byGroup.gram, ngroups, optimum.work.lambda), residual };
}

/**
 * Conditional modes u = K Z'(y - X beta) and their SDs from sigma^2 K, given beta and theta.
 *
 * Bates et al. (2015), section 2.2 and equation 52, with K = Lambda (I + Lambda'Z'Z Lambda)^-1 Lambda'.
 */
export function groupEffects(setup: LmmSetup, optimum: Optimum): GroupEffects {
  const { q, ngroups } = setup.sums;
  const { k, residual } = groupFactors(setup, optimum);
  const { scale } = setup.yScale;
  const variance = (scale * scale * optimum.work.rho2) / optimum.criterion.nu;
  const transforms = setup.blocks.map((block) => randomTransform(setup, block));
  const modes: number[][] = [];
  const stdDev: number[][] = [];
  for (let g = 0; g < ngroups; g++) {
    const kg = k.subarray(g * q * q, (g + 1) * q * q);
    const scaled = Array.from({ length: q }, (_, r) => {
      let sum = 0;
      for (let s = 0; s < q; s++) sum += kg[r * q + s] * residual[g * q + s];
      return scale * sum;
    });
    modes.push(setup.blocks.flatMap((block, b) => transformed(transforms[b], scaled, block.start)));
    stdDev.push(
      setup.blocks.flatMap((block, b) =>
        congruence(transforms[b], blockOf(kg, q, block), variance).map((row, i) =>
          Math.sqrt(Math.max(0, row[i])),
        ),
      ),
    );
  }
  return { modes, stdDev };
}

function transformed(transform: Float64Array, scaled: readonly number[], start: number): number[] {
  const n = Math.round(Math.sqrt(transform.length));
  return Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += transform[i * n + j] * scaled[start + j];
    return sum;
  });
}

/** The random effects of each block, one row for each group. */
export function describeEffects(
  frame: ModelFrame,
  table: Table,
  setup: LmmSetup,
  effects: GroupEffects,
): RandomEffects[] {
  const [factor] = frame.factors;
  if (factor === undefined) return [];
  const { labels, order } = listedGroups(frame, table, factor);
  const slice = (rows: readonly number[][], start: number, length: number) =>
    order.map((g) => rows[g].slice(start, start + length));
  return setup.blocks.map(({ group, names, start }) => ({
    group,
    terms: names,
    levels: order.map((g) => labels[g]),
    modes: slice(effects.modes, start, names.length),
    conditionalStdDev: slice(effects.stdDev, start, names.length),
  }));
}

/** One row used: its number in the table (0-based), its fitted value (random effects included) and residual. */
export interface FittedRow {
  readonly row: number;
  readonly fitted: number;
  readonly residual: number;
}

/** X beta + Z u and what it leaves, for every row used. */
export function fittedRows(
  frame: ModelFrame,
  setup: LmmSetup,
  optimum: Optimum,
  effects: GroupEffects,
): FittedRow[] {
  const beta = fixedEffects(setup, optimum.work.beta);
  return Array.from(frame.kept, (row, i) => {
    let fitted = 0;
    for (let j = 0; j < beta.length; j++) fitted += setup.fixed[j].values[i] * beta[j];
    const modes = frame.groups === null ? [] : effects.modes[frame.groups.codes[i]];
    for (let r = 0; r < setup.random.length; r++) fitted += setup.random[r].values[i] * modes[r];
    return { row, fitted, residual: frame.outcome[i] - fitted };
  });
}
