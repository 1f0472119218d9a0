import type { Random } from "@longwave/stats";
import type { FormItem } from "@longwave/study/answering";
import { category, type SimulatedPerson } from "./person.ts";
import type { WaveScores } from "./scores.ts";

/** A person's answers before they are fitted to an item: codes, counts, or true and false. */
export type RawValues = Readonly<Record<string, number | boolean>>;

interface Moment {
  readonly person: SimulatedPerson;
  readonly score: WaveScores;
  /** Scores at the first wave, for questions about change. */
  readonly first: WaveScores;
  /** Calendar year of the answer. */
  readonly year: number;
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, Math.round(value)));
}

/** Answers to every item of the flagship protocol that follow from the scores, by item id, in its own codes. */
export function drawValues(random: Random, moment: Moment): RawValues {
  return {
    ...backgroundValues(moment),
    ...painValues(random, moment),
    ...exerciseValues(random, moment),
    ...moodValues(random, moment),
    harm: random.uniform() < 0.004,
  };
}

function backgroundValues({ person, year }: Moment): RawValues {
  return {
    birth_year: year - person.ageYears,
    sex: person.sex,
    education: person.education,
    smoking: person.smoking,
    work: person.work,
    height_cm: person.heightCm,
    weight_kg: person.weightKg,
  };
}

function painValues(random: Random, { person, score, first }: Moment): RawValues {
  const average = within(2.3 + 2.2 * score.pain + 0.4 * random.normal(), 0, 10);
  const none = score.painVrs === 0;
  const change = score.pain - first.pain + 0.4 * random.normal();
  const noPain = none && first.painVrs === 0;
  return {
    pain_vrs: score.painVrs,
    nrs_avg: none ? Math.min(average, 1) : Math.max(average, 1),
    peg_p: within(average + 0.6 * random.normal(), 0, 10),
    peg_e: within(0.75 * average + 1.1 * random.normal(), 0, 10),
    peg_g: within(0.7 * average + 1.1 * random.normal(), 0, 10),
    chronic_dur: person.usualPain + 0.4 * random.normal() > 0.2 ? 1 : 0,
    painkiller_days: within(1.6 * score.pain + 1.1 * person.painkillerHabit - 0.6, 0, 7),
    wpi: none ? 0 : within(2.4 + 2.2 * score.pain + 1.2 * random.normal(), 1, 19),
    pgic: noPain ? 9 : 1 + category(change, [-1.6, -0.9, -0.4, 0.4, 0.9, 1.6]),
  };
}

function exerciseValues(random: Random, { score }: Moment): RawValues {
  const days = score.frequency === 0 ? 0 : within(score.frequency * 1.6 + 0.7 * random.normal(), 0, 7);
  const usualMinutes = [10, 22, 45, 75][score.duration - 1] ?? 30;
  const flareScore = score.painDeviation + 0.5 * random.normal();
  const planned = score.frequency > 0 || random.uniform() < 0.5;
  return {
    ex_freq: score.frequency,
    ex_int: score.intensity,
    ex_dur: score.duration,
    evs_days: days,
    evs_min: 5 * within((usualMinutes * Math.exp(0.25 * random.normal())) / 5, 1, 60),
    flare: planned ? category(flareScore, [0.8, 1.5]) : 9,
    illness: random.uniform() < 0.07,
  };
}

function moodValues(random: Random, { person, score }: Moment): RawValues {
  const mood = person.usualMood + 0.25 * score.painDeviation + 0.4 * random.normal();
  const answer = (): number => category(mood + 0.5 * random.normal(), [0.5, 1.4, 2.1]);
  return { phq4_1: answer(), phq4_2: answer(), phq4_3: answer(), phq4_4: answer() };
}

/** A legal answer to `item` from a raw value, or from nothing when the simulator does not know the item. */
export function fitToItem(
  random: Random,
  item: FormItem,
  raw: number | boolean | undefined,
): number | string | boolean | readonly (number | string)[] | undefined {
  switch (item.kind) {
    case "single_choice": {
      const known = item.options.find((option) => option.value === Number(raw));
      return (known ?? item.options[random.integer(item.options.length)])?.value;
    }
    case "multi_choice":
      return pickSome(
        random,
        item.options.map((option) => option.value),
        Number(raw ?? random.integer(3)),
      );
    case "scale":
    case "integer":
    case "number":
      return fitNumber(random, item, raw);
    case "yes_no":
      return raw === undefined ? random.uniform() < 0.1 : Boolean(raw);
    case "text":
      // Nobody simulated writes free text: the question is passed by.
      return undefined;
  }
}

function fitNumber(
  random: Random,
  item: Extract<FormItem, { kind: "scale" | "integer" | "number" }>,
  raw: number | boolean | undefined,
): number {
  const value = raw === undefined ? item.min + random.uniform() * (item.max - item.min) : Number(raw);
  const scale = item.kind === "number" ? 10 ** item.decimals : 1;
  return Math.min(item.max, Math.max(item.min, Math.round(value * scale) / scale));
}

function pickSome(
  random: Random,
  values: readonly (number | string)[],
  count: number,
): readonly (number | string)[] {
  const chosen = new Set<number>();
  const wanted = Math.min(values.length, Math.max(0, count));
  while (chosen.size < wanted) chosen.add(random.integer(values.length));
  return values.filter((_, index) => chosen.has(index));
}
