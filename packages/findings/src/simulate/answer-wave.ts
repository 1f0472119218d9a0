import type { Random } from "@longwave/stats";
import { type AnswerPayload, isAsked, type WaveForm } from "@longwave/study/answering";
import { fitToItem, type RawValues } from "./item-values.ts";

/** One answered question: what was said, and when, in ms UTC. */
export interface DrawnAnswer {
  readonly item: string;
  readonly payload: AnswerPayload;
  readonly answeredAt: number;
}

/** Share of questions passed by with "rather not say"; the private ones more often. */
function skipProbability(item: string): number {
  if (item === "weight_kg" || item === "height_cm") return 0.03;
  if (item.startsWith("phq4")) return 0.015;
  return 0.008;
}

/** One in a hundred stops midway and never comes back to this wave. */
const STOPS_MIDWAY = 0.01;

/** Goes through a wave's form as a person would: asked questions only, some passed by, a few left midway. */
export function answerWave(
  random: Random,
  form: WaveForm,
  values: RawValues,
  startedAt: number,
): readonly DrawnAnswer[] {
  const given: Record<string, AnswerPayload> = {};
  const answers: DrawnAnswer[] = [];
  const stopAfter =
    random.uniform() < STOPS_MIDWAY ? 1 + random.integer(form.items.length) : form.items.length;
  let time = startedAt;
  for (const item of form.items.slice(0, stopAfter)) {
    if (!isAsked(item, given)) continue;
    const skipped = random.uniform() < skipProbability(item.id);
    const value = fitToItem(random, item, values[item.id]);
    const payload: AnswerPayload =
      skipped || value === undefined ? { kind: "skipped" } : { kind: "value", value };
    time += Math.floor(5000 + 15_000 * random.uniform());
    given[item.id] = payload;
    answers.push({ item: item.id, payload, answeredAt: time });
  }
  return answers;
}
