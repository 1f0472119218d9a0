import { parseFormula } from "../../formula/parse.ts";
import { invertPositive } from "../../linalg/dense.ts";
import { sumOfProducts } from "../../panel/pattern-rows.ts";
import { NeedsRows } from "../../panel/plan.ts";
import type { ScoreRecipe, ScoreSums } from "../../panel/scores.ts";
import { checkPanelSums, type PanelSums } from "../../panel/sums.ts";
import { determinedOutcome } from "../glm/warn.ts";
import { type PanelSetup, type PatternDesign, setupPanel } from "../lmm/panel-setup.ts";
import { type CorrelatedRows, whitening } from "./correlation.ts";
import { type DescribedGee, describeSolved, type GeeInference } from "./describe.ts";
import type { Equations } from "./equations.ts";
import { solveEquations } from "./objective.ts";
import { type GeeOptions, type ResolvedGeeOptions, resolveGeeOptions } from "./options.ts";
import { classCorrelations, pairsOf } from "./pairs.ts";
import { type GeeAtSolution, geeScoreRecipe, type NuisanceSlopes, robustParts } from "./panel-scores.ts";
import { qicFrom } from "./qic.ts";
import type { GeeFit } from "./result.ts";
import { checkPeople, checkTimes } from "./setup.ts";
import { summedGeeWarnings } from "./warn.ts";

/** For rows s and t of a pattern: the sum over its people of (x y)_s (x y)_t', m x m. */
type RowProducts = (s: number, t: number) => Float64Array;

/** A pattern as sums of products of its people's rows [x y]. */
interface PatternProducts {
  readonly people: number;
  readonly size: number;
  readonly at: RowProducts;
}

function productsOf({ pattern, rows }: PatternDesign): PatternProducts {
  const m = rows[0].length;
  const all = rows.map((left) =>
    rows.map((right) =>
      Float64Array.from({ length: m * m }, (_, e) =>
        sumOfProducts(pattern, left[Math.floor(e / m)], right[e % m]),
      ),
    ),
  );
  return { people: pattern.people, size: rows.length, at: (s, t) => all[s][t] };
}

/** One person of each pattern: all that a working correlation asks of rows. */
function onePersonEach(
  { patterns }: PanelSetup,
  { plan }: PanelSums,
  options: ResolvedGeeOptions,
): CorrelatedRows {
  const sizes = patterns.map(({ rows }) => rows.length);
  const start = new Int32Array(sizes.length + 1);
  for (const [p, size] of sizes.entries()) start[p + 1] = start[p] + size;
  const needsTime = options.correlation === "ar1" || options.correlation === "unstructured";
  const times = patterns.flatMap(({ pattern }) => pattern.waves.map((wave) => plan.waves[wave]));
  const time = needsTime ? Float64Array.from(times) : null;
  if (time !== null) checkTimes(time, plan.time);
  const people = patterns.length;
  return {
    ...{ start, people, largest: Math.max(...sizes), time },
    pairs: pairsOf(options.correlation, { start, people, time }),
  };
}

/** The inverse working correlation of each pattern; null when `alpha` is no possible correlation. */
function inverseCorrelations(one: CorrelatedRows, type: string, alpha: Float64Array): Float64Array[] | null {
  const whitenInto = whitening(one, type, alpha);
  if (whitenInto === null) return null;
  const { start, people, largest } = one;
  const rows = start[people];
  const values = new Float64Array(rows * largest);
  for (let k = 0; k < people; k++)
    for (let i = start[k]; i < start[k + 1]; i++) values[i * largest + i - start[k]] = 1;
  whitenInto(values, largest);
  return Array.from({ length: people }, (_, k) => {
    const n = start[k + 1] - start[k];
    const inverse = new Float64Array(n * n);
    for (let i = start[k]; i < start[k + 1]; i++)
      for (let s = 0; s < n; s++)
        for (let t = 0; t < n; t++) inverse[s * n + t] += values[i * largest + s] * values[i * largest + t];
    return inverse;
  });
}

/** (-b, 1). */
function contrastOf(b: Float64Array): Float64Array {
  return Float64Array.from({ length: b.length + 1 }, (_, j) => (j === b.length ? 1 : -b[j]));
}

/** v'M w for an m x m matrix. */
function bilinear(matrix: Float64Array, v: Float64Array, w: Float64Array): number {
  const m = v.length;
  let sum = 0;
  for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) sum += v[a] * matrix[a * m + b] * w[b];
  return sum;
}

