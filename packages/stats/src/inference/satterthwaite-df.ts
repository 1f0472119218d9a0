type Matrix = readonly (readonly number[])[];

/** `l' A l`. */
export function quadraticForm(matrix: Matrix, l: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < l.length; i++) {
    if (l[i] === 0) continue;
    for (let j = 0; j < l.length; j++) sum += l[i] * matrix[i][j] * l[j];
  }
  return sum;
}

/**
 * Satterthwaite's degrees of freedom of the contrast `l`: 2 v^2 / (g' C g), v = l'Vl, g = its gradient by the
 * variance parameters and C their covariance.
 *
 * Kuznetsova, Brockhoff & Christensen (2017), J. Stat. Softw. 82(13), section 2.2.
 */
export function satterthwaiteDf(
  vcov: Matrix,
  parts: { readonly vcovParameters: Matrix; readonly dVcov: readonly Matrix[] },
  l: ArrayLike<number>,
): number {
  const variance = quadraticForm(vcov, l);
  const gradient = parts.dVcov.map((derivative) => quadraticForm(derivative, l));
  return (2 * variance * variance) / quadraticForm(parts.vcovParameters, gradient);
}
