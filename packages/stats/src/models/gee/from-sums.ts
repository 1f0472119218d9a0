import { parseFormula } from "../../formula/parse.ts";
import { invertPositive } from "../../linalg/dense.ts";
import { sumOfProducts } from "../../panel/pattern-rows.ts";
import { NeedsRows } from "../../panel/plan.ts";
import { checkPanelSums, type PanelSums } from "../../panel/sums.ts";
import { determinedOutcome } from "../glm/warn.ts";
import { type PanelSetup, type PatternDesign, setupPanel } from "../lmm/panel-setup.ts";
import { type CorrelatedRows, whitening } from "./correlation.ts";
import { type DescribedGee, describeSolved, type GeeInference } from "./describe.ts";
import type { Equations } from "./equations.ts";
import { type GeeSolution, solveEquations } from "./objective.ts";
import { type GeeOptions, type ResolvedGeeOptions, resolveGeeOptions } from "./options.ts";
import { pairsOf } from "./pairs.ts";
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
  const contrastOf = (b: Float64Array) => Float64Array.from({ length: m }, (_, j) => (j === p ? 1 : -b[j]));
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

function inferenceOf(equations: Equations, solution: GeeSolution): GeeInference {
  const none = { model: null, robust: null, shown: null, nuisance: null, qic: null };
  if (solution.state !== "converged") return none;
  const sums = equations.score(solution.b, solution.alpha);
  const inverse = sums === null ? null : invertPositive(sums.information, solution.b.length);
  if (inverse === null) return none;
  const model = inverse.map((value) => value * solution.phi);
  return { ...none, model, shown: model };
}

function checkOptions({ family, weights, se }: ResolvedGeeOptions): void {
  if (family !== "gaussian") throw new NeedsRows("a yes/no outcome");
  if (weights !== undefined) throw new NeedsRows("weights");
  if (se !== "model") throw new NeedsRows(`standard errors of type ${se}`);
}

/**
 * Generalised estimating equations of a gaussian outcome from the sums of a panel: coefficients, correlation, scale
 * and model-based standard errors that `gee` gives on the rows behind them. Those of the correlation and QIC are
 * of fourth order in the data and do not exist here.
 *
 * @throws StatsError `sums.needs-rows` for what the sums do not determine, `sums.different-shape`, and as `gee`.
 * Our own derivation from Liang & Zeger (1986), Biometrika 73, 13-22, section 3.
 */
export function geeFromSums(sums: PanelSums, options: GeeOptions): GeeFit {
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
  const equations = summedEquations(one, setup.patterns.map(productsOf), {
    ...{ p, nobs },
    correlation: resolved.correlation,
  });
  const solution = solveEquations(one, { equations, p }, resolved);
  // The outcome has unit variance here: a residual this small is rounding, not data.
  if (solution === null || !(solution.phi > 1e-12)) throw determinedOutcome(formula.outcome.text);
  const counted = { ...described, pairs: countedPairs(one, setup) };
  const warnings = summedGeeWarnings(counted, solution, resolved, formula);
  return describeSolved(
    counted,
    { solution, inference: inferenceOf(equations, solution), warnings },
    resolved,
  );
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
