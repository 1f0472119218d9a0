import { type Looked, valuesOf } from "./guess.ts";
import { type ColumnProfile, MOST_LISTED } from "./profile.ts";

/** How the time part of a plan is written. */
export type TimeDraft =
  | {
      readonly kind: "coded";
      readonly column: string;
      readonly values: readonly (number | string)[];
      readonly days: readonly number[] | undefined;
      readonly apart: string | undefined;
    }
  | {
      readonly kind: "counted";
      readonly column: string;
      readonly everyDays: number;
      readonly waves: number;
      readonly several: boolean;
    }
  | {
      readonly kind: "wide";
      readonly families: Readonly<Record<string, readonly string[]>>;
      readonly apart: string | undefined;
    };

/** At most so many codes of a column are waves by themselves; more are counted. */
const MOST_CODED = 15;
const MOST_WAVES = 60;
const DAY = 86_400_000;

const unitDays: readonly (readonly [RegExp, number])[] = [
  [/week|uke/i, 7],
  [/month|måned/i, 30.4375],
  [/year|år/i, 365.25],
  [/day|dag/i, 1],
];

/** How a column of times is read: codes in order, or days counted from each person's first. */
export function draftTime(
  looked: Looked,
  { person, column, apart }: { person: string; column: ColumnProfile; apart: string | undefined },
): TimeDraft {
  if (column.kind !== "date" && column.distinct <= MOST_CODED) return codedTime(column, apart);
  const days = valuesOf(looked, column.name).map((value) =>
    typeof value === "string" ? Date.parse(value) / DAY : (value ?? Number.NaN),
  );
  return { kind: "counted", column: column.name, ...counting(valuesOf(looked, person), days) };
}

function codedTime(column: ColumnProfile, apart: string | undefined): TimeDraft {
  const { name, values } = column;
  const unit = unitDays.find(([pattern]) => pattern.test(name))?.[1];
  const numbers = values.filter((value) => typeof value === "number");
  const [first = 0] = numbers;
  const known = apart === undefined && unit !== undefined && numbers.length === values.length;
  const days = known ? numbers.map((value) => Math.round((value - first) * unit)) : undefined;
  return { kind: "coded", column: name, values: values.slice(0, MOST_LISTED), days, apart };
}

/** The usual gap between a person's rows is a wave; with very many, a week or a month is. */
function counting(
  ids: readonly unknown[],
  days: readonly number[],
): { readonly everyDays: number; readonly waves: number; readonly several: boolean } {
  const byPerson = new Map<unknown, number[]>();
  ids.forEach((id, row) => {
    const day = days[row] ?? Number.NaN;
    if (Number.isFinite(day)) byPerson.set(id, [...(byPerson.get(id) ?? []), day]);
  });
  const series = [...byPerson.values()].map((own) => [...own].sort((a, b) => a - b));
  const gaps = series.flatMap((own) => own.slice(1).map((day, i) => day - (own[i] ?? day)));
  const usual = Math.max(1, Math.round(median(gaps)));
  const longest = Math.max(...series.map((own) => (own.at(-1) ?? 0) - (own[0] ?? 0)));
  const everyDays =
    [usual, 7, 30.4375, 91.3125, 365.25].find((days) => days >= usual && longest / days < MOST_WAVES) ??
    365.25;
  const waves = Math.min(MOST_WAVES, Math.max(2, Math.floor(longest / everyDays) + 1));
  const several = series.some((own) =>
    own.some((day, i) => i > 0 && waveOf(day, own, everyDays) === waveOf(own[i - 1] ?? 0, own, everyDays)),
  );
  return { everyDays, waves, several };
}

function waveOf(day: number, own: readonly number[], everyDays: number): number {
  return Math.floor((day - (own[0] ?? 0)) / everyDays);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 1;
}
