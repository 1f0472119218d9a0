const dayMs = 86_400_000;

/** More days than this are drawn week by week, or the columns become too thin to see. */
const mostColumns = 60;

/** Counts of a day (UTC), by what is counted. */
export type DayCounts<Key extends string> = { readonly day: string } & { readonly [K in Key]: number };

/** Counts of a day, or of the week that begins on that day. */
export interface Bucket<Key extends string> {
  readonly from: string;
  readonly counts: { readonly [K in Key]: number };
}

/** The days from the first to the last, empty ones too; by week when there are many. Days are UTC. */
export function bucketDays<Key extends string>(
  byDay: readonly DayCounts<Key>[],
  keys: readonly Key[],
): { readonly by: "day" | "week"; readonly buckets: readonly Bucket<Key>[] } {
  const times = byDay.map(({ day }) => Date.parse(`${day}T00:00:00Z`));
  if (times.length === 0) return { by: "day", buckets: [] };
  const first = Math.min(...times);
  const days = Math.round((Math.max(...times) - first) / dayMs) + 1;
  const width = days > mostColumns ? 7 : 1;
  const place = (time: number): number => Math.floor((time - first) / dayMs / width);
  const buckets = Array.from({ length: Math.ceil(days / width) }, (_, index) => {
    const inside = byDay.filter((_day, at) => place(times[at] ?? first) === index);
    const counts = Object.fromEntries(
      keys.map((key) => [key, inside.reduce((sum, day) => sum + day[key], 0)]),
    );
    return {
      from: new Date(first + index * width * dayMs).toISOString().slice(0, 10),
      counts: counts as Bucket<Key>["counts"],
    };
  });
  return { by: width === 1 ? "day" : "week", buckets };
}
