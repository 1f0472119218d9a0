import type { FeedbackMeasure } from "@longwave/study";
import type { StandingByWave } from "./own-answers.ts";
import { say } from "./say.ts";
import type { OwnScale } from "./scale-of.ts";
import { cellKey, groupText, type SimilarPeople } from "./similar-people.ts";
import type { OwnPoint, PersonalInput } from "./types.ts";

interface Drawn {
  readonly scale: OwnScale;
  readonly points: readonly OwnPoint[];
  readonly standing: StandingByWave;
}

interface MiddleHalf {
  readonly n: number;
  readonly low: number;
  readonly high: number;
}

/** The points with the middle half of similar others beside them, and what to say of it; nothing before publication. */
export function othersOf(
  input: PersonalInput,
  measure: FeedbackMeasure,
  drawn: Drawn,
): { readonly points: readonly OwnPoint[]; readonly sentences: readonly string[] } {
  const similar = input.published?.similar;
  if (similar === undefined) return { points: drawn.points, sentences: [] };
  const group = similar.groupOf.get(input.person) ?? "";
  const halves = drawn.points.map((point) => middleHalf(input, measure, { ...drawn, similar, group, point }));
  const points = drawn.points.map((point, index) => {
    const half = halves[index];
    return half === undefined ? point : { ...point, low: half.low, high: half.high };
  });
  return { points, sentences: othersSentences(input, { ...drawn, points, halves, group }) };
}

function middleHalf(
  { protocol, rules }: PersonalInput,
  measure: FeedbackMeasure,
  of: Drawn & { readonly similar: SimilarPeople; readonly group: string; readonly point: OwnPoint },
): MiddleHalf | undefined {
  const number = protocol.waves.findIndex(({ id }) => id === of.point.wave) + 1;
  const found = of.similar.counts.get(of.group)?.get(cellKey(measure.item, number)) ?? new Map();
  const own = ownCode(of, measure.item);
  const heights = [...found].flatMap(([code, count]): readonly (readonly [number, number])[] => {
    const height = of.scale.heightOf(code);
    const others = count - (code === own ? 1 : 0);
    return height === undefined || others <= 0 ? [] : [[height, others]];
  });
  const n = heights.reduce((sum, [, count]) => sum + count, 0);
  if (n < rules.minimums.band) return undefined;
  heights.sort(([a], [b]) => a - b);
  return { n, low: answerAt(heights, n * 0.25), high: answerAt(heights, n * 0.75) };
}

/** The person's own answer when it is among those counted: others are everybody else. */
function ownCode(
  of: Drawn & { readonly similar: SimilarPeople; readonly point: OwnPoint },
  item: string,
): string | number | undefined {
  const answer = of.standing.get(of.point.wave)?.get(item);
  if (answer === undefined || answer.seq > of.similar.upToSeq || answer.payload.kind !== "value") {
    return undefined;
  }
  const { value } = answer.payload;
  return typeof value === "number" || typeof value === "string" ? value : undefined;
}

/** The answer by which at least `share` people have been counted: always an answer somebody gave. */
function answerAt(heights: readonly (readonly [number, number])[], share: number): number {
  let counted = 0;
  for (const [height, count] of heights) {
    counted += count;
    if (counted >= share) return height;
  }
  return heights.at(-1)?.[0] ?? 0;
}

function othersSentences(
  { protocol, rules }: PersonalInput,
  of: Drawn & { readonly halves: readonly (MiddleHalf | undefined)[]; readonly group: string },
): readonly string[] {
  const last = of.points.findLastIndex(
    ({ state }, index) => state === "answered" && of.halves[index] !== undefined,
  );
  const [half, point] = [of.halves[last], of.points[last]];
  if (half === undefined || point === undefined)
    return [say(rules, "bandHidden", { floor: rules.minimums.band })];
  const who =
    of.group === ""
      ? say(rules, "bandEveryone")
      : say(rules, "bandPeople", { group: groupText(protocol, rules.similarBy, of.group, rules.language) });
  const places = { when: point.when, n: half.n, low: of.scale.wordsAt(half.low) };
  return [
    who,
    half.low === half.high
      ? say(rules, "bandOne", places)
      : say(rules, "bandHalf", { ...places, high: of.scale.wordsAt(half.high) }),
  ];
}
