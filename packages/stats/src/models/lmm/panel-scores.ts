import { multiply } from "../../linalg/dense.ts";
import type { PanelPlan } from "../../panel/plan.ts";
import type { ScoreColumn, ScoreRecipe } from "../../panel/scores.ts";
import { type Cluster, covarianceOf } from "./cluster.ts";
import { positiveInverse } from "./cluster-information.ts";
import type { PanelSetup, PatternDesign } from "./panel-setup.ts";
import { residualMatrix } from "./residual.ts";
import type { LmmSolution } from "./solution.ts";

/** The columns kept of a setup, each told by what it is a product of. */
export function scoreColumns({ coded, xScale }: PanelSetup, { levels }: PanelPlan): ScoreColumn[] {
  return coded.map(({ name, parts }, j) => ({
    term: name,
    parts: parts.map(({ variable, code }) => ({
      variable,
      level: code === null ? null : levels[variable][code],
    })),
    shift: xScale[j].shift,
    scale: xScale[j].scale,
  }));
}

/** One person of a pattern, without X: V = sigma2 (F F' + R). */
function personOf(
  { pattern, random }: PatternDesign,
  { lambda, residual }: LmmSolution,
  { waves }: PanelPlan,
): Cluster {
  const n = random.length;
  const q = random[0]?.length ?? 0;
  const times = pattern.waves.map((wave) => waves[wave]);
  return {
    n,
    rows: new Int32Array(n),
    x: new Float64Array(0),
    factor: multiply(Float64Array.from(random.flat()), lambda, { n, k: q, m: q }),
    nFactors: q,
    effects: [],
    residual: new Float64Array(n),
    within: residual.type === "iid" ? null : residualMatrix(residual, times),
  };
}

/** What each person adds to the equations of the fixed effects: X'V^-1 (y - X beta), in scaled coordinates. */
export function lmmScoreRecipe(setup: PanelSetup, solution: LmmSolution, plan: PanelPlan): ScoreRecipe {
  return {
    formula: plan.formula,
    columns: scoreColumns(setup, plan),
    outcome: { shift: setup.yScale.shift, scale: setup.yScale.scale },
    coefficients: [...solution.beta],
    weights: setup.patterns.map((design) => ({
      waves: design.pattern.waves.map((wave) => plan.waves[wave]),
      matrix: [
        ...positiveInverse(
          covarianceOf(personOf(design, solution, plan), solution.sigma2),
          design.random.length,
        ),
      ],
    })),
    products: [],
  };
}
