import { StatsError } from "../errors.ts";

function checkPValues(pValues: readonly number[]): void {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong === undefined) return;
  throw new StatsError(
    "multiplicity.p-value",
    `Expected p-values between 0 and 1; found ${wrong}. Leave out tests that could not be computed.`,
  );
}

function ascending(pValues: readonly number[]): number[] {
  return [...pValues.keys()].sort((a, b) => pValues[a] - pValues[b]);
}

/**
 * Holm's adjusted p-values, in the order given: they control the chance of any false claim in the family.
 *
 * @throws StatsError `multiplicity.p-value`
 * Holm (1979), Scand. J. Stat. 6, 65-70.
 */
export function holm(pValues: readonly number[]): number[] {
  checkPValues(pValues);
  const adjusted = pValues.map(() => 0);
  let largest = 0;
  ascending(pValues).forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[index]));
    adjusted[index] = largest;
  });
  return adjusted;
}

/**
 * Benjamini and Hochberg's adjusted p-values, in the order given: they control the false discovery rate.
 *
 * @throws StatsError `multiplicity.p-value`
 * Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57, 289-300.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  checkPValues(pValues);
  const adjusted = pValues.map(() => 0);
  const n = pValues.length;
  let smallest = 1;
  ascending(pValues)
    .reverse()
    .forEach((index, fromTop) => {
      smallest = Math.min(smallest, (n / (n - fromTop)) * pValues[index]);
      adjusted[index] = smallest;
    });
  return adjusted;
}
