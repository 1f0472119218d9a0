import { multiply } from "../../linalg/dense.ts";
import type { PanelPlan } from "../../panel/plan.ts";
import { recipeOutline } from "../../panel/score-outline.ts";
import {
  productsOfScores,
  type ResidualProduct,
  type ScoreRecipe,
  type ScoreSums,
} from "../../panel/scores.ts";
import { scoreColumns } from "../lmm/panel-scores.ts";
import type { PanelSetup } from "../lmm/panel-setup.ts";
import type { CorrelatedRows } from "./correlation.ts";
import type { NuisanceErrors } from "./nuisance.ts";
import type { GeeSolution } from "./objective.ts";
import type { WorkingCorrelationType } from "./options.ts";
import { classCorrelations } from "./pairs.ts";

/** What the second round is asked with. */
export interface GeeAtSolution {
  readonly setup: PanelSetup;
  readonly one: CorrelatedRows;
  readonly solution: GeeSolution;
  /** R^-1 of each pattern, by rows. */
  readonly inverses: readonly Float64Array[];
}

/** The equation of the scale: squared residuals, each of which is phi. */
function scaleProducts({ waves }: PanelPlan, phi: number): ResidualProduct[] {
  return waves.map((wave) => ({ first: wave, second: wave, factor: 1, expected: phi }));
}

/** The equations of the correlations: products of the residuals of two waves over phi, each of which is rho. */
function pairProducts({ setup, one, solution }: GeeAtSolution, { waves }: PanelPlan): ResidualProduct[][] {
  const { alpha, phi } = solution;
  const { rho, slope } = classCorrelations(one.pairs, alpha);
  const found = Array.from(alpha, () => new Map<string, ResidualProduct>());
  let pair = 0;
  for (const { pattern } of alpha.length === 0 ? [] : setup.patterns) {
    for (const [s, early] of pattern.waves.entries()) {
      for (const late of pattern.waves.slice(s + 1)) {
        const c = one.pairs.classOf === null ? 0 : one.pairs.classOf[pair++];
        found[alpha.length === 1 ? 0 : c].set(`${early},${late}`, {
          first: waves[early],
          second: waves[late],
          factor: slope[c] / phi,
          expected: slope[c] * rho[c],
        });
      }
    }
  }
  return found.map((entries) => [...entries.values()]);
}

/** What each person adds to the equations of coefficients, scale and correlations, in scaled coordinates. */
export function geeScoreRecipe(at: GeeAtSolution, plan: PanelPlan): ScoreRecipe {
  const { setup, solution, inverses } = at;
  return {
    formula: plan.formula,
    columns: scoreColumns(setup, plan),
    outcome: { shift: setup.yScale.shift, scale: setup.yScale.scale },
    coefficients: [...solution.b],
    weights: setup.patterns.map(({ pattern }, k) => ({
      waves: pattern.waves.map((wave) => plan.waves[wave]),
      matrix: [...inverses[k]],
    })),
    products: [scaleProducts(plan, solution.phi), ...pairProducts(at, plan)],
  };
}

/** The shape of that recipe before anything is estimated; numbers that the fit gives are NaN. */
export function geeRecipeOutline(plan: PanelPlan, correlation: WorkingCorrelationType): ScoreRecipe {
  const { waves } = plan;
  const pairs = waves.flatMap((first, s) =>
    waves.slice(s + 1).map((second) => ({ first, second, factor: Number.NaN, expected: Number.NaN })),
  );
  const byClass =
    correlation === "independence"
      ? []
      : correlation === "unstructured"
        ? pairs.map((pair) => [pair])
        : [pairs];
  return recipeOutline(plan, [scaleProducts(plan, Number.NaN), ...byClass]);
}

/** How the equations of scale and correlations change with what stands before them. */
export interface NuisanceSlopes {
  /** By the coefficients, signs turned. */
  readonly scaleByBeta: Float64Array;
  readonly alphaByBeta: readonly Float64Array[];
  readonly scaleByScale: number;
  readonly alphaByScale: Float64Array;
  readonly alphaByAlpha: Float64Array;
}

/** The sandwich, and the standard errors of scale and correlations: quadratic forms in the products of scores. */
export function robustParts(
  scores: ScoreSums,
  people: number,
  inverse: Float64Array,
  slopes: NuisanceSlopes,
): { readonly robust: Float64Array; readonly nuisance: NuisanceErrors } {
  const p = Math.round(Math.sqrt(inverse.length));
  const n = p + 1 + slopes.alphaByScale.length;
  const products = productsOfScores(scores, people);
  const meat = new Float64Array(p * p);
  for (let j = 0; j < p; j++) meat.set(products.subarray(j * n, j * n + p), j * p);
  const size = { n: p, k: p, m: p };
  const robust = multiply(multiply(inverse, meat, size), inverse, size);
  /** A person's influence on what `byBeta` is the slope of, as weights of the scores. */
  const passed = (byBeta: Float64Array) => {
    const weights = new Float64Array(n);
    weights.set(multiply(inverse, byBeta, { n: p, k: p, m: 1 }).map((value) => -value));
    return weights;
  };
  const scale = passed(slopes.scaleByBeta);
  scale[p] = 1;
  for (let e = 0; e < n; e++) scale[e] /= slopes.scaleByScale;
  const alpha = slopes.alphaByBeta.map((byBeta, c) => {
    const weights = passed(byBeta);
    weights[p + 1 + c] += 1;
    return weights.map((value, e) => (value - slopes.alphaByScale[c] * scale[e]) / slopes.alphaByAlpha[c]);
  });
  const length = (weights: Float64Array) => {
    let sum = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) sum += weights[i] * products[i * n + j] * weights[j];
    return Math.sqrt(sum);
  };
  return { robust, nuisance: { phi: length(scale), alpha: alpha.map(length) } };
}
