import { sumOfProducts } from "../../panel/pattern-rows.ts";
import { NeedsRows } from "../../panel/plan.ts";
import type { PanelSums } from "../../panel/sums.ts";
import { packedLength } from "../../sums/grouped-sums.ts";
import { mergePatterns, type PatternSums } from "../../sums/pattern-sums.ts";
import { type Positions, positionsInTime } from "./marginal/positions.ts";
import { marginalFromSums } from "./marginal/solution.ts";
import type { ResolvedOptions } from "./options.ts";
import type { PanelSetup, PanelShape, PatternDesign } from "./panel-setup.ts";
import type { ResolvedResidual } from "./residual-options.ts";
import type { LmmSolution } from "./solution.ts";

/** Where one person of each pattern stands in time. */
function positionsOf(setup: PanelShape, { plan }: PanelSums, residual: ResolvedResidual): Positions {
  const places = setup.patterns.flatMap(({ pattern }, p) => pattern.waves.map((wave) => ({ p, wave })));
  return positionsInTime({
    residual,
    times: Float64Array.from(places, ({ wave }) => plan.waves[wave]),
    people: { codes: Int32Array.from(places, ({ p }) => p), count: setup.patterns.length },
    npeople: setup.patterns.reduce((sum, { pattern }) => sum + pattern.people, 0),
    nameOf: () => "someone",
  });
}

/**
 * Where the people of each pattern stand in time.
 *
 * @throws StatsError `sums.needs-rows` where residuals are placed by another column than the waves.
 */
export function patternPositions(
  shape: PanelShape,
  sums: PanelSums,
  residual: ResolvedResidual,
): { readonly positions: Positions; readonly byPattern: readonly Float64Array[] } {
  if (residual.time !== sums.plan.time)
    throw new NeedsRows(`residuals placed by "${residual.time}", while the sums are by "${sums.plan.time}"`);
  const positions = positionsOf(shape, sums, residual);
  let from = 0;
  const byPattern = shape.patterns.map(({ rows }) => {
    from += rows.length;
    return positions.values.slice(from - rows.length, from);
  });
  return { positions, byPattern };
}

/** Pairs of rows j <= k by packed m x m, as `PatternSums` has them. */
function momentsOf({ pattern, rows }: PatternDesign): Float64Array {
  const m = rows[0].length;
  const moments = new Float64Array(packedLength(rows.length) * packedLength(m));
  let at = 0;
  for (let j = 0; j < rows.length; j++) {
    for (let k = j; k < rows.length; k++) {
      for (let a = 0; a < m; a++) {
        for (let b = a; b < m; b++) {
          const product = sumOfProducts(pattern, rows[j][a], rows[k][b]);
          moments[at++] = j === k ? product : product + sumOfProducts(pattern, rows[j][b], rows[k][a]);
        }
      }
    }
  }
  return moments;
}

function sumsOf(design: PatternDesign, positions: Float64Array): PatternSums {
  const { pattern, rows, random } = design;
  const size = rows.length;
  return {
    nobs: pattern.people * size,
    ngroups: pattern.people,
    m: rows[0].length,
    q: random[0].length,
    patterns: [
      {
        size,
        positions,
        random: Float64Array.from(random.flat()),
        people: pattern.people,
        moments: momentsOf(design),
      },
    ],
    series: {
      count: 0,
      starts: Int32Array.of(0),
      positions: new Float64Array(0),
      random: new Float64Array(0),
      columns: new Float64Array(0),
    },
  };
}

/**
 * The solution of a model whose residuals of one person go together, from the sums of a panel; null where the
 * outcome is determined exactly.
 *
 * @throws StatsError `sums.needs-rows` where residuals are placed by another column than the waves.
 */
export function panelMarginalSolution(
  setup: PanelSetup,
  sums: PanelSums,
  options: ResolvedOptions,
  residual: ResolvedResidual,
): LmmSolution | null {
  const { positions, byPattern } = patternPositions(setup, sums, residual);
  const parts = setup.patterns.map((design, p) => sumsOf(design, byPattern[p]));
  return marginalFromSums({ sums: mergePatterns(parts), blocks: setup.blocks, positions, options, residual });
}
