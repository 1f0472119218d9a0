/** The distribution of the outcome with its canonical link: identity for gaussian, logit for binomial. */
export type Family = "gaussian" | "binomial";

/** The probability whose log odds are `eta`. */
export function logistic(eta: number): number {
  return eta >= 0 ? 1 / (1 + Math.exp(-eta)) : Math.exp(eta) / (1 + Math.exp(eta));
}

/** The mean at the linear predictor `eta`. */
export function meanOf(family: Family, eta: number): number {
  return family === "gaussian" ? eta : logistic(eta);
}

/** The variance of the outcome without the scale, at the linear predictor; the derivative of the mean as well. */
export function varianceOf(family: Family, eta: number): number {
  // p (1 - p) as a product of two probabilities keeps its digits where p rounds to 1.
  return family === "gaussian" ? 1 : logistic(eta) * logistic(-eta);
}

/** -2 log-likelihood of an outcome of 0 or 1 (binomial), or the squared residual (gaussian). */
export function unitDeviance(family: Family, y: number, eta: number): number {
  if (family === "gaussian") return (y - eta) * (y - eta);
  return 2 * (Math.max(0, y === 1 ? -eta : eta) + Math.log1p(Math.exp(-Math.abs(eta))));
}
