import type { Dataset } from "@longwave/study";
import { shownCount } from "./hidden-count.ts";
import type { BlindReport } from "./types.ts";

const DAYS_A_MONTH = 365.25 / 12;

/** Waves answered in each month since people joined; without the day of an answer there is nothing to show. */
export function responseOverTime(dataset: Dataset): BlindReport["responseOverTime"] {
  const { columns, nrows } = dataset.personWave;
  const valuesOf = (name: string) => columns.find((column) => column.name === name)?.values;
  const [answered, enrolled] = [valuesOf("answered_day"), valuesOf("enrolled_day")];
  const counts = new Map<number, number>();
  for (let row = 0; row < nrows; row++) {
    const [day, start] = [answered?.[row], enrolled?.[row]];
    if (typeof day !== "number" || typeof start !== "number") continue;
    const month = Math.max(0, Math.floor((day - start) / DAYS_A_MONTH));
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  const last = Math.max(-1, ...counts.keys());
  return Array.from({ length: last + 1 }, (_, month) => ({
    label: `Month ${month + 1}`,
    answered: shownCount(counts.get(month) ?? 0),
  }));
}
