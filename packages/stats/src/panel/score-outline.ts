import { parseFormula } from "../formula/parse.ts";
import { codedColumns } from "../frame/design.ts";
import { planAlgebra } from "./algebra.ts";
import type { PanelPlan } from "./plan.ts";
import { type ScoreForm, scoreForm } from "./score-form.ts";
import type { ScoreRecipe } from "./scores.ts";

/** Sets of waves that show which weights differ between sets: everybody's, and one wave less. */
function shownSets({ waves }: PanelPlan): number[][] {
  const all = [...waves.keys()];
  return waves.length < 2 ? [all] : [all, all.slice(0, -1)];
}

/** A recipe before anything is estimated: every column that may stay, and NaN for each number that the fit gives. */
export function recipeOutline(plan: PanelPlan, products: ScoreRecipe["products"]): ScoreRecipe {
  const formula = parseFormula(plan.formula);
  const columns = codedColumns(formula, planAlgebra(formula, plan).codings).map(({ name, parts }) => ({
    term: name,
    parts: parts.map(({ variable, code }) => ({
      variable,
      level: code === null ? null : plan.levels[variable][code],
    })),
    shift: 0,
    scale: 1,
  }));
  return {
    formula: plan.formula,
    columns,
    outcome: { shift: 0, scale: 1 },
    coefficients: columns.map(() => Number.NaN),
    weights: shownSets(plan).map((set) => ({
      waves: set.map((wave) => plan.waves[wave]),
      matrix: new Array<number>(set.length * set.length).fill(Number.NaN),
    })),
    products,
  };
}

/** The form of an outline, of two sets of waves. */
export function formOutline(recipe: ScoreRecipe, plan: PanelPlan): ScoreForm {
  return scoreForm(recipe, plan, shownSets(plan));
}
