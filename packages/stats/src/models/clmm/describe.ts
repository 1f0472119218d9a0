import { INTERCEPT } from "../../frame/design.ts";
import { groupSizes } from "../../frame/groups.ts";
import type { ModelFrame } from "../../frame/model-frame.ts";
import { waldRow } from "../../inference/wald.ts";
import { invertPositive } from "../../linalg/dense.ts";
import type { Coefficient, RandomBlock } from "../fit.ts";
import type { Optimum } from "./optimum.ts";
import type { ResolvedOptions } from "./options.ts";
import type { RandomPart } from "./random-part.ts";
import type { CategoricalFit } from "./result.ts";
import type { CategoricalSetup } from "./setup.ts";
import { type UserParameters, userParameters } from "./units.ts";
import { categoricalWarnings } from "./warn.ts";

/** `J V J'`, or NaN throughout when the Hessian is not positive definite. */
function covariance(user: UserParameters, { hessian, psi }: Optimum): number[][] {
  const n = psi.length;
  const inverse = invertPositive(hessian, n) ?? new Float64Array(n * n).fill(Number.NaN);
  const half = user.jacobian.map((row) =>
    Array.from({ length: n }, (_, j) => {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += row[k] * inverse[k * n + j];
      return sum;
    }),
  );
  return half.map((left) =>
    user.jacobian.map((right) => left.reduce((sum, value, k) => sum + value * right[k], 0)),
  );
}

/** A block of random effects with the standard errors of its standard deviations. */
interface BlockNumbers {
  readonly block: RandomBlock;
  readonly stdError: (number | null)[];
}

/** One block with the factor [l11; l21 l22] (or one number), whose covariance is `vcov`. */
function describeBlock(
  group: string,
  terms: readonly string[],
  theta: readonly number[],
  vcov: readonly (readonly number[])[],
): BlockNumbers {
  const factor = terms.length === 1 ? [[theta[0]]] : [[theta[0], 0], theta.slice(1)];
  const matrix = factor.map((a) => factor.map((b) => a.reduce((sum, value, k) => sum + value * b[k], 0)));
  const stdDev = matrix.map((row, i) => Math.sqrt(row[i]));
  const places = terms.length === 1 ? [[0]] : [[0], [1, 2]];
  const stdError = places.map((own, i) => {
    if (stdDev[i] === 0) return null;
    const gradient = own.map((k, c) => [k, factor[i][c] / stdDev[i]] as const);
    const variance = gradient.reduce(
      (sum, [k, a]) => sum + gradient.reduce((inner, [l, b]) => inner + a * b * vcov[k][l], 0),
      0,
    );
    return variance > 0 ? Math.sqrt(variance) : null;
  });
  const correlation = matrix.map((row, i) =>
    row.map((value, j) => (i === j ? 1 : value / (stdDev[i] * stdDev[j]))),
  );
  return { block: { group, terms, covariance: matrix, stdDev, correlation }, stdError };
}

function describeRandom(random: RandomPart, theta: readonly number[], vcov: number[][]): BlockNumbers[] {
  const names = random.columns.map(({ name }) => name);
  if (random.correlated || names.length === 1) return [describeBlock(random.group, names, theta, vcov)];
  return names.map((name, k) => describeBlock(random.group, [name], [theta[k]], [[vcov[k][k]]]));
}

/** A standard error that no data give: the likelihood is flat, because categories are told apart perfectly. */
const FLAT_STD_ERROR = 100;
const FAR = 10;

function range(values: Float64Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return high > low ? high - low : 1;
}

/** True for an effect that went away over its whole range while the likelihood hardly changed. */
function isSeparated(estimate: number, variance: number, span: number): boolean {
  const flat = !(Math.sqrt(variance) * span < FLAT_STD_ERROR);
  return flat && Math.abs(estimate) * span > FAR;
}

/**
 * True when nobody with several rows ever answered differently: the more people differ, the likelier that is, so that
 * the variance between them has no finite estimate, and nothing else has that is measured against it.
 */
function neverVaries({ random, rows: { starts, category } }: CategoricalSetup): boolean {
  if (random === null) return false;
  for (let g = 0; g + 1 < starts.length; g++) {
    for (let i = starts[g] + 1; i < starts[g + 1]; i++) if (category[i] !== category[starts[g]]) return false;
  }
  return true;
}

/** A block whose variance no data bound. */
function unknownBlock({ group, terms }: RandomBlock): RandomBlock {
  const unknown = terms.map(() => terms.map(() => Number.NaN));
  return { group, terms, covariance: unknown, stdDev: terms.map(() => Number.NaN), correlation: unknown };
}