/** The estimating equations of a gaussian outcome from the products of people's rows. */
function summedEquations(
  one: CorrelatedRows,
  patterns: readonly PatternProducts[],
  { p, nobs, correlation }: { readonly p: number; readonly nobs: number; readonly correlation: string },
): Equations {
  const m = p + 1;
  return {
    score(b, alpha) {
      const inverses = inverseCorrelations(one, correlation, alpha);
      if (inverses === null) return null;
      const weighted = new Float64Array(m * m);
      for (const [k, { size, at }] of patterns.entries())
        for (let s = 0; s < size; s++)
          for (let t = 0; t < size; t++) {
            const [factor, products] = [inverses[k][s * size + t], at(s, t)];
            for (let e = 0; e < weighted.length; e++) weighted[e] += factor * products[e];
          }
      const contrast = contrastOf(b);
      const information = Float64Array.from(
        { length: p * p },
        (_, e) => weighted[Math.floor(e / p) * m + (e % p)],
      );
      const score = Float64Array.from({ length: p }, (_, j) =>
        contrast.reduce((sum, value, a) => sum + weighted[j * m + a] * value, 0),
      );
      return { information, score };
    },
    residuals(b) {
      const contrast = contrastOf(b);
      const { pairs } = one;
      const products = new Float64Array(pairs.classes);
      const weights = new Float64Array(pairs.classes);
      let [squares, pair] = [0, 0];
      for (const { people, size, at } of patterns) {
        for (let s = 0; s < size; s++) {
          squares += bilinear(at(s, s), contrast, contrast);
          for (let t = s + 1; t < size && pairs.classes > 0; t++) {
            const c = pairs.classOf === null ? 0 : pairs.classOf[pair++];
            products[c] += bilinear(at(s, t), contrast, contrast);
            weights[c] += people;
          }
        }
      }
      return { phi: squares / nobs, pairs: { products, weights } };
    },
  };
}

function describedOf(setup: PanelSetup, pairs: CorrelatedRows["pairs"]): DescribedGee {
  const { facts, patterns, names, dropped, nobs, hasIntercept, xScale, yScale } = setup;
  const sizes = patterns.map(({ rows }) => rows.length);
  const counts = patterns.map(({ pattern }) => pattern.people);
  return {
    people: counts.reduce((sum, count) => sum + count, 0),
    pairs,
    rows: { names, dropped, nobs, p: names.length, hasIntercept, xScale, yScale },
    frame: facts,
    groupsWithTwoRows: facts.groupsWithTwoRows,
    rowsPerPerson: { fewest: Math.min(...sizes), most: Math.max(...sizes) },
  };
}

/** A fit from sums before its precision is known. */
interface SolvedGee extends Omit<GeeAtSolution, "inverses"> {
  readonly equations: Equations;
  readonly products: readonly PatternProducts[];
  readonly described: DescribedGee;
  readonly options: ResolvedGeeOptions;
}

/** A^-1 at the solution; null where it does not exist. */
function breadOf({ equations, solution }: SolvedGee): Float64Array | null {
  if (solution.state !== "converged") return null;
  const sums = equations.score(solution.b, solution.alpha);
  return sums === null ? null : invertPositive(sums.information, solution.b.length);
}

/** The slopes of the equations of scale and correlations at the solution. */
function nuisanceSlopes({ setup, one, solution, products }: SolvedGee): NuisanceSlopes {
  const { alpha, phi, b } = solution;
  const p = b.length;
  const { slope } = classCorrelations(one.pairs, alpha);
  const contrast = contrastOf(b);
  const slopes = {
    scaleByBeta: new Float64Array(p),
    alphaByBeta: Array.from(alpha, () => new Float64Array(p)),
    scaleByScale: setup.nobs,
    alphaByScale: new Float64Array(alpha.length),
    alphaByAlpha: new Float64Array(alpha.length),
  };
  let pair = 0;
  for (const { people, size, at } of products) {
    for (let s = 0; s < size; s++) {
      addTimes(slopes.scaleByBeta, at(s, s), contrast, 2);
      for (let t = s + 1; t < size && alpha.length > 0; t++) {
        const c = one.pairs.classOf === null ? 0 : one.pairs.classOf[pair++];
        const a = alpha.length === 1 ? 0 : c;
        addTimes(slopes.alphaByBeta[a], at(s, t), contrast, slope[c] / phi);
        addTimes(slopes.alphaByBeta[a], at(t, s), contrast, slope[c] / phi);
        slopes.alphaByScale[a] += (slope[c] * bilinear(at(s, t), contrast, contrast)) / (phi * phi);
        slopes.alphaByAlpha[a] += people * slope[c] * slope[c];
      }
    }
  }
  return slopes;
}

/** Adds `factor` times the rows of X in M c: sums of x_s and the residual of t. */
function addTimes(out: Float64Array, matrix: Float64Array, contrast: Float64Array, factor: number): void {
  const m = contrast.length;
  for (let j = 0; j < out.length; j++)
    for (let k = 0; k < m; k++) out[j] += factor * matrix[j * m + k] * contrast[k];
}

