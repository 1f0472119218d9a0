import { StatsError } from "../../errors.ts";
import { choleskyInto } from "../../linalg/cholesky.ts";
import { invertPositive } from "../../linalg/dense.ts";
import type { Random } from "../../random/random.ts";
import type { FitData } from "../../table/table.ts";
import type { Matrix, RandomEffects } from "../fit.ts";
import { withCovariateMoments } from "../sem/covariates.ts";
import { impliedMoments } from "../sem/implied.ts";
import type { SemImplied } from "../sem/model.ts";
import { problemModel, riclpmProblem } from "./estimate.ts";
import { reducedRows } from "./reduced.ts";
import type { RiclpmFit } from "./result.ts";
import { type RiclpmSetup, setupRiclpm } from "./setup.ts";

/** One answer beside what the person's earlier answers led one to expect. */
export interface RiclpmResidual {
  /** The id, or the number of the row in wide data. */
  readonly person: string;
  readonly series: "x" | "y";
  /** From 1. */
  readonly wave: number;
  readonly answer: number;
  /** Given the person's earlier answers of both series and their covariates. */
  readonly predicted: number;
  /** Of the answer about what was predicted. */
  readonly stdDev: number;
  readonly residual: number;
}

/** The people of a fit and the moments that the fit gives to their answers and levels. */
interface Fitted {
  readonly setup: RiclpmSetup;
  readonly implied: readonly SemImplied[];
}

/**
 * Reads the data of a fit again; nothing is fitted anew.
 *
 * @throws StatsError `riclpm.other-data` when they are not the data of the fit.
 */
function readAgain(fit: RiclpmFit, data: FitData): Fitted {
  const setup = setupRiclpm(fit.columns, data);
  const problem = riclpmProblem(reducedRows(setup), fit.settings);
  const model = withCovariateMoments(problemModel(problem), problem.data);
  const nobs = problem.data.reduce((sum, group) => sum + group.nobs, 0);
  if (nobs !== fit.nobs || setup.waves.length !== fit.waves.length) {
    throw new StatsError(
      "riclpm.other-data",
      `Expected the data of the fit, ${fit.nobs} people and ${fit.waves.length} waves; found ${nobs} people and ${setup.waves.length} waves. Give the same rows as to riclpm().`,
    );
  }
  const estimates = new Array<number>(fit.nparameters).fill(Number.NaN);
  for (const { free, estimate } of fit.parameters) estimates[free] = estimate;
  return { setup, implied: impliedMoments(model, estimates) };
}

/** The regression of some variables on others, from their covariances. */
interface Regression {
  /** targets x given. */
  readonly weights: Matrix;
  readonly stdDev: readonly number[];
}

function regression(covariance: Matrix, targets: readonly number[], given: readonly number[]): Regression {
  const k = given.length;
  const block = Float64Array.from(
    { length: k * k },
    (_, e) => covariance[given[Math.floor(e / k)]][given[e % k]],
  );
  const inverse = invertPositive(block, k) ?? new Float64Array(k * k).fill(Number.NaN);
  const weights = targets.map((target) =>
    given.map((_, j) => given.reduce((sum, one, i) => sum + covariance[target][one] * inverse[i * k + j], 0)),
  );
  const stdDev = targets.map((target, r) => {
    const explained = weights[r].reduce((sum, weight, j) => sum + weight * covariance[target][given[j]], 0);
    return Math.sqrt(Math.max(0, covariance[target][target] - explained));
  });
  return { weights, stdDev };
}

/** Regressions that were asked for before, by group, targets and what is given. */
function remembered(implied: readonly SemImplied[]) {
  const known = new Map<string, Regression>();
  return (group: number, targets: readonly number[], given: readonly number[]): Regression => {
    const key = `${group}:${targets.join(",")}:${given.join(",")}`;
    const found = known.get(key) ?? regression(implied[group].covariance, targets, given);
    known.set(key, found);
    return found;
  };
}

/** The columns that a person has, among those that `allowed` lets through. */
function observedOf({ sem }: RiclpmSetup, person: number, allowed: (column: number) => boolean): number[] {
  return sem.columns.flatMap((column, j) => (allowed(j) && !Number.isNaN(column[person]) ? [j] : []));
}

function expectedFrom(
  { weights }: Regression,
  about: { readonly row: number; readonly target: number; readonly given: readonly number[] },
  at: { readonly setup: RiclpmSetup; readonly mean: readonly number[]; readonly person: number },
): number {
  return about.given.reduce(
    (sum, j, i) => sum + weights[about.row][i] * (at.setup.sem.columns[j][at.person] - at.mean[j]),
    at.mean[about.target],
  );
}

/**
 * Each person's levels (and slopes, with growth) given all their answers, with conditional standard deviations.
 *
 * These are regression scores: shrunken towards what the model expects of someone with the person's covariates.
 *
 * @returns one block; its levels are the people with an answer. Empty without random intercepts.
 * @throws StatsError `riclpm.other-data`
 * Skrondal & Rabe-Hesketh (2009), J. R. Stat. Soc. A 172, 659-687 (empirical Bayes prediction).
 */
