import { parseFormula } from "../../formula/parse.ts";
import { choleskyInto } from "../../linalg/cholesky.ts";
import { multiply } from "../../linalg/dense.ts";
import type { EachPerson, PanelPeople } from "../../panel/people.ts";
import { NeedsRows, type PanelPlan } from "../../panel/plan.ts";
import { checkPanelSums, type PanelSums } from "../../panel/sums.ts";
import { merge } from "../../sums/merge.ts";
import { mergePatterns, reducePatterns } from "../../sums/pattern-sums.ts";
import { reduce, type SumsPart } from "../../sums/reduce.ts";
import { compareCodePoints } from "../../table/columns.ts";
import type { RandomEffects } from "../fit.ts";
import { blockOf } from "./block.ts";
import { collapsedSolution } from "./collapsed.ts";
import { describeLmm } from "./describe.ts";
import { checkSolved, solvedPanel } from "./from-sums.ts";
import { marginalFromSums } from "./marginal/solution.ts";
import { residualModel } from "./marginal/structures.ts";
import { findOptimum } from "./optimum.ts";
import { type LmmOptions, type ResolvedOptions, resolveOptions } from "./options.ts";
import { clusterReader, forEachPerson, type ReadyPattern, readyPatterns } from "./panel-clusters.ts";
import { patternPositions } from "./panel-marginal.ts";
import { type PanelShape, shapePanel, withSums } from "./panel-setup.ts";
import { conditionalOf, effectsOf } from "./ranef-conditional.ts";
import type { LmmFit } from "./result.ts";
import {
  addClusterInto,
  checkClusters,
  freedomAdder,
  type RobustType,
  smallSampleFactor,
  withRobust,
} from "./robust.ts";
import type { LmmSolution } from "./solution.ts";
import { congruence, fixedTransform } from "./units.ts";

/** A fit over people one by one, and their random effects where these were asked for. */
export interface LmmOfPeople {
  readonly fit: LmmFit;
  readonly ranef: readonly RandomEffects[] | null;
}

interface Solved {
  readonly plan: PanelPlan;
  readonly shape: PanelShape;
  readonly solution: LmmSolution;
  readonly patterns: ReadonlyMap<number, ReadyPattern>;
}

/** The rows of some people as columns. */
function partOf(
  people: PanelPeople,
  { shape, plan, patterns }: Pick<Solved, "shape" | "plan" | "patterns">,
  positions: readonly Float64Array[] | null,
): SumsPart & { readonly positions: Float64Array } {
  const [m, q, size] = [shape.names.length + 1, shape.zScale.length, plan.cells.length + 1];
  let nrows = 0;
  let ngroups = 0;
  forEachPerson(people, patterns, ({ n }) => {
    nrows += n;
    ngroups++;
  });
  const columns = Array.from({ length: m }, () => new Float64Array(nrows));
  const random = Array.from({ length: q }, () => new Float64Array(nrows));
  const groups = new Int32Array(nrows);
  const placed = new Float64Array(nrows);
  const rows = new Float64Array(plan.waves.length * Math.max(m, q));
  let [row, group] = [0, 0];
  forEachPerson(people, patterns, (pattern, person) => {
    pattern.columns.evaluateInto(rows, 0, people.r, person * size);
    for (let t = 0; t < pattern.n; t++) for (let j = 0; j < m; j++) columns[j][row + t] = rows[t * m + j];
    pattern.random.evaluateInto(rows, 0, people.r, person * size);
    for (let t = 0; t < pattern.n; t++) for (let s = 0; s < q; s++) random[s][row + t] = rows[t * q + s];
    groups.fill(group++, row, row + pattern.n);
    if (positions !== null) placed.set(positions[pattern.index], row);
    row += pattern.n;
  });
  return { columns, random, groups, ngroups, positions: placed };
}

/** Goes through everybody for the sums of each person that a slope of their own needs. */
async function personalSolution(
  sums: PanelSums,
  found: Pick<Solved, "shape" | "plan" | "patterns">,
  options: ResolvedOptions,
  each: EachPerson,
): Promise<LmmSolution | null> {
  const { shape } = found;
  const { residual } = options;
  if (residual === null) {
    const parts: ReturnType<typeof reduce>[] = [];
    await each((people) => {
      parts.push(reduce(partOf(people, found, null)));
    });
    const setup = { ...shape, sums: merge(parts) };
    return collapsedSolution(setup, findOptimum(setup, options.method === "reml"));
  }
  const { positions, byPattern } = patternPositions(shape, sums, residual);
  const isRowwise = residualModel(residual.type, positions).rowwise !== null;
  const parts: ReturnType<typeof reducePatterns>[] = [];
  await each((people) => {
    parts.push(reducePatterns(partOf(people, found, byPattern), isRowwise));
  });
  return marginalFromSums({ sums: mergePatterns(parts), blocks: shape.blocks, positions, options, residual });
}

/** What is added up over people after a fit. */
interface Adder<Result> {
  add(people: PanelPeople): void;
  result(): Result;
}

