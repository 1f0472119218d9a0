import { termIndex } from "../../inference/term-names.ts";
import { invertPositive, multiply, solveLower, solveUpper } from "../../linalg/dense.ts";
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts";
import type { FitData } from "../../table/table.ts";
import { type Warning, warning } from "../../warnings.ts";
import { type Cluster, clusterOf, fittedRowsOf, rowsByCluster } from "./cluster.ts";
import { compressCluster } from "./cluster-compress.ts";
import { breadRoot, cross, rootOf } from "./cluster-information.ts";
import { clusterLabels } from "./ranef-conditional.ts";
import type { LmmFit } from "./result.ts";
import { fixedTransform } from "./units.ts";

/** What the answer owes to one person. */
export interface PersonInfluence {
  readonly level: string;
  readonly rows: number;
  /** The share of the fixed effects that the person determines; all people together have as many as there are effects. */
  readonly leverage: number;
  /** The squared distance by which all fixed effects move without the person, per effect; null where one is then unknown. */
  readonly cooksDistance: number | null;
  /** The change of each fixed effect without the person, in its standard errors; null as above. */
  readonly dfbetas: readonly number[] | null;
  /** The change of the contrast asked about, in its units; null without one. */
  readonly contrastChange: number | null;
}

export interface Influence {
  readonly group: string;
  readonly terms: readonly string[];
  /** One for each person, the most influential first. */
  readonly people: readonly PersonInfluence[];
  readonly warnings: readonly Warning[];
}

export interface InfluenceOptions {
  /** A linear combination of fixed effects whose change is asked about, as for `contrast`. */
  readonly contrast?: Readonly<Record<string, number>>;
}

/** A change of more than this many standard errors is said in a warning. */
const DECISIVE = 1;

/** Information and score of one cluster, where those of all sum to the identity and zero. */
interface Share {
  readonly information: Float64Array;
  readonly score: Float64Array;
}

function shareOf(cluster: Cluster, root: Float64Array, bread: Float64Array): Share {
  const { n, x, residual } = cluster;
  const p = bread.length ** 0.5;
  const white = solveLower(root, multiply(x, bread, { n, k: p, m: p }), n);
  const left = solveUpper(root, white, n);
  return { information: cross(white, white, n), score: cross(left, residual, n) };
}

/** (I - A)^-1 s: the change of the estimates when a cluster leaves, with the other sign; null when it cannot leave. */
function changeWithout({ information, score }: Share): Float64Array | null {
  const p = score.length;
  const left = information.map((value, e) => Number(e % (p + 1) === 0) - value);
  // What a cluster knows alone leaves rounding errors here, not information.
  if (symmetricEigen(left, p).values.some((value) => value < 1e-9)) return null;
  const inverse = invertPositive(left, p);
  return inverse === null ? null : multiply(inverse, score, { n: p, k: p, m: 1 });
}

function trace(matrix: Float64Array, p: number): number {
  let sum = 0;
  for (let i = 0; i < p; i++) sum += matrix[i * p + i];
  return sum;
}

/** At most this many people are named in the warning. */
const NAMED = 5;

function decisive(people: readonly PersonInfluence[], terms: readonly string[], group: string): Warning[] {
  const found = people.flatMap(({ level, dfbetas }) => {
    if (dfbetas === null) return [`${level} (an effect is unknown without)`];
    const moved = terms.filter((_, j) => Math.abs(dfbetas[j]) > DECISIVE);
    return moved.length === 0 ? [] : [`${level} (${moved.join(", ")})`];
  });
  if (found.length === 0) return [];
  const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : "";
  return [
    warning(
      "lmm.one-person-decides",
      `Expected effects that move by less than their standard error without any one "${group}"; found that they depend on ${found.slice(0, NAMED).join(", ")}${more}. Look at these rows; if they are right, report the result with and without.`,
    ),
  ];
}

function contrastVector(fit: LmmFit, weights: Readonly<Record<string, number>>): number[] {
  const vector = fit.fixed.map(() => 0);
  for (const [term, weight] of Object.entries(weights)) vector[termIndex(fit, term)] += weight;
  return vector;
}

/**
 * What the fixed effects would be without each person, at the variances estimated with everybody.
 *
 * The update is exact for fixed variances, so that nothing is fitted again; a person who also shapes the variances
 * matters a little more than it says. With nested factors a "person" is the outermost group.
 *
 * @throws StatsError `fit.other-data`, `fit.unknown-term`
 * Demidenko (2013), Mixed Models, 2nd ed., section 4.3; Cook's distance and DFBETAS as in Belsley, Kuh & Welsch (1980).
 */
export function influence(fit: LmmFit, data: FitData, options: InfluenceOptions = {}): Influence {
  const model = fittedRowsOf(fit, data);
  const p = fit.fixed.length;
  const terms = fit.fixed.map(({ term }) => term);
  const weights = options.contrast === undefined ? null : contrastVector(fit, options.contrast);
  const sizes = rowsByCluster(model.clusters);
  const clusters = sizes.map((rows) => compressCluster(clusterOf(model, rows), p));
  const roots = clusters.map((cluster) => rootOf(cluster, model.sigma2));
  const bread = breadRoot(clusters, roots, p);
  const back = multiply(fixedTransform(model.design), bread, { n: p, k: p, m: p });
  const unit = model.design.yScale.scale;
  const stdErrors = fit.fixed.map(({ stdError, modelStdError }) => modelStdError ?? stdError);
  const labels = clusterLabels(model, data);
  const people = clusters.map((cluster, g): PersonInfluence => {
    const share = shareOf(cluster, roots[g], bread);
    const moved = changeWithout(share);
    const change =
      moved === null ? null : multiply(back, moved, { n: p, k: p, m: 1 }).map((value) => -unit * value);
    return {
      level: labels[g],
      rows: sizes[g].length,
      leverage: trace(share.information, p),
      cooksDistance: moved === null ? null : moved.reduce((sum, value) => sum + value * value, 0) / p,
      dfbetas: change === null ? null : Array.from(change, (value, j) => value / stdErrors[j]),
      contrastChange:
        change === null || weights === null
          ? null
          : weights.reduce((sum, weight, j) => sum + weight * change[j], 0),
    };
  });
  const order = (each: PersonInfluence) => each.cooksDistance ?? Number.POSITIVE_INFINITY;
  people.sort((a, b) => (order(a) === order(b) ? 0 : order(b) - order(a)));
  const group = model.clusterName ?? "row";
  return { group, terms, people, warnings: decisive(people, terms, group) };
}
