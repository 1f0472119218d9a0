/** How often a test kills: the number, or as many times that as LONGWAVE_KILLS says, as `npm run validate` does. */
export function kills(number: number): number {
  return number * Number(process.env.LONGWAVE_KILLS ?? 1);
}

/** Numbers from 0 to 1 from a seed (Park & Miller 1988, Commun. ACM 31(10)). */
export function makeChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Lets real time pass. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
