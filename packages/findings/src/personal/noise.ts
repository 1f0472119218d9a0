import { normalQuantile } from "@longwave/stats";
import type { MeasurementNoise } from "@longwave/study";

/**
 * The smallest difference between two answers of one person that chance alone gives in fewer than 5 of 100 pairs.
 *
 * The reliable change of Jacobson and Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19: 1.96 times the root of
 * two times the standard error of measurement, which is `stdDev` times the root of 1 - reliability.
 */
export function reliableChange(noise: MeasurementNoise): number {
  const typical =
    noise.kind === "typical_error" ? noise.typicalError : noise.stdDev * Math.sqrt(1 - noise.reliability);
  return normalQuantile(0.975) * Math.SQRT2 * typical;
}

/** Whether a difference, in either direction, is no larger than chance alone often gives. */
export function couldBeChance(difference: number, noise: MeasurementNoise): boolean {
  return Math.abs(difference) <= reliableChange(noise);
}
