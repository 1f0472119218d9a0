import type { Random } from "@longwave/stats";
import { latentTruth } from "./truth.ts";

/** One simulated person: background, and the stable part of every score. */
export interface SimulatedPerson {
  readonly sex: 0 | 1 | 2;
  readonly man: 0 | 1;
  readonly ageYears: number;
  readonly education: number;
  readonly smoking: number;
  readonly work: number;
  readonly heightCm: number;
  readonly weightKg: number;
  /** Usual level of the latent scores, covariates included. */
  readonly usualExercise: number;
  readonly usualPain: number;
  readonly usualMood: number;
  /** Stable taste for hard and for long exercise. */
  readonly hardness: number;
  readonly length: number;
  readonly painkillerHabit: number;
}

/** Index of the first cut above `score`, from 0 to `cuts.length`. */
export function category(score: number, cuts: readonly number[]): number {
  let index = 0;
  while (index < cuts.length && score >= (cuts[index] ?? Number.POSITIVE_INFINITY)) index++;
  return index;
}

function drawAge(random: Random): number {
  return Math.min(89, Math.max(19, Math.round(53 + 15 * random.normal())));
}

function drawWork(random: Random, ageYears: number): number {
  if (ageYears >= 67 || random.uniform() < 0.12) return 9;
  return category(random.uniform(), [0.45, 0.75, 0.92]);
}

function drawBody(random: Random, man: 0 | 1): { heightCm: number; weightKg: number } {
  const heightCm = Math.round((man === 1 ? 179 : 166) + 6.5 * random.normal());
  const bodyMassIndex = Math.max(18, 26.8 + 4 * random.normal());
  const weightKg = Math.round(bodyMassIndex * (heightCm / 100) ** 2 * 10) / 10;
  return { heightCm, weightKg };
}

function usualLevel(
  effects: typeof latentTruth.pain | typeof latentTruth.exercise,
  person: BasicFacts,
): number {
  const age10 = (person.ageYears - 50) / 10;
  const education = effects.education[person.education] ?? 0;
  const smoking = effects.smoking[person.smoking] ?? 0;
  return effects.man * person.man + effects.age10 * age10 + education + smoking;
}

type BasicFacts = Pick<SimulatedPerson, "man" | "ageYears" | "education" | "smoking">;

/** A person drawn from the stated truth: random intercepts of exercise and pain around their covariates. */
export function drawPerson(random: Random): SimulatedPerson {
  const man = random.uniform() < 0.45 ? 1 : 0;
  const sex = random.uniform() < 0.004 ? 2 : man;
  const ageYears = drawAge(random);
  const age10 = (ageYears - 50) / 10;
  const education = category(random.uniform(), [0.27 + 0.06 * age10, 0.67 + 0.05 * age10]);
  const smoking = category(random.uniform(), [0.48, 0.82]);
  const facts: BasicFacts = { man, ageYears, education, smoking };
  const { varianceExercise, variancePain, correlation } = latentTruth.between;
  const exerciseTrait = random.normal();
  const painTrait = correlation * exerciseTrait + Math.sqrt(1 - correlation ** 2) * random.normal();
  return {
    ...facts,
    sex,
    work: drawWork(random, ageYears),
    ...drawBody(random, man),
    usualExercise: usualLevel(latentTruth.exercise, facts) + Math.sqrt(varianceExercise) * exerciseTrait,
    usualPain: usualLevel(latentTruth.pain, facts) + Math.sqrt(variancePain) * painTrait,
    usualMood: 0.4 * painTrait + 0.85 * random.normal(),
    hardness: random.normal(),
    length: random.normal(),
    painkillerHabit: random.normal(),
  };
}
