/** What Stirling's formula leaves out of log Gamma(z), for z of at least 15 (Abramowitz & Stegun 6.1.41). */
function stirlingRest(z: number): number {
  const w = 1 / (z * z);
  return (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w / 1188)))) / z;
}

/** x^a e^-x / Gamma(a + 1), the term by which neighbouring incomplete gamma functions differ. */
function gammaTerm(a: number, x: number): number {
  let scale = 1;
  let z = a + 1;
  for (; z < 15; z++) scale *= z / x;
  // Now the term is scale * x^(z - 1) e^-x / Gamma(z); large parts cancel on paper, not in the last digits.
  const ratio = (x - z) / z;
  const logRatio = ratio < -0.5 ? Math.log(x / z) : Math.log1p(ratio);
  const log = z * (logRatio - ratio) - 0.5 * Math.log((2 * Math.PI) / z) - stirlingRest(z);
  return (scale * Math.exp(log)) / x;
}

/** P(a, x) by its series of positive terms, for x up to about a (Abramowitz & Stegun 6.5.29). */
function gammaSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return gammaTerm(a, x) * sum;
}

/** 1 - P(a, x) by Lentz's continued fraction, for x beyond about a (DLMF 8.9.2). */
function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 1e5; n++) {
    const an = n * (a - n);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return gammaTerm(a, x) * a * fraction;
}

/** The regularised lower incomplete gamma function P(a, x), a positive. */
export function incompleteGamma(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return Number.NaN;
  if (x === 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x);
}

/** The regularised upper incomplete gamma function 1 - P(a, x), a positive, with its digits where it is small. */
function incompleteGammaUpper(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return Number.NaN;
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
}

/** P(X > x) for chi-square with `df` degrees of freedom; NaN for a statistic that is not known. */
export function chiSquareUpper(x: number, df: number): number {
  return x <= 0 ? 1 : incompleteGammaUpper(df / 2, x / 2);
}

/**
 * P(X <= x) for a noncentral chi-square with `df` degrees of freedom and noncentrality `ncp`.
 *
 * A Poisson mixture of central laws, summed outwards from its largest weight so that nothing underflows.
 * Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, equation 29.2.
 */
export function noncentralChiSquareCdf(x: number, df: number, ncp: number): number {
  if (!(df > 0 && ncp >= 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 0;
  const half = x / 2;
  if (ncp === 0) return incompleteGamma(df / 2, half);
  const mean = ncp / 2;
  const mode = Math.floor(mean);
  const start = df / 2 + mode;
  const weight = gammaTerm(mode, mean);
  const cdf = incompleteGamma(start, half);
  const step = gammaTerm(start, half);
  const above = sumAbove({ weight, cdf, step, half, mean, mode, start });
  return Math.min(1, weight * cdf + above + sumBelow({ weight, cdf, step, half, mean, mode, start }));
}

interface MixtureCentre {
  readonly weight: number;
  readonly cdf: number;
  readonly step: number;
  readonly half: number;
  readonly mean: number;
  readonly mode: number;
  readonly start: number;
}

function sumAbove(centre: MixtureCentre): number {
  let { weight, cdf, step } = centre;
  let sum = 0;
  for (let j = 1; weight > 1e-18; j++) {
    weight *= centre.mean / (centre.mode + j);
    cdf = Math.max(0, cdf - step);
    step *= centre.half / (centre.start + j);
    sum += weight * cdf;
  }
  return sum;
}

function sumBelow(centre: MixtureCentre): number {
  let { weight, cdf, step } = centre;
  let sum = 0;
  for (let j = 0; j < centre.mode && weight > 1e-18; j++) {
    weight *= (centre.mode - j) / centre.mean;
    step *= (centre.start - j) / centre.half;
    cdf = Math.min(1, cdf + step);
    sum += weight * cdf;
  }
  return sum;
}
