/**
 * What the sessions and rests of the simulated cohort are made from, on the 0 to 10 scale before rounding. All numbers
 * are choices of this project: nothing here is an estimate from real people.
 */
export const sessionTruth = {
  /** Of those who answer at least one wave, the share who ticked that they may log sessions; each of them logs some. */
  share: 0.08,
  /** How many sessions and rest prompts such a person answers. */
  sessions: { fewest: 4, most: 16 },
  rests: { fewest: 4, most: 12 },
  /** A rating right now: the person's usual level, and a passing deviation from it. */
  usual: { at: 2.3, perPain: 2.2 },
  deviationStdDev: 1.3,
  /** People set out when pain is a little under their usual. */
  setsOutAt: -0.4,
  /** How much of the deviation is still there after a session or a rest, and on the next day. */
  carryOver: { after: 0.75, nextDay: 0.2 },
  /** What comes on top, anew for each rating. */
  noiseStdDev: 0.6,
  /** Change over a rest, beyond the deviation fading: none. */
  rest: 0,
  /** Change over a session of each kind beyond that, at effort 4; how often it is done, how long and how hard it is. */
  kinds: [
    { type: "walk", change: -0.3, weight: 40, minutes: 45, effort: 3 },
    { type: "strength", change: 0, weight: 15, minutes: 40, effort: 5 },
    { type: "cycle", change: -0.2, weight: 11, minutes: 45, effort: 5 },
    { type: "yoga", change: -0.5, weight: 10, minutes: 35, effort: 3 },
    { type: "run", change: 0.2, weight: 9, minutes: 35, effort: 6 },
    { type: "ski", change: -0.2, weight: 6, minutes: 70, effort: 5 },
    { type: "water", change: -0.6, weight: 5, minutes: 35, effort: 4 },
    { type: "gym", change: 0, weight: 3, minutes: 40, effort: 5 },
    { type: "other", change: -0.2, weight: 0.3, minutes: 40, effort: 4 },
    { type: "physio", change: -0.4, weight: 0.2, minutes: 20, effort: 3 },
  ],
  /** More change for each point of effort above 4; minutes by themselves change nothing. */
  perEffort: 0.08,
  nextDay: 0.1,
  /** How much people differ in the change over a session. */
  personStdDev: 0.35,
  /** How often the second half is never filled in, and how often a rest's comes too late to be a match. */
  missing: { after: 0.12, nextDay: 0.35, rest: 0.15 },
  restLate: 0.08,
} as const;
