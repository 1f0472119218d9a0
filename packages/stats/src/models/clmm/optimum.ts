import { gaussHermite } from "../../numeric/gauss-hermite.ts";
import { negativeLogLik } from "./objective.ts";
import { approachByScores, minimizeByScores } from "./search.ts";
import type { CategoricalRows, CategoricalSetup } from "./setup.ts";
import {
  type Criterion,
  createWorkspace,
  type FactorPlace,
  parameterCount,
  type Workspace,
} from "./workspace.ts";

/** Where minus the log-likelihood is smallest, in scaled coordinates. */
export interface Optimum {
  readonly criterion: Criterion;
  /** Buffers at the optimum: natural parameters and modes. */
  readonly work: Workspace;
  readonly psi: Float64Array;
  readonly logLik: number;
  /** Of minus the log-likelihood by `psi`, n x n by rows. */
  readonly hessian: Float64Array;
  readonly converged: boolean;
  readonly singular: boolean;
}

/** The product rule over as many effects as there are, in two dimensions. */
export function createCriterion(
  rows: CategoricalRows,
  places: readonly FactorPlace[],
  nodes: number,
): Criterion {
  const first = gaussHermite(places.includes("11") ? nodes : 1);
  const second = gaussHermite(places.includes("22") ? nodes : 1);
  const points: number[] = [];
  const logWeights: number[] = [];
  first.nodes.forEach((x, a) => {
    second.nodes.forEach((y, b) => {
      points.push(Math.SQRT2 * x, Math.SQRT2 * y);
      logWeights.push(Math.log(first.weights[a] * second.weights[b]) + x * x + y * y);
    });
  });
  return { rows, places, points: Float64Array.from(points), logWeights: Float64Array.from(logWeights) };
}

interface Found {
  readonly criterion: Criterion;
  readonly work: Workspace;
  readonly psi: Float64Array;
  readonly value: number;
  readonly hessian: Float64Array;
  readonly converged: boolean;
}

function search(criterion: Criterion, start: Float64Array): Found {
  const work = createWorkspace(criterion);
  const { x, value, hessian, converged } = minimizeByScores(
    (psi, out) => negativeLogLik(criterion, work, psi, out),
    start,
  );
  // The buffers hold what was evaluated last; they should hold the optimum.
  negativeLogLik(criterion, work, x, { gradient: new Float64Array(x.length) });
  return { criterion, work, psi: x, value, hessian, converged };
}

/** The thresholds that give the observed shares, no effects. */
function emptyStart({ rows }: CategoricalSetup): Float64Array {
  const start = new Float64Array((rows.freeThresholds ? rows.ncategories - 1 : 0) + rows.p);
  if (!rows.freeThresholds) return start;
  let below = 0;
  let before = 0;
  for (let k = 0; k < rows.ncategories - 1; k++) {
    below += rows.counts[k];
    const threshold = Math.log(below / (rows.nobs - below));
    start[k] = k === 0 ? threshold : Math.log(threshold - before);
    before = threshold;
  }
  return start;
}

/** Standard deviations that are tried at the start, in units of the latent logistic scale. */
const START_SD = [0.5, 1.5, 3.5];

/** The estimates without random effects, stretched for an SD (attenuation undone), with that SD. */
function stretchedStart(criterion: Criterion, plain: Float64Array, sd: number): Float64Array {
  const { rows, places } = criterion;
  const stretch = Math.sqrt(1 + 0.346 * sd * sd);
  const thresholds = rows.freeThresholds ? rows.ncategories - 1 : 0;
  const start = new Float64Array(plain.length + places.length);
  plain.forEach((value, k) => {
    const isGap = k > 0 && k < thresholds;
    start[k] = isGap ? value + Math.log(stretch) : value * stretch;
  });
  places.forEach((place, k) => {
    start[plain.length + k] = place === "11" ? sd : place === "22" ? sd / 2 : 0;
  });
  return start;
}

function bestStart(criterion: Criterion, plain: Float64Array): Float64Array {
  const work = createWorkspace(criterion);
  const gradient = new Float64Array(parameterCount(criterion));
  const starts = START_SD.map((sd) => stretchedStart(criterion, plain, sd));
  const values = starts.map((start) => negativeLogLik(criterion, work, start, { gradient }));
  return starts[values.indexOf(Math.min(...values))];
}

/** Without random effects rows are independent, and each has its own score. */
function plainCriterion({ rows }: CategoricalSetup): Criterion {
  const starts = Int32Array.from({ length: rows.nobs + 1 }, (_, i) => i);
  return createCriterion({ ...rows, starts }, [], 1);
}

/** The estimates without random effects, near enough to start from. */
function plainStart(setup: CategoricalSetup): Float64Array {
  const criterion = plainCriterion(setup);
  const work = createWorkspace(criterion);
  return approachByScores((psi, out) => negativeLogLik(criterion, work, psi, out), emptyStart(setup));
}

/** A Cholesky element below this, on the latent scale, is a variance of zero. */
const SINGULAR = 1e-4;

/** The free elements that do not vanish, and where they stand. */
function away({ criterion, work }: Found): { places: FactorPlace[]; start: number[] } {
  const [l11, l21, l22] = work.factor;
  const has = (place: FactorPlace) => criterion.places.includes(place);
  const slope = Math.hypot(l21, l22);
  const places: FactorPlace[] = [];
  const start: number[] = [];
  const keep = (place: FactorPlace, value: number) => {
    places.push(place);
    start.push(value);
  };
  if (has("11") && Math.abs(l11) >= SINGULAR) {
    keep("11", l11);
    if (has("21")) keep("21", l21);
    if (has("22") && Math.abs(l22) >= SINGULAR) keep("22", l22);
  } else if (has("22") && slope >= SINGULAR) keep("22", slope);
  return { places, start };
}

/** The best of searches from several sizes of the random effects. */
function searchElsewhere(first: Found, plain: Float64Array): Found {
  const others = START_SD.map((sd) => search(first.criterion, stretchedStart(first.criterion, plain, sd)));
  return others.reduce((best, other) => (other.value < best.value - 1e-7 ? other : best), first);
}

/** Fits again without the elements that vanish. */
function withoutVanishing(
  setup: CategoricalSetup,
  found: Found,
  nodes: number,
  plain: Float64Array,
): Optimum {
  const complete = found.criterion.places.length;
  const best = away(found).places.length === complete ? found : searchElsewhere(found, plain);
  const { places, start } = away(best);
  if (places.length === complete) return optimumOf(best, false);
  if (places.length === 0) return optimumOf(search(plainCriterion(setup), plain), true);
  const criterion = createCriterion(setup.rows, places, nodes);
  const fixed = best.psi.slice(0, best.psi.length - complete);
  return optimumOf(search(criterion, Float64Array.of(...fixed, ...start)), true);
}

function optimumOf({ value, ...found }: Found, singular: boolean): Optimum {
  return { ...found, logLik: -value, singular };
}

/**
 * The largest likelihood: first without random effects, then by quadrature from the best of a few sizes of the
 * random effects; an element of the factor under 1e-4 is fixed at exactly 0 and the rest fitted again.
 */
export function findOptimum(setup: CategoricalSetup, nodes: number): Optimum {
  if (setup.random === null) return optimumOf(search(plainCriterion(setup), emptyStart(setup)), false);
  const plain = plainStart(setup);
  const criterion = createCriterion(setup.rows, setup.random.places, nodes);
  const rough = createCriterion(setup.rows, setup.random.places, Math.min(nodes, 3));
  const found = search(criterion, bestStart(rough, plain));
  return withoutVanishing(setup, found, nodes, plain);
}
