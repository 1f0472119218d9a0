import { StatsError } from "../../errors.ts";
import { INTERCEPT } from "../../frame/design.ts";
import { type Grouping, groupMeans, groupSizes } from "../../frame/groups.ts";
import { invertPositive, multiply, toRows } from "../../linalg/dense.ts";
import type { FitData } from "../../table/table.ts";
import { type Warning, warning } from "../../warnings.ts";
import { clusteredVcov } from "./cluster-vcov.ts";
import { panelResult } from "./fit.ts";
import { type LeastSquares, leastSquares } from "./objective.ts";
import { type FeOptions, type ResolvedFeOptions, resolveFeOptions } from "./options.ts";
import type { ReFit } from "./result.ts";
import { type Panel, setupPanel, withinPeople } from "./setup.ts";

export type ReOptions = Omit<FeOptions, "effect">;

/** The variances of the rows and of people's levels, before a negative one is set to zero. */
interface Components {
  readonly residual: number;
  readonly person: number;
}

/** The trace of (B'B)^-1 B'DD'B for person means B weighted by rows: what the between regression takes of variance. */
function betweenTrace(columns: readonly Float64Array[], people: Grouping): number {
  const k = columns.length;
  const sizes = groupSizes(people);
  const means = columns.map((column) => groupMeans(column, people));
  const once = new Float64Array(k * k);
  const twice = new Float64Array(k * k);
  for (let g = 0; g < people.count; g++) {
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        const value = sizes[g] * means[i][g] * means[j][g];
        once[i * k + j] += value;
        twice[i * k + j] += sizes[g] * value;
      }
    }
  }
  const inverse = invertPositive(once, k);
  if (inverse === null) return Number.NaN;
  const product = multiply(inverse, twice, { n: k, k, m: k });
  let trace = 0;
  for (let i = 0; i < k; i++) trace += product[i * k + i];
  return trace;
}

function spread(values: Float64Array, people: Grouping): Float64Array {
  const means = groupMeans(values, people);
  return Float64Array.from(people.codes, (code) => means[code]);
}

/**
 * The variance components of Swamy & Arora (1972), from the residuals of the within and the between regression, with
 * expectations that hold for people with different numbers of rows (Baltagi & Chang 1994, as in plm).
 */
function components(panel: Panel, columns: readonly Float64Array[], y: Float64Array): Components {
  const { people } = panel;
  const n = y.length;
  const within = leastSquares(
    columns.map((column) => withinPeople(column, people)),
    withinPeople(y, people),
  );
  const between = leastSquares(
    columns.map((column) => spread(column, people)),
    spread(y, people),
  );
  const dfWithin = n - people.count - within.kept.length;
  const dfBetween = people.count - between.kept.length;
  if (dfWithin <= 0 || dfBetween <= 0) throw tooFew(panel, columns.length);
  checkResidual(panel, within.sumOfSquares);
  const residual = within.sumOfSquares / dfWithin;
  const trace = betweenTrace(
    between.kept.map((j) => columns[j]),
    people,
  );
  return { residual, person: (between.sumOfSquares - dfBetween * residual) / (n - trace) };
}

/** Without a residual within people no variance and no standard error exists. */
function checkResidual({ frame: { outcome, formula } }: Panel, residual: number): void {
  const mean = outcome.reduce((sum, value) => sum + value, 0) / outcome.length;
  const total = outcome.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (residual > 1e-13 * total) return;
  throw new StatsError(
    "fe.perfect-fit",
    `Expected an outcome that varies within people beyond what the terms say; found "${formula.outcome.text}" determined exactly. Remove the term that repeats the outcome, or check the column.`,
  );
}

function tooFew({ frame, people }: Panel, effects: number): StatsError {
  return new StatsError(
    "fe.too-few-rows",
    `Expected more people than effects, and more rows than people and effects together; found ${frame.outcome.length} rows, ${people.count} people and ${effects} effects. Use fewer terms or more people.`,
  );
}

/** The share of a person's mean that is taken off, by person. */
function thetas({ people }: Panel, { residual, person }: Components): Float64Array {
  return Float64Array.from(
    groupSizes(people),
    (size) => 1 - Math.sqrt(residual / (size * person + residual)),
  );
}

function quasiDemeaned(values: Float64Array, people: Grouping, theta: Float64Array): Float64Array {
  const means = groupMeans(values, people);
  return values.map((value, i) => value - theta[people.codes[i]] * means[people.codes[i]]);
}