/** The table of some parameters; those along which the likelihood is flat have no standard error. */
function table(
  terms: readonly string[],
  numbers: { readonly estimates: readonly number[]; readonly variances: readonly number[] },
  flat: readonly boolean[],
  level: number,
): Coefficient[] {
  return terms.map((term, k) => {
    const stdError = flat[k] ? Number.NaN : Math.sqrt(numbers.variances[k]);
    return waldRow({ term, estimate: numbers.estimates[k], stdError, df: null }, level);
  });
}

function means(setup: CategoricalSetup): Record<string, number> {
  const columns = [...setup.fixed, ...(setup.random?.columns ?? [])];
  return Object.fromEntries(
    columns
      .filter(({ name }) => name !== INTERCEPT)
      .map(({ name, values }) => [name, values.reduce((sum, value) => sum + value, 0) / values.length]),
  );
}

function thresholdNames({ rows, levels }: CategoricalSetup): string[] {
  return rows.freeThresholds ? levels.slice(1).map((level, k) => `${levels[k]}|${level}`) : [];
}

/** The result in the units of the data, as plain data; `estimator` and what else is special to a model is added. */
export function describeCategorical(
  frame: ModelFrame,
  setup: CategoricalSetup,
  optimum: Optimum,
  options: ResolvedOptions,
): Omit<CategoricalFit, "estimator"> {
  const user = userParameters(setup, optimum);
  const vcovAll = covariance(user, optimum);
  const terms = thresholdNames(setup);
  const [t, p] = [terms.length, setup.names.length];
  const variances = vcovAll.map((row, k) => row[k]);
  const found =
    setup.random === null
      ? []
      : describeRandom(
          setup.random,
          user.theta,
          vcovAll.slice(t + p).map((row) => row.slice(t + p)),
        );
  const unbounded = found.map(
    ({ block }) => neverVaries(setup) || block.stdDev.some((sd) => sd > FLAT_STD_ERROR),
  );
  const blocks = found.map(({ block, stdError }, k) =>
    unbounded[k] ? { block: unknownBlock(block), stdError: stdError.map(() => null) } : { block, stdError },
  );
  const anyUnbounded = unbounded.includes(true);
  const flatFixed = user.beta.map(
    (value, j) => anyUnbounded || isSeparated(value, variances[t + j], range(setup.fixed[j].values)),
  );
  const flatThresholds = user.thresholds.map(
    (value, k) => anyUnbounded || isSeparated(value, variances[k], 1),
  );
  const separated = anyUnbounded
    ? [...new Set(blocks.filter((_, k) => unbounded[k]).map(({ block }) => block.group))]
    : [...setup.names.filter((_, j) => flatFixed[j]), ...terms.filter((_, k) => flatThresholds[k])];
  const shared = { separated, options };
  return {
    formula: frame.formula.text,
    level: options.level,
    nodes: options.nodes,
    levels: setup.levels,
    emptyLevels: setup.emptyLevels,
    nobs: setup.rows.nobs,
    ngroups: setup.random === null ? {} : { [setup.random.group]: setup.ngroups },
    thresholds: table(terms, { estimates: user.thresholds, variances }, flatThresholds, options.level),
    fixed: table(
      setup.names,
      { estimates: user.beta, variances: variances.slice(t) },
      flatFixed,
      options.level,
    ),
    vcov: vcovAll.slice(t, t + p).map((row) => row.slice(t, t + p)),
    random: blocks.map(({ block }) => block),
    stdDevStdError: blocks.map(({ stdError }) => stdError),
    theta: user.theta,
    vcovAll,
    ...criteria(optimum.logLik, vcovAll.length, setup.rows.nobs),
    columnMeans: means(setup),
    converged: optimum.converged && separated.length === 0,
    singular: optimum.singular,
    warnings: categoricalWarnings(frame, setup, optimum, shared),
    rows: frame.rows,
    frame: { time: options.time ?? null, id: options.id ?? null, minRows: options.minRows ?? null },
    groupsWithTwoRows: repeatedGroups(frame),
    dropped: setup.dropped,
    withinStdDev: frame.withinStdDev,
  };
}

function criteria(logLik: number, nparameters: number, nobs: number) {
  const deviance = -2 * logLik;
  return {
    logLik,
    deviance,
    aic: deviance + 2 * nparameters,
    bic: deviance + Math.log(nobs) * nparameters,
    nparameters,
  };
}

function repeatedGroups({ groups, people }: ModelFrame): number {
  const grouping = people ?? groups;
  return grouping === null ? 0 : groupSizes(grouping).reduce((sum, size) => sum + (size >= 2 ? 1 : 0), 0);
}
