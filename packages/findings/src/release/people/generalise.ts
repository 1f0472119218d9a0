import { type Classes, classesOf, peopleUnder } from "./classes.ts";
import { type HiddenCells, hideCells } from "./hide-cells.ts";
import { costOf, type Ladder, lossOf, type Rung } from "./ladder.ts";

/** How far each variable is coarsened, and what is hidden besides. */
export interface Generalised {
  /** Place on each ladder. */
  readonly rungs: readonly number[];
  readonly cells: HiddenCells;
  /** Share of what each variable tells that is lost by coarsening alone. */
  readonly losses: readonly number[];
}

// Up to here every combination of rungs is looked at; above, a walk from the finest upwards.
const MOST_COMBINATIONS = 2000;
// Hiding is tried in earnest for the combinations that look best by a lower bound of their loss.
const TRIED_IN_EARNEST = 16;
// A hidden value is lost to every analysis, and it is rare people whose values are hidden; a coarser one is still a value.
const HIDING_COSTS = 3;

/**
 * The ways to tell the variables under which at least `k` people look alike and least is lost.
 *
 * Loss is the share of the entropy of the finest values allowed that is gone, averaged over variables; leaving one out
 * counts double, a hidden value {@link HIDING_COSTS} times. A lattice of rungs as in Samarati (2001), IEEE Trans. Knowl. Data Eng. 13(6), with
 * hiding of values in what is left, as in Hundepool and others, Statistical Disclosure Control (2012), chapter 3.
 */
export function generalise(ladders: readonly Ladder[], k: number, people: number): Generalised {
  const costs = ladders.map((ladder) => ladder.rungs.map((_, place) => costOf(ladder, place)));
  const nodes = nodesOf(ladders, (node) => boundOf(ladders, { node, costs, k, people }));
  const tried = nodes
    .sort((a, b) => a.bound - b.bound)
    .slice(0, TRIED_IN_EARNEST)
    .map(({ node }) => attempt(ladders, { node, costs, k, people }));
  return tried.reduce((best, each) => (each.loss < best.loss ? each : best));
}

type Node = readonly number[];

interface Case {
  readonly node: Node;
  readonly costs: readonly (readonly number[])[];
  readonly k: number;
  readonly people: number;
}

interface Bounded {
  readonly node: Node;
  readonly bound: number;
  readonly small: number;
}

/** The combinations of rungs worth looking at. */
function nodesOf(ladders: readonly Ladder[], look: (node: Node) => Omit<Bounded, "node">): Bounded[] {
  const combinations = ladders.reduce((product, { rungs }) => product * rungs.length, 1);
  const seen = (node: Node): Bounded => ({ node, ...look(node) });
  if (combinations <= MOST_COMBINATIONS) {
    const all = ladders.reduce<Node[]>(
      (nodes, { rungs }) => nodes.flatMap((node) => rungs.map((_, place) => [...node, place])),
      [[]],
    );
    return all.map(seen);
  }
  return walkUp(ladders, seen);
}

/** From the finest, always the step that leaves the least loss, until nobody is in a small class. */
function walkUp(ladders: readonly Ladder[], seen: (node: Node) => Bounded): Bounded[] {
  let here = seen(ladders.map(() => 0));
  const path = [here];
  while (here.small > 0) {
    const steps = ladders.flatMap(({ rungs }, variable) => {
      const place = (here.node[variable] ?? 0) + 1;
      return place < rungs.length ? [seen(here.node.with(variable, place))] : [];
    });
    if (steps.length === 0) break;
    here = steps.reduce((best, step) => (step.bound < best.bound ? step : best));
    path.push(here);
  }
  return path;
}

/** The least that can be lost: what coarsening loses, and one value of each person in a class that is too small. */
function boundOf(ladders: readonly Ladder[], { node, costs, k, people }: Case): Omit<Bounded, "node"> {
  const small = peopleUnder(classesAt(ladders, node, people), k);
  const coarse = mean(node.map((place, variable) => costs[variable]?.[place] ?? 0));
  return { small, bound: coarse + (HIDING_COSTS * small) / Math.max(1, people * ladders.length) };
}

function attempt(
  ladders: readonly Ladder[],
  { node, costs, k, people }: Case,
): Generalised & { readonly loss: number } {
  const rungs = rungsAt(ladders, node);
  const cost = node.map((place, variable) => costs[variable]?.[place] ?? 0);
  const worth = cost.map((share) => Math.max(0, 1 - share));
  const cells = hideCells(rungs, people, { k, worth });
  const hiding = cells.hidden.reduce((sum, count, variable) => sum + count * (worth[variable] ?? 0), 0);
  const removed = cells.removed.filter(Boolean).length * worth.reduce((sum, each) => sum + each, 0);
  const loss = mean(cost) + (HIDING_COSTS * (hiding + removed)) / Math.max(1, people * ladders.length);
  const losses = ladders.map((ladder, variable) => {
    const rung = rungs[variable];
    return rung === undefined ? 1 : lossOf(ladder, rung);
  });
  return { rungs: node, cells, losses, loss };
}

function rungsAt(ladders: readonly Ladder[], node: Node): readonly Rung[] {
  return ladders.flatMap(({ rungs }, variable) => rungs[node[variable] ?? 0] ?? []);
}

function classesAt(ladders: readonly Ladder[], node: Node, people: number): Classes {
  return classesOf(rungsAt(ladders, node), people);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
