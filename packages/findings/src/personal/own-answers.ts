import { type AnswerRecord, standingAnswers } from "@longwave/study";

/** A person's standing answers by wave and item. */
export type StandingByWave = ReadonlyMap<string, ReadonlyMap<string, AnswerRecord>>;

const nothing: StandingByWave = new Map();

/** The answers that stand among one person's rows; rows of anyone else are left alone. */
export function ownStanding(answers: readonly AnswerRecord[], person: string): StandingByWave {
  return standingAnswers(answers, Number.POSITIVE_INFINITY).get(person) ?? nothing;
}

/** The value of an answer as a number, when it is one. */
function numberOf(answer: AnswerRecord | undefined): number | undefined {
  const payload = answer?.payload;
  if (payload?.kind !== "value" || typeof payload.value !== "number") return undefined;
  return Number.isFinite(payload.value) ? payload.value : undefined;
}

/** The two ratings of every logged event of a kind, where both were given, in the order of logging. */
export function ratedPairs(
  standing: StandingByWave,
  kind: { readonly event: string; readonly before: string; readonly after: string },
): readonly { readonly before: number; readonly after: number }[] {
  return [...standing].flatMap(([wave, answers]) => {
    if (!wave.startsWith(`${kind.event}/`)) return [];
    const [before, after] = [numberOf(answers.get(kind.before)), numberOf(answers.get(kind.after))];
    return before === undefined || after === undefined ? [] : [{ before, after }];
  });
}
