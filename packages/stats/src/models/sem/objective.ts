import { StatsError } from "../../errors.ts";
import { multiply, transpose } from "../../linalg/dense.ts";
import { dampedStep } from "./information.ts";
import { type InformationKind, momentLikelihood, momentLogLik } from "./likelihood.ts";
import type { SemGroupData } from "./model.ts";
import { momentJacobian, observedMoments, ramState, subtractCurvatureInto } from "./ram.ts";
import type { GroupStructure, SemStructure } from "./structure.ts";
import { momentCount } from "./vech.ts";

/** A structure and the data it is fitted to. */
export interface SemProblem {
  readonly structure: SemStructure;
  readonly data: readonly SemGroupData[];
}

/** The log-likelihood with its derivatives in the free parameters. */
export interface SemPoint {
  readonly theta: Float64Array;
  readonly logLik: number;
  readonly gradient: Float64Array;
  /** nfree x nfree, null when not asked for. */
  readonly information: Float64Array | null;
}

/** The log-likelihood at `theta`, -Infinity where a covariance matrix of the observed is not positive definite. */
export function semLogLik({ structure, data }: SemProblem, theta: Float64Array): number {
  let logLik = 0;
  for (const [g, group] of structure.groups.entries()) {
    const state = ramState(group, theta);
    if (state === null) return Number.NEGATIVE_INFINITY;
    logLik += momentLogLik(data[g].patterns, observedMoments(state, structure.nobserved));
  }
  return logLik;
}

/** `J W J'` for J of nfree x kk. */
export function transformInformation(
  jacobian: Float64Array,
  information: Float64Array,
  kk: number,
): Float64Array {
  const n = jacobian.length / kk;
  const half = multiply(jacobian, information, { n, k: kk, m: kk });
  return multiply(half, transpose(jacobian, n, kk), { n, k: kk, m: n });
}

function addInto(out: Float64Array, values: Float64Array): void {
  for (let e = 0; e < out.length; e++) out[e] += values[e];
}

/** One group's share, or null where the likelihood does not exist. */
function groupPoint(
  problem: SemProblem,
  group: GroupStructure,
  g: number,
  at: { readonly theta: Float64Array; readonly kind: InformationKind },
): Omit<SemPoint, "theta"> | null {
  const { nobserved: p, nfree } = problem.structure;
  const state = ramState(group, at.theta);
  if (state === null) return null;
  const likelihood = momentLikelihood(problem.data[g].patterns, observedMoments(state, p), at.kind);
  if (likelihood === null) return null;
  const kk = momentCount(p);
  const jacobian = momentJacobian(group, state, { p, nfree });
  const gradient = multiply(jacobian, likelihood.gradient, { n: nfree, k: kk, m: 1 });
  if (likelihood.information === null) return { logLik: likelihood.logLik, gradient, information: null };
  const information = transformInformation(jacobian, likelihood.information, kk);
  if (at.kind === "observed")
    subtractCurvatureInto(information, group, state, { gradient: likelihood.gradient, p, nfree });
  return { logLik: likelihood.logLik, gradient, information };
}

/**
 * The log-likelihood at `theta` with its analytic gradient and, on request, its information.
 *
 * @returns null where a covariance matrix of the observed variables is not positive definite.
 */
export function semPoint(problem: SemProblem, theta: Float64Array, kind: InformationKind): SemPoint | null {
  const { nfree, groups } = problem.structure;
  let logLik = 0;
  const gradient = new Float64Array(nfree);
  const information = kind === "none" ? null : new Float64Array(nfree * nfree);
  for (const [g, group] of groups.entries()) {
    const part = groupPoint(problem, group, g, { theta, kind });
    if (part === null) return null;
    logLik += part.logLik;
    addInto(gradient, part.gradient);
    if (information !== null && part.information !== null) addInto(information, part.information);
  }
  return { theta, logLik, gradient, information };
}

/** The free parameters that stand only among intercepts: the means are linear in them. */
function interceptParameters({ structure }: SemProblem): number[] {
  const other = new Set<number>();
  const found = new Set<number>();
  for (const { cells } of structure.groups) {
    for (const { matrix, free } of cells) (matrix === "intercepts" ? found : other).add(free);
  }
  return [...found].filter((free) => !other.has(free));
}

/**
 * The best intercepts given the other start values, by generalised least squares in one step.
 *
 * Misplaced means would otherwise be taken for enormous variances by the first steps of all parameters together.
 */
function withFittedIntercepts(problem: SemProblem, theta: Float64Array): Float64Array {
  const chosen = interceptParameters(problem);
  const point = semPoint(problem, theta, "expected");
  if (point?.information == null || chosen.length === 0) return theta;
  const n = theta.length;
  const k = chosen.length;
  const information = Float64Array.from({ length: k * k }, (_, e) =>
    Number(point.information?.[chosen[Math.floor(e / k)] * n + chosen[e % k]]),
  );
  const gradient = Float64Array.from(chosen, (free) => point.gradient[free]);
  const direction = dampedStep(information, gradient, 0);
  if (direction === null) return theta;
  const next = Float64Array.from(theta);
  chosen.forEach((free, a) => {
    next[free] += direction.step[a];
  });
  return semLogLik(problem, next) > point.logLik ? next : theta;
}

/**
 * Start values where the likelihood exists: free variances are doubled until the covariances allow it.
 *
 * @throws StatsError `sem.start-values`
 */
export function feasibleStart(problem: SemProblem): Float64Array {
  const { structure } = problem;
  const theta = Float64Array.from(structure.start);
  const variances = new Set<number>();
  for (const { cells } of structure.groups) {
    for (const { matrix, row, column, free } of cells) {
      if (matrix === "covariances" && row === column) variances.add(free);
    }
  }
  for (let attempt = 0; attempt < 40; attempt++) {
    if (Number.isFinite(semLogLik(problem, theta))) return withFittedIntercepts(problem, theta);
    for (const free of variances) theta[free] = 2 * Math.abs(theta[free]) || 1;
  }
  throw new StatsError(
    "sem.start-values",
    "Expected start values that imply a positive definite covariance matrix of the observed variables; found none, even with larger variances. Give each observed variable a variance of its own, or other start values.",
  );
}
