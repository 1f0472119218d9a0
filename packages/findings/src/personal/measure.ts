import type { FeedbackMeasure } from "@longwave/study";
import { couldBeChance } from "./noise.ts";
import { othersOf } from "./others.ts";
import type { StandingByWave } from "./own-answers.ts";
import { fill, listText, say, sizeText } from "./say.ts";
import type { OwnScale } from "./scale-of.ts";
import { scaleOf } from "./scale-of.ts";
import type { OwnMeasure, OwnPoint, OwnWave, PersonalInput } from "./types.ts";
import { whenTexts } from "./when.ts";

/** One question over a person's waves: the newest answer beside the first, and every gap where it is. */
export function ownMeasure(
  input: PersonalInput,
  measure: FeedbackMeasure,
  standing: StandingByWave,
): readonly OwnMeasure[] {
  const { protocol, rules } = input;
  const scale = scaleOf(protocol, measure.item, rules.language);
  if (scale === undefined) return [];
  const asked = input.waves.filter((wave) => isAskedAt(input, wave.wave, measure.item));
  const bare = pointsOf(input, asked, { measure, scale, standing });
  const { points, sentences: others } = othersOf(input, measure, { scale, points: bare, standing });
  return [
    {
      item: measure.item,
      label: measure.label,
      question: scale.question,
      sentences: sentencesOf(input, measure, { scale, points }),
      points,
      axis: { min: scale.min, max: scale.max, ticks: scale.ticks },
      others,
    },
  ];
}

function isAskedAt({ protocol }: PersonalInput, wave: string, item: string): boolean {
  const batteries = protocol.waves.find(({ id }) => id === wave)?.batteries ?? [];
  const instruments = batteries.flatMap((battery) => protocol.batteries[battery] ?? []);
  return protocol.instruments.some(
    ({ id, items }) => instruments.includes(id) && items.some((each) => each.id === item),
  );
}

function pointsOf(
  { rules, timeZone }: PersonalInput,
  waves: readonly OwnWave[],
  of: { readonly measure: FeedbackMeasure; readonly scale: OwnScale; readonly standing: StandingByWave },
): readonly OwnPoint[] {
  const given = waves.map((wave) => of.standing.get(wave.wave)?.get(of.measure.item));
  const moments = waves.map((wave, index) => given[index]?.answeredAt ?? middleOf(wave));
  const texts = whenTexts(moments, rules.language, timeZone);
  return waves.map((wave, index): OwnPoint => {
    const payload = given[index]?.payload;
    const place = { wave: wave.wave, when: texts[index] ?? "" };
    const code = payload?.kind === "value" ? payload.value : undefined;
    const height = typeof code === "number" || typeof code === "string" ? of.scale.heightOf(code) : undefined;
    if (height !== undefined) {
      return { ...place, state: "answered", value: height, answer: of.scale.wordsAt(height) };
    }
    return { ...place, state: gapState(wave, payload?.kind === "skipped"), value: null, answer: "" };
  });
}

/** The target day, at noon UTC: no time zone moves that into another month. */
function middleOf(wave: OwnWave): number {
  return Date.parse(`${wave.targetDate}T12:00:00Z`);
}

function gapState(wave: OwnWave, skipped: boolean): OwnPoint["state"] {
  if (skipped) return "skipped";
  return wave.state === "not_yet" || wave.state === "open" ? "to_come" : "not_answered";
}

function sentencesOf(
  { rules }: PersonalInput,
  measure: FeedbackMeasure,
  { scale, points }: { readonly scale: OwnScale; readonly points: readonly OwnPoint[] },
): readonly string[] {
  const answered = points.filter(({ state }) => state === "answered");
  const skipped = points.filter(({ state }) => state === "skipped").map(({ when }) => when);
  const gaps =
    skipped.length === 0 ? [] : [say(rules, "skipped", { when: listText(skipped, rules.language) })];
  const [first, now] = [answered[0], answered.at(-1)];
  if (first === undefined || now === undefined || answered.length < rules.minimums.answers) {
    const once = now && say(rules, "answeredOnce", { now: now.answer, nowWhen: now.when });
    const few = { have: answered.length, need: rules.minimums.answers };
    return [...(once === undefined ? [] : [once]), say(rules, "tooFew", few), ...gaps];
  }
  const answers = { now: now.answer, nowWhen: now.when, firstWhen: first.when, first: first.answer };
  const change = (now.value ?? scale.min) - (first.value ?? scale.min);
  return [say(rules, "answered", answers), ...changeSentences(rules, measure, change, first.when), ...gaps];
}

function changeSentences(
  rules: PersonalInput["rules"],
  measure: FeedbackMeasure,
  change: number,
  first: string,
): readonly string[] {
  if (change === 0) return [fill(measure.same, { first })];
  const size = sizeText(change, measure.unit, rules.language);
  const said = fill(change < 0 ? measure.lower : measure.higher, { size, first });
  return [said, say(rules, couldBeChance(change, measure.noise) ? "couldBeChance" : "beyondChance")];
}
