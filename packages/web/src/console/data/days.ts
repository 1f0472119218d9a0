import type { StudyFlow } from "@longwave/api";

type Day = StudyFlow["byDay"][number];

/** Counts of a day, or of the week that begins on that day. */
export interface Bucket {
  readonly from: string;
  readonly invited: number;
  readonly consented: number;
  readonly answered: number;
}

const dayMs = 86_400_000;

/** More days than this are drawn week by week, or the columns become too thin to see. */
const mostColumns = 60;

/** The days from the first to the last, empty ones too; by week when there are many. Days are UTC. */
export function bucketDays(byDay: readonly Day[]): {
  readonly by: "day" | "week";
  readonly buckets: readonly Bucket[];
} {
  const times = byDay.map(({ day }) => Date.parse(`${day}T00:00:00Z`));
  if (times.length === 0) return { by: "day", buckets: [] };
  const first = Math.min(...times);
  const days = Math.round((Math.max(...times) - first) / dayMs) + 1;
  const width = days > mostColumns ? 7 : 1;
  const buckets = Array.from({ length: Math.ceil(days / width) }, (_, index) => ({
    from: new Date(first + index * width * dayMs).toISOString().slice(0, 10),
    invited: 0,
    consented: 0,
    answered: 0,
  }));
  byDay.forEach((day, index) => {
    const bucket = buckets[Math.floor(((times[index] ?? first) - first) / dayMs / width)];
    if (bucket === undefined) return;
    bucket.invited += day.invited;
    bucket.consented += day.consented;
    bucket.answered += day.answered;
  });
  return { by: width === 1 ? "day" : "week", buckets };
}
