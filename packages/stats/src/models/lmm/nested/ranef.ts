import type { ModelFrame } from "../../../frame/model-frame.ts";
import type { Table } from "../../../table/table.ts";
import type { RandomEffects } from "../../fit.ts";
import { blockOf } from "../block.ts";
import { fixedEffects } from "../describe.ts";
import { listedGroups } from "../listed-groups.ts";
import type { FittedRow } from "../ranef.ts";
import type { LmmDesign } from "../setup.ts";
import { congruence, randomTransform } from "../units.ts";
import type { NestedCriterion } from "./criterion.ts";
import { nestedEffects } from "./effects.ts";

/** The effects of one block in the units of the data: one row for each group. */
interface BlockEffects {
  readonly modes: number[][];
  readonly stdDev: number[][];
}

function blockEffects(design: LmmDesign, criterion: NestedCriterion): BlockEffects[] {
  const { tree, state, fixed, nu } = criterion;
  const { scale } = design.yScale;
  const variance = (scale * scale * fixed.rho2) / nu;
  const levels = nestedEffects(tree, state, fixed);
  let l = 0;
  let start = 0;
  return design.blocks.map((block) => {
    while (block.start >= start + tree.levels[l].q) start += tree.levels[l++].q;
    const { q, count } = tree.levels[l];
    const transform = randomTransform(design, block);
    const n = block.names.length;
    const local = { ...block, start: block.start - start };
    const { modes, covariance } = levels[l];
    const modeRow = (node: number) =>
      Array.from({ length: n }, (_, i) => {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += transform[i * n + j] * modes[node * q + local.start + j];
        return scale * sum;
      });
    const stdDevRow = (node: number) => {
      const own = covariance.subarray(node * q * q, (node + 1) * q * q);
      const rows = congruence(transform, blockOf(own, q, local), variance);
      return rows.map((row, i) => Math.sqrt(Math.max(0, row[i])));
    };
    const nodes = [...Array(count).keys()];
    return { modes: nodes.map(modeRow), stdDev: nodes.map(stdDevRow) };
  });
}

/** The random effects of every block, and the fitted value of every row, of a model with nested factors. */
export function nestedDetails(
  frame: ModelFrame,
  table: Table,
  design: LmmDesign,
  criterion: NestedCriterion,
): { readonly ranef: RandomEffects[]; readonly fitted: FittedRow[] } {
  const effects = blockEffects(design, criterion);
  const factorOf = (group: string) => frame.factors.find(({ name }) => name === group) ?? frame.factors[0];
  const ranef = design.blocks.map(({ group, names }, b) => {
    const { labels, order } = listedGroups(frame, table, factorOf(group));
    return {
      group,
      terms: names,
      levels: order.map((g) => labels[g]),
      modes: order.map((g) => effects[b].modes[g]),
      conditionalStdDev: order.map((g) => effects[b].stdDev[g]),
    };
  });
  const beta = fixedEffects(design, criterion.fixed.beta);
  const groups = design.blocks.map(({ group }) => factorOf(group).grouping.codes);
  const fitted = Array.from(frame.kept, (row, i) => {
    let value = 0;
    for (let j = 0; j < beta.length; j++) value += design.fixed[j].values[i] * beta[j];
    design.blocks.forEach(({ start, names }, b) => {
      const modes = effects[b].modes[groups[b][i]];
      names.forEach((_, r) => {
        value += design.random[start + r].values[i] * modes[r];
      });
    });
    return { row, fitted: value, residual: frame.outcome[i] - value };
  });
  return { ranef, fitted };
}
