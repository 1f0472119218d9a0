/**
 * The stated truth of the simulated cohort, on two scales. The latent scores are in units of about one
 * standard deviation of a woman's pain (or exercise); the questionnaire answers are cut from them. All
 * numbers are choices of this project: nothing here is an estimate from real people.
 */
export const latentTruth = {
  between: { varianceExercise: 0.7, variancePain: 0.7, correlation: -0.12 },
  within: {
    varianceExercise: 0.3,
    variancePain: 0.3,
    carryOverExercise: 0.2,
    carryOverPain: 0.15,
    lagExerciseToPain: 0,
    lagPainToExercise: 0,
    innovationCorrelationWomen: -0.16,
    innovationCorrelationMen: -0.325,
    /** How much people differ in that correlation, as a standard deviation. */
    innovationCorrelationStdDev: 0.22,
  },
  pain: {
    man: -0.28,
    age10: 0.05,
    education: [0, -0.1, -0.22],
    smoking: [0, 0.05, 0.2],
    wave: [0, 0.01, 0.02, 0.02, 0.03],
    cuts: [-0.78, -0.25, 0.31, 1.15, 2.0],
  },
  exercise: {
    man: -0.08,
    age10: 0.03,
    education: [0, 0.1, 0.25],
    smoking: [0, -0.05, -0.3],
    wave: [0, 0.05, 0.02, -0.04, 0.03],
    cuts: { frequency: [-0.85, -0.35, 0.55], intensity: [-0.15, 1.1], duration: [-1.2, -0.3, 0.8] },
  },
  response: {
    /** Log-odds of never answering; calibrated once so that about 4,219 of 6,419 answer at least twice. */
    neverIntercept: -0.955,
    neverAge10: -0.2,
    neverMan: 0.15,
    /** Log-odds of missing one wave, and of leaving for good, given age and the last pain answer. */
    skipIntercept: -2.0,
    skipAge10: -0.1,
    skipPain: 0.08,
    leaveIntercept: -2.6,
    leaveAge10: -0.12,
    leavePain: 0.14,
    /** Log-odds of leaving wave 1 unfinished after consent. */
    firstWaveIntercept: -3.2,
  },
} as const;

/** How fast forms are answered. What is said in a hurry is the same as it would have been: only the times differ. */
export const paceTruth = {
  /** Share of forms answered in a hurry. */
  hurried: 0.02,
  /** A hurried form takes between these shares of the time it would have taken. */
  shortest: 0.05,
  longest: 0.25,
} as const;

/** The within-person part of a truth: the stated one, or another to see what the sentences make of it. */
export type WithinTruth = Readonly<Record<keyof typeof latentTruth.within, number>>;

/**
 * What an analysis of the simulated cohort should find. The within-person slopes are in pain points
 * for one more point of the exercise index than a person's own usual, on the observed scale.
 */
export interface SimulationTruth {
  readonly withinSlope: number;
  readonly withinSlopeWomen: number;
  readonly withinSlopeMen: number;
  /** Within-person standard deviation of the exercise index, in index points. */
  readonly withinStdDevExercise: number;
  readonly lagExerciseToPain: 0;
  readonly lagPainToExercise: 0;
  /** Change over a session minus change over rest in the same people, in points from 0 to 10 as answered. */
  readonly sessions: {
    readonly difference: number;
    readonly byType: Readonly<Record<string, number>>;
    readonly measuredIn: { readonly people: number; readonly seed: number };
  };
  /** People and seed of the large simulation in which the observed slopes were measured. */
  readonly measuredIn: { readonly people: number; readonly seed: number };
}

/** The truth of every simulated cohort; `observed-truth.json` and `observed-sessions.json` record how it was measured. */
export const simulationTruth: SimulationTruth = {
  withinSlope: -0.04382,
  withinSlopeWomen: -0.0313,
  withinSlopeMen: -0.06021,
  withinStdDevExercise: 2.515,
  lagExerciseToPain: 0,
  lagPainToExercise: 0,
  sessions: {
    difference: -0.169,
    byType: {
      walk: -0.2911,
      strength: 0.0594,
      cycle: -0.0827,
      yoga: -0.449,
      run: 0.2596,
      ski: -0.1081,
      water: -0.4613,
      gym: 0.0414,
      other: -0.0915,
      physio: -0.3345,
    },
    measuredIn: { people: 250_000, seed: 20_260_102 },
  },
  measuredIn: { people: 300_000, seed: 20_260_101 },
};
