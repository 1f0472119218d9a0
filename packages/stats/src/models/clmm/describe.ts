import { INTERCEPT } from "../../frame/design.ts";
import { groupSizes } from "../../frame/groups.ts";
import type { ModelFrame } from "../../frame/model-frame.ts";
import { waldRow } from "../../inference/wald.ts";
import { invertPositive } from "../../linalg/dense.ts";
import type { Coefficient } from "../fit.ts";
import type { Optimum } from "./optimum.ts";
import type { ResolvedOptions } from "./options.ts";
import type { RandomPart } from "./random-part.ts";
import type { CategoricalFit } from "./result.ts";
import { type BlockNumbers, separation } from "./separation.ts";
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
  const { blocks, flatThresholds, flatFixed, separated, known } = separation(setup, user, {
    vcovAll,
    blocks: found,
    thresholds: terms,
  });
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
    vcov: known.slice(t, t + p).map((row) => row.slice(t, t + p)),
    random: blocks.map(({ block }) => block),
    stdDevStdError: blocks.map(({ stdError }) => stdError),
    theta: user.theta,
    vcovAll: known,
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
