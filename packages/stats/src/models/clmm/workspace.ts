import { type Cells, createCells } from "./cells.ts";
import type { CategoricalRows } from "./setup.ts";

/** The elements of the lower Cholesky factor of the random effects' covariance that are free. */
export type FactorPlace = "11" | "21" | "22";

/** What is minimised: minus the log-likelihood by adaptive quadrature on these rows and these free elements. */
export interface Criterion {
  readonly rows: CategoricalRows;
  readonly places: readonly FactorPlace[];
  /** Points of the rule in two dimensions, times sqrt(2): count x 2. */
  readonly points: Float64Array;
  /** log(weight) + |point|^2 / 2 for each. */
  readonly logWeights: Float64Array;
}

/** Natural parameters. */
export interface Natural {
  readonly thresholds: Float64Array;
  readonly beta: Float64Array;
  /** l11, l21, l22. */
  readonly factor: Float64Array;
}

/** Buffers of the evaluation; nothing is allocated while it runs. */
export interface Workspace extends Natural {
  readonly cells: Cells;
  /** Linear predictor of the fixed effects and its exponential, by row. */
  readonly eta: Float64Array;
  readonly expFixed: Float64Array;
  /** The two loadings of each row on the standard normal effects: rows x 2. */
  readonly loading: Float64Array;
  /** The conditional modes of the standard normal effects, kept from one evaluation to the next: groups x 2. */
  readonly modes: Float64Array;
  /** exp(eta) of the rows of one person at every point: rows x points. */
  readonly expEta: Float64Array;
  /** The points of one person: effects, exp of a random intercept, log terms and then posterior weights. */
  readonly at: PersonPoints;
  /** Adjoints of eta and of the loadings, by row. */
  readonly etaBar: Float64Array;
  readonly loadingBar: Float64Array;
  readonly thresholdBar: Float64Array;
  /** The score of one person by thresholds, fixed effects and elements of the factor. */
  readonly score: Float64Array;
  /** The mode, the curvature there and its inverse factor, of the person at hand. */
  readonly local: LocalMode;
}

/** The points of the rule around the mode of one person, one number for each. */
export interface PersonPoints {
  readonly u0: Float64Array;
  readonly u1: Float64Array;
  readonly shared: Float64Array;
  readonly logTerm: Float64Array;
  readonly product: Float64Array;
  /** Derivatives of the log density by u, at the points. */
  readonly d0: Float64Array;
  readonly d1: Float64Array;
}

/** The conditional mode of one person and the curvature of the log density there. */
interface LocalMode {
  u0: number;
  u1: number;
  value: number;
  gradient0: number;
  gradient1: number;
  h00: number;
  h01: number;
  h11: number;
  /** C upper triangular with C C' = H^-1. */
  c00: number;
  c01: number;
  c11: number;
}

/** Buffers for one criterion, with every mode at zero. */
export function createWorkspace(criterion: Criterion): Workspace {
  const { rows, logWeights } = criterion;
  const { nobs, starts, p, ncategories } = rows;
  let longest = 0;
  for (let g = 0; g + 1 < starts.length; g++) longest = Math.max(longest, starts[g + 1] - starts[g]);
  const points = () => new Float64Array(logWeights.length);
  const local = { u0: 0, u1: 0, value: 0, gradient0: 0, gradient1: 0, h00: 1, h01: 0, h11: 1 };
  return {
    thresholds: new Float64Array(ncategories - 1),
    beta: new Float64Array(p),
    factor: new Float64Array(3),
    cells: createCells(ncategories),
    eta: new Float64Array(nobs),
    expFixed: new Float64Array(nobs),
    loading: new Float64Array(nobs * 2),
    modes: new Float64Array((starts.length - 1) * 2),
    expEta: new Float64Array(longest * logWeights.length),
    at: {
      u0: points(),
      u1: points(),
      shared: points(),
      logTerm: points(),
      product: points(),
      d0: points(),
      d1: points(),
    },
    etaBar: new Float64Array(nobs),
    loadingBar: new Float64Array(nobs * 2),
    thresholdBar: new Float64Array(ncategories + 1),
    score: new Float64Array(parameterCount(criterion)),
    local: { ...local, c00: 1, c01: 0, c11: 1 },
  };
}

/** The number of parameters that are searched over. */
export function parameterCount({ rows, places }: Criterion): number {
  return (rows.freeThresholds ? rows.ncategories - 1 : 0) + rows.p + places.length;
}

/**
 * Writes the natural parameters of `psi`: first threshold and log gaps, fixed effects, free elements of the
 * factor.
 */
export function readParametersInto(out: Natural, { rows, places }: Criterion, psi: Float64Array): void {
  let next = 0;
  if (rows.freeThresholds) {
    out.thresholds[0] = psi[next++];
    for (let k = 1; k < out.thresholds.length; k++) {
      out.thresholds[k] = out.thresholds[k - 1] + Math.exp(psi[next++]);
    }
  } else out.thresholds.fill(0);
  for (let j = 0; j < rows.p; j++) out.beta[j] = psi[next++];
  out.factor.fill(0);
  for (const place of places) out.factor[FACTOR_INDEX[place]] = psi[next++];
}

const FACTOR_INDEX: Readonly<Record<FactorPlace, number>> = { "11": 0, "21": 1, "22": 2 };
