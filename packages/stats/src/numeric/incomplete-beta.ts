/** The two tails of a beta distribution at one point; the smaller one keeps its digits. */
export interface BetaTails {
  readonly lower: number;
  readonly upper: number;
}

/** What Stirling's formula leaves out of log Gamma(z), for z of at least 15 (Abramowitz & Stegun 6.1.41). */
function stirlingRest(z: number): number {
  const w = 1 / (z * z);
  const series = 1 / 1188 - w * (691 / 360360);
  return (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * series)))) / z;
}

/**
 * The natural logarithm of the beta function B(a, b), a and b positive.
 *
 * Arguments are stepped up to 15 by B(a, b) = B(a, b + 1) (a + b) / b; there log Gamma's large parts cancel
 * on paper and not in the last digits.
 */
export function logBeta(a: number, b: number): number {
  let ratio = 1;
  let [p, q] = [a, b];
  for (; p < 15; p++) ratio *= (p + q) / p;
  for (; q < 15; q++) ratio *= (p + q) / q;
  const large = -(p - 0.5) * Math.log1p(q / p) - q * Math.log1p(p / q) - 0.5 * Math.log(q);
  const rest = stirlingRest(p) + stirlingRest(q) - stirlingRest(p + q);
  return 0.5 * Math.log(2 * Math.PI) + large + rest + Math.log(ratio);
}

/**
 * The continued fraction f with I_x(a, b) = x^a (1 - x)^b / (B(a, b) f), by Lentz's method.
 *
 * Didonato & Morris (1992), ACM Trans. Math. Softw. 18(3), equation 9; its terms need a (1 - x) - b x, which
 * the odds give without cancellation.
 */
function betaFraction(odds: number, a: number, b: number): number {
  const y = 1 / (1 + odds);
  const x = odds * y;
  const start = (a - b * odds) * y + 1;
  let fraction = (a * start) / (a + 1);
  let c = fraction;
  let d = 0;
  for (let n = 1; n < 1e5; n++) {
    const step = a + 2 * n - 1;
    const w = (n * (b - n) * x) / step;
    const alpha = ((a + n - 1) * (a + b + n - 1) * x * w) / step;
    const beta = n + w + ((a + n) * (start + n * (1 + y))) / (step + 2);
    d = 1 / (beta + alpha * d);
    c = beta + alpha / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 2e-16) break;
  }
  return fraction;
}

/**
 * The regularised incomplete beta function I_x(a, b) and its complement, at the odds x / (1 - x).
 *
 * Odds, because x itself cannot hold what lies close to 1. DLMF 8.17.
 */
export function betaTails(odds: number, a: number, b: number): BetaTails {
  if (!(odds >= 0 && a > 0 && b > 0)) return { lower: Number.NaN, upper: Number.NaN };
  if (odds === 0) return { lower: 0, upper: 1 };
  if (odds === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  if (odds * (b + 1) > a + 1) {
    const { lower, upper } = betaTails(1 / odds, b, a);
    return { lower: upper, upper: lower };
  }
  const logFront = -a * Math.log1p(1 / odds) - b * Math.log1p(odds) - logBeta(a, b);
  const lower = Math.exp(logFront) / betaFraction(odds, a, b);
  return { lower, upper: 1 - lower };
}
