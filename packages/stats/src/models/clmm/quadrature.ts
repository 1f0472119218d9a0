import { clamp, LARGEST_PRODUCT } from "./mode.ts";
import type { Criterion, PersonPoints, Workspace } from "./workspace.ts";

/** The points of one person around the mode. */
function placePoints(work: Workspace, { points, logWeights }: Criterion): void {
  const { local, at, factor } = work;
  for (let k = 0; k < logWeights.length; k++) {
    const u0 = local.u0 + local.c00 * points[2 * k] + local.c01 * points[2 * k + 1];
    const u1 = local.u1 + local.c11 * points[2 * k + 1];
    at.u0[k] = u0;
    at.u1[k] = u1;
    at.shared[k] = Math.exp(clamp(factor[0] * u0));
    at.logTerm[k] = logWeights[k] - (u0 * u0 + u1 * u1) / 2;
    at.product[k] = 1;
    at.d0[k] = -u0;
    at.d1[k] = -u1;
  }
}

/** log of the integral over one person's effects by adaptive quadrature; `logTerm` is left as posterior weights. */
export function integrate(work: Workspace, criterion: Criterion, group: number): number {
  const { eta, expFixed, loading, cells, local, expEta } = work;
  const { category, starts, interceptOnly } = criterion.rows;
  const { u0, u1, shared, logTerm, product } = work.at;
  const count = logTerm.length;
  const from = starts[group];
  const to = starts[group + 1];
  placePoints(work, criterion);
  for (let i = from; i < to; i++) {
    const v0 = loading[2 * i];
    const v1 = loading[2 * i + 1];
    const coef = cells.coef[category[i]];
    const lower = cells.lower[category[i]];
    const upper = cells.upper[category[i]];
    const place = (i - from) * count;
    for (let k = 0; k < count; k++) {
      const effect = clamp(v0 * u0[k] + v1 * u1[k]);
      const e = expFixed[i] * (interceptOnly ? shared[k] : Math.exp(effect));
      expEta[place + k] = e;
      logTerm[k] += coef * (eta[i] + effect);
      product[k] *= (1 + e * lower) * (1 + e * upper);
      if (product[k] > LARGEST_PRODUCT) {
        logTerm[k] -= Math.log(product[k]);
        product[k] = 1;
      }
    }
  }
  return Math.log(local.c00 * local.c11) + normalizeTerms(work.at);
}

/** log of the sum of the terms, which become shares of it. */
function normalizeTerms({ logTerm, product }: PersonPoints): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < logTerm.length; k++) {
    logTerm[k] -= Math.log(product[k]);
    if (logTerm[k] > largest) largest = logTerm[k];
  }
  let total = 0;
  for (let k = 0; k < logTerm.length; k++) {
    logTerm[k] = Math.exp(logTerm[k] - largest);
    total += logTerm[k];
  }
  for (let k = 0; k < logTerm.length; k++) logTerm[k] /= total;
  return largest + Math.log(total);
}
