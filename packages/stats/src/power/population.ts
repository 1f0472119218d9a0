import { StatsError } from "../errors.ts";
import { checkPanelTruth, type PanelTruth } from "./truth.ts";

/** 2 x 2 matrices by rows. */
type Two = readonly [number, number, number, number];

/** What draws the two series: lags, the covariance of a wave, of what a wave adds, and of the intercepts. */
export interface PanelLaw {
  readonly phi: Two;
  readonly within: Two;
  readonly innovation: Two;
  readonly between: Two;
}

function times(a: Two, b: Two): Two {
  return [
    a[0] * b[0] + a[1] * b[2],
    a[0] * b[1] + a[1] * b[3],
    a[2] * b[0] + a[3] * b[2],
    a[2] * b[1] + a[3] * b[3],
  ];
}

function transposed([a, b, c, d]: Two): Two {
  return [a, c, b, d];
}

/**
 * The law of a panel truth, order (x, y).
 *
 * @throws StatsError `power.truth` when no stationary process has these lags and correlation.
 */
export function panelLaw(truth: PanelTruth): PanelLaw {
  checkPanelTruth(truth);
  const { autoregression, xToY, yToX, withinCorrelation, betweenCorrelation, icc } = truth;
  const phi: Two = [autoregression.x, yToX, xToY, autoregression.y];
  const within: Two = [1, withinCorrelation, withinCorrelation, 1];
  const carried = times(times(phi, within), transposed(phi));
  const innovation = within.map((value, e) => value - carried[e]) as unknown as Two;
  if (!(innovation[0] > 0 && innovation[0] * innovation[3] > innovation[1] * innovation[2])) {
    throw new StatsError(
      "power.truth",
      "Expected lags small enough that each wave adds something of its own; found lags and a correlation that no stationary process has. Make the lags smaller.",
    );
  }
  const variance = icc / (1 - icc);
  const covariance = betweenCorrelation * variance;
  return { phi, within, innovation, between: [variance, covariance, covariance, variance] };
}

/**
 * The population covariance of x1 ... xT, y1 ... yT, 2T x 2T by rows.
 *
 * Mulder (2023), Struct. Equ. Modeling 30, 645: cov(w_t, w_s) = Phi^(t - s) S.
 */
export function panelCovariance(truth: PanelTruth): Float64Array {
  const { phi, within, between } = panelLaw(truth);
  const { waves } = truth;
  const n = 2 * waves;
  const out = new Float64Array(n * n);
  let carried: Two = within;
  for (let gap = 0; gap < waves; gap++) {
    for (let s = 0; s + gap < waves; s++) {
      for (let i = 0; i < 2; i++) {
        for (let j = 0; j < 2; j++) {
          const value = carried[i * 2 + j] + between[i * 2 + j];
          const [later, earlier] = [i * waves + s + gap, j * waves + s];
          out[later * n + earlier] = value;
          out[earlier * n + later] = value;
        }
      }
    }
    carried = times(phi, carried);
  }
  return out;
}
