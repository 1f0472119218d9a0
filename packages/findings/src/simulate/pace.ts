import type { Random } from "@longwave/stats";
import type { DrawnAnswer } from "./answer-wave.ts";
import { paceTruth } from "./truth.ts";

/** The same answers, a few forms of them given in a hurry. `random` is a stream of its own: it changes no answer. */
export function paced(
  random: Random,
  answers: readonly DrawnAnswer[],
  startedAt: number,
): readonly DrawnAnswer[] {
  const { hurried, shortest, longest } = paceTruth;
  const [draw, share] = [random.uniform(), shortest + (longest - shortest) * random.uniform()];
  if (draw >= hurried) return answers;
  return answers.map((answer) => ({
    ...answer,
    answeredAt: startedAt + Math.floor(share * (answer.answeredAt - startedAt)),
  }));
}
