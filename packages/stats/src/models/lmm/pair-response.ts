import type { GroupTotals } from "./group-totals.ts";
import { BLOCK, type ResponseBlock, type SinglesAtLambda } from "./response-block.ts";

/**
 * Writes H and P of the groups from `from` into a block, and adds their determinants and traces: two random effects.
 *
 * What group-kernel.ts computes for any number of them, written out, because a slope with an intercept is the model
 * whose groups hardly ever share a Gram matrix.
 */
export function respondPairs(
  { m, h, p }: ResponseBlock,
  totals: GroupTotals,
  { singles, lambda }: SinglesAtLambda,
  from: number,
): void {
  const { gram, cross } = singles;
  const [l00, , l10, l11] = lambda;
  let logDet = 0;
  let trace00 = 0;
  let trace01 = 0;
  let trace11 = 0;
  const end = Math.min(BLOCK, singles.count - from);
  for (let i = 0; i < end; i++) {
    const g00 = gram[(from + i) * 4];
    const g01 = gram[(from + i) * 4 + 1];
    const g11 = gram[(from + i) * 4 + 3];
    const s00 = 1 + l00 * l00 * g00 + 2 * l00 * l10 * g01 + l10 * l10 * g11;
    const c00 = Math.sqrt(s00);
    const c10 = (l11 * (l00 * g01 + l10 * g11)) / c00;
    const s11 = 1 + l11 * l11 * g11 - c10 * c10;
    const c11 = Math.sqrt(s11);
    logDet += Math.log(s00 * s11);
    const t00 = l00 / c00;
    const t01 = l10 / c00;
    const t10 = (-c10 * t00) / c11;
    const t11 = (l11 - c10 * t01) / c11;
    const f00 = g00 * t00 + g01 * t01;
    const f01 = g00 * t10 + g01 * t11;
    const f10 = g01 * t00 + g11 * t01;
    const f11 = g01 * t10 + g11 * t11;
    trace00 += g00 - f00 * f00 - f01 * f01;
    trace01 += g01 - f00 * f10 - f01 * f11;
    trace11 += g11 - f10 * f10 - f11 * f11;
    const at = (from + i) * 2 * m;
    let to = i;
    for (let c = 0; c < m; c++) {
      const u0 = cross[at + c];
      const u1 = cross[at + m + c];
      const h0 = t00 * u0 + t01 * u1;
      const h1 = t10 * u0 + t11 * u1;
      h[to] = h0;
      p[to] = u0 - f00 * h0 - f01 * h1;
      to += BLOCK;
      h[to] = h1;
      p[to] = u1 - f10 * h0 - f11 * h1;
      to += BLOCK;
    }
  }
  totals.logDet += logDet;
  totals.trace[0] += trace00;
  totals.trace[1] += trace01;
  totals.trace[2] += trace01;
  totals.trace[3] += trace11;
}
