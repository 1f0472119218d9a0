import { parseFormula } from "../../formula/parse.ts";
import { invertPositive } from "../../linalg/dense.ts";
import { NeedsRows } from "../../panel/plan.ts";
import type { ScoreRecipe, ScoreSums } from "../../panel/scores.ts";
import { checkPanelSums, type PanelSums } from "../../panel/sums.ts";
import { determinedOutcome } from "../glm/warn.ts";
import { type PanelSetup, setupPanel } from "../lmm/panel-setup.ts";
import type { CorrelatedRows } from "./correlation.ts";
import { type DescribedGee, describeSolved, type GeeInference } from "./describe.ts";
import type { Equations } from "./equations.ts";
import { solveEquations } from "./objective.ts";
import { type GeeOptions, type ResolvedGeeOptions, resolveGeeOptions } from "./options.ts";
import { classCorrelations } from "./pairs.ts";
import {
  addTimes,
  bilinear,
  contrastOf,
  inverseCorrelations,
  onePersonEach,
  type PatternProducts,
  productsOf,
  summedEquations,
} from "./panel-equations.ts";
import { type GeeAtSolution, geeScoreRecipe, type NuisanceSlopes, robustParts } from "./panel-scores.ts";
import { qicFrom } from "./qic.ts";
import type { GeeFit } from "./result.ts";
import { checkPeople } from "./setup.ts";
import { summedGeeWarnings } from "./warn.ts";

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
export interface SolvedGee extends Omit<GeeAtSolution, "inverses"> {
  readonly equations: Equations;
  readonly products: readonly PatternProducts[];
  readonly described: DescribedGee;
  readonly options: ResolvedGeeOptions;
}

/** A^-1 at the solution; null where it does not exist. */
export function breadOf({ equations, solution }: SolvedGee): Float64Array | null {
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

/** The precision of equations without a solution. */
export const NOTHING: GeeInference = { model: null, robust: null, shown: null, nuisance: null, qic: null };

/** The precision of a fit; that of robust standard errors from the sums of their second round. */
export function inferenceOf(found: SolvedGee, scores: ScoreSums | undefined): GeeInference {
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

function checkOptions({ family, weights }: ResolvedGeeOptions): void {
  if (family !== "gaussian") throw new NeedsRows("a yes/no outcome");
  if (weights !== undefined) throw new NeedsRows("weights");
}

function checkErrors({ se }: ResolvedGeeOptions): void {
  if (se !== "model" && se !== "robust") throw new NeedsRows(`standard errors of type ${se}`);
}

/** The solution of the equations of sums. */
export function solvedGee(sums: PanelSums, options: GeeOptions): SolvedGee {
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
  const found = solvedGee(sums, options);
  const { one, solution, options: resolved } = found;
  checkErrors(resolved);
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
  const found = solvedGee(sums, options);
  checkErrors(found.options);
  return describedGee(found, inferenceOf(found, scores), false);
}

/** The fit in the units of the data. */
export function describedGee(found: SolvedGee, inference: GeeInference, leverage: boolean): GeeFit {
  const { described: of, solution, setup, options } = found;
  const warnings = summedGeeWarnings(of, solution, { options, leverage, formula: setup.facts.formula });
  return describeSolved(of, { solution, inference, warnings }, options);
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