/** The fit with standard errors of the clusters that people are. */
function robustAdder(
  fit: LmmFit,
  { shape, solution, plan, patterns }: Solved,
  type: RobustType,
): Adder<LmmFit> {
  const p = shape.names.length;
  const size = plan.cells.length + 1;
  const read = clusterReader(shape, solution, plan);
  const bread = new Float64Array(p * p);
  choleskyInto(
    bread,
    solution.inverse.map((value) => value * solution.sigma2),
    p,
  );
  const back = multiply(fixedTransform(shape), bread, { n: p, k: p, m: p });
  const meat = new Float64Array(p * p);
  const freedom = freedomAdder(fit, back);
  let nclusters = 0;
  return {
    add(people) {
      forEachPerson(people, patterns, (pattern, person) => {
        const { cluster, root } = read(pattern, people.r, person * size);
        const x = multiply(cluster.x, bread, { n: cluster.n, k: p, m: p });
        freedom.add(addClusterInto(meat, { ...cluster, x }, root, type));
        nclusters++;
      });
    },
    result() {
      checkClusters(plan.person, nclusters);
      const vcov = congruence(back, meat, smallSampleFactor(type, nclusters) * shape.yScale.scale ** 2);
      return withRobust(fit, { type, cluster: plan.person, nclusters, vcov, ...freedom.freedom() });
    },
  };
}

/** The random effects of everybody, listed by name. */
function ranefAdder({ shape, solution, plan, patterns }: Solved): Adder<RandomEffects[]> {
  const size = plan.cells.length + 1;
  const read = clusterReader(shape, solution, plan);
  const lambda = shape.blocks.map((block) => blockOf(solution.lambda, shape.zScale.length, block));
  const model = { design: shape, lambda, sigma2: solution.sigma2 };
  const names: (number | string)[] = [];
  const found = shape.blocks.map(() => [] as { mode: readonly number[]; stdDev: readonly number[] }[]);
  return {
    add(people) {
      forEachPerson(people, patterns, (pattern, person) => {
        const { cluster } = read(pattern, people.r, person * size);
        for (const { block, mode, covariance } of effectsOf(model, cluster, conditionalOf(cluster)))
          found[block].push({ mode, stdDev: covariance.map((row, i) => Math.sqrt(Math.max(0, row[i]))) });
        names.push(people.names?.[person] ?? names.length);
      });
    },
    result() {
      const order = [...names.keys()].sort((a, b) => compareNames(names[a], names[b]));
      return shape.blocks.map(({ group, names: terms }, b) => ({
        group,
        terms,
        levels: order.map((level) => String(names[level])),
        modes: order.map((level) => found[b][level].mode),
        conditionalStdDev: order.map((level) => found[b][level].stdDev),
      }));
    },
  };
}

function compareNames(a: number | string, b: number | string): number {
  return typeof a === "number" && typeof b === "number" ? a - b : compareCodePoints(String(a), String(b));
}

async function solve(sums: PanelSums, options: ResolvedOptions, each: EachPerson): Promise<Solved> {
  const { plan } = checkPanelSums(sums);
  const formula = parseFormula(plan.formula);
  const shape = shapePanel(formula, sums, options.minRows);
  const patterns = readyPatterns(shape, plan);
  const solution =
    shape.personal === null
      ? solvedPanel(withSums(shape), sums, options)
      : await personalSolution(sums, { plan, shape, patterns }, options, each);
  return { plan, shape, solution: checkSolved(solution, formula.outcome.text), patterns };
}

/**
 * A linear mixed model of which more has to be known of each person than sums of everybody say: slopes that differ from
 * person to person, robust standard errors that look at each one, random effects. Nobody's rows are read: each person is
 * the vector of a plan, and may be forgotten once it has been added.
 *
 * @param sums  of everybody, by a plan that was made with `slopes` where there are any.
 * @param each  goes through the same people; called once, and once more to look back at them after a fit with slopes.
 * @throws StatsError as `lmm`, and `sums.needs-rows` for Kenward and Roger's degrees of freedom.
 */
export async function lmmFromPeople(
  sums: PanelSums,
  options: LmmOptions,
  each: EachPerson,
  wants: { readonly ranef: boolean } = { ranef: false },
): Promise<LmmOfPeople> {
  const resolved = resolveOptions(options);
  if (resolved.df === "kenward-roger") throw new NeedsRows("Kenward and Roger's degrees of freedom");
  const found = await solve(sums, resolved, each);
  const fit = describeLmm(found.shape.facts, found.shape, found.solution, resolved);
  const robust = resolved.se === "model" ? null : robustAdder(fit, found, resolved.se);
  const effects = wants.ranef ? ranefAdder(found) : null;
  if (robust === null && effects === null) return { fit, ranef: null };
  await each((people) => {
    robust?.add(people);
    effects?.add(people);
  });
  return { fit: robust?.result() ?? fit, ranef: effects?.result() ?? null };
}
