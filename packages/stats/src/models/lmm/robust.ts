import { StatsError } from "../../errors.ts";
import { waldRow } from "../../inference/wald.ts";
import { multiply, solveLower, solveUpper, transpose } from "../../linalg/dense.ts";
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts";
import type { FitData } from "../../table/table.ts";
import { type Warning, warning } from "../../warnings.ts";
import { type Cluster, clusterOf, type FittedRows, fittedRowsOf, rowsByCluster } from "./cluster.ts";
import { compressCluster } from "./cluster-compress.ts";
import { breadRoot, cross, rootOf } from "./cluster-information.ts";
import type { LmmFit } from "./result.ts";
import {
  type ClusterForms,
  contrastAdder,
  dfAdder,
  MAX_QUARTIC,
  type RobustContrastParts,
  robustContrastDf,
} from "./robust-df.ts";
import { congruence, fixedTransform } from "./units.ts";

export type RobustType = "cr0" | "cr1" | "cr2";

/** What a fit with cluster-robust standard errors has besides. */
export interface RobustParts {
  readonly type: RobustType;
  /** The column that names the clusters. */
  readonly cluster: string;
  readonly nclusters: number;
  /** The covariance of the model, in the order of `fixed`. */
  readonly modelVcov: LmmFit["vcov"];
  /** Null with more than 20 fixed effects, or without degrees of freedom. */
  readonly contrasts: RobustContrastParts | null;
}

/** Under this many degrees of freedom a robust test rejects too often or too rarely (Tipton 2015). */
const FEW_DF = 4;

/** B^-1/2 on the directions in which B is not zero. */
function inverseRoot(b: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(b, n);
  const largest = values.reduce((max, value) => Math.max(max, value), 0);
  const out = new Float64Array(n * n);
  for (let e = 0; e < n; e++) {
    if (!(values[e] > 1e-13 * n * largest)) continue;
    const factor = 1 / Math.sqrt(values[e]);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) out[i * n + j] += factor * vectors[i * n + e] * vectors[j * n + e];
    }
  }
  return out;
}

/**
 * A V^-1 T of one cluster for a matrix T with its n rows, by rows, with A the identity (CR0, CR1) or the adjustment
 * that makes the sandwich unbiased under the working model: A = D' B^-1/2 D, B = D (V - X M X') D', V = D'D, and M the
 * identity here.
 *
 * Pustejovsky & Tipton (2018), J. Bus. Econ. Stat. 36, 672-683, equations 8 and 9; the root is a pseudo-inverse
 * where a cluster determines a coefficient alone.
 */
export function adjustedScores(
  { n, x }: Cluster,
  root: Float64Array,
  type: RobustType,
  target: Float64Array,
): Float64Array {
  const p = x.length / n;
  const white = solveLower(root, target, n);
  if (type !== "cr2") return solveUpper(root, white, n);
  const inner = cross(root, root, n);
  const b = multiply(inner, inner, { n, k: n, m: n });
  const projected = cross(root, x, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < p; k++) b[i * n + j] -= projected[i * p + k] * projected[j * p + k];
    }
  }
  const m = target.length / n;
  const adjusted = multiply(inverseRoot(b, n), white, { n, k: n, m });
  return multiply(root, adjusted, { n, k: n, m });
}

interface Sandwich {
  /** p x p: sum of the squared scores, where the bread is the identity. */
  readonly meat: Float64Array;
  readonly forms: readonly ClusterForms[];
}

/** Adds the squared score of a cluster to `meat`; X in coordinates where the bread is the identity. */
export function addClusterInto(
  meat: Float64Array,
  cluster: Cluster,
  root: Float64Array,
  type: RobustType,
): ClusterForms {
  const { n, x, residual } = cluster;
  const p = x.length / n;
  const scores = adjustedScores(cluster, root, type, x);
  const score = cross(scores, residual, n);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) meat[i * p + j] += score[i] * score[j];
  const spread = cross(root, scores, n);
  return { own: cross(spread, spread, n), leverage: cross(x, scores, n) };
}

