import { multiply } from "../../linalg/dense.ts";
import { bitsOf, type LinearForms, linearForms, type PanelPeople } from "../../panel/people.ts";
import { cellsOf, type PanelPlan } from "../../panel/plan.ts";
import type { Cluster } from "./cluster.ts";
import { rootOf } from "./cluster-information.ts";
import type { PanelShape, PatternDesign } from "./panel-setup.ts";
import { residualMatrix } from "./residual.ts";
import type { LmmSolution } from "./solution.ts";

/** A pattern ready to give the rows of its people. */
export interface ReadyPattern {
  readonly index: number;
  readonly design: PatternDesign;
  /** Rows of each person. */
  readonly n: number;
  /** [X y] and Z, row after row. */
  readonly columns: LinearForms;
  readonly random: LinearForms;
}

/** The patterns of a shape by the waves of their people, as bits. */
export function readyPatterns(shape: PanelShape, plan: PanelPlan): ReadonlyMap<number, ReadyPattern> {
  return new Map(
    shape.patterns.map((design, index) => {
      const { waves } = design.pattern;
      const places = [0, ...cellsOf(plan, waves).map((cell) => cell + 1)];
      const columns = linearForms(design.rows.flat(), places);
      const random = linearForms(design.z.flat(), places);
      return [bitsOf(waves), { index, design, n: waves.length, columns, random }] as const;
    }),
  );
}

/** Calls `use` with everybody whose waves are those of a pattern. */
export function forEachPerson(
  { count, used }: PanelPeople,
  patterns: ReadonlyMap<number, ReadyPattern>,
  use: (pattern: ReadyPattern, person: number) => void,
): void {
  for (let person = 0; person < count; person++) {
    const pattern = patterns.get(used[person]);
    if (pattern !== undefined) use(pattern, person);
  }
}

/** One person as a cluster, with the lower Cholesky factor of V. */
interface RootedCluster {
  readonly cluster: Cluster;
  readonly root: Float64Array;
}

/** Gives people as the clusters of a solution, in scaled coordinates. */
export function clusterReader(
  shape: PanelShape,
  solution: LmmSolution,
  plan: PanelPlan,
): (pattern: ReadyPattern, r: Float64Array, from: number) => RootedCluster {
  const { beta, lambda, residual, sigma2 } = solution;
  const p = beta.length;
  const q = shape.zScale.length;
  const withins = shape.patterns.map(({ pattern }) =>
    residual.type === "iid"
      ? null
      : residualMatrix(
          residual,
          pattern.waves.map((wave) => plan.waves[wave]),
        ),
  );
  const effects = shape.blocks.map(({ start }, block) => ({ block, level: 0, start }));
  // V is the same for everybody of a pattern unless a slope is the person's own.
  const roots: (Float64Array | undefined)[] = [];
  return ({ index, n, columns, random }, r, from) => {
    const rows = new Float64Array(n * (p + 1));
    columns.evaluateInto(rows, 0, r, from);
    const x = new Float64Array(n * p);
    const left = new Float64Array(n);
    for (let t = 0; t < n; t++) {
      left[t] = rows[t * (p + 1) + p];
      for (let j = 0; j < p; j++) {
        x[t * p + j] = rows[t * (p + 1) + j];
        left[t] -= x[t * p + j] * beta[j];
      }
    }
    const z = new Float64Array(n * q);
    random.evaluateInto(z, 0, r, from);
    const factor = multiply(z, lambda, { n, k: q, m: q });
    const cluster: Cluster = {
      ...{ n, rows: new Int32Array(n), x, factor, nFactors: q, effects },
      ...{ residual: left, within: withins[index] },
    };
    const root = roots[index] ?? rootOf(cluster, sigma2);
    if (shape.personal === null) roots[index] = root;
    return { cluster, root };
  };
}
