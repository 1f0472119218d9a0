import type { Kysely } from "kysely";
import { type Refusal, refuse } from "../errors.ts";
import { snapshotSize } from "../store/queries/answers.ts";
import { latestDoneRun, type RunRow, type SnapshotSize } from "../store/queries/runs.ts";
import type { Tables } from "../store/schema.ts";

/** What a run is about to be made from. */
interface Snapshot extends SnapshotSize {
  readonly lastSeq: number;
}

/** The data as they are now, and the finished run that was made from more, if there is one. */
export interface Comparison {
  readonly now: Snapshot;
  readonly larger: RunRow | undefined;
}

/**
 * Sets the data of a study beside those of its last finished run. Answers are only ever added, and an erased one
 * keeps its place, so nothing here can fall unless data were lost, as by an old backup.
 */
export async function compareSnapshot(
  trx: Kysely<Tables>,
  study: string,
  lastSeq: number,
): Promise<Comparison> {
  const now = { ...(await snapshotSize(trx, study)), lastSeq };
  const last = await latestDoneRun(trx, study);
  return { now, larger: last && isSmaller(now, last) ? last : undefined };
}

function isSmaller(now: Snapshot, { size, upToSeq }: RunRow): boolean {
  const fewer = size !== undefined && (now.people < size.people || now.answers < size.answers);
  return fewer || now.lastSeq < upToSeq;
}

/** Both counts in words, for a refusal and for the list of departures. */
export function countsInWords({ now, larger }: Comparison): {
  readonly before: string;
  readonly now: string;
} {
  const { size, upToSeq = 0, startedAt = 0 } = larger ?? {};
  const day = new Date(startedAt).toISOString().slice(0, 10);
  const before =
    size === undefined
      ? `${count(upToSeq, "answer", "answers")} in the last finished run (${day})`
      : `${count(size.answers, "answer", "answers")} of ${count(size.people, "person", "people")} in the last finished run (${day})`;
  const answers = count(now.answers, "answer", "answers");
  return { before, now: `${answers} of ${count(now.people, "person", "people")}` };
}

function count(value: number, one: string, many: string): string {
  return `${value.toLocaleString("en")} ${value === 1 ? one : many}`;
}

/** The refusal to analyse fewer data than last time without a reason. */
export function smallerData(comparison: Comparison): Refusal {
  const { before, now } = countsInWords(comparison);
  return refuse(
    "run.smaller-data",
    `at least the ${before}`,
    now,
    "Data may have been lost, as by an old backup: look for them first. To run all the same, confirm it with a reason; it is listed as a departure from the plan.",
  );
}