function sandwichOf(
  clusters: readonly Cluster[],
  roots: readonly Float64Array[],
  type: RobustType,
): Sandwich {
  const p = clusters[0].x.length / clusters[0].n;
  const meat = new Float64Array(p * p);
  const forms = clusters.map((cluster, g) => addClusterInto(meat, cluster, roots[g], type));
  const correction = smallSampleFactor(type, clusters.length);
  return { meat: meat.map((value) => value * correction), forms };
}

/** J / (J - 1) for CR1, else 1. */
export function smallSampleFactor(type: RobustType, nclusters: number): number {
  return type === "cr1" ? nclusters / (nclusters - 1) : 1;
}

function checkRobust(fit: LmmFit, model: FittedRows): string {
  if (fit.dfMethod === "kenward-roger") {
    throw new StatsError(
      "lmm.robust-kenward-roger",
      'Expected df "satterthwaite" or "none" with robust standard errors; found "kenward-roger", which corrects the standard errors of the model. Choose one of the two.',
    );
  }
  const { clusters, clusterName } = model;
  if (clusterName === null) {
    throw new StatsError(
      "lmm.robust-needs-id",
      "Expected to know which rows belong to one person; found neither a random term nor an id. Name the column (--id).",
    );
  }
  checkClusters(clusterName, clusters.count);
  return clusterName;
}

/**
 * Refuses a single cluster.
 *
 * @throws StatsError `lmm.one-group`
 */
export function checkClusters(name: string, count: number): void {
  if (count >= 2) return;
  throw new StatsError(
    "lmm.one-group",
    `Expected at least two values of "${name}" among the rows used; found one. Robust standard errors need many people.`,
  );
}

function fewClusters(rows: LmmFit["fixed"], cluster: string, count: number): Warning[] {
  const few = rows.filter(({ df }) => df !== null && df < FEW_DF).map(({ term }) => term);
  if (few.length === 0) return [];
  return [
    warning(
      "lmm.robust-few-clusters",
      `Expected at least ${FEW_DF} degrees of freedom for a robust test; found fewer for ${few.join(", ")} (${count} "${cluster}"). Too few clusters say anything about ${few.length === 1 ? "it" : "them"}; rely on the standard error of the model there.`,
    ),
  ];
}

/** The independent clusters of a fit, in coordinates where the bread is the identity, and the way back. */
export interface RobustClusters {
  readonly model: FittedRows;
  readonly cluster: string;
  readonly clusters: readonly Cluster[];
  /** The lower Cholesky factor of each cluster's V. */
  readonly roots: readonly Float64Array[];
  /** p x p: fixed effects in scaled units of the outcome from those coordinates. */
  readonly back: Float64Array;
}

/**
 * The clusters of a fit with their covariances.
 *
 * @throws StatsError `lmm.robust-kenward-roger`, `lmm.robust-needs-id`, `lmm.one-group`, `fit.other-data`
 */
export function robustClusters(fit: LmmFit, data: FitData): RobustClusters {
  const model = fittedRowsOf(fit, data);
  const cluster = checkRobust(fit, model);
  const p = fit.fixed.length;
  const plain = rowsByCluster(model.clusters).map((rows) => compressCluster(clusterOf(model, rows), p));
  const roots = plain.map((each) => rootOf(each, model.sigma2));
  const bread = breadRoot(plain, roots, p);
  const clusters = plain.map((each) => ({ ...each, x: multiply(each.x, bread, { n: each.n, k: p, m: p }) }));
  const back = multiply(fixedTransform(model.design), bread, { n: p, k: p, m: p });
  return { model, cluster, clusters, roots, back };
}

/** The sandwich of a fit with its clusters. */
export interface RobustSandwich extends Sandwich, RobustClusters {}

/**
 * The clustered scores of a fit and the forms of their distribution under the working model.
 *
 * @throws StatsError `lmm.robust-kenward-roger`, `lmm.robust-needs-id`, `lmm.one-group`, `fit.other-data`
 */
export function robustSandwich(fit: LmmFit, data: FitData, type: RobustType): RobustSandwich {
  const parts = robustClusters(fit, data);
  const { clusters, roots } = parts;
  return { ...parts, ...sandwichOf(clusters, roots, type) };
}

