import { StatsError } from "../../errors.ts";
import type { JointTest } from "../../inference/joint-test.ts";
import { fromRows, invertPositive } from "../../linalg/dense.ts";
import { chiSquareUpper } from "../../numeric/chi-square.ts";
import { fUpper } from "../../numeric/distributions.ts";
import type { FitData } from "../../table/table.ts";
import type { Matrix } from "../fit.ts";
import { resolveFeOptions } from "./options.ts";
import { type ReOptions, randomVcov, solveRandom } from "./random.ts";
import type { FeFit, ReFit } from "./result.ts";
import { setupPanel, withinPeople } from "./setup.ts";

export interface HausmanTest {
  readonly chiSquare: number;
  readonly df: number;
  readonly pValue: number;
  /** The effects compared. */
  readonly terms: readonly string[];
}

function quadraticInverse(matrix: Float64Array, vector: readonly number[]): number | null {
  const n = vector.length;
  const scale = vector.map((_, i) => Math.sqrt(Math.abs(matrix[i * n + i])));
  const scaled = matrix.map((value, e) => value / (scale[Math.floor(e / n)] * scale[e % n]));
  const inverse = invertPositive(scaled, n);
  if (inverse === null) return null;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) sum += (vector[i] / scale[i]) * inverse[i * n + j] * (vector[j] / scale[j]);
  }
  return sum;
}

/**
 * Hausman's test of fixed against random effects, from the covariances of the two models.
 *
 * A small p-value says that people's levels go with the predictors, so that only `fe` is consistent. The difference of
 * the covariances need not be positive definite in one sample; `mundlak` asks the same question without that flaw.
 *
 * @throws StatsError `fe.hausman` without effects in common, or with a difference that is not positive definite.
 * Hausman (1978), Econometrica 46, 1251-1271.
 */
export function hausman(fixed: FeFit, random: ReFit): HausmanTest {
  const terms = fixed.fixed
    .map(({ term }) => term)
    .filter((term) => random.fixed.some((row) => row.term === term));
  const places = (fit: FeFit | ReFit) => terms.map((term) => fit.fixed.findIndex((row) => row.term === term));
  const [inFixed, inRandom] = [places(fixed), places(random)];
  const n = terms.length;
  const difference = terms.map(
    (_, i) => fixed.fixed[inFixed[i]].estimate - random.fixed[inRandom[i]].estimate,
  );
  const covariance = Float64Array.from({ length: n * n }, (_, e) => {
    const [i, j] = [Math.floor(e / n), e % n];
    return fixed.modelVcov[inFixed[i]][inFixed[j]] - random.modelVcov[inRandom[i]][inRandom[j]];
  });
  const chiSquare = n === 0 ? null : quadraticInverse(covariance, difference);
  if (chiSquare !== null) return { chiSquare, df: n, pValue: chiSquareUpper(chiSquare, n), terms };
  throw new StatsError(
    "fe.hausman",
    `Expected effects in both fits whose covariances differ by a positive definite matrix; found ${n === 0 ? "no effect in both" : "one that is not"}. Use mundlak, the same question asked by regression.`,
  );
}

export interface MundlakTest extends JointTest {
  /** The predictors whose person means were added. */
  readonly terms: readonly string[];
  /** Coefficient of each person mean: how much more people differ from each other than from themselves. */
  readonly contextual: readonly {
    readonly term: string;
    readonly estimate: number;
    readonly stdError: number;
  }[];
}

function blockOf(matrix: Matrix, places: readonly number[]): Float64Array {
  return fromRows(places.map((i) => places.map((j) => matrix[i][j])));
}

/**
 * The Hausman question asked by regression: person means of what varies within people are added to a random-effects
 * model, and tested together to be zero. With clustered standard errors (default) it holds whatever the covariance of
 * a person's rows; F on (terms, people - 1), or chi-square with `se: "model"`.
 *
 * @throws StatsError `fe.*`, `formula.*`, `data.*`
 * Mundlak (1978), Econometrica 46, 69-85; Wooldridge (2010), section 10.7.3.
 */
export function mundlak(formula: string, data: FitData, options: ReOptions): MundlakTest {
  const resolved = resolveFeOptions({ se: "arellano", ...options });
  const panel = setupPanel(formula, data, resolved);
  const { people, predictors } = panel;
  const means = predictors
    .map(({ name, values }) => {
      const deviations = withinPeople(values, people);
      return { name, values: values.map((value, i) => value - deviations[i]), deviations };
    })
    .filter(({ deviations }) => deviations.some((value) => value !== 0))
    .map(({ name, values }) => ({ name: `between(${name})`, values }));
  const solution = solveRandom(panel, [...predictors, ...means]);
  const added = solution.names.filter((name) => means.some((mean) => mean.name === name));
  const places = added.map((name) => solution.names.indexOf(name));
  const { vcov } = randomVcov(panel, solution, resolved.se);
  const estimates = places.map((place) => solution.solved.beta[place]);
  const wald = places.length === 0 ? null : quadraticInverse(blockOf(vcov, places), estimates);
  if (wald === null) {
    throw new StatsError(
      "fe.hausman",
      `Expected predictors that vary within people and whose person means differ; found none in "${formula}". There is nothing to compare.`,
    );
  }
  const n = places.length;
  const df = resolved.se === "model" ? null : people.count - 1;
  return {
    statistic: wald / n,
    dfNumerator: n,
    dfDenominator: df,
    pValue: df === null ? chiSquareUpper(wald, n) : fUpper(wald / n, n, df),
    terms: added.map((name) => name.slice("between(".length, -1)),
    contextual: places.map((place, i) => ({
      term: added[i],
      estimate: estimates[i],
      stdError: Math.sqrt(vcov[place][place]),
    })),
  };
}