function squaredCorrelation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) ** 2;
    bb += (b[i] - meanB) ** 2;
  }
  return (ab * ab) / (aa * bb);
}

/** The regression of rows from which a share of the person's mean is taken. */
export interface RandomSolution {
  readonly names: readonly string[];
  readonly solved: LeastSquares;
  /** The transformed columns kept. */
  readonly columns: readonly Float64Array[];
  readonly variances: Components;
  readonly theta: Float64Array;
  /** The squared correlation of the transformed outcome with its fitted values. */
  readonly rSquared: number;
  readonly negative: boolean;
}

/** Generalised least squares with Swamy and Arora's variances, of named columns. */
export function solveRandom(
  panel: Panel,
  predictors: readonly { readonly name: string; readonly values: Float64Array }[],
): RandomSolution {
  const { frame, people } = panel;
  const ones = new Float64Array(frame.outcome.length).fill(1);
  const all = [{ name: INTERCEPT, values: ones }, ...predictors];
  const independent = leastSquares(
    all.map(({ values }) => values),
    frame.outcome,
  ).kept.map((j) => all[j]);
  const found = components(
    panel,
    independent.map(({ values }) => values),
    frame.outcome,
  );
  const variances = { residual: found.residual, person: Math.max(0, found.person) };
  const theta = thetas(panel, variances);
  const transform = (values: Float64Array) => quasiDemeaned(values, people, theta);
  const columns = independent.map(({ values }) => transform(values));
  const y = transform(frame.outcome);
  const solved = leastSquares(columns, y);
  return {
    names: independent.map(({ name }) => name),
    solved,
    columns,
    variances,
    theta,
    rSquared: squaredCorrelation(
      y,
      y.map((value, i) => value - solved.residuals[i]),
    ),
    negative: found.person < 0,
  };
}

/** The covariance of the estimates: of the model, and the one asked for. */
export function randomVcov(
  { people, frame }: Panel,
  { solved, columns }: RandomSolution,
  se: ResolvedFeOptions["se"],
): { readonly modelVcov: number[][]; readonly vcov: number[][] } {
  const k = columns.length;
  const sigma2 = solved.sumOfSquares / (frame.outcome.length - k);
  const modelVcov = toRows(
    solved.inverse.map((value) => value * sigma2),
    k,
    k,
  );
  if (se === "model") return { modelVcov, vcov: modelVcov };
  return { modelVcov, vcov: toRows(clusteredVcov({ ...solved, columns, people }, se, k), k, k) };
}

function reWarnings({ negative }: RandomSolution): Warning[] {
  if (!negative) return [];
  return [
    warning(
      "fe.negative-variance",
      "Expected people to differ by more than their rows do; found a variance between people below zero, set to zero. The estimate is ordinary regression.",
    ),
  ];
}

/**
 * The random-effects estimator of Swamy & Arora, also for people with different numbers of rows.
 *
 * For a comparison with other software and with `fe` (`hausman`); a mixed model (`lmm`) with within and between terms
 * says more. Tests are normal, or t on people - 1 with clustered standard errors.
 *
 * @throws StatsError `fe.*`, `formula.*`, `data.*`
 * Swamy & Arora (1972), Econometrica 40, 261-275; Baltagi & Chang (1994), J. Econom. 62, 67-89.
 */
export function re(formula: string, data: FitData, options: ReOptions): ReFit {
  const resolved = resolveFeOptions(options);
  const panel = setupPanel(formula, data, resolved);
  const solution = solveRandom(panel, panel.predictors);
  const { names, solved, theta, variances, rSquared } = solution;
  const covariances = randomVcov(panel, solution, resolved.se);
  const dfResidual = panel.frame.outcome.length - names.length;
  const df = resolved.se === "model" ? null : panel.people.count - 1;
  const estimate = { names, beta: Array.from(solved.beta), ...covariances, df };
  return {
    ...panelResult(panel, estimate, resolved),
    estimator: "re",
    se: resolved.se,
    modelVcov: covariances.modelVcov,
    sigma: Math.sqrt(solved.sumOfSquares / dfResidual),
    dfResidual,
    rSquared,
    variances: { person: variances.person, residual: variances.residual },
    theta: {
      min: theta.reduce((least, value) => Math.min(least, value), 1),
      max: theta.reduce((most, value) => Math.max(most, value), 0),
    },
    warnings: reWarnings(solution),
  };
}