/**
 * The fit with cluster-robust standard errors, and Satterthwaite's degrees of freedom for each.
 *
 * Clusters are the people (with nested factors, the outermost group). CR0 is the plain sandwich, CR1 multiplies it by
 * J / (J - 1), CR2 removes its bias under the model. `modelStdError` keeps the standard error of the model. The df of
 * contrasts go with the fit (up to 20 fixed effects), so that `contrast` and `jointTest` need no rows.
 *
 * @throws StatsError `lmm.robust-kenward-roger`, `lmm.robust-needs-id`, `lmm.one-group`, `fit.other-data`
 * Liang & Zeger (1986), Biometrika 73, 13-22; Bell & McCaffrey (2002), Surv. Methodol. 28, 169-181; Pustejovsky &
 * Tipton (2018), J. Bus. Econ. Stat. 36, 672-683.
 */
export function robust(fit: LmmFit, data: FitData, type: RobustType = "cr2"): LmmFit {
  const { model, cluster, clusters, meat, forms, back } = robustSandwich(fit, data, type);
  const nclusters = clusters.length;
  const vcov = congruence(back, meat, model.design.yScale.scale ** 2);
  const adder = freedomAdder(fit, back);
  for (const one of forms) adder.add(one);
  return withRobust(fit, { type, cluster, nclusters, vcov, ...adder.freedom() });
}

/** A cluster-robust covariance of the fixed effects, in the units of the data. */
export interface RobustCovariance extends Omit<RobustParts, "modelVcov"> {
  readonly vcov: LmmFit["vcov"];
  /** One for each fixed effect. */
  readonly dfs: readonly (number | null)[];
}

/** The fit with standard errors from a robust covariance. */
export function withRobust(fit: LmmFit, { vcov, dfs, ...parts }: RobustCovariance): LmmFit {
  const { type, cluster, nclusters } = parts;
  const modelVcov = fit.robust?.modelVcov ?? fit.vcov;
  const fixed = fit.fixed.map(({ term, estimate }, j) => ({
    ...waldRow({ term, estimate, stdError: Math.sqrt(vcov[j][j]), df: dfs[j] }, fit.level),
    modelStdError: Math.sqrt(modelVcov[j][j]),
  }));
  return {
    ...fit,
    se: type,
    fixed,
    vcov,
    satterthwaite: null,
    warnings: [...fit.warnings.filter(isStillTrue), ...fewClusters(fixed, cluster, nclusters)],
    robust: { ...parts, modelVcov },
  };
}

/** Robust standard errors answer the warning that rows of one person are not independent. */
function isStillTrue({ code }: Warning): boolean {
  return code !== "lm.rows-not-independent" && code !== "lmm.robust-few-clusters";
}

/** Degrees of freedom of a robust fit, from the forms of its clusters one by one. */
interface FreedomAdder {
  add(forms: ClusterForms): void;
  freedom(): Pick<RobustCovariance, "contrasts" | "dfs">;
}

/**
 * The degrees of freedom that a fit has with robust standard errors: of all contrasts, only of the coefficients where
 * there are too many of them, or none.
 *
 * @param back  from coordinates where the bread is the identity to the units of the fit.
 */
export function freedomAdder({ fixed, dfMethod }: LmmFit, back: Float64Array): FreedomAdder {
  const p = fixed.length;
  const directions = transpose(back, p, p);
  if (dfMethod === "none")
    return { add: () => undefined, freedom: () => ({ contrasts: null, dfs: fixed.map(() => null) }) };
  if (p > MAX_QUARTIC) {
    const columns = fixed.map((_, j) => Float64Array.from({ length: p }, (_, i) => directions[i * p + j]));
    const each = dfAdder(columns);
    return { add: each.add, freedom: () => ({ contrasts: null, dfs: each.dfs() }) };
  }
  const all = contrastAdder(p);
  return {
    add: all.add,
    freedom() {
      const contrasts = all.parts(directions);
      const unit = (j: number) => fixed.map((_, k) => Number(k === j));
      return { contrasts, dfs: fixed.map((_, j) => robustContrastDf(contrasts, unit(j))) };
    },
  };
}