export function riclpmRanef(fit: RiclpmFit, data: FitData): RandomEffects[] {
  if (!fit.settings.randomIntercepts) return [];
  const { setup, implied } = readAgain(fit, data);
  const terms = fit.settings.growth === "linear" ? ["RIx", "RIy", "Sx", "Sy"] : ["RIx", "RIy"];
  const targets = terms.map((term) => implied[0].variables.indexOf(term));
  const regressionOf = remembered(implied);
  const levels: string[] = [];
  const modes: number[][] = [];
  const conditionalStdDev: (readonly number[])[] = [];
  for (let person = 0; person < setup.groupOf.length; person++) {
    const group = setup.groupOf[person];
    if (group < 0) continue;
    const given = observedOf(setup, person, () => true);
    const solved = regressionOf(group, targets, given);
    const at = { setup, mean: implied[group].mean, person };
    levels.push(setup.label(person));
    modes.push(targets.map((target, row) => expectedFrom(solved, { row, target, given }, at)));
    conditionalStdDev.push(solved.stdDev);
  }
  return [{ group: fit.columns.id ?? "person", terms, levels, modes, conditionalStdDev }];
}

/**
 * Every answer beside what the person's earlier answers led one to expect of it.
 *
 * @throws StatsError `riclpm.other-data`
 */
export function riclpmResiduals(fit: RiclpmFit, data: FitData): RiclpmResidual[] {
  const { setup, implied } = readAgain(fit, data);
  const waves = setup.waves.length;
  const regressionOf = remembered(implied);
  const rows: RiclpmResidual[] = [];
  for (let person = 0; person < setup.groupOf.length; person++) {
    const group = setup.groupOf[person];
    if (group < 0) continue;
    const label = setup.label(person);
    const at = { setup, mean: implied[group].mean, person };
    for (const target of observedOf(setup, person, (j) => j < 2 * waves)) {
      const wave = target % waves;
      const given = observedOf(setup, person, (j) => j >= 2 * waves || j % waves < wave);
      const solved = regressionOf(group, [target], given);
      const predicted = expectedFrom(solved, { row: 0, target, given }, at);
      const answer = setup.sem.columns[target][person];
      rows.push({
        person: label,
        series: target < waves ? "x" : "y",
        wave: wave + 1,
        answer,
        predicted,
        stdDev: solved.stdDev[0],
        residual: answer - predicted,
      });
    }
  }
  return rows;
}

/** Answers drawn from a fit: `x[wave][person]`, `y[wave][person]`, NaN where the person did not answer. */
export interface RiclpmDraw {
  readonly x: readonly Float64Array[];
  readonly y: readonly Float64Array[];
}

/**
 * New answers for the people of a fit, missing where theirs are missing, given their covariates.
 *
 * @throws StatsError `riclpm.other-data`, `riclpm.improper-draw` when the fit implies no distribution.
 */
export function riclpmSimulate(fit: RiclpmFit, data: FitData, random: Random): RiclpmDraw {
  const { setup, implied } = readAgain(fit, data);
  const k = 2 * setup.waves.length;
  const answers = Array.from({ length: k }, (_, j) => j);
  const covariates = setup.covariates.map((_, j) => k + j);
  const laws = implied.map(({ covariance }) => answersLaw(covariance, answers, covariates));
  const drawn = answers.map(() => new Float64Array(setup.groupOf.length).fill(Number.NaN));
  for (let person = 0; person < setup.groupOf.length; person++) {
    const group = setup.groupOf[person];
    if (group < 0) continue;
    const { solved, lower } = laws[group];
    const at = { setup, mean: implied[group].mean, person };
    const noise = answers.map(() => random.normal());
    for (const j of answers) {
      if (Number.isNaN(setup.sem.columns[j][person])) continue;
      let value = expectedFrom(solved, { row: j, target: j, given: covariates }, at);
      for (let i = 0; i <= j; i++) value += lower[j * k + i] * noise[i];
      drawn[j][person] = value;
    }
  }
  return { x: drawn.slice(0, k / 2), y: drawn.slice(k / 2) };
}

/** The regression of the answers on the covariates, and the Cholesky factor of what it leaves. */
function answersLaw(covariance: Matrix, answers: readonly number[], covariates: readonly number[]) {
  const k = answers.length;
  const solved = regression(covariance, answers, covariates);
  const left = Float64Array.from({ length: k * k }, (_, e) => {
    const [i, j] = [Math.floor(e / k), e % k];
    const explained = covariates.reduce((sum, one, c) => sum + solved.weights[i][c] * covariance[one][j], 0);
    return covariance[i][j] - explained;
  });
  const lower = new Float64Array(k * k);
  if (choleskyInto(lower, left, k)) return { solved, lower };
  throw new StatsError(
    "riclpm.improper-draw",
    "Expected a fit whose covariances belong to a distribution; found one that does not. Look at `improper` and fit a smaller model.",
  );
}
