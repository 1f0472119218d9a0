import type { Random } from "@longwave/stats";
import type { SimulatedPerson } from "./person.ts";
import type { WaveScores } from "./scores.ts";
import { latentTruth } from "./truth.ts";

/** Pain of a person whose last answer is not known yet, on the 0 to 5 scale. */
const TYPICAL_PAIN = 1.4;

function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/**
 * Which waves a person answers. Missing at random: whether a wave is skipped, or everything after it,
 * depends on age and on the last pain the person reported, never on the pain that is not reported.
 */
export function drawResponse(
  random: Random,
  person: SimulatedPerson,
  scores: readonly WaveScores[],
  neverIntercept: number = latentTruth.response.neverIntercept,
): readonly boolean[] {
  const truth = latentTruth.response;
  const age10 = (person.ageYears - 50) / 10;
  const never = neverIntercept + truth.neverAge10 * age10 + truth.neverMan * person.man;
  let present = random.uniform() >= probability(never);
  let lastPain = TYPICAL_PAIN;
  return scores.map((score, wave) => {
    const leave =
      truth.leaveIntercept + truth.leaveAge10 * age10 + truth.leavePain * (lastPain - TYPICAL_PAIN);
    const skip = truth.skipIntercept + truth.skipAge10 * age10 + truth.skipPain * (lastPain - TYPICAL_PAIN);
    const [leaveDraw, skipDraw] = [random.uniform(), random.uniform()];
    if (wave > 0 && leaveDraw < probability(leave)) present = false;
    // Wave 1 follows consent at once, so it is missed less often than the later ones.
    const missed = skipDraw < probability(wave === 0 ? truth.firstWaveIntercept : skip);
    const answered = present && !missed;
    if (answered) lastPain = score.painVrs;
    return answered;
  });
}
