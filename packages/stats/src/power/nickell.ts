/**
 * The bias of the within estimator of an autoregression, as the number of people grows: its limit less the truth.
 *
 * @param own  the autoregression, between -1 and 1.
 * @param pairs  usable pairs of neighbouring waves of each person: waves less one, at least 2.
 * Nickell (1981), Econometrica 49, 1417-1426, equation 18.
 */
export function nickellBias(own: number, pairs: number): number {
  const share = 1 - (1 - own ** pairs) / (pairs * (1 - own));
  const a = ((1 + own) / (pairs - 1)) * share;
  const b = 1 - ((2 * own) / ((1 - own) * (pairs - 1))) * share;
  return -a / b;
}