const NOTHING: GeeInference = { model: null, robust: null, shown: null, nuisance: null, qic: null };

function inferenceOf(found: SolvedGee, scores: ScoreSums | undefined): GeeInference {
  const { setup, solution, described, options } = found;
  const inverse = breadOf(found);
  if (inverse === null) return NOTHING;
  const model = inverse.map((value) => value * solution.phi);
  if (options.se === "model") return { ...NOTHING, model, shown: model };
  if (scores === undefined)
    throw new NeedsRows(`standard errors of type ${options.se} without their second round`);
  const { people } = described;
  const { robust, nuisance } = robustParts(scores, people, inverse, nuisanceSlopes(found));
  if (people <= setup.names.length) return { ...NOTHING, model, nuisance };
  const quasiLik = (-solution.phi * setup.nobs * setup.yScale.scale ** 2) / 2;
  return {
    model,
    robust,
    shown: robust,
    nuisance,
    qic: qicFrom(solution.b.length, quasiLik, solution, robust),
  };
}

function checkOptions({ family, weights, se }: ResolvedGeeOptions): void {
  if (family !== "gaussian") throw new NeedsRows("a yes/no outcome");
  if (weights !== undefined) throw new NeedsRows("weights");
  if (se !== "model" && se !== "robust") throw new NeedsRows(`standard errors of type ${se}`);
}

function solved(sums: PanelSums, options: GeeOptions): SolvedGee {
  const resolved = resolveGeeOptions(options);
  checkOptions(resolved);
  const { plan } = checkPanelSums(sums);
  const formula = parseFormula(plan.formula);
  if (formula.random.length > 0) throw new NeedsRows("random terms in a formula for estimating equations");
  if (resolved.time !== undefined && resolved.time !== plan.time)
    throw new NeedsRows(`rows placed by "${resolved.time}", while the sums are by "${plan.time}"`);
  const setup = setupPanel(formula, sums, resolved.minRows);
  const one = onePersonEach(setup, sums, resolved);
  const described = describedOf(setup, one.pairs);
  checkPeople({ count: described.people }, resolved.id);
  const { p, nobs } = described.rows;
  const products = setup.patterns.map(productsOf);
  const { correlation } = resolved;
  const equations = summedEquations(one, products, { p, nobs, correlation });
  const solution = solveEquations(one, { equations, p }, resolved);
  // The outcome has unit variance here: a residual this small is rounding, not data.
  if (solution === null || !(solution.phi > 1e-12)) throw determinedOutcome(formula.outcome.text);
  const counted = { ...described, pairs: countedPairs(one, setup) };
  return { setup, one, solution, equations, products, described: counted, options: resolved };
}

/**
 * What each person adds to the equations of a fit from sums, for the second round that robust standard errors need;
 * null where none helps: those of the model, or equations without a solution.
 *
 * @throws StatsError as `geeFromSums`
 */
export function geeSecondRound(sums: PanelSums, options: GeeOptions): ScoreRecipe | null {
  const found = solved(sums, options);
  const { one, solution, options: resolved } = found;
  if (resolved.se === "model" || breadOf(found) === null) return null;
  const inverses = inverseCorrelations(one, resolved.correlation, solution.alpha);
  return inverses === null ? null : geeScoreRecipe({ ...found, inverses }, sums.plan);
}

/**
 * Generalised estimating equations of a gaussian outcome from the sums of a panel: the fit that `gee` gives on the
 * rows behind them. With `se` "model" the standard errors of the correlation and QIC, which are of fourth order in the
 * data, do not exist.
 *
 * @param scores  the sums of `geeSecondRound` over the same people, for robust standard errors.
 * @throws StatsError `sums.needs-rows` for what the sums do not determine, `sums.different-shape`, `sums.other-people`,
 *   and as `gee`.
 * Our own derivation from Liang & Zeger (1986), Biometrika 73, 13-22, section 3.
 */
export function geeFromSums(sums: PanelSums, options: GeeOptions, scores?: ScoreSums): GeeFit {
  const found = solved(sums, options);
  const { described, solution, setup, options: resolved } = found;
  const warnings = summedGeeWarnings(described, solution, resolved, setup.facts.formula);
  return describeSolved(described, { solution, inference: inferenceOf(found, scores), warnings }, resolved);
}

/** The pairs of everybody, where `one` has those of one person of each pattern. */
function countedPairs({ pairs }: CorrelatedRows, { patterns }: PanelSetup): CorrelatedRows["pairs"] {
  if (pairs.count === 0) return pairs;
  const count = patterns.reduce(
    (sum, { pattern, rows }) => sum + (pattern.people * rows.length * (rows.length - 1)) / 2,
    0,
  );
  return { ...pairs, count };
}
