import type { Random } from "@longwave/stats";
import type { AnswerRecord, Instrument, Protocol } from "@longwave/study";
import { drawIdentifier } from "./identifier.ts";
import type { SimulatedPerson } from "./person.ts";
import { sessionTruth } from "./session-truth.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
/** Sessions and rests come on days of their own, in the year after enrolment. */
const DAYS = 350;

type Answer = Omit<AnswerRecord, "seq">;
type Rating = readonly [item: string, value: number | string, answeredAt: number];

interface Diary {
  readonly random: Random;
  readonly protocol: Protocol;
  readonly id: string;
  readonly person: SimulatedPerson;
  readonly enrolledAt: number;
}

/**
 * The sessions and rests a person logs, none for most people. `random` is a stream of its own, so that the answers to
 * the waves are the same with and without.
 */
export function drawSessions(diary: Diary): readonly Answer[] {
  const { random, protocol } = diary;
  const asked = (trigger: Instrument["trigger"]) =>
    protocol.instruments.find((one) => one.trigger === trigger);
  const [session, rest] = [asked("session"), asked("rest")];
  if (session === undefined || rest === undefined || random.uniform() >= sessionTruth.share) return [];
  return drawDiary(diary, session, rest);
}

/** The diary of someone who logs. */
function drawDiary(diary: Diary, session: Instrument, rest: Instrument): readonly Answer[] {
  const { random, enrolledAt } = diary;
  const [sessions, rests] = [between(random, sessionTruth.sessions), between(random, sessionTruth.rests)];
  const own = sessionTruth.personStdDev * random.normal();
  const favourites = [drawKind(random), drawKind(random)] as const;
  const moments = drawDays(random, sessions + rests).map(
    (day) => enrolledAt + day * DAY_MS + Math.floor(12 * 60 * random.uniform()) * MINUTE_MS,
  );
  return moments.flatMap((at, index) => {
    const level = usualLevel(diary.person);
    if (index >= sessions) return entry(diary, rest, restRatings(random, level, at));
    const kind = random.uniform() < 0.9 ? favourites[random.integer(2)] : drawKind(random);
    return entry(diary, session, sessionRatings(random, { level, own, kind: kind ?? favourites[0], at }));
  });
}

type Kind = (typeof sessionTruth.kinds)[number];

function usualLevel({ usualPain }: SimulatedPerson): number {
  const { at, perPain } = sessionTruth.usual;
  return at + perPain * usualPain;
}

function sessionRatings(
  random: Random,
  of: { readonly level: number; readonly own: number; readonly kind: Kind; readonly at: number },
): readonly Rating[] {
  const { level, own, kind, at } = of;
  const { carryOver, setsOutAt, deviationStdDev, perEffort, nextDay, missing } = sessionTruth;
  const deviation = setsOutAt + deviationStdDev * random.normal();
  const effort = clamped(kind.effort + 1.4 * random.normal());
  const minutes = 5 * Math.max(1, Math.round((kind.minutes * Math.exp(0.3 * random.normal())) / 5));
  const change = kind.change + own + perEffort * (effort - 4);
  const after = clamped(level + carryOver.after * deviation + change + noise(random));
  const later = clamped(level + carryOver.nextDay * deviation + nextDay + noise(random));
  const [done, doneAt] = [random.uniform() >= missing.after, at + (minutes + 2) * MINUTE_MS];
  const nextAt = at + DAY_MS + Math.floor(240 * (random.uniform() - 0.5)) * MINUTE_MS;
  const hasNext = random.uniform() >= missing.nextDay;
  return [
    ["s_type", kind.type, at],
    ["s_pre", clamped(level + deviation), at + 5000],
    ...(done
      ? ([
          ["s_min", minutes, doneAt],
          ["s_rpe", effort, doneAt + 4000],
          ["s_post", after, doneAt + 8000],
        ] as const)
      : []),
    ...(hasNext ? ([["s_next", later, nextAt]] as const) : []),
  ];
}

function restRatings(random: Random, level: number, at: number): readonly Rating[] {
  const { carryOver, deviationStdDev, rest, missing, restLate } = sessionTruth;
  const deviation = deviationStdDev * random.normal();
  const after = clamped(level + carryOver.after * deviation + rest + noise(random));
  const late = random.uniform() < restLate;
  const minutes = Math.floor(late ? 95 + 200 * random.uniform() : 31 + 55 * random.uniform());
  const now: Rating = ["r_now", clamped(level + deviation), at];
  return random.uniform() < missing.rest ? [now] : [now, ["r_30", after, at + minutes * MINUTE_MS]];
}

function noise(random: Random): number {
  return sessionTruth.noiseStdDev * random.normal();
}

function clamped(value: number): number {
  return Math.min(10, Math.max(0, Math.round(value)));
}

function between(
  random: Random,
  { fewest, most }: { readonly fewest: number; readonly most: number },
): number {
  return fewest + random.integer(most - fewest + 1);
}

function drawKind(random: Random): Kind {
  const { kinds } = sessionTruth;
  let left = random.uniform() * kinds.reduce((sum, { weight }) => sum + weight, 0);
  for (const kind of kinds) {
    left -= kind.weight;
    if (left < 0) return kind;
  }
  return kinds[0];
}

/** Different days, in no order. */
function drawDays(random: Random, count: number): readonly number[] {
  const days = new Set<number>();
  while (days.size < count) days.add(1 + random.integer(DAYS));
  return [...days];
}

/** One session or rest as answers, to the questions that the instrument has. */
function entry({ random, id }: Diary, instrument: Instrument, ratings: readonly Rating[]): readonly Answer[] {
  const wave = `${instrument.id}/${drawIdentifier(random)}`;
  const known = new Set(instrument.items.map((item) => item.id));
  return ratings
    .filter(([item]) => known.has(item))
    .map(([item, value, answeredAt]) => ({
      id: drawIdentifier(random),
      person: id,
      wave,
      item,
      payload: { kind: "value", value },
      answeredAt,
    }));
}
