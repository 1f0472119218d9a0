import { parseFormula } from "../formula/parse.ts";
import { packedLength } from "../sums/grouped-sums.ts";
import { columnPolynomial, planAlgebra } from "./algebra.ts";
import { weigher } from "./pattern-rows.ts";
import { bitsOf, linearForms, type PanelPeople } from "./people.ts";
import { cellsOf, type PanelPlan } from "./plan.ts";
import { constant } from "./polynomial.ts";
import { type ScoreColumn, type ScoreRecipe, type ScoreSums, scoreLength } from "./scores.ts";

/** A number of a person that is linear in r, and what scores are made of. */
interface ScoreFactor {
  /** What it is, such as "residual at 2". */
  readonly name: string;
  /** True where any number does for people who were not seen at its wave: it is multiplied by zero there. */
  readonly isFree: boolean;
}

/** Adds `factor` times one factor, or the product of two, to a score. */
export interface ScoreProduct {
  readonly score: number;
  readonly left: number;
  readonly right: number | null;
  readonly factor: number;
}

/** The scores of a recipe over the vectors r of a plan: quadratic in r, each pattern with its own weights. */
export interface ScoreForm {
  readonly plan: PanelPlan;
  readonly length: number;
  readonly factors: readonly ScoreFactor[];
  readonly products: readonly ScoreProduct[];
  readonly patterns: readonly ScorePattern[];
}

/** For people seen at the waves of these places: the weights of each factor over 1 and all cells of the plan. */
interface ScorePattern {
  readonly waves: readonly number[];
  /** Null where the factor's wave is not among theirs. */
  readonly weights: readonly (Float64Array | null)[];
}

/** For each wave of a pattern, the columns of [X y] as weights of 1 and all cells. */
function scaledRows(recipe: ScoreRecipe, plan: PanelPlan, waves: readonly number[]): Float64Array[][] {
  const algebra = planAlgebra(parseFormula(recipe.formula), plan);
  const weigh = weigher(plan, waves);
  const places = [0, ...cellsOf(plan, waves).map((cell) => cell + 1)];
  const widened = (weights: Float64Array, { shift, scale }: { shift: number; scale: number }) => {
    const full = new Float64Array(plan.cells.length + 1);
    for (const [k, place] of places.entries()) full[place] = weights[k] / scale;
    full[0] -= shift / scale;
    return full;
  };
  const coded = recipe.columns.map((column) => codedParts(column, plan));
  return waves.map((wave) => {
    const place = { waves, wave };
    const columns = recipe.columns.map((column, j) => {
      const parts = coded[j];
      // A level that nobody here has.
      const polynomial = parts === null ? constant(0) : columnPolynomial(algebra, parts, place);
      return widened(weigh(polynomial), column);
    });
    return [...columns, widened(weigh(algebra.outcomeAt(place)), recipe.outcome)];
  });
}

function codedParts({ parts }: ScoreColumn, { levels }: PanelPlan) {
  const coded = parts.map(({ variable, level }) => ({
    variable,
    code: level === null ? null : (levels[variable]?.indexOf(level) ?? -1),
  }));
  return coded.some(({ code }) => code === -1) ? null : coded;
}

function combined(weights: readonly number[], rows: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(rows[0].length);
  for (const [r, row] of rows.entries()) for (let k = 0; k < out.length; k++) out[k] += weights[r] * row[k];
  return out;
}

/** Where each factor stands: weighted residuals by wave, columns by wave, then residuals and constants. */
function places(recipe: ScoreRecipe, nwaves: number) {
  const p = recipe.columns.length;
  const residuals = nwaves + p * nwaves;
  return {
    weighted: (wave: number) => wave,
    column: (j: number, wave: number) => nwaves + j * nwaves + wave,
    residual: (wave: number) => residuals + wave,
    constant: (k: number) => residuals + nwaves + k,
  };
}

function factorsOf(recipe: ScoreRecipe, { waves }: PanelPlan): ScoreFactor[] {
  const at = (name: string, isFree: boolean) => waves.map((wave) => ({ name: `${name} at ${wave}`, isFree }));
  const columns = recipe.columns.flatMap(({ term }) => at(term, true));
  if (recipe.products.length === 0) return [...at("weighted residual", false), ...columns];
  const constants = recipe.products.map(() => ({ name: "what is expected", isFree: false }));
  return [...at("weighted residual", false), ...columns, ...at("residual", false), ...constants];
}

