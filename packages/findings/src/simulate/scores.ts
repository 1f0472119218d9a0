import type { Random } from "@longwave/stats";
import { category, type SimulatedPerson } from "./person.ts";
import { latentTruth, type WithinTruth } from "./truth.ts";

/** One person at one wave: latent scores and the answers that follow from them, in the protocol's own codes. */
export interface WaveScores {
  readonly exercise: number;
  readonly pain: number;
  /** Pain above or below the person's own usual, latent units. */
  readonly painDeviation: number;
  readonly painVrs: number;
  readonly frequency: number;
  readonly intensity: number;
  readonly duration: number;
}

/** Latent scores of one person at every wave: a two-variable process, stationary and without cross-lags as stated. */
export function drawScores(
  random: Random,
  person: SimulatedPerson,
  waves: number,
  within: WithinTruth = latentTruth.within,
): readonly WaveScores[] {
  const deviations = drawDeviations(random, person.man, { waves, truth: within });
  return deviations.map((deviation, wave) => {
    const exercise = person.usualExercise + deviation.exercise + (latentTruth.exercise.wave[wave] ?? 0);
    const pain = person.usualPain + deviation.pain + (latentTruth.pain.wave[wave] ?? 0);
    return {
      exercise,
      pain,
      painDeviation: deviation.pain,
      painVrs: category(pain, latentTruth.pain.cuts),
      ...drawExerciseAnswers(random, person, exercise),
    };
  });
}

interface Deviation {
  readonly exercise: number;
  readonly pain: number;
}

/**
 * Within-person deviations at each wave, started from their stationary distribution without cross-lags. Each keeps
 * a part of its own last value; in the stated truth neither takes anything from the other's, so both lags are 0.
 */
function drawDeviations(
  random: Random,
  man: 0 | 1,
  { waves, truth }: { readonly waves: number; readonly truth: WithinTruth },
): readonly Deviation[] {
  const usual = man === 1 ? truth.innovationCorrelationMen : truth.innovationCorrelationWomen;
  const own = usual + truth.innovationCorrelationStdDev * random.normal();
  const rho = Math.min(0.9, Math.max(-0.9, own));
  const [a, d] = [truth.carryOverExercise, truth.carryOverPain];
  const innovationExercise = Math.sqrt(truth.varianceExercise * (1 - a ** 2));
  const innovationPain = Math.sqrt(truth.variancePain * (1 - d ** 2));
  // Stationary correlation of two AR(1) series whose innovations correlate by rho.
  const stationary = (rho * Math.sqrt((1 - a ** 2) * (1 - d ** 2))) / (1 - a * d);
  const first = correlatedPair(random, stationary);
  let exercise = Math.sqrt(truth.varianceExercise) * first[0];
  let pain = Math.sqrt(truth.variancePain) * first[1];
  const deviations: Deviation[] = [{ exercise, pain }];
  for (let wave = 1; wave < waves; wave++) {
    const innovation = correlatedPair(random, rho);
    const before = { exercise, pain };
    exercise =
      a * before.exercise + truth.lagPainToExercise * before.pain + innovationExercise * innovation[0];
    pain = d * before.pain + truth.lagExerciseToPain * before.exercise + innovationPain * innovation[1];
    deviations.push({ exercise, pain });
  }
  return deviations;
}

function correlatedPair(random: Random, correlation: number): readonly [number, number] {
  const first = random.normal();
  return [first, correlation * first + Math.sqrt(1 - correlation ** 2) * random.normal()];
}

function drawExerciseAnswers(
  random: Random,
  person: SimulatedPerson,
  exercise: number,
): Pick<WaveScores, "frequency" | "intensity" | "duration"> {
  const { cuts } = latentTruth.exercise;
  const hardness = 0.6 * exercise + 0.65 * person.hardness + 0.35 * random.normal();
  const length = 0.6 * exercise + 0.65 * person.length + 0.35 * random.normal();
  return {
    frequency: category(exercise, cuts.frequency),
    intensity: 1 + category(hardness, cuts.intensity),
    duration: 1 + category(length, cuts.duration),
  };
}
