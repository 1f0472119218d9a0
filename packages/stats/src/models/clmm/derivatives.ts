import { clamp } from "./mode.ts";
import type { CategoricalRows } from "./setup.ts";
import type { Criterion, Workspace } from "./workspace.ts";

/** Adds the derivatives at fixed points, weighted by the posterior, to the adjoints; leaves those by u in d0, d1. */
function throughPoints(work: Workspace, rows: CategoricalRows, group: number): void {
  const { loading, cells, expEta, etaBar, loadingBar, thresholdBar } = work;
  const { u0, u1, logTerm: weight, d0, d1 } = work.at;
  const { category, starts } = rows;
  const count = weight.length;
  for (let i = starts[group]; i < starts[group + 1]; i++) {
    const v0 = loading[2 * i];
    const v1 = loading[2 * i + 1];
    const cell = category[i];
    const coef = cells.coef[cell];
    const lower = cells.lower[cell];
    const upper = cells.upper[cell];
    const place = (i - starts[group]) * count;
    let byA = 0;
    let byB = 0;
    let bar0 = 0;
    let bar1 = 0;
    for (let k = 0; k < count; k++) {
      const a = expEta[place + k] * lower;
      const b = expEta[place + k] * upper;
      const inverse = 1 / ((1 + a) * (1 + b));
      const ga = a * (1 + b) * inverse;
      const gb = b * (1 + a) * inverse;
      const first = coef - ga - gb;
      d0[k] += v0 * first;
      d1[k] += v1 * first;
      byA += weight[k] * ga;
      byB += weight[k] * gb;
      bar0 += weight[k] * first * u0[k];
      bar1 += weight[k] * first * u1[k];
    }
    etaBar[i] = coef - byA - byB;
    loadingBar[2 * i] = bar0;
    loadingBar[2 * i + 1] = bar1;
    thresholdBar[cell] += byA + cells.byLower[cell];
    thresholdBar[cell + 1] += byB + cells.byUpper[cell];
  }
}

/**
 * Writes the derivatives of one person's log integral into the adjoints, points moving with the mode and the
 * curvature.
 *
 * The rule stands at u_k = mode + C s_k. What its sum changes by through u_k is gathered in `a` (by the mode)
 * and `b` (by C); C = R^-T with H = R R' passes it to H, and H and the equation of the mode pass it to eta, the
 * loadings and the thresholds.
 */
export function differentiate(work: Workspace, { rows, points }: Criterion, group: number): void {
  const { c00, c01, c11 } = work.local;
  const { logTerm: weight, d0, d1 } = work.at;
  throughPoints(work, rows, group);
  let a0 = 0;
  let a1 = 0;
  let b00 = 0;
  let b01 = 0;
  let b11 = 0;
  for (let k = 0; k < weight.length; k++) {
    a0 += weight[k] * d0[k];
    a1 += weight[k] * d1[k];
    b00 += weight[k] * d0[k] * points[2 * k];
    b01 += weight[k] * d0[k] * points[2 * k + 1];
    b11 += weight[k] * d1[k] * points[2 * k + 1];
  }
  // M = the lower triangle of B'C with half its diagonal; the adjoint of H is -C M C' - C C' / 2, symmetrised.
  const m00 = (b00 * c00) / 2 + 0.5;
  const m10 = b01 * c00;
  const m11 = (b01 * c01 + b11 * c11) / 2 + 0.5;
  const n00 = c00 * m00 + c01 * m10;
  const n01 = c01 * m11;
  const n10 = c11 * m10;
  const n11 = c11 * m11;
  const h00 = -(n00 * c00 + n01 * c01);
  const h01 = -(n01 * c11 + n10 * c00 + n11 * c01) / 2;
  const h11 = -(n11 * c11);
  throughMode(work, rows, { from: rows.starts[group], to: rows.starts[group + 1], a0, a1, h00, h01, h11 });
}

interface ModeAdjoints {
  readonly from: number;
  readonly to: number;
  readonly a0: number;
  readonly a1: number;
  readonly h00: number;
  readonly h01: number;
  readonly h11: number;
}

/** Passes the adjoints of the mode and of the curvature H to eta, the loadings and the thresholds. */
function throughMode(work: Workspace, rows: CategoricalRows, adjoint: ModeAdjoints): void {
  const { expFixed, loading, cells, local, expEta, etaBar, loadingBar, thresholdBar } = work;
  const { lower, upper, coef } = cells;
  const { from, to, h00, h01, h11 } = adjoint;
  const { u0, u1, c00, c01, c11 } = local;
  const { category, interceptOnly } = rows;
  const shared = interceptOnly ? Math.exp(clamp(work.factor[0] * u0)) : 0;
  let a0 = adjoint.a0;
  let a1 = adjoint.a1;
  for (let i = from; i < to; i++) {
    const v0 = loading[2 * i];
    const v1 = loading[2 * i + 1];
    const e = expFixed[i] * (interceptOnly ? shared : Math.exp(clamp(v0 * u0 + v1 * u1)));
    expEta[i - from] = e;
    const a = e * lower[category[i]];
    const b = e * upper[category[i]];
    const ga = a / (1 + a);
    const gb = b / (1 + b);
    const third = ga * (1 - ga) * (1 - 2 * ga) + gb * (1 - gb) * (1 - 2 * gb);
    const curve = (h00 * v0 * v0 + 2 * h01 * v0 * v1 + h11 * v1 * v1) * third;
    a0 += v0 * curve;
    a1 += v1 * curve;
  }
  // H^-1 = C C'
  const t0 = c00 * a0;
  const t1 = c01 * a0 + c11 * a1;
  const w0 = c00 * t0 + c01 * t1;
  const w1 = c11 * t1;
  for (let i = from; i < to; i++) {
    const v0 = loading[2 * i];
    const v1 = loading[2 * i + 1];
    const cell = category[i];
    const a = expEta[i - from] * lower[cell];
    const b = expEta[i - from] * upper[cell];
    const ga = a / (1 + a);
    const gb = b / (1 + b);
    const wa = ga * (1 - ga);
    const wb = gb * (1 - gb);
    const curve = h00 * v0 * v0 + 2 * h01 * v0 * v1 + h11 * v1 * v1;
    const along = w0 * v0 + w1 * v1;
    const byA = wa * (curve * (1 - 2 * ga) - along);
    const byB = wb * (curve * (1 - 2 * gb) - along);
    const first = coef[cell] - ga - gb;
    const second = 2 * (wa + wb);
    etaBar[i] += byA + byB;
    thresholdBar[cell] -= byA;
    thresholdBar[cell + 1] -= byB;
    loadingBar[2 * i] += u0 * (byA + byB) + w0 * first + second * (h00 * v0 + h01 * v1);
    loadingBar[2 * i + 1] += u1 * (byA + byB) + w1 * first + second * (h01 * v0 + h11 * v1);
  }
}