function productsOf(recipe: ScoreRecipe, plan: PanelPlan): ScoreProduct[] {
  const at = places(recipe, plan.waves.length);
  const p = recipe.columns.length;
  const equations = recipe.columns.flatMap((_, j) =>
    [...plan.waves.keys()].map((wave) => ({
      ...{ score: j, left: at.weighted(wave), right: at.column(j, wave), factor: 1 },
    })),
  );
  const residuals = recipe.products.flatMap((entries, k) => [
    ...entries.flatMap(({ first, second, factor }) => {
      const [one, other] = [plan.waves.indexOf(first), plan.waves.indexOf(second)];
      if (one < 0 || other < 0) return [];
      return [{ score: p + k, left: at.residual(one), right: at.residual(other), factor }];
    }),
    { score: p + k, left: at.constant(k), right: null, factor: 1 },
  ]);
  return [...equations, ...residuals];
}

/** What is expected of the residual products of people seen at these waves. */
function expectedOf(entries: ScoreRecipe["products"][number], seen: readonly number[]): number {
  return entries.reduce(
    (sum, { first, second, expected }) =>
      seen.includes(first) && seen.includes(second) ? sum + expected : sum,
    0,
  );
}

function patternOf(
  recipe: ScoreRecipe,
  plan: PanelPlan,
  waves: readonly number[],
  matrix: readonly number[],
): ScorePattern {
  const rows = scaledRows(recipe, plan, waves);
  const contrast = [...recipe.coefficients.map((b) => -b), 1];
  const residuals = rows.map((row) => combined(contrast, row));
  const at = places(recipe, plan.waves.length);
  const weights = new Array<Float64Array | null>(factorsOf(recipe, plan).length).fill(null);
  for (const [t, wave] of waves.entries()) {
    weights[at.weighted(wave)] = combined(matrix.slice(t * waves.length, (t + 1) * waves.length), residuals);
    recipe.columns.forEach((_, j) => {
      weights[at.column(j, wave)] = rows[t][j];
    });
    if (recipe.products.length > 0) weights[at.residual(wave)] = residuals[t];
  }
  const seen = waves.map((wave) => plan.waves[wave]);
  for (const [k, entries] of recipe.products.entries()) {
    const own = new Float64Array(plan.cells.length + 1);
    own[0] = -expectedOf(entries, seen);
    weights[at.constant(k)] = own;
  }
  return { waves, weights };
}

/**
 * The scores of a recipe over a plan of the same formula.
 *
 * @param waveSets  the places of the waves of each pattern that may be counted; those that the recipe has no weights
 *   for are left out.
 */
export function scoreForm(
  recipe: ScoreRecipe,
  plan: PanelPlan,
  waveSets: readonly (readonly number[])[],
): ScoreForm {
  const matrices = new Map(recipe.weights.map(({ waves, matrix }) => [waves.join(), matrix]));
  const patterns = waveSets.flatMap((waves) => {
    const matrix = matrices.get(waves.map((wave) => plan.waves[wave]).join());
    return matrix === undefined ? [] : [patternOf(recipe, plan, waves, matrix)];
  });
  return {
    plan,
    length: scoreLength(recipe),
    factors: factorsOf(recipe, plan),
    products: productsOf(recipe, plan),
    patterns,
  };
}

/** Adds people to sums of scores, wherever their vectors come from. */
export interface ScoreAdder {
  add(people: PanelPeople): void;
  total(): ScoreSums;
}

/** Nobody's scores yet. */
export function scoreAdder({ plan, length, factors, products, patterns }: ScoreForm): ScoreAdder {
  const size = plan.cells.length + 1;
  const everywhere = [...Array(size).keys()];
  const forms = new Map(
    patterns.map(({ waves, weights }) => [bitsOf(waves), linearForms(weights, everywhere)]),
  );
  const values = new Float64Array(factors.length);
  const scores = new Float64Array(length);
  const sum = new Float64Array(length);
  const packed = new Float64Array(packedLength(length));
  let people = 0;
  const addOne = () => {
    people++;
    scores.fill(0);
    for (const { score, left, right, factor } of products)
      scores[score] += factor * values[left] * (right === null ? 1 : values[right]);
    let at = 0;
    for (let j = 0; j < length; j++) {
      sum[j] += scores[j];
      for (let k = j; k < length; k++) packed[at++] += scores[j] * scores[k];
    }
  };
  return {
    add({ count, used, r }) {
      for (let i = 0; i < count; i++) {
        const form = forms.get(used[i]);
        if (form === undefined) continue;
        form.evaluateInto(values, 0, r, i * size);
        addOne();
      }
    },
    total: () => ({ people, sum: [...sum], products: [...packed] }),
  };
}
